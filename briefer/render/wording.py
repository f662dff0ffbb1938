"""The words a reader sees for the record's codes, numbers and dates.

Knows nothing of pages or of how anything looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from briefer.schema import DifferenceKind, FailureReason, Finding, Genre, Reason, Status

HOW_TO_READ = (
    "The number behind a line leads to its evidence, the article’s own sentences; "
    "what they do not bear out is withheld."
)
HOW_MADE = (
    "A program chose the passages, a language model condensed each of them to one line, and a "
    "program checked every line against the sentences it came from; the number behind a line leads "
    "to them. Lines that did not hold up were withheld and counted. Where no wording of the model "
    "held up, a line may stand in the article’s words, and says so. Quotations are exact. Nothing "
    "was checked against the world: what an article gets wrong, its brief gets wrong too."
)
EVIDENCE_IS = "the article’s own sentences, word for word"
IN_ITS_WORDS = "in the article’s words"
WHY_IN_ITS_WORDS = "No wording of the model held up, so the article’s own is shown"
ALL_HELD = "Nothing: every line that was drafted held up."

# What a line did, or several: no verb here changes with their number.
WITHHELD: Mapping[Reason, str] = {
    "no_evidence": "had no sentence of the article to rest on",
    "name_not_in_evidence": "named somebody whom the evidence does not name",
    "number_not_in_evidence": "gave a figure that the evidence does not give",
    "date_not_in_evidence": "gave a date that the evidence does not give",
    "quote_not_exact": "quoted something that was not said word for word",
    "wrong_speaker": "put words in the wrong mouth",
    "modality_changed": "made something planned, possible or demanded sound done",
    "contradicted": "said otherwise than the evidence",
    "duplicate": "repeated another line",
    "not_an_agreement": "told of an agreement where nobody had agreed",
    "not_dissent": "told of dissent where nobody disagreed",
    "cut_off": "broke off in the middle",
    "unsafe_text": "held markup or instructions instead of news",
    "unsupported": "went beyond the evidence",
    "unresolved_speaker": "left open who was speaking",
}
NOT_BRIEFED: Mapping[Status, str] = {
    "ok": "",
    "too_short": "too short to brief",
    "not_an_article": "not an article",
    "unsupported_language": "in a language that briefer does not read",
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
    "not_checked": "Could not be checked.",
    "not_requested": "Not asked for.",
}
NO_FINDINGS_OF_SEVERAL: Mapping[Finding, str | None] = {
    **NO_FINDINGS,
    "none_found": "The articles report none.",
}
NONE_HELD_UP = "What was found did not hold up and is withheld."
NO_LINE_HELD_UP = "No line of the summary held up against the article."
NO_LINE_DRAFTED = "No line of a summary was drafted."
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
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
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


def things_to_know(n: int) -> str:
    """The front page's first heading: ``Five things to know``."""
    number = _NUMBERS[n] if n < len(_NUMBERS) else f"{n:,}"
    return f"{number} {'thing' if n == 1 else 'things'} to know"


def withheld_of_all(n: int) -> str:
    """What stands before the reasons: ``3 drafted lines were withheld …:``."""
    were, them = ("was", "it") if n == 1 else ("were", "them")
    return f"{count(n, 'drafted line')} {were} withheld when a program checked {them}:"


def withheld(rows: Sequence[tuple[int, str]]) -> str:
    """Why how many lines are not shown: ``3 drafted lines: 2 repeated another line; 1 …``."""
    if not rows:
        return ""
    counted = count(sum(n for n, _ in rows), "drafted line")
    if len(rows) > 1:
        return f"{counted}: {'; '.join(f'{n} {words}' for n, words in rows)}."
    ((n, words),) = rows
    return f"{counted}: {'it' if n == 1 else 'they'} {words}."


def duration_words(seconds: float) -> str:
    """A duration, coarsely: ``40 seconds``, ``12 minutes``, ``3.5 hours``."""
    if seconds < 2 * _MINUTE_S:
        return count(round(seconds), "second") if seconds >= 1 else "under a second"
    if seconds < 2 * _HOUR_S:
        return count(round(seconds / _MINUTE_S), "minute")
    return f"{seconds / _HOUR_S:.1f} hours"
