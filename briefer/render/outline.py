"""A view as a row of blocks, in reading order: what Markdown and plain text have in common.

Knows nothing of how a block is marked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from briefer.render import wording
from briefer.render.views import Chapter, Cite, Edition, Missing, Opinion, Person, Short, SourceLine

Kind = Literal["title", "heading", "subheading", "paragraph", "notice", "item", "quote", "note"]
Weight = Literal["plain", "strong", "soft"]
HARD_SPACE = "\N{NO-BREAK SPACE}"
"""Where a line may not end; the printers make it an ordinary space (cleaned text has none)."""


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text; ``url`` makes it a link."""

    text: str
    weight: Weight = "plain"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item; ``number`` is a note's own."""

    kind: Kind
    words: tuple[Words, ...]
    number: int | None = None


def of_edition(edition: Edition) -> Iterator[Block]:
    """The blocks of a whole document."""
    yield _block("title", Words(edition.title))
    yield _block("paragraph", Words(edition.day, "strong"), Words(f" · {edition.size}"))
    if edition.notice:
        yield _block("notice", Words(edition.notice))
    if edition.figures and edition.chapters:
        counted = " · ".join(f"{figure.n} {figure.words}" for figure in edition.figures)
        yield _block("paragraph", Words(counted))
    for correction in edition.corrections:
        yield _block("notice", Words(correction))
    yield from _front(edition)
    for chapter in edition.chapters:
        yield from _chapter(chapter)
    yield from _shorts("In brief", edition.shorts)
    yield from _shorts("Unchanged since the last edition", edition.unchanged)
    yield from _missing("Sources that could not be read", edition.unread)
    yield from _missing("Articles that could not be processed", edition.failures)
    yield from _missing("Could not be briefed", edition.not_briefed)
    if edition.chapters:
        yield from _withheld(edition)
    yield from _colophon(edition)


def _block(kind: Kind, *words: Words) -> Block:
    return Block(kind, words)


def _chapter(chapter: Chapter) -> Iterator[Block]:
    yield _block(
        "heading", Words(f"{chapter.number}. {chapter.title}"), _marks(chapter.title_cites)
    )
    if chapter.kicker:
        yield _block("paragraph", Words(chapter.kicker, "soft"))
    yield from _lines(chapter)
    if chapter.people:
        yield _block("subheading", Words("Who"))
    for person in chapter.people:
        yield _block("item", Words(person.name, "strong"), _role(person), _marks(person.cites))
    yield from _accords(chapter)
    yield from _opinions(chapter)
    yield from _splits(chapter)
    yield from _carried_by(chapter)


def _lines(chapter: Chapter) -> Iterator[Block]:
    if chapter.changes:
        yield _block("paragraph", Words("New since the last edition", "strong"))
        yield from (_block("item", Words(change)) for change in chapter.changes)
        yield _block("paragraph", Words("The story", "strong"))
    if chapter.no_points:
        yield _block("paragraph", Words(chapter.no_points))
    for point in chapter.points:
        outlets = Words(_outlets(point.n_outlets))
        own = _own_words(point.is_verbatim)
        yield _block("item", Words(point.text), own, outlets, _marks(point.cites))


def _role(person: Person) -> Words:
    kind = f" ({person.kind})" if person.kind else ""
    return Words(f": {person.role}" if person.role else kind)


def _carried_by(chapter: Chapter) -> Iterator[Block]:
    yield _block("subheading", Words("Evidence"))
    for note in chapter.notes:
        outlet = Words(f" ({note.outlet})" if note.outlet else "")
        if note.text:
            yield Block("note", (Words(note.text), outlet), number=note.number)
    if left := [str(note.number) for note in chapter.notes if not note.text]:
        yield _block("paragraph", Words(f"{', '.join(left)}: {chapter.unquoted}"))
    for source in chapter.sources:
        yield _source(source)
    if chapter.also_in:
        yield _block("paragraph", Words("Also in", "strong"), Words(f": {chapter.also_in}"))
    if chapter.withheld:
        yield _block("paragraph", Words("Withheld", "strong"), Words(f": {chapter.withheld}"))


def _front(edition: Edition) -> Iterator[Block]:
    """What to know, by headline; a document of few stories is its own front page."""
    if not edition.front or len(edition.chapters) <= len(edition.front):
        return
    yield _block("heading", Words(wording.things_to_know(len(edition.front))))
    for chapter in edition.front:
        point = f": {chapter.gist[0]}" if chapter.gist else ""
        yield _block("item", Words(f"{chapter.number}. {chapter.title}", "strong"), Words(point))


def _shorts(heading: str, rows: Sequence[Short]) -> Iterator[Block]:
    if rows:
        yield _block("heading", Words(heading))
    for row in rows:
        yield _block("item", Words(row.title, url=row.url), Words(f", {row.origin}"))


def _splits(chapter: Chapter) -> Iterator[Block]:
    if chapter.splits:
        yield _block("subheading", Words("Where sources differ"))
    for split in chapter.splits:
        yield _block("paragraph", Words(split.label, "strong"))
        for version in split.versions:
            said = Words(f": {version.text}")
            yield _block("item", Words(version.outlet, "strong"), said, _marks(version.cites))


def _outlets(n_outlets: int) -> str:
    return f" ({n_outlets} outlets)" if n_outlets > 1 else ""


def _accords(chapter: Chapter) -> Iterator[Block]:
    yield _block("subheading", Words("Agreements"))
    if chapter.no_accords:
        yield _block("paragraph", Words(chapter.no_accords))
    for accord in chapter.accords:
        told = Words(f": {accord.text}")
        own = _own_words(accord.is_verbatim)
        yield _block("item", Words(accord.parties, "strong"), told, own, _marks(accord.cites))


def _opinions(chapter: Chapter) -> Iterator[Block]:
    yield _block("subheading", Words("Dissenting views"))
    if chapter.no_opinions:
        yield _block("paragraph", Words(chapter.no_opinions))
    for opinion in chapter.opinions:
        yield _opinion(opinion)
        if opinion.quote:
            yield _block("quote", Words(f"“{opinion.quote}”"))


def _opinion(opinion: Opinion) -> Block:
    against = f" (against {opinion.against})" if opinion.against else ""
    told = Words(f"{against}: {opinion.text}")
    own = _own_words(opinion.is_verbatim)
    return _block("item", Words(opinion.holder, "strong"), told, own, _marks(opinion.cites))


def _marks(cites: Sequence[Cite]) -> Words:
    numbers = f",{HARD_SPACE}".join(str(cite.number) for cite in cites)
    return Words(f" [{numbers}]" if numbers else "")


def _own_words(is_verbatim: bool) -> Words:  # noqa: FBT001 - a fact of the line, not a switch
    return Words(f" ({wording.IN_ITS_WORDS})" if is_verbatim else "", "plain")


def _source(source: SourceLine) -> Block:
    facts = [fact for fact in (source.outlet, source.published) if fact]
    host = f" ({source.host})" if source.host else ""
    remark = f"; {source.remark}" if source.remark else ""
    rest = "".join(f", {fact}" for fact in facts) + host + remark
    title = Words(source.title, url=source.url)
    return _block("paragraph", Words("Source", "strong"), Words(": "), title, Words(rest))


def _missing(heading: str, rows: Sequence[Missing]) -> Iterator[Block]:
    if rows:
        yield _block("heading", Words(heading))
    for row in rows:
        outlet = f", {row.outlet}" if row.outlet else ""
        detail = f" ({row.detail})" if row.detail else ""
        yield _block("item", Words(row.title, "strong"), Words(f"{outlet}: {row.why}{detail}"))


def _withheld(edition: Edition) -> Iterator[Block]:
    yield _block("heading", Words("What was withheld"))
    told = wording.withheld_of_all(edition.n_withheld) if edition.withheld else wording.ALL_HELD
    yield _block("paragraph", Words(told))
    for row in edition.withheld:
        yield _block("item", Words(str(row.n), "strong"), Words(f" {row.words}"))


def _colophon(edition: Edition) -> Iterator[Block]:
    yield _block("heading", Words("How this was made"))
    yield _block("paragraph", Words(wording.HOW_MADE))
    for imprint in edition.imprints:
        for label, fact in imprint.rows:
            yield _block("item", Words(label, "strong"), Words(f": {fact}"))
    if edition.imprints:
        yield _block("paragraph", Words(f"Made in {edition.made_in} of computing."))
