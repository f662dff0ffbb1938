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
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_MONTH = rf"({'|'.join(_MONTHS)})\.?"
_TIME = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?(?:\s+[A-Z]{2,5})?)?"
_MONTH_FIRST = re.compile(
    rf"^{_WEEKDAY}{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}$", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    rf"^{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(\d{{4}}){_TIME}$", re.IGNORECASE
)
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


def _parse_mail(written: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def parse_date_line(line: str) -> datetime | None:
    """The day of a line that is only a date ("Friday, July 21, 2017"), else ``None``."""
    line = line.strip()
    if len(line) > _MAX_CHARS:
        return None
    if match := _MONTH_FIRST.match(line):
        month, day, year = match.groups()
    elif match := _DAY_FIRST.match(line):
        day, month, year = match.groups()
    else:
        return None
    try:
        return datetime(int(year), _MONTHS[month.lower()], int(day), tzinfo=UTC)
    except ValueError:
        return None
