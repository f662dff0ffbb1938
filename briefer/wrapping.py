"""Lines become paragraphs: those of hard-wrapped text are joined, others stand for themselves.

Linear in the length of the text. Knows nothing of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_BLANK_LINES = re.compile(r"\n{2,}")
_TERMINAL = frozenset(".!?…:;\"'”’»)]。！？")

# Lines of hard-wrapped text are 40 to 120 characters wide (e-mail 72-78, Gutenberg 75, man 80);
# a break is soft when the next word would not have fitted, give or take ragged wrapping.
_WRAP_WIDTHS = range(40, 121)
_WRAP_SLACK = 3
_MAX_LONG_SHARE = 0.1
"""Of the lines of hard-wrapped text: titles and addresses, which no program wraps."""


def unwrapped(lines: Sequence[str]) -> str:
    """The paragraphs of lines without white space around them, with a blank line between each.

    A line break is a paragraph break unless the text looks hard-wrapped there.
    """
    width = _width(lines)
    blocks = _BLANK_LINES.split("\n".join(lines).strip("\n"))
    return "\n\n".join(_unwrap(block, width) for block in blocks)


def _width(lines: Sequence[str]) -> int:
    """The length of the longest line, of wrapped text the longest of those that were wrapped."""
    lengths = [len(line) for line in lines if line]
    wrapped = [length for length in lengths if length < _WRAP_WIDTHS.stop]
    n_long = len(lengths) - len(wrapped)
    return max(wrapped if n_long <= _MAX_LONG_SHARE * len(lengths) else lengths, default=0)


def _unwrap(block: str, width: int) -> str:
    lines = block.split("\n")
    parts = [lines[0]]
    for line, following in pairwise(lines):
        is_soft = _is_soft_break(line, following, width)
        parts.append(_joint(line, following) if is_soft else "\n\n")
        parts.append(following)
    return "".join(parts)


# "long-|running" is one word, "short-|and long-term" are several.
_COMPOUND_END = re.compile(r"\w-$")
CONJUNCTION = re.compile(r"(?:and|or|to)\b")
"""What a line begins with where a hyphen before it ends a word: "short-|and long-term"."""


def _joint(line: str, following: str) -> str:
    is_compound = _COMPOUND_END.search(line[-2:]) and not CONJUNCTION.match(following)
    return "" if is_compound else " "


def _is_soft_break(line: str, following: str, width: int) -> bool:
    if width not in _WRAP_WIDTHS or line[-1:] in _TERMINAL:
        return False
    if len(line) > width and " " in line:  # a title; an address may stand inside a paragraph
        return False
    next_word = following.split(" ", 1)[0]
    return len(line) + 1 + len(next_word) > width - _WRAP_SLACK
