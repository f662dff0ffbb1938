"""Does a line turn round when something is: "after Friday" for "until Friday"?

By the words right before weekdays, months and years. Knows nothing of what a date is the date of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefer import text

_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
)
# The words before, what may stand between ("the end of", "early"), and the date.
_MOMENT = re.compile(
    r"(?:\b(?P<word>[A-Za-z]+) )?"
    r"(?:(?:next|last|this|early|late|mid|the (?:end|beginning|start) of)[ -]){0,2}"
    rf"\b(?P<date>(?:(?:{_MONTH})(?: \d{{1,2}}\b(?!,\d))?|\d{{1,2}} (?:{_MONTH}))"
    r"(?:,? (?:19|20)\d\d\b)?|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:19|20)\d\d\b|"
    r"the (?:end|beginning|start) of the (?:day|week|month|year))"
)
_TURNED: Mapping[str, frozenset[str]] = {
    "before": frozenset({"after", "following", "since"}),
    "after": frozenset({"before", "until", "till", "by"}),
    "following": frozenset({"before", "until", "till", "by"}),
    "since": frozenset({"until", "till", "before", "by"}),
    "until": frozenset({"since", "after", "following", "from"}),
    "by": frozenset({"after", "following", "since"}),
}


def turned(line: str, source: str) -> str:
    """The first time of a line that the source sets on the other side of the date; or empty.

    Example: "after Friday" for ``turned("shut after Friday", "shut until Friday")``. A date that
    the source has with other words too is left alone.
    """
    heard = _moments(source)
    return next(
        (
            f"{word} {date}"
            for date, words in _moments(line).items()
            for word in words & _TURNED.keys()
            if heard.get(date) and heard[date] <= _TURNED[word]
        ),
        "",
    )


def _moments(words: str) -> dict[str, set[str]]:
    """The words that stand right before each date of a text."""
    found: dict[str, set[str]] = {}
    for match in _MOMENT.finditer(text.normalise(words)):
        found.setdefault(match["date"], set()).add((match["word"] or "").casefold())
    return found
