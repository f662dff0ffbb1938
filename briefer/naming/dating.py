"""When it was, put back where a line drops it: "Lee fell ill" -> "In 1998, Lee fell ill".

Only a date in front of the words that the line opens with, or that it lets somebody say; without
it the line reads as of today. Knows nothing of checks, evidence or the calendar.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from briefer import terms, text
from briefer.mentions import lexicon
from briefer.naming import descriptions
from briefer.schema import CleanArticle, DraftLine

_MONTH = f"(?:{'|'.join(calendar.month_name[1:])})"
_YEAR = r"(?:19|20)\d\d"
_DAY = f"(?:{'|'.join(calendar.day_name)})"
_DATE = (
    rf"(?:in (?:early |late |mid-)?(?:{_MONTH}(?:,? (?:of )?{_YEAR})?|{_YEAR}|the (?:19|20)?\d0s)"
    rf"|on {_MONTH} \d{{1,2}}(?:, {_YEAR})?"
    rf"|last (?:year|month|week|summer|fall|autumn|winter|spring|{_MONTH})"
    r"|earlier this (?:year|month|week)|\w+ (?:years|months|weeks|decades) ago)"
)
# What may stand between a date and its clause: "Last summer, amid protests, Lee".
_ASIDE = r",? (?:amid|during|after|when|while)\b[^,]{3,120},"
_DATED = re.compile(
    rf"(?<![\w-])(?P<date>(?i:{_DATE}))(?:{_ASIDE}|,)? (?P<words>[\w'’.-]+(?: [\w'’.-]+){{1,2}})"
)
# A line with any of these has a time of its own.
_TIMED = re.compile(
    rf"\b(?:{_YEAR}|{_MONTH}|{_DAY}|yesterday|today|tomorrow|tonight|ago|last|next|later|earlier|"
    r"since|until|(?:year|month|week|day|decade)s?|once|then|now|still|currently|\d0s)\b"
)
_CLAUSE = re.compile(
    r"(?:; |\b(?P<says>(?:said|says|argue[sd]|claim(?:s|ed)|told [\w ]{2,30})(?P<that> that)? ))$"
)
# The share of a line's words that the sentence with the date must have: it is told of that one.
_TOLD = 0.6


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date, and the words that follow it in the text."""

    date: str
    words: str


def date(line: DraftLine, article: CleanArticle) -> DraftLine:
    """The line of a fact with the date of its sentence, if it has none and begins alike."""
    if line.passage.kind != "fact" or _TIMED.search(line.text):
        return line
    told = terms.content(line.text)
    for number in line.passage.sentences:
        sentence = text.normalise(article.sentences[number].text)
        if len(told & terms.content(sentence)) < _TOLD * len(told):
            continue
        for dated in _dates(sentence):
            words = _with(dated, line.text)
            if words:
                return replace(line, text=words)
    return line


def _dates(sentence: str) -> Iterator[_Dated]:
    for match in _DATED.finditer(sentence):
        if match.start() and _attribution().match(sentence, match.start("words")):
            continue
        words = match["words"].split()
        for size in range(len(words), 1, -1):
            yield _Dated(match["date"], " ".join(words[:size]))


@cache
def _attribution() -> re.Pattern[str]:
    """Who says what stands before, and nothing more: "fell in May, the company said on Friday"."""
    kinds = ("speech", "show")
    verbs = "|".join(verb for verb, (_, kind) in lexicon.cue_verbs().items() if kind in kinds)
    aside = rf"(?: (?:on |last )?{_DAY}| in an? [\w ]{{3,30}}| by \w+)?"
    return re.compile(rf"(?:[\w'’.-]+ ){{1,7}}?(?:told [\w ]{{2,30}}?|{verbs}){aside}(?=[.,;]|$)")


def _with(dated: _Dated, line: str) -> str:
    """The line with the date before its words; empty where they open no clause of the line."""
    line = text.normalise(line)
    plain = descriptions.blanked(line)
    places = list(re.finditer(rf"(?<![\w-])(?i:{re.escape(dated.words)})(?![\w-])", plain))
    if len(places) != 1:
        return ""
    start = places[0].start()
    when = f"{dated.date[0].lower()}{dated.date[1:]}, "
    if not start:
        is_small = dated.words[0].islower()
        return text.capitalised(f"{when}{line[0].lower() if is_small else line[0]}{line[1:]}")
    clause = _CLAUSE.search(plain[:start])
    if clause is None:
        return ""
    that = "that " if clause["says"] and not clause["that"] else ""
    return f"{line[:start]}{that}{when}{line[start:]}"
