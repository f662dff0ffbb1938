"""Readers of the sets for single stages: who said what, events, actors, evidence, checks.

Each gives records on the text as published; knows nothing of measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from briefer.schema import Span
from eval.readers.given import text_hash
from eval.readers.lines import Record, records


class _Piece(Record):
    text: str
    spans: tuple[tuple[int, int], ...]


class Attribution(Record):
    """One attribution of PolNeAR; each part may be in several pieces, the source may be missing."""

    source: tuple[_Piece, ...]
    cue: tuple[_Piece, ...]
    content: tuple[_Piece, ...]

    def spans(self, part: Literal["source", "cue", "content"]) -> tuple[Span, ...]:
        """All spans of a part, in the article as published."""
        pieces: tuple[_Piece, ...] = getattr(self, part)
        return tuple(Span(*pair) for piece in pieces for pair in piece.spans)


class AttributedArticle(Record):
    """An article of PolNeAR with every attribution in it."""

    id: str
    title: str
    text: str
    attributions: tuple[Attribution, ...]


class Event(Record):
    """A sentence of PLOVER with its two actors and what happened between them."""

    id: str
    sentence: str
    source: str
    target: str
    event: str


class Entity(Record):
    """A linked entity; ``mention`` lists its surface forms, separated by commas, lower case."""

    entity: str | None
    mention: str | None
    salience: float = Field(ge=0, le=3)

    @property
    def names(self) -> tuple[str, ...]:
        """The entity's title and its surface forms."""
        forms = [form.strip() for form in (self.mention or "").split(",")]
        return tuple(name for name in (self.entity or "", *forms) if name)


class SalientArticle(Record):
    """A Wikinews article with crowd salience of its entities, 0 to 3."""

    id: str
    title: str
    text: str
    entities: tuple[Entity, ...]


class _SourceFile(Record):
    file: str
    sentences: tuple[str, ...]


class _Alignment(Record):
    file: str
    sent_idx: int = Field(ge=0)
    summary_sentence: str


class AlignedEvent(Record):
    """Articles of one event and the sentences that humans aligned with each summary sentence."""

    id: str
    articles: tuple[_SourceFile, ...]
    alignments: tuple[_Alignment, ...]


class SupportedClaim(Record):
    """A claim of WiCE; each of ``supporting_sentences`` alone is a sufficient set of indexes."""

    id: str
    claim: str
    sentences: tuple[str, ...]
    supporting_sentences: tuple[tuple[int, ...], ...]
    label: Literal["supported", "partially_supported", "not_supported"]


class JudgedSummary(Record):
    """A system's summary with the share of its sentences that humans judged factual."""

    id: str
    text: str
    summary: str
    human_factual: float = Field(ge=0, le=1)


def polnear(data: Path) -> Iterator[AttributedArticle]:
    """``polnear/dev``: 84 articles, every attribution."""
    return records(data / "polnear" / "dev.jsonl", AttributedArticle)


def plover(data: Path) -> Iterator[Event]:
    """``plover/train``: 1,050 coded sentences."""
    return records(data / "plover" / "train.jsonl", Event)


def wikinews_salience(data: Path, leave_out: frozenset[str]) -> Iterator[SalientArticle]:
    """``wikinews_salience/dev`` without the articles whose ``text_hash`` is in ``leave_out``."""
    found = records(data / "wikinews_salience" / "dev.jsonl", SalientArticle)
    return (article for article in found if text_hash(article.text) not in leave_out)


def multinews(data: Path) -> Iterator[AlignedEvent]:
    """``multinews_attributed/dev``: 28 events."""
    return records(data / "multinews_attributed" / "dev.jsonl", AlignedEvent)


def wice(data: Path) -> Iterator[SupportedClaim]:
    """``wice/claim_dev``: 349 claims."""
    return records(data / "wice" / "claim_dev.jsonl", SupportedClaim)


def qags(data: Path, name: Literal["cnndm", "xsum"]) -> Iterator[JudgedSummary]:
    """``qags``: 235 summaries of CNN/DM or 239 of XSum."""
    return records(data / "qags" / f"qags_{name}.jsonl", JudgedSummary)
