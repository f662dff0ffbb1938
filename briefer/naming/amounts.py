"""How sure an amount is, put back where a line drops it: "14 died" -> "at least 14 died".

Only before a number that the line has once, and that the passage has only so. Knows nothing of
checks, evidence or what is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from briefer import text
from briefer.naming import descriptions
from briefer.schema import CleanArticle, DraftLine

_LIMITS = (
    r"(?:no )?(?:more|less|fewer) than|at least|at most|up to|nearly|almost|approximately|roughly"
)
_NUMBER = (
    r"[$£€]?\d[\d,.]*\d\b%?|[$£€]?\d\b%?|two|three|four|five|six|seven|eight|nine|ten|"
    r"a (?:dozen|third|quarter|million|billion|hundred|thousand)|half"
)
_LIMITED = re.compile(
    rf"\b(?P<limit>(?i:{_LIMITS})) (?P<number>(?:{_NUMBER}))(?P<unit> [a-z]+)?(?![\w-])"
)
_GOES_ON = re.compile(r"[\w%-]|[.,]\d")
_AMOUNT = re.compile(rf"(?<![\w$£€.,-])(?:{_NUMBER})(?!{_GOES_ON.pattern})")
# A line with one of these before its number says how sure it is, or cannot be told so: "the 14".
_BEFORE = re.compile(
    r"(?:\b(?:more|less|fewer|greater|higher|lower) than|\b(?:least|most|up|to|nearly|almost|about|"
    r"around|over|under|some|just|only|roughly|approximately|estimated|an?|the|this|these|those|its|"
    r"his|her|their|our|of|and|or|by|than|close|maximum|minimum|from|between|nor|not|no|"
    r"exactly|age|aged|within|below|above|past|every|each|another|all|[a-z]+'s?|for)|[-–—$£€\d])\s?$",
    re.IGNORECASE,
)
_REACH = 40  # characters: more than any of these


def limit(line: DraftLine, article: CleanArticle) -> DraftLine:
    """The line with "at least", "up to" or the like before an amount that its passage limits."""
    passage = text.normalise(article.text_of(line.passage.sentences))
    told = line.text
    for place, words in sorted(_limits(passage, told), reverse=True):
        before = told[:place]
        told = f"{before}{words if before else text.capitalised(words)} {told[place:]}"
    return line if told == line.text else replace(line, text=told)


def _limits(read: str, line: str) -> Iterator[tuple[int, str]]:
    """The limits that the line lacks, in small letters, each with the place of its number there.

    All numbers are looked up at once: a passage may be a whole article of nothing but limits.
    """
    once = _places_of_lone(read).keys()
    plain = descriptions.blanked(line)
    places = _places_of_lone(plain)
    for match in _LIMITED.finditer(read):
        number, unit = match["number"], match["unit"] or ""
        place = places.get(number) if number in once else None
        if place is None or not _has(plain, unit, place + len(number)):
            continue
        if not _BEFORE.search(line[max(0, place - _REACH) : place]):
            yield place, match["limit"].lower()


def _places_of_lone(words: str) -> dict[str, int]:
    """The numbers that a text has once, and where."""
    found = list(_AMOUNT.finditer(words))
    counts = Counter(match[0] for match in found)
    return {match[0]: match.start() for match in found if counts[match[0]] == 1}


def _has(line: str, unit: str, place: int) -> bool:
    return line.startswith(unit, place) and not _GOES_ON.match(line, place + len(unit))
