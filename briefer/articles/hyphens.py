"""Words that were divided at the end of a printed line are whole again, with the hyphens they have.

A program that hyphenates and a writer use the same character. Knows nothing of pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from briefer import text
from briefer.wrapping import CONJUNCTION

# More compounds begin with these than words that may be divided there: train-briefs have "long-" 27
# times, and 16 words like "long|est". Not so "high-" (21, 99), "co-" (47, 117), "part-" (4, 49),
# "short-" (5, 28), "ex-" (9, 1006) and "pro-" (1, 655).
_COMPOUNDING = text.forms(
    "well self long non anti full half all two three four five six first second third"
)
_DIVIDED = re.compile(r"(\w{1,40}|\.)[-\u2010\u00ad]$")
_MAX_WORD_CHARS = 42
_COMPOUND = re.compile(r"\w{1,40}-\w{1,40}")


def spelled(lines: Iterable[str]) -> frozenset[str]:
    """The words with a hyphen that stand inside lines, in small letters."""
    return frozenset(word.casefold() for line in lines for word in _COMPOUND.findall(line))


def joined(lines: Sequence[str], spelled: Set[str]) -> str:
    """The lines as running text; ``spelled`` are words that have a hyphen."""
    told: list[str] = []
    for line in lines:
        divided = _DIVIDED.search(told[-1][-_MAX_WORD_CHARS:]) if told else None
        if divided is None or CONJUNCTION.match(line):  # "short- and long-term"
            told.append(f" {line}" if told else line)
            continue
        hyphen = "-" if _has_hyphen(divided[1], line, spelled) else ""
        told[-1] = told[-1][:-1] + hyphen
        told.append(line)
    return "".join(told)


def _has_hyphen(before: str, line: str, spelled: Set[str]) -> bool:
    """Whether a word that a line's end divides has its hyphen elsewhere too."""
    if not line[:1].islower() or before == "." or before[-1].isdigit():
        return True
    after = re.match(r"\w*", line)
    whole = f"{before}-{after[0] if after else ''}".casefold()
    return whole in spelled or before.casefold() in _COMPOUNDING
