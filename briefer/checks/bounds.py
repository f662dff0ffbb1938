"""Does a line bound a number from the other side: "more than 300" for "fewer than 300"?

Knows nothing of units and dates: a caller takes the dates out first.
"""

from __future__ import annotations

import re

from briefer import text
from briefer.checks import numbers

_GUESSED = r"\s(?:an? )?(?:estimated )?$"
_DOWN = re.compile(
    r"\b(?:(?<!no )(?<!not )(?:less|fewer|lower) than|(?:no|not) (?:more|higher) than|under|below|"
    r"nearly|almost|up to|at most|as (?:many|much) as|close to|just short of)" + _GUESSED,
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:(?<!no )(?<!not )(?:more|greater|higher) than|(?:no|not) (?:less|fewer|lower) than|"
    r"over|above|at least|upwards of|exceed(?:s|ed|ing)?)" + _GUESSED,
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"\s?(?:or (?:more|older|over|above|higher)\b|\+)")
_OR_LESS = re.compile(r"\s?or (?:less|fewer|under|younger|below|lower)\b")
# "Over two years" is during them.
_DURING = re.compile(r"\bover" + _GUESSED, re.IGNORECASE)
_TIME = re.compile(r"[ -](?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?|years?|decades?)\b", re.I)
_LONGEST = 32  # characters of a bound before a number, or of what stands behind it
_ONE = frozenset({0.0, 1.0})


def turned(line: str, source: str) -> str:
    """The first number that a line bounds from one side and the source only from the other.

    Example: "300" for ``turned("over 300 men", "fewer than 300 men")``; a number that either has
    without a bound too is left alone.
    """
    heard = _bounds(source)
    return next(
        (
            f"{value:g}"
            for value, told in _bounds(line).items()
            if value not in _ONE and "" not in told
            if value in heard and "" not in heard[value] and told.isdisjoint(heard[value])
        ),
        "",
    )


def _bounds(words: str) -> dict[float, set[str]]:
    """The sides from which each number of a text is bounded: ``up``, ``down`` or none."""
    normal = text.normalise(words)
    found: dict[float, set[str]] = {}
    for value, span in numbers.spans(normal):
        before = normal[max(0, span.start - _LONGEST) : span.start].rstrip() + " "
        after = normal[span.end : span.end + _LONGEST]
        found.setdefault(value, set()).add(_side(before, after))
    return found


def _side(before: str, after: str) -> str:
    if _DOWN.search(before) or _OR_LESS.match(after):
        return "down"
    if _DURING.search(before) and _TIME.match(after):
        return ""
    return "up" if _UP.search(before) or _OR_MORE.match(after) else ""
