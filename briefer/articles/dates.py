"""Moments as articles write them: ISO 8601, RFC 2822, and date lines such as "May 5, 2014".

All results are aware and in UTC; a moment without a zone is taken as UTC. Pure.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_PUBLISHED = r"(?:(?:first\s+)?(?:published|posted|date)(?:\s+on\b|:)?\s+)?"
_WEEKDAY = (
    r"(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)"
    r"\.?,?\s+)?"
)
# ASCII: without case "s" is also a long "ſ", and no name of a month has that.
_MONTH = rf"((?ai:{'|'.join(_MONTHS)}))\.?"
_TIME = (
    r"(?:(?:,?\s+(?:at\s+)?|\s*[|•·–—-]\s*)\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?"
    r"(?:\s+[A-Z]{2,5})?)?"
)
_MONTH_FIRST = re.compile(
    rf"^{_PUBLISHED}{_WEEKDAY}{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}$",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"^{_PUBLISHED}{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(\d{{4}}){_TIME}$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(rf"^{_PUBLISHED}(\d{{4}})-(\d\d)-(\d\d){_TIME}$", re.IGNORECASE)
_MAX_CHARS = 64


def parse_moment(written: str | None) -> datetime | None:
    """An ISO 8601 or RFC 2822 moment, or a date line, in UTC; ``None`` when it is neither."""
    if written is None:
        return None
    written = written.strip()[:_MAX_CHARS]
    return parse_iso(written) or _parse_mail(written) or parse_date_line(written)


def parse_iso(written: str) -> datetime | None:
    """An ISO 8601 date or moment in UTC; ``None`` when it is none."""
    try:
        moment = datetime.fromisoformat(written.strip())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


_TWELVE_HOURS = re.compile(r"\b([01]?\d|2[0-3]):(\d\d(?::\d\d)?)\s*([ap])\.?m\b\.?", re.IGNORECASE)


def _parse_mail(written: str) -> datetime | None:
    """A moment as in mail, also with "9:14 PM", whose two letters mail's parser passes over."""
    try:
        moment = parsedate_to_datetime(_TWELVE_HOURS.sub(_in_24_hours, written))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _in_24_hours(clock: re.Match[str]) -> str:
    hour = int(clock[1]) % 12 + (12 if clock[3] in "pP" else 0)
    return f"{hour:02}:{clock[2]}"


def parse_date_line(line: str) -> datetime | None:
    """The day of a line that is only a date, with or without a time, else ``None``.

    Example: "Friday, July 21, 2017", "Published: 2017-07-21", "Fri 21 July 2017 09.14 BST".
    """
    line = line.strip()
    if len(line) > _MAX_CHARS:
        return None
    if match := _MONTH_FIRST.match(line):
        month, day, year = match.groups()
    elif match := _DAY_FIRST.match(line):
        day, month, year = match.groups()
    elif match := _YEAR_FIRST.match(line):
        year, month, day = match.groups()
    else:
        return None
    n_month = _MONTHS.get(month.lower()) or int(month)
    try:
        return datetime(int(year), n_month, int(day), tzinfo=UTC)
    except ValueError:
        return None
