"""The words a reader sees for the record's codes, numbers and dates.

Knows nothing of pages or of how anything looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from briefer.schema import DifferenceKind, FailureReason, Finding, Genre, Reason, Status

WITHHELD: Mapping[Reason, str] = {
    "no_evidence": "no sentence of the article carried the line",
    "name_not_in_evidence": "it named somebody whom its sentences do not name",
    "number_not_in_evidence": "it gave a figure that its sentences do not give",
    "date_not_in_evidence": "it gave a date that its sentences do not give",
    "quote_not_exact": "its quotation was not word for word",
    "wrong_speaker": "it put words in the wrong mouth",
    "modality_changed": "it made something planned, possible or demanded sound done",
    "contradicted": "its sentences say otherwise",
    "duplicate": "it repeated another line",
    "not_an_agreement": "nobody in it had agreed on anything",
    "not_dissent": "nobody in it disagreed",
    "cut_off": "it broke off in the middle",
    "unsafe_text": "it held markup or instructions instead of news",
    "unsupported": "its sentences did not bear it out",
    "unresolved_speaker": "it was not clear who was speaking",
}
NOT_BRIEFED: Mapping[Status, str] = {
    "ok": "",
    "too_short": "too short to brief",
    "not_an_article": "not an article",
    "unsupported_language": "in a language that this model cannot brief",
    "incomplete": "cut off, perhaps by a paywall",
}
FAILED: Mapping[FailureReason, str] = {
    "unreadable": "could not be read",
    "too_large": "too large",
    "fetch_refused": "its address may not be fetched",
    "bad_option": "asked for with an unknown option",
    "model_failed": "the model failed",
    "other": "something broke",
}
NO_FINDINGS: Mapping[Finding, str | None] = {
    "found": None,
    "none_found": "The article reports none.",
    "not_checked": "Could not be looked for.",
    "not_requested": "Not asked for.",
}
NO_FINDINGS_OF_SEVERAL: Mapping[Finding, str | None] = {
    **NO_FINDINGS,
    "none_found": "The articles report none.",
}
UNQUOTED = "not quoted: this edition quotes at most {} of an article as evidence."
DIFFERENCES: Mapping[DifferenceKind, str] = {
    "figure": "Outlets give different figures ({})",
    "attribution": "Outlets give the same words to different people (“{}”)",
    "framing": "How each outlet puts it",
}
GENRES: Mapping[Genre, str] = {
    "news": "News",
    "opinion": "Opinion",
    "interview": "Interview",
    "live": "Live report",
    "press_release": "Press release",
    "other": "Article",
}

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SPRING = ("January", "February", "March", "April", "May", "June")
_AUTUMN = ("July", "August", "September", "October", "November", "December")
_MONTHS = (*_SPRING, *_AUTUMN)
_MINUTE_S, _HOUR_S = 60, 3600
_FIRST_YEAR, _LAST_YEAR = 2, 9998


def day_words(day: date) -> str:
    """A day in words: ``Friday 22 May 2026``."""
    return f"{_DAYS[day.weekday()]} {date_words(day)}"


def date_words(day: date) -> str:
    """A date in words: ``22 May 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_words(moment: datetime) -> str:
    """A moment in UTC: ``22 May 2026, 21:40 UTC``; midnight means that only the day is known."""
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return date_words(moment)  # a change of zone could leave the calendar
    moment = moment.astimezone(UTC)
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return date_words(moment)
    return f"{date_words(moment)}, {moment:%H:%M} UTC"


def count(n: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 story``, ``3 stories``, ``no stories``."""
    number = "no" if n == 0 else f"{n:,}"
    return f"{number} {noun if n == 1 else plural or noun + 's'}"


def duration_words(seconds: float) -> str:
    """A duration, coarsely: ``40 seconds``, ``12 minutes``, ``3.5 hours``."""
    if seconds < 2 * _MINUTE_S:
        return count(round(seconds), "second") if seconds >= 1 else "under a second"
    if seconds < 2 * _HOUR_S:
        return count(round(seconds / _MINUTE_S), "minute")
    return f"{seconds / _HOUR_S:.1f} hours"
