"""The data types, all frozen: what comes in, what the stages hand on, what goes out.

Two halves. *Inside* (dataclasses): what one stage finds and the next one needs. *Outside*
(pydantic): ``Article`` in, ``Brief`` out, the latter exactly ``brief.schema.json``, version 1.
``Draft`` is unchecked and ``Brief`` is checked: an unchecked line cannot reach a reader by
accident, for no function turns one into the other but ``briefing.brief_article``.

Offsets are 0-based Unicode code points into the cleaned text, end exclusive.
Knows nothing of models, files or HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    field_validator,
    model_serializer,
    model_validator,
)

Section = Literal["headline", "summary", "actors", "agreements", "dissent"]
SECTIONS: tuple[Section, ...] = ("headline", "summary", "actors", "agreements", "dissent")
Status = Literal["ok", "too_short", "not_an_article", "unsupported_language", "incomplete"]
Finding = Literal["found", "none_found", "not_checked", "not_requested"]
Wording = Literal["abstractive", "extractive"]
Genre = Literal["news", "opinion", "interview", "live", "press_release", "other"]
ActorKind = Literal["person", "organisation", "state", "place", "group"]
Length = Literal["short", "standard", "long"]
Reason = Literal[
    "no_evidence",
    "name_not_in_evidence",
    "number_not_in_evidence",
    "date_not_in_evidence",
    "quote_not_exact",
    "wrong_speaker",
    "modality_changed",
    "contradicted",
    "duplicate",
    "not_an_agreement",
    "not_dissent",
    "cut_off",
    "unsafe_text",
    "unsupported",
    "unresolved_speaker",
]
Include = Literal["source_text", "withheld_text"]


# ── inside: what the stages hand on ──────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the cleaned text, ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the cleaned text; ``text`` is exactly the text at its offsets."""

    index: int
    start: int
    end: int
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article whose text is cleaned and cut into sentences; what every stage reads.

    ``status`` is ``ok`` or the reason why it cannot be briefed, ``note`` says the latter in words.
    """

    text: str
    sentences: tuple[Sentence, ...]
    sha256: str
    status: Status = "ok"
    note: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    genre: Genre | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what, in PolNeAR's terms (source, cue, content), as spans of the cleaned text.

    ``speaker`` is the resolved source: a name as the article gives it in full, a description for
    an unnamed source ("two officials"), ``"the author"`` in an opinion piece, or ``None`` when a
    pronoun or description could not be resolved. ``sentences`` are the indexes it touches,
    sentences that continue the quotation included.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    sentences: tuple[int, ...]
    speaker: str | None
    is_named: bool
    nested_in: int | None = None


@dataclass(frozen=True, slots=True)
class Character:
    """An actor as found in the text: names folded, before it is chosen for the brief.

    ``mentions`` are spans of the names (not pronouns); ``role`` is a span of the article's own
    words (apposition, title, office) or ``None``; ``salience`` is a probability that a short
    brief must name it; ``pacts`` are the verbs and nouns of agreeing, told as done, that it is a
    party to.
    """

    name: str
    kind: ActorKind
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]
    role: Span | None
    salience: float
    pacts: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Tags:
    """Calibrated probabilities of what a sentence carries: key fact, dissent, agreement, speech.

    Where the tagger knows them: ``lead``, one of the first four facts; ``must``, a dissent or
    agreement that must be told; ``joined``, an item that the sentence before carries too.
    """

    fact: float
    dissent: float
    agreement: float
    speech: float
    lead: float | None = None
    must: float | None = None
    joined: float | None = None


PassageKind = Literal["headline", "fact", "dissent", "agreement"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One to four sentences chosen to become one line.

    ``speaker`` is the resolved holder for ``dissent`` (and for a fact that is reported speech);
    ``parties`` the parties found for ``agreement``; ``against`` and ``quote`` are spans of the
    article chosen by code; ``score`` orders passages of a kind, best first.
    """

    kind: PassageKind
    sentences: tuple[int, ...]
    score: float
    speaker: str | None = None
    parties: tuple[str, ...] = ()
    against: Span | None = None
    quote: Span | None = None
    statements: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One unchecked line for one passage. ``origin`` says who worded it.

    ``model`` condensed by the language model, ``composed`` put together by code from spans,
    ``trimmed`` a sentence of the article shortened by code, ``sentence`` one taken whole.
    """

    passage: Passage
    text: str
    origin: Literal["model", "composed", "trimmed", "sentence"]
    is_cut_off: bool = False
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """All unchecked lines of an article: for each passage its candidates, best guess first."""

    candidates: tuple[tuple[DraftLine, ...], ...]
    n_prompt_tokens: int = 0
    n_output_tokens: int = 0
    prompts: Mapping[str, str] = field(default_factory=dict)


# ── outside: what comes in and what goes out ─────────────────────────────────────────────────


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Article(_Frozen):
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


class Options(_Frozen):
    """What the caller wants of a brief. ``max_bullets`` overrides ``length``.

    ``include`` adds texts to the answer and is no part of a brief's ``id``.
    """

    sections: tuple[Section, ...] = SECTIONS
    length: Length = "standard"
    max_bullets: Annotated[int, Field(ge=1, le=50)] | None = None
    include: tuple[Include, ...] = ()


class Evidence(_Frozen):
    """A stretch of the cleaned text that carries a line."""

    start: int
    end: int
    text: str


EvidenceList = Annotated[tuple[Evidence, ...], Field(min_length=1)]
Text = Annotated[str, Field(min_length=1)]


class Line(_Frozen):
    """A headline or bullet with the sentences that carry it."""

    text: Text
    kind: Wording
    evidence: EvidenceList


class Actor(_Frozen):
    """Who acts or speaks; ``role`` in the article's own words or ``None``."""

    name: str
    kind: ActorKind
    role: str | None
    aliases: tuple[str, ...]
    evidence: EvidenceList


class Agreement(_Frozen):
    """What two or more parties agreed, accepted, signed or decided together."""

    parties: Annotated[tuple[str, ...], Field(min_length=1)]
    text: str
    kind: Wording
    evidence: EvidenceList


class Dissent(_Frozen):
    """A dissenting view; ``quote`` is an exact substring of the cleaned text, or ``None``."""

    holder: str
    text: str
    against: str | None
    quote: str | None
    kind: Wording
    evidence: EvidenceList


class _Findings(_Frozen):
    @model_validator(mode="after")
    def _items_only_when_found(self) -> Self:
        items: tuple[object, ...] = getattr(self, "items", ())
        status: Finding = getattr(self, "status", "not_checked")
        if (status == "found") != bool(items):
            raise ValueError(f"status {status!r} with {len(items)} items")
        return self


class Agreements(_Findings):
    """The agreements, or the reason why there are none."""

    status: Finding
    items: tuple[Agreement, ...] = ()


class Dissents(_Findings):
    """The dissenting views, or the reason why there are none."""

    status: Finding
    items: tuple[Dissent, ...] = ()


class _WithoutAbsent(_Frozen):
    """Leaves optional fields out of the JSON when they hold nothing."""

    @model_serializer(mode="wrap")
    def _without_absent(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        dumped: dict[str, Any] = handler(self)
        absent = [name for name in ("text", "detail", "adapters") if dumped.get(name, 0) is None]
        return {key: value for key, value in dumped.items() if key not in absent}


class Withheld(_Frozen):
    """A line that was drafted and not shown; ``text`` only when asked for."""

    section: Section
    reason: Reason
    text: str | None = None
    detail: str = ""


class Source(_WithoutAbsent):
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


class Provenance(_WithoutAbsent):
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


class Brief(_Frozen):
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


# ── outside: a day ───────────────────────────────────────────────────────────────────────────
# A story's sections are those of a brief, but may rest on several articles: every evidence names
# the brief (``Brief.id``) whose article it stands in.

DigestState = Literal["complete", "partial", "broken", "nothing_to_report", "quiet"]
FailureReason = Literal[
    "unreadable", "too_large", "fetch_refused", "bad_option", "model_failed", "other"
]


class StoryEvidence(Evidence):
    """A stretch of the cleaned text of the article that the brief ``article`` is about."""

    article: str


StoryEvidenceList = Annotated[tuple[StoryEvidence, ...], Field(min_length=1)]


class StoryLine(Line):
    """A headline or bullet of a story."""

    evidence: StoryEvidenceList


class StoryActor(Actor):
    """Who acts or speaks in a story."""

    evidence: StoryEvidenceList


class StoryAgreement(Agreement):
    """What two or more parties of a story agreed; never that two outlets say the same."""

    evidence: StoryEvidenceList


class StoryDissent(Dissent):
    """A dissenting view in a story."""

    evidence: StoryEvidenceList


class StoryAgreements(_Findings):
    """The agreements of a story, or the reason why there are none."""

    status: Finding
    items: tuple[StoryAgreement, ...] = ()


class StoryDissents(_Findings):
    """The dissenting views of a story, or the reason why there are none."""

    status: Finding
    items: tuple[StoryDissent, ...] = ()


DifferenceKind = Literal["figure", "attribution", "framing"]
News = Literal["new", "changed", "unchanged"]


class Version(_Frozen):
    """How one outlet has it."""

    outlet: str
    text: Text
    evidence: StoryEvidenceList


class Difference(_Frozen):
    """Where sources disagree, each version with its outlet: never that parties disagree.

    ``figure`` different numbers of the same thing, ``attribution`` one quotation in two mouths,
    ``framing`` headlines that share little.
    """

    kind: DifferenceKind
    about: str
    versions: Annotated[tuple[Version, ...], Field(min_length=2)]


class Story(_Frozen):
    """One event: the briefs of the articles about it (``articles`` are their ids), merged.

    ``news`` is measured against the edition before, ``changes`` are the lines that it did not
    have; ``also_in`` are outlets that carried a copy of one of the articles.
    """

    id: str
    articles: Annotated[tuple[str, ...], Field(min_length=1)]
    headline: StoryLine | None
    summary: tuple[StoryLine, ...]
    actors: tuple[StoryActor, ...]
    agreements: StoryAgreements
    dissent: StoryDissents
    differences: tuple[Difference, ...] = ()
    also_in: tuple[str, ...] = ()
    section: str | None = None
    news: News = "new"
    changes: tuple[str, ...] = ()


class Withdrawn(_Frozen):
    """An article that was taken out of an edition after it had appeared; ``id`` is its brief's."""

    id: str
    title: str | None
    reason: str


class Failure(_Frozen):
    """An article that got no brief because something broke; ``message`` is for a reader."""

    ref: str | None
    title: str | None = None
    reason: FailureReason
    message: str


class DigestCounts(_Frozen):
    """The day in numbers. ``n_lines`` are headlines, bullets, agreements and views shown."""

    n_articles: int
    n_briefed: int
    n_not_briefable: int
    n_failed: int
    n_stories: int
    n_lines: int
    n_agreements: int
    n_dissent: int
    n_withheld: int
    not_briefable: Mapping[Status, int]
    failed: Mapping[FailureReason, int]
    withheld: Mapping[Reason, int]


class Maker(_Frozen):
    """What made ``n_briefs`` of the day's briefs: their common provenance."""

    model: str
    revision: str | None
    weights_sha256: str | None
    engine: str
    prompts: Mapping[str, str]
    adapters: Mapping[str, str]
    briefer_version: str
    n_briefs: int


class Digest(_Frozen):
    """What a day of briefs becomes: ``digest.schema.json``, version 1.

    ``stories`` are in the order of the document; ``briefs`` holds every article's whole brief,
    those that could not be briefed (their ``status`` says why) included. ``seconds`` is the
    sum over the briefs. ``previous_day`` is the edition that ``Story.news`` compares with,
    ``front`` the ids of the stories to know. A document tells ``max_chapters`` stories in full
    and quotes at most ``max_quoted_words`` of an article.
    """

    schema_version: Literal["1"] = "1"
    day: date
    title: Text
    state: DigestState
    counts: DigestCounts
    stories: tuple[Story, ...]
    briefs: tuple[Brief, ...]
    failures: tuple[Failure, ...]
    made_by: tuple[Maker, ...]
    seconds: float
    previous_day: date | None = None
    front: tuple[str, ...] = ()
    max_chapters: int | None = None
    max_quoted_words: int | None = None
    withdrawn: tuple[Withdrawn, ...] = ()
