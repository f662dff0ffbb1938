"""Quotations: where the marks open and close, across sentences and paragraphs.

Works on characters alone, in one pass. Knows nothing of speakers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefer.schema import Sentence, Span

_MARK = re.compile("[\"“”„«»‘’'`]+")
_OPENING = frozenset("“„«")
_CLOSING = frozenset("”»")
_SINGLE = frozenset("‘’'`")
_BEFORE_OPENING = frozenset(" \t\n([{-–—/:")
# A closing single mark is an apostrophe unless punctuation or the end of a word goes with it.
_AFTER_CLOSING = frozenset(" \t\n)]}-–—/,.;:!?")
# A shorter quotation without a cue is a title or a word set off ("scare quotes").
_MIN_TOLD = 5


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation with its marks. ``continues`` says that the one before it was left open.

    A quotation ends with its paragraph at the latest; an open one whose next paragraph begins with
    a mark goes on there (the newspapers' way to quote several paragraphs).
    """

    span: Span
    is_closed: bool
    continues: bool = False


def find(text: str, sentences: Sequence[Sentence]) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order, never overlapping."""
    found: list[Quotation] = []
    previous_end = -1
    for paragraph in paragraphs(sentences):
        is_open = bool(found) and not found[-1].is_closed and found[-1].span.end == previous_end
        opened = list(_in_paragraph(text, paragraph))
        if opened and is_open and opened[0].span.start == paragraph.start:
            opened[0] = Quotation(opened[0].span, opened[0].is_closed, continues=True)
        found.extend(opened)
        previous_end = paragraph.end
    return tuple(found)


def covering(quotations: Sequence[Quotation], offset: int) -> int | None:
    """The number of the quotation that holds a character."""
    number = bisect_right(quotations, offset, key=lambda one: one.span.start) - 1
    if number >= 0 and offset < quotations[number].span.end:
        return number
    return None


def paragraphs(sentences: Sequence[Sentence]) -> Iterator[Span]:
    """Where each paragraph stands, in order."""
    start = 0
    for number, sentence in enumerate(sentences):
        is_last = number + 1 == len(sentences)
        if is_last or sentences[number + 1].paragraph != sentence.paragraph:
            yield Span(sentences[start].start, sentence.end)
            start = number + 1


def is_told(words: Sequence[str]) -> bool:
    """Whether quoted words are long and plain enough to be told, no title or word set off."""
    n_lower = sum(word[:1].islower() for word in words)
    return len(words) >= _MIN_TOLD and n_lower * 2 >= len(words)


def _in_paragraph(text: str, paragraph: Span) -> Iterator[Quotation]:
    start, family = -1, ""
    for position in _marks(text, paragraph):
        kind = _family(text[position])
        if start < 0:
            if _opens(text, position, paragraph):
                start, family = position, kind
        elif kind == family and _closes(text, position, paragraph):
            if _is_quotation(text, start, position):
                yield Quotation(Span(start, position + 1), is_closed=True)
            start = -1
        elif kind == family == "double" and _opens(text, position, paragraph):
            # A mark that plainly opens inside a quotation: the first was never closed.
            yield Quotation(Span(start, position), is_closed=False)
            start = position
    if start >= 0 and family == "double":
        yield Quotation(Span(start, paragraph.end), is_closed=False)


def _marks(text: str, paragraph: Span) -> Iterator[int]:
    for found in _MARK.finditer(text, paragraph.start, paragraph.end):
        yield from range(found.start(), found.end())


def _is_quotation(text: str, start: int, end: int) -> bool:
    """Whether single marks hold more than a word ("rock 'n' roll")."""
    return _family(text[start]) == "double" or " " in text[start:end]


def _family(mark: str) -> str:
    return "single" if mark in _SINGLE else "double"


def _opens(text: str, position: int, paragraph: Span) -> bool:
    mark = text[position]
    if mark in _CLOSING or mark in "’`":
        return False
    before = text[position - 1] if position > paragraph.start else " "
    after = text[position + 1] if position + 1 < paragraph.end else " "
    if mark in _OPENING:
        return True
    return (before in _BEFORE_OPENING or before in "\"“'‘") and not after.isspace()


def _closes(text: str, position: int, paragraph: Span) -> bool:
    mark = text[position]
    if mark in _CLOSING:
        return True
    if mark in _OPENING or mark == "‘":
        return False
    before = text[position - 1] if position > paragraph.start else " "
    after = text[position + 1] if position + 1 < paragraph.end else " "
    if mark in _SINGLE:
        return after in _AFTER_CLOSING and (not before.isspace()) and before != "s"
    return not (before.isspace() and not after.isspace())
