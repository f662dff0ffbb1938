"""Are the dates of a line in the text? Relative ones are resolved against the publication date.

A date is a set of facets (year, month, day, weekday, or the relative word itself); a line's date is
known when some date of the text holds all of its facets.
Knows nothing of time zones or of times of the day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache

from briefer import text

Facets = frozenset[tuple[str, int | str]]

_MONTHS = calendar.month_name[1:]
_DAYS = calendar.day_name[:]
_SHORT = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_TH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_COUNTED = (
    r"people|men|women|children|workers|jobs|soldiers|troops|officers|residents|protesters|homes|"
    r"houses|dollars|euros|pounds|miles|metres|meters|feet|acres|tons|tonnes"
)
# Both ends of "2010-2014" and "2010-11" are years, and so is that of "mid-2015"; "2000 people" has
# none.
_YEARS = (
    rf"(?:(?<![\w.,$£€-])|(?<=\bmid-)|(?<=\b\d{{4}}-))(?P<only_year>{_YEAR})s?\b"
    rf"(?![.,]\d|-(?!(?:{_YEAR}|\d\d)\b)\w|\s?%|(?:-\d{{4}})?\s(?:{_COUNTED})\b)"
    r"|(?<=\b(?P<century>1[5-9]|20)\d\d[-/])(?P<end_year>\d\d)\b(?![.,:]\d|-|\s?%)"
)
# ASCII where case is left out: else "i" is also a Turkish "İ" or "ı", which the tables do not have.
_DATE = re.compile(
    rf"\b(?P<month>{_SHORT})\s(?P<day>\d{{1,2}}){_TH}\b(?:,?\s(?P<year>\d{{4}})\b)?"
    rf"|\b(?P<day_first>\d{{1,2}}){_TH}\s(?:of\s)?(?P<its_month>{_SHORT})"
    r"(?:,?\s(?P<its_year>\d{4})\b)?"
    r"|\b(?P<iso>\d{4}-\d{2}-\d{2})\b"
    rf"|\b(?P<weekday>(?ai:{'|'.join(_DAYS)}))\b"
    rf"|(?:(?<![\w-])|(?<=\bmid-))(?P<only_month>{'|'.join(_MONTHS)})\b"
    r"(?:,?\s(?:of\s)?(?P<of_year>\d{4})\b)?"
    r"|\b(?P<relative>(?ai:today|tonight|yesterday|tomorrow))\b"
    r"|\b(?P<step>(?ai:last|next|this)\s(?:year|month|week))\b"
    rf"|{_YEARS}"
)
# "Theresa May", "April Jones": in a line they are months only in this company.
_NAMES_TOO = re.compile(
    r"((?:\b(?i:in|since|until|till|by|from|to|through|between|during|last|next|this|every|early|"
    rf"late|mid|of)|\d{_TH})[\s-])?\b(?:April|May|June|August)\b(?!,?\s(?:of\s)?\d)"
)
# What a day of a month may count, if it is no day: "on May 14 officials said" has one.
_NOUN = re.compile(rf"\s(?!(?:this|says|does)\b)(?:{_COUNTED}|[a-z]\w+[^\W\d_s]s)\b")
_ON = re.compile(r"\bon\s$", re.IGNORECASE)
# "January of last year", "last March".
_STEPPED_YEAR = re.compile(r",?\s(?i:of\s)?((?ai:last|this|next))\s(?i:year)\b")
_STEPPED_MONTH = re.compile(r"\b((?ai:last|this|next))\s$")
_SHIFTS: Mapping[str, int] = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_STEPS: Mapping[str, int] = {"last": -1, "this": 0, "next": 1}


def missing(line: str, source: str, published: date | None) -> tuple[str, ...]:
    """The dates of a line that a source text does not hold, in order, as the line writes them.

    A bare "May" of the line that may be somebody's name is none.

    Example: with publication on 12 March 2015, a Thursday, ``missing("They met on 10 March", "They
    met on Tuesday", date(2015, 3, 12))`` is ``()``.
    """
    known = [facets for _, readings in _dates(source, published) for facets in readings]
    return tuple(
        words
        for words, readings in _dates(_without_names(line), published)
        if not any(reading <= facets for reading in readings for facets in known)
    )


def without(line: str) -> str:
    """The line with its dates taken out, so that their numbers are not counted as numbers."""
    return _DATE.sub(" ", text.normalise(line))


def without_days(source: str) -> str:
    """A source text without the days of its dates, so that none of them passes for a number.

    What may be a number stays: the 14 of "In May 14 people were killed", and any lone year.
    """
    return _DATE.sub(lambda match: match[0] if _may_count(match) else " ", text.normalise(source))


def _may_count(match: re.Match[str]) -> bool:
    if match["only_year"] or match["of_year"]:
        return True
    if not match["month"] or match["year"]:
        return False
    is_day = _ON.search(match.string, max(0, match.start() - 3), match.start())
    return not is_day and _NOUN.match(match.string, match.end()) is not None


def _without_names(line: str) -> str:
    return _NAMES_TOO.sub(lambda match: match[0] if match[1] else " ", text.normalise(line))


@lru_cache(maxsize=256)
def _dates(words: str, published: date | None) -> tuple[tuple[str, tuple[Facets, ...]], ...]:
    """Every date of a text with all that it may mean."""
    return tuple(
        (match[0], tuple(_readings(match, published)))
        for match in _DATE.finditer(text.normalise(words))
    )


def _readings(match: re.Match[str], published: date | None) -> Iterator[Facets]:
    kind = next(name for name in _READERS if match[name])
    yield from _READERS[kind](match, published)


def _month_and_day(match: re.Match[str], published: date | None) -> Iterator[Facets]:
    month = _month(match["month"] or match["its_month"])
    day = int(match["day"] or match["day_first"])
    year = match["year"] or match["its_year"]
    yield frozenset({("month", month), ("day", day), *([("year", int(year))] if year else [])})
    for guess in [int(year)] if year else _years(match, month, published):
        try:
            yield _facets(date(guess, month, day))
        except ValueError:  # 31 June, or an article's own slip: its words still count as they are
            continue


def _iso(match: re.Match[str], published: date | None) -> Iterator[Facets]:  # noqa: ARG001
    try:
        yield _facets(date.fromisoformat(match["iso"]))
    except ValueError:
        yield frozenset({("as written", match["iso"])})


def _weekday(match: re.Match[str], published: date | None) -> Iterator[Facets]:
    weekday = _DAYS.index(match["weekday"].capitalize())
    yield frozenset({("weekday", weekday)})
    if published:
        back = (published.weekday() - weekday) % 7
        # The last such day, the one a week before ("last Monday") and the next one.
        for days in (-back, -back - 7, 7 - back):
            yield from _days_from(published, days)


def _only_month(match: re.Match[str], published: date | None) -> Iterator[Facets]:
    month = _month(match["only_month"])
    if match["of_year"]:
        yield frozenset({("month", month), ("year", int(match["of_year"]))})
        return
    if not (published and _STEPPED_YEAR.match(match.string, match.end())):
        yield frozenset({("month", month)})
    for year in _years(match, month, published):
        yield frozenset({("month", month), ("year", year)})


def _relative(match: re.Match[str], published: date | None) -> Iterator[Facets]:
    word = match["relative"].casefold()
    yield frozenset({("as written", word)})
    if published:
        yield from _days_from(published, _SHIFTS[word])


def _step(match: re.Match[str], published: date | None) -> Iterator[Facets]:
    words = match["step"].casefold()
    yield frozenset({("as written", words)})
    which, unit = words.split()
    if published and unit == "year":
        yield frozenset({("year", published.year + _STEPS[which])})
    if published and unit == "month":
        months = published.year * 12 + published.month - 1 + _STEPS[which]
        yield frozenset({("month", months % 12 + 1), ("year", months // 12)})


def _only_year(match: re.Match[str], published: date | None) -> Iterator[Facets]:  # noqa: ARG001
    yield frozenset({("year", int(match["only_year"]))})


def _end_year(match: re.Match[str], published: date | None) -> Iterator[Facets]:  # noqa: ARG001
    yield frozenset({("year", int(match["century"] + match["end_year"]))})


_READERS: Mapping[str, Callable[[re.Match[str], date | None], Iterator[Facets]]] = {
    "month": _month_and_day,
    "day_first": _month_and_day,
    "iso": _iso,
    "weekday": _weekday,
    "only_month": _only_month,
    "relative": _relative,
    "step": _step,
    "only_year": _only_year,
    "end_year": _end_year,
}


def _days_from(published: date, n: int) -> Iterator[Facets]:
    """The day so many days after another; none where the calendar ends: a page may be of 9999."""
    with suppress(OverflowError):
        yield _facets(published + timedelta(n))


def _facets(day: date) -> Facets:
    return frozenset(
        {
            ("year", day.year),
            ("month", day.month),
            ("day", day.day),
            ("weekday", day.weekday()),
        }
    )


def _month(name: str) -> int:
    return next(number for number, full in enumerate(_MONTHS, 1) if full[:3] == name[:3])


def _years(match: re.Match[str], month: int, published: date | None) -> tuple[int, ...]:
    """The years that a month without one may mean, by the words beside it: "January last year"."""
    if published is None:
        return ()
    year = _STEPPED_YEAR.match(match.string, match.end())
    if year:
        return (published.year + _STEPS[year[1].casefold()],)
    beside = _STEPPED_MONTH.search(match.string, max(0, match.start() - 5), match.start())
    if beside:
        step = _STEPS[beside[1].casefold()]
        is_of_this_year = (month - published.month) * step > 0 or not step
        return (published.year + step, *((published.year,) if is_of_this_year else ()))
    return _years_near(month, published)


def _years_near(month: int, published: date) -> tuple[int, ...]:
    """The year of the last such month and of the next; for the month of publication, only its own.

    "In March" of an article of 12 March is hardly the March of a year ago.
    """
    if month == published.month:
        return (published.year,)
    return (published.year, published.year + (1 if month < published.month else -1))
