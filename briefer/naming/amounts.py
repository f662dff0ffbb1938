"""How sure an amount is, put back where a line drops it: "14 died" -> "at least 14 died".

Only before a number that the line has once, and that the passage has only so. Knows nothing of
checks, evidence or what is counted.
"""

from __future__ import annotations

import re
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
# A line with one of these before its number says how sure it is, or cannot be told so: "the 14".
_BEFORE = re.compile(
    r"(?:\b(?:more|less|fewer|greater|higher|lower) than|\b(?:least|most|up|to|nearly|almost|about|"
    r"around|over|under|some|just|only|roughly|approximately|estimated|an?|the|this|these|those|its|"
    r"his|her|their|our|of|and|or|by|than|close|maximum|minimum|from|between|nor|not|no|"
    r"exactly|age|aged|within|below|above|past|every|each|another|all|[a-z]+'s?|for)|[-–—$£€\d])\s?$",
    re.IGNORECASE,
)


def limit(line: DraftLine, article: CleanArticle) -> DraftLine:
    """The line with "at least", "up to" or the like before an amount that its passage limits."""
    passage = " ".join(article.sentences[number].text for number in line.passage.sentences)
    read = text.normalise(passage)
    told = line.text
    for words, number, unit in _limits(read):
        place = _only_place(number, unit, descriptions.blanked(told))
        if place is not None and not _BEFORE.search(told[:place]):
            before = told[:place]
            told = f"{before}{words if before else text.capitalised(words)} {told[place:]}"
    return line if told == line.text else replace(line, text=told)


def _limits(read: str) -> Iterator[tuple[str, str, str]]:
    """Each limit in small letters with its number and unit, where the number is there once."""
    for match in _LIMITED.finditer(read):
        if len(_places(match["number"], read)) == 1:
            yield match["limit"].lower(), match["number"], match["unit"] or ""


def _only_place(number: str, unit: str, line: str) -> int | None:
    places = _places(number, line)
    return places[0] if len(places) == 1 and _places(f"{number}{unit}", line) else None


def _places(words: str, among: str) -> list[int]:
    pattern = rf"(?<![\w$£€.,-]){re.escape(words)}(?![\w%-]|[.,]\d)"
    return [match.start() for match in re.finditer(pattern, among)]
