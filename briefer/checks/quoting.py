"""What stands between quotation marks in a line, double or single ones.

Knows nothing of who says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer import text

# Apostrophes neither open nor close one: "the drivers' union said 'it won't work' in the '90s".
# One of a plural within single marks does close it: "'the drivers' union'".
_QUOTATION = re.compile(
    r'"([^"]*)"'
    r"|(?<!\w)'(?=\S)(?!(?:\d\ds?|em|til)\b)((?:[^']|(?<=\w)'(?=\w)){2,400})(?<!\s)'(?!\w)"
)
_LOOSE_ENDS = " .,;:!?'\""
_LEAST = 2  # characters: "A" is a letter or a mark


def find(line: str) -> Iterator[str]:
    """The quotations of a line, without the punctuation at their ends."""
    for match in _QUOTATION.finditer(text.normalise(line)):
        words = match[1] or match[2] or ""
        if len(words) >= _LEAST:
            yield words.strip(_LOOSE_ENDS)


def blanked(line: str) -> str:
    """The line in its normal form with nothing between its quotation marks."""
    return _QUOTATION.sub('""', text.normalise(line))
