"""One article: ``Article`` comes in, ``Brief`` goes out.

A ``Brief`` is exactly ``brief.schema.json``, version 1. Offsets are 0-based Unicode code points
into the cleaned text, end exclusive. Knows nothing of how a brief is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, field_validator

from briefer.schema.records import Findings, Frozen, WithoutAbsent
from briefer.schema.vocabulary import (
    SECTIONS,
    ActorKind,
    Finding,
    Genre,
    Include,
    Length,
    Reason,
    Section,
    Status,
    Wording,
)


class Article(Frozen):
    """An article as given: plain text plus what is known about it. ``text`` need not be clean.

    ``published_at`` without a zone is taken as UTC.
    """

    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    genre: Genre | None = None
    ref: str | None = None

    @field_validator("published_at")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value


class Options(Frozen):
    """What the caller wants of a brief. ``max_bullets`` overrides ``length``.

    ``include`` adds texts to the answer and is no part of a brief's ``id``.
    """

    sections: tuple[Section, ...] = SECTIONS
    length: Length = "standard"
    max_bullets: Annotated[int, Field(ge=1, le=50)] | None = None
    include: tuple[Include, ...] = ()


class Evidence(Frozen):
    """A stretch of the cleaned text that carries a line."""

    start: int
    end: int
    text: str


EvidenceList = Annotated[tuple[Evidence, ...], Field(min_length=1)]
Text = Annotated[str, Field(min_length=1)]


class Line(Frozen):
    """A headline or bullet with the sentences that carry it."""

    text: Text
    kind: Wording
    evidence: EvidenceList


class Actor(Frozen):
    """Who acts or speaks; ``role`` in the article's own words or ``None``."""

    name: str
    kind: ActorKind
    role: str | None
    aliases: tuple[str, ...]
    evidence: EvidenceList


class Agreement(Frozen):
    """What two or more parties agreed, accepted, signed or decided together."""

    parties: Annotated[tuple[str, ...], Field(min_length=1)]
    text: str
    kind: Wording
    evidence: EvidenceList


class Dissent(Frozen):
    """A dissenting view; ``quote`` is an exact substring of the cleaned text, or ``None``."""

    holder: str
    text: str
    against: str | None
    quote: str | None
    kind: Wording
    evidence: EvidenceList


class Agreements(Findings):
    """The agreements, or the reason why there are none."""

    status: Finding
    items: tuple[Agreement, ...] = ()


class Dissents(Findings):
    """The dissenting views, or the reason why there are none."""

    status: Finding
    items: tuple[Dissent, ...] = ()


class Withheld(Frozen):
    """A line that was drafted and not shown; ``text`` only when asked for."""

    section: Section
    reason: Reason
    text: str | None = None
    detail: str = ""


class Source(WithoutAbsent):
    """Where the brief comes from; ``text`` only when asked for."""

    ref: str | None
    title: str | None
    url: str | None
    publisher: str | None
    published_at: datetime | None
    language: str | None
    genre: Genre | None
    sha256: str
    n_chars: int
    n_sentences: int
    share_read: Annotated[float, Field(ge=0, le=1)]
    text: str | None = None


class Provenance(WithoutAbsent):
    """What made the brief. Further keys are allowed; readers ignore those they do not know."""

    model_config = ConfigDict(frozen=True, extra="allow")

    model: str
    revision: str | None
    weights_sha256: str | None
    engine: str
    prompts: Mapping[str, str]
    briefer_version: str
    created_at: datetime
    seconds: float
    adapters: Mapping[str, str] | None = None


class Brief(Frozen):
    """What one article becomes: ``brief.schema.json``, version 1."""

    schema_version: Literal["1"] = "1"
    id: str
    status: Status
    headline: Line | None
    summary: tuple[Line, ...]
    actors: tuple[Actor, ...]
    agreements: Agreements
    dissent: Dissents
    withheld: tuple[Withheld, ...]
    source: Source
    provenance: Provenance

    def without_texts(self) -> Brief:
        """The brief as if nobody had asked for texts: its lines and the sentences they rest on."""
        source = self.source.model_copy(update={"text": None})
        withheld = tuple(line.model_copy(update={"text": None}) for line in self.withheld)
        return self.model_copy(update={"source": source, "withheld": withheld})
