"""Does a line count in another unit than its text: "six years" for "six months"?

Units of time and measure right behind a number, and rates. Knows nothing of money and percent
(see ``numbers``), and never converts: "62 miles" for "100 km" is a matter of the number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefer import text
from briefer.checks import numbers

# The spellings of each unit; only units of one family are held against each other.
_TIME: Mapping[str, str] = {
    "second": "seconds",
    "minute": "minutes? mins?",
    "hour": "hours? hrs?",
    "day": "days?",
    "week": "weeks?",
    "month": "months?",
    "year": "years? yrs?",
    "decade": "decades?",
}
_LENGTH: Mapping[str, str] = {
    "kilometre": "kilomet(?:er|re)s? kms? kph",
    "mile": "miles? mph",
    "metre": "met(?:er|re)s?",
    "foot": "feet foot ft",
    "yard": "yards?",
    "inch": "inch(?:es)?",
    "centimetre": "centimet(?:er|re)s? cm",
}
_AREA: Mapping[str, str] = {"acre": "acres?", "hectare": "hectares? ha"}
_AMOUNT: Mapping[str, str] = {
    "ton": "ton(?:ne)?s?",
    "kilogram": "kilo(?:gram)?s? kgs?",
    "barrel": "barrels?",
    "litre": "lit(?:er|re)s?",
    "gallon": "gallons?",
    "megawatt": "megawatts? mw",
    "gigawatt": "gigawatts? gw",
}
_FAMILIES = (_TIME, _LENGTH, _AREA, _AMOUNT)
# "Six more years", "ten square miles": the unit is not the next word.
_BETWEEN = (
    r"[ -]?(?:(?:more|further|full|additional|consecutive|straight|metric|square|cubic)[ -])?"
)
_MEASURED = tuple(
    re.compile(
        _BETWEEN
        + "(?:"
        + "|".join(f"(?P<{u}>{forms.replace(' ', '|')})" for u, forms in family.items())
        + r")\b",
        re.IGNORECASE,
    )
    for family in _FAMILIES
)
_LONGEST = 40  # characters behind a number in which its unit ends
# "A year" of "twice a year", but not of "a year ago".
_RATE = re.compile(
    r"\b(?:an?|per|each|every) (?P<unit>minute|hour|day|week|month|year)\b"
    r"(?! (?:ago|after|before|earlier|later|old|in|of|when|since|on|at|and|behind)\b)",
    re.IGNORECASE,
)
_AS_RATES: Mapping[str, re.Pattern[str]] = {
    unit: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for unit, words in (
        ("hour", "hourly|mph|kph"),
        ("day", "daily"),
        ("week", "weekly"),
        ("month", "monthly"),
        ("year", "annual|annually|yearly|per annum"),
    )
}


def changed(line: str, source: str) -> str:
    """The first number or rate of a line that the source only has in another unit; or empty.

    Example: "6 year" for ``changed("six years in jail", "six months in jail")``. "One" is left
    out: "a day" and "one year" say too little.
    """
    plain, heard = text.normalise(line), text.normalise(source)
    for measured in _MEASURED:
        told, known = _measures(plain, measured), _measures(heard, measured)
        for value, units in told.items():
            if value in known and units.isdisjoint(known[value]):
                return f"{value:g} {min(units)}"
    return _changed_rate(plain, heard)


def _measures(words: str, measured: re.Pattern[str]) -> dict[float, set[str]]:
    """The units of one family that stand behind each number of a normal text."""
    found: dict[float, set[str]] = {}
    for value, span in numbers.spans(words):
        unit = measured.match(words, span.end, span.end + _LONGEST)
        if unit and unit.lastgroup and value != 1:
            found.setdefault(value, set()).add(unit.lastgroup)
    return found


def _changed_rate(line: str, source: str) -> str:
    """A rate of a line where the source only has other ones."""
    told, known = _rates(line), _rates(source)
    is_told = any(unit in _AS_RATES and _AS_RATES[unit].search(source) for unit in told)
    return f"a {min(told)}" if told and known and told.isdisjoint(known) and not is_told else ""


def _rates(words: str) -> set[str]:
    return {match["unit"].casefold() for match in _RATE.finditer(words)}
