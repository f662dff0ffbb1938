"""Who said what: every attributed statement of an article as source, cue and content.

``find`` is the way in. Generates nothing; knows nothing of models or of what is dissent.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from briefer import mentions
from briefer.schema import CleanArticle, Span, Statement
from briefer.statements import attribution, quotes
from briefer.statements.attribution import Attribution
from briefer.statements.quotes import Quotation
from briefer.statements.referents import AUTHOR, Referent
from briefer.statements.speakers import Asked, Scene, first_person

__all__ = ["find"]


@dataclass(frozen=True, slots=True)
class _Drafted:
    """A statement whose speaker is not known yet. ``place`` is the token that orders it."""

    place: int
    source: tuple[int, int] | None
    head: int | None
    cue: Span | None
    content: tuple[Span, ...]
    quotation: int | None


def find(article: CleanArticle, parse: Doc) -> tuple[Statement, ...]:
    """The statements of an article in the order of their cues or quotations.

    A sentence may belong to several statements (chains: "A said B had denied it"). Sentences of a
    quotation that goes on belong to the statement that opened it.
    """
    quotations = quotes.find(article.text, article.sentences)
    drafted = [_draft(parse, quotations, found) for found in attribution.find(parse)]
    drafted = [one for one in drafted if one is not None]
    drafted = _with_loose_quotes(article, parse, quotations, drafted)
    return _resolve(article, parse, quotations, drafted)


def _draft(parse: Doc, quotations: tuple[Quotation, ...], found: Attribution) -> _Drafted | None:
    cue = _span(parse, *found.cue)
    content = [_span(parse, *piece) for piece in found.content]
    inside = _inside(quotations, cue.start)
    if inside is None:
        content = _widened(content, quotations, cue, parse[found.cue[0]].sent)
    if not content:
        return None
    return _Drafted(found.cue[0], found.source, found.head, cue, tuple(content), inside)


def _span(parse: Doc, start: int, end: int) -> Span:
    return Span(parse[start].idx, parse[end - 1].idx + len(parse[end - 1]))


def _inside(quotations: tuple[Quotation, ...], offset: int) -> int | None:
    number = bisect_right(quotations, offset, key=lambda quotation: quotation.span.start) - 1
    if number >= 0 and quotations[number].span.end > offset:
        return number
    return None


def _widened(
    content: list[Span], quotations: tuple[Quotation, ...], cue: Span, sentence: object
) -> list[Span]:
    """Content stretched over the quotations it touches; without content, the sentence's own."""
    start, end = sentence.start_char, sentence.end_char  # type: ignore[attr-defined]
    first = max(bisect_right(quotations, start, key=lambda q: q.span.start) - 1, 0)
    near = []
    for quotation in quotations[first:]:
        if quotation.span.start >= end:
            break
        if quotation.span.end > start:
            near.append(quotation.span)
    spans = sorted([*content, *near])
    return _joined(spans)


def _joined(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for span in spans:
        if found and span.start <= found[-1].end + 1:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _with_loose_quotes(
    article: CleanArticle,
    parse: Doc,
    quotations: tuple[Quotation, ...],
    drafted: list[_Drafted],
) -> list[_Drafted]:
    """Add a statement for every quotation of some length that no cue claims."""
    claimed = {
        _inside(quotations, span.start)
        for one in drafted
        if one.quotation is None
        for span in one.content
    }
    claimed |= {
        number
        for one in drafted
        if one.quotation is None
        for span in one.content
        for number, quotation in enumerate(quotations)
        if span.start <= quotation.span.start < span.end
    }
    loose = []
    for number, quotation in enumerate(quotations):
        words = quotation.span.of(article.text).split()
        if number in claimed or (len(words) < 5 and not quotation.continues):
            continue
        token = parse.char_span(quotation.span.start, quotation.span.end, alignment_mode="expand")
        loose.append(_Drafted(token.start, None, None, None, (quotation.span,), None))
    return sorted([*drafted, *loose], key=lambda one: one.place)


def _resolve(
    article: CleanArticle,
    parse: Doc,
    quotations: tuple[Quotation, ...],
    drafted: list[_Drafted],
) -> tuple[Statement, ...]:
    scene = Scene(parse, mentions.assemble(parse))
    starts = [sentence.start for sentence in article.sentences]
    found: list[Statement] = []
    outer: dict[int, int] = {}
    previous: Referent | None = None
    for one in drafted:
        referent = (
            previous
            if one.cue is None
            else scene.resolve(Asked(one.head, *(one.source or (one.place, one.place))))
        )
        if one.quotation is None and referent is not None:
            scene.speaks(referent, one.place)
            previous = referent
        statement = _statement(parse, one, referent, starts)
        nested = None if one.quotation is None else outer.get(one.quotation)
        if first_person(parse, one.head):
            statement = replace(
                statement,
                speaker=found[nested].speaker if nested is not None else AUTHOR,
                is_named=found[nested].is_named if nested is not None else False,
            )
        found.append(replace(statement, nested_in=nested))
        if one.quotation is None:
            for number in range(len(quotations)):
                pass
            for span in one.content:
                number_or_none = _inside(quotations, span.start)
                if number_or_none is not None:
                    outer[number_or_none] = len(found) - 1
    return tuple(found)


def _statement(
    parse: Doc, one: _Drafted, referent: Referent | None, starts: list[int]
) -> Statement:
    touched = {
        number
        for span in one.content
        for number in range(
            bisect_right(starts, span.start) - 1, bisect_right(starts, span.end - 1)
        )
    }
    if one.cue is not None:
        touched.add(bisect_right(starts, one.cue.start) - 1)
    return Statement(
        source=None if one.source is None else _span(parse, *one.source),
        cue=one.cue,
        content=one.content,
        sentences=tuple(sorted(number for number in touched if number >= 0)),
        speaker=None if referent is None else referent.speaker,
        is_named=referent is not None and referent.is_named,
    )
