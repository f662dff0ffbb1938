"""Words put into a line in place of others, with the sentence that has them.

Knows nothing of what they mean.
"""

from __future__ import annotations

from dataclasses import replace

from briefer import text
from briefer.schema import DraftLine


def put(line: DraftLine, start: int, end: int, words: str, *named_in: int) -> DraftLine:
    """The line with words from one character to another, with a capital where they open it.

    ``named_in`` are sentences that become evidence of the line.
    """
    shown = words if start else text.capitalised(words)
    told = f"{line.text[:start]}{shown}{line.text[end:]}"
    return replace(line, text=told, named_in=(*line.named_in, *named_in))
