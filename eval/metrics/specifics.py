"""Names, numbers, dates and quotations of a line that its support does not hold.

An implementation of its own, so that ``briefer.checks`` does not judge itself: it knows less
grammar and forgives less. Its floor is what it finds in experts' lines (README.md).
Knows nothing of briefs: it compares a line with a text.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from briefer import text
from eval.metrics import words

SpecificKind = Literal["name", "number", "date", "quote"]

_QUOTE = re.compile(r'"([^"]+)"')
_GAP = re.compile(r"\s*(?:\.\.\.|…|\[[^\]]*\])\s*")
_EDGES = " .,;:!?'"
_NAME = re.compile(r"[^\W\d_](?:[^\W_]|['.&](?=[^\W_]))*")
_MONTHS = tuple(name.casefold() for name in calendar.month_name[1:])
_DAYS = tuple(name.casefold() for name in calendar.day_name)
_CALENDAR = frozenset([*_MONTHS, *_DAYS])
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|this|last|next|ago|(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day)\b",
    re.IGNORECASE,
)
# Days and years that "yesterday", "on Friday" or "last month" can mean, around the publication.
_REACH = timedelta(days=8)

# Adjectives and inhabitants whose first letters are not their country's; the rest share four.
_KIN = {
    "american": "united states us usa america",
    "americans": "united states us usa america",
    "british": "britain uk united kingdom",
    "briton": "britain uk",
    "britons": "britain uk",
    "french": "france",
    "dutch": "netherlands holland",
    "greek": "greece",
    "greeks": "greece",
    "spanish": "spain",
    "spaniards": "spain",
    "swiss": "switzerland",
    "welsh": "wales",
    "turks": "turkey",
    "thai": "thailand",
    "thais": "thailand",
    "filipino": "philippines",
    "filipinos": "philippines",
    "irish": "ireland",
    "norwegian": "norway",
    "norwegians": "norway",
    "danish": "denmark",
    "danes": "denmark",
    "polish": "poland",
    "poles": "poland",
    "czech": "czechia",
    "iraqi": "iraq",
    "iraqis": "iraq",
    "omani": "oman",
    "swede": "sweden",
    "swedes": "sweden",
    "finn": "finland",
    "finns": "finland",
    "scots": "scotland",
    "scottish": "scotland",
    "republican": "gop",
    "republicans": "gop",
    "democrats": "democratic",
    "tory": "conservative",
    "tories": "conservative conservatives",
    "palestinians": "palestine",
    "us": "united states america american",
    "uk": "united kingdom britain british",
    "un": "united nations",
    "eu": "european union",
}
# Two to twelve capitalised words, small words of names between them.
_CAPITAL_RUN = re.compile(r"[A-Z][\w'-]*(?:\s+(?:(?:of|for|and|the|in)\s+)?[A-Z][\w'-]*){1,11}")
_MAX_INITIALS = 7
_MIN_SHARED = 4
_MAX_ENDING = 4


@dataclass(frozen=True, slots=True)
class Specific:
    """A detail that was not found, as it stands in the line."""

    kind: SpecificKind
    text: str


def unsupported(
    line: str, support: str, *, article: str = "", published: date | None = None
) -> list[Specific]:
    """The details of the line that ``support`` does not hold.

    ``article`` tells whether a capital at a line's start is a name: not if the article has the
    word in lower case. ``published`` allows the days that relative dates in the support can mean.
    """
    plain, ground = text.normalise(line), text.normalise(support)
    return [
        *_quotes(plain, ground),
        *_numbers(plain, ground, published),
        *_names(plain, ground, text.normalise(article) or ground, published),
    ]


def _quotes(line: str, support: str) -> Iterator[Specific]:
    """Quoted stretches, word for word; omissions and brackets cut them into pieces."""
    ground = _quotable(support)
    for match in _QUOTE.finditer(line):
        pieces = [piece.strip(_EDGES) for piece in _GAP.split(match[1])]
        if not all(_quotable(piece) in ground for piece in pieces):
            yield Specific("quote", match[1])


def _quotable(stretch: str) -> str:
    """Without quotation marks, which nest, and in lower case: a quote may begin a sentence."""
    return text.folded(stretch.replace('"', ""))


def _numbers(line: str, support: str, published: date | None) -> Iterator[Specific]:
    held = words.numbers(support) | _calendar_numbers(support, published)
    for number in sorted(words.numbers(line)):
        if number not in held and not _is_part(number, line, held):
            yield Specific("number", f"{number:g}")


def _is_part(number: float, line: str, held: frozenset[float]) -> bool:
    """Whether it is the bare part of a scaled or joined number of the line that is held.

    ``3`` of "3 million" where the support writes 3,000,000; ``20`` of "twenty-two" for 22.
    """
    whole = words.numbers(line) & held
    scales = (1e2, 1e3, 1e6, 1e9, 1e12)
    return any(number * scale in whole for scale in scales) or any(
        0 < other - number < 10 and number % 10 == 0 for other in whole
    )


def _calendar_numbers(support: str, published: date | None) -> frozenset[float]:
    if published is None or not _RELATIVE.search(support):
        return frozenset()
    return frozenset(float(n) for day in _days_around(published) for n in (day.day, day.year))


def _days_around(published: date) -> list[date]:
    return [published + timedelta(days=n) for n in range(-_REACH.days, _REACH.days + 1)]


def _names(line: str, support: str, article: str, published: date | None) -> Iterator[Specific]:
    held = _words_of(support)
    initials = _initials(support)
    allowed = _calendar_names(support, published)
    common = {word for word in _NAME.findall(article) if word.islower()}
    for name in _capitalised(line, common):
        word = _folded(name)
        if word in _CALENDAR:
            if word not in held | allowed:
                yield Specific("date", name)
        elif not (_is_held(word, held) or word in initials or _spells_out(line, name, held)):
            yield Specific("name", name)


def _calendar_names(support: str, published: date | None) -> frozenset[str]:
    if published is None or not _RELATIVE.search(support):
        return frozenset()
    days = _days_around(published)
    return frozenset(name for d in days for name in (_DAYS[d.weekday()], _MONTHS[d.month - 1]))


def _capitalised(line: str, common: set[str]) -> Iterator[str]:
    """Words that look like names; at a sentence's start only those that nothing explains."""
    starts = {sentence.start for sentence in text.sentences(text.clean(line))}
    for match in _NAME.finditer(text.clean(line)):
        name = match[0]
        if not name[0].isupper() or name in ("I", "A"):
            continue
        lower = name.casefold()
        is_first = match.start() in starts or line[match.start() - 1 : match.start()] in ('"', ":")
        if is_first and (lower in common or lower in OPENERS):
            continue
        yield name


def _folded(name: str) -> str:
    lower = words.unaccented(name).casefold().replace(".", "")
    return re.sub(r"'s?$", "", lower)


def _words_of(support: str) -> frozenset[str]:
    return frozenset(_folded(word) for word in _NAME.findall(support))


def _is_held(word: str, held: frozenset[str]) -> bool:
    """Literally, as kin (France, French), or with another ending (Israel, Israelis)."""
    if word in held or any(kin in held for kin in _KIN.get(word, "").split()):
        return True
    if any(word in _KIN.get(other, "").split() for other in held):
        return True
    if words.stem(word) in {words.stem(other) for other in held}:
        return True
    return any(_is_inflected(word, other) for other in held)


def _is_inflected(word: str, other: str) -> bool:
    shared = 0
    for a, b in zip(word, other, strict=False):
        if a != b:
            break
        shared += 1
    endings = max(len(word), len(other)) - shared
    return shared >= _MIN_SHARED and endings <= _MAX_ENDING and shared >= endings


def _initials(support: str) -> frozenset[str]:
    """The initials of every stretch of capitalised words: "Human Rights Watch" gives hrw."""
    found: set[str] = set()
    for run in _CAPITAL_RUN.findall(support):
        letters = [part[0] for part in re.split(r"[\s-]+", run) if part[:1].isupper()]
        for first in range(len(letters)):
            found |= {
                "".join(letters[first:last]).casefold()
                for last in range(first + 2, min(len(letters), first + _MAX_INITIALS) + 1)
            }
    return frozenset(found)


def _spells_out(line: str, name: str, held: frozenset[str]) -> bool:
    """Whether the name is in a run of the line whose initials the support has ("HRW")."""
    runs = (run for run in _CAPITAL_RUN.findall(line) if name in run)
    return any(_initials(run) & held for run in runs)


# First words of experts' lines that are no names (train-briefs, split train), and the commonest
# subjects of news; a line may begin with them whatever the article writes.
_FIRST_WORDS = """
a about according after all also although among an and another any as at author authorities because
before both but by campaigners citizens columnist commentary commentator commentators critics during
each earlier early eight eleven ex experts few five following for former four from gdp he her his
however if in investigators it its journalists late lawmakers lawyers leaders many members ministers
more most nearly neither ngo nine no nobody none now observers officials on one opponents organisers
other others over parents people police prosecutors protesters rebels reporters researchers
residents retired scientists seven several she since six some supporters ten that the their then
there these they this those three though thousands to today tv twelve twenty two under unlike
unnamed until users voters we what when where while who with without witnesses women workers writers
you
"""
OPENERS = frozenset(_FIRST_WORDS.split())
