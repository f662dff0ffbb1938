"""Quotations signed below: readers' or experts' words, then a dash and who wrote them.

"“We wait too long.” — Ann Lee, teacher": the name signs what stands before it, on a line of its own
or at the end of the paragraph. One such line may be anything (a dateline, an item of a list), so
from two on they count. Works on paragraphs; knows nothing of syntax, cues or who else is named but
for the places that it is told.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from briefer.mentions import lexicon, quotes
from briefer.mentions.quotes import Quotation
from briefer.schema import Sentence, Span

_MARKS = "\"“”„«»‘’'"
# Up to five words of a name, "van" and the like among them, and a short description.
_WORD = r"[^\W\d_a-z](?:[\w.’'-]*\w)?"
_NAME = rf"{_WORD}(?:\.? (?:(?:de|del|da|di|van|von|der|bin|al|la) )*{_WORD}){{0,4}}"
_SIGNATURE = re.compile(rf"[-–—―]{{1,2}} ?({_NAME})(?:, ?[^.!?:]+)?\.?")
_BEFORE = re.compile(rf"(?:^|[{_MARKS}]) ?(?=[-–—―])")
# A longer line is a sentence. The longest of 24 in polnear/dev has 25 characters, but says no more
# than the name.
_MAX_CHARS = 100
_MIN_SIGNED = 2
_STOPS = ".!?…"
_DATES = frozenset(name.casefold() for name in (*calendar.day_name, *calendar.month_name))
# `"We wait," said Lee`: such a paragraph has a cue of its own.
_CUED = re.compile(r",[\"”]|[\"”],")


@dataclass(frozen=True, slots=True)
class Signed:
    """Quoted words, a span for each paragraph, and the name that signs them."""

    name: Span
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A signature in the ``paragraph``-th paragraph; ``before`` is what stands there before it."""

    paragraph: int
    name: Span
    before: Span


def find(
    text: str, sentences: Sequence[Sentence], places: Set[int] = frozenset()
) -> tuple[Signed, ...]:
    """What is signed, in order; nothing where fewer than two quotations are.

    ``places`` are the characters at which the words of names begin that can be nobody's. Words
    without a mark count between two quotations only: behind the last may stand a report.
    """
    paragraphs = list(quotes.paragraphs(sentences))
    lines = [line for n, one in enumerate(paragraphs) if (line := _line(text, n, one, places))]
    found = list(_signed(text, paragraphs, lines))
    quoted = [number for number, one in enumerate(found) if _opens(text, one.content[0])]
    return tuple(found[: quoted[-1] + 1]) if len(quoted) >= _MIN_SIGNED else ()


def marked(quotations: Sequence[Quotation], signed: Sequence[Signed]) -> tuple[Quotation, ...]:
    """The quotations of a text with what is signed among them whole, its own marks right or not."""
    whole = [Quotation(span, is_closed=True) for one in signed for span in one.content]
    apart = [one for one in quotations if not _meets(one.span, whole)]
    return tuple(sorted([*apart, *whole], key=lambda one: one.span))


def _meets(span: Span, whole: Sequence[Quotation]) -> bool:
    """Whether a span touches one of the quotations, which are in order."""
    number = bisect_right(whole, span.start, key=lambda one: one.span.end)
    return number < len(whole) and whole[number].span.start < span.end


def _line(text: str, number: int, paragraph: Span, places: Set[int]) -> _Line | None:
    """The signature that ends a paragraph: all of it, or what follows its quotation mark."""
    tail = max(paragraph.start, paragraph.end - _MAX_CHARS)
    words = text[tail : paragraph.end]
    for mark in _BEFORE.finditer(words):
        found = _SIGNATURE.fullmatch(words, mark.end())
        is_cut = not mark[0].strip() and tail > paragraph.start
        if found and not is_cut and _can_sign(found[1], tail + found.start(1), places):
            name = Span(tail + found.start(1), tail + found.end(1))
            end = tail + mark.start() + len(mark[0].rstrip())
            return _Line(number, name, Span(paragraph.start, end))
    return None


def _can_sign(name: str, start: int, places: Set[int]) -> bool:
    """Whether it is no place, no day or month, and no agency or paper, which sign reports so."""
    words = set(name.casefold().split())
    is_medium = not lexicon.words("media_words").isdisjoint(words)
    return not is_medium and not words <= _DATES and start + name.rfind(" ") + 1 not in places


def _signed(text: str, paragraphs: Sequence[Span], lines: Sequence[_Line]) -> Iterator[Signed]:
    first, is_after = 0, False
    for line in lines:
        own = [line.before] if line.before.end > line.before.start else []
        content = _content(text, [*paragraphs[first : line.paragraph], *own], is_after=is_after)
        if content:
            yield Signed(line.name, tuple(content))
        first, is_after = line.paragraph + 1, bool(content)


def _content(text: str, told: Sequence[Span], *, is_after: bool) -> Sequence[Span]:
    """What is signed of the paragraphs since the line before, or since the text began.

    From where the quoted words open to the last paragraph, which closes them; without any mark
    the single paragraph that stands between two signatures.
    """
    opening = [number for number, one in enumerate(told) if _opens(text, one)]
    if not opening:
        is_single = is_after and len(told) == 1
        return told if is_single and text[told[0].end - 1] != ":" else ()
    start = opening[-1]
    if not _closes(text, told[-1]) or any(_closes(text, one) for one in told[start:-1]):
        return ()
    for number in reversed(opening[:-1]):
        if number != start - 1 or (_closes(text, told[number]) and not is_after):
            break
        start = number
    return told[start:] if _is_speech(text, told[start:]) else ()


def _opens(text: str, paragraph: Span) -> bool:
    return text[paragraph.start] in _MARKS


def _closes(text: str, paragraph: Span) -> bool:
    return text[paragraph.end - 1] in _MARKS


def _is_speech(text: str, told: Sequence[Span]) -> bool:
    """Whether quoted words are no title, nor told with a cue of their own."""
    words = [word for one in told for word in one.of(text).strip(_MARKS).split()]
    is_sentence = bool(words) and words[-1][-1] in _STOPS
    return (quotes.is_told(words) or is_sentence) and not any(
        _CUED.search(one.of(text)) for one in told
    )
