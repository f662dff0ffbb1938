"""A day: its stories, its failures, its figures; ``Digest`` goes out.

A ``Digest`` is exactly ``digest.schema.json``, version 1. A story's sections are those of a brief,
but may rest on several articles: every evidence names the brief (``Brief.id``) whose article it
stands in. Knows nothing of how stories are grouped.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from briefer.schema.brief import Actor, Agreement, Brief, Dissent, Evidence, Line, Text
from briefer.schema.records import Findings, Frozen
from briefer.schema.vocabulary import (
    DifferenceKind,
    DigestState,
    FailureKind,
    FailureReason,
    Finding,
    News,
    Reason,
    Status,
)


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


class StoryAgreements(Findings):
    """The agreements of a story, or the reason why there are none."""

    status: Finding
    items: tuple[StoryAgreement, ...] = ()


class StoryDissents(Findings):
    """The dissenting views of a story, or the reason why there are none."""

    status: Finding
    items: tuple[StoryDissent, ...] = ()


class Version(Frozen):
    """How one outlet has it."""

    outlet: str
    text: Text
    evidence: StoryEvidenceList


class Difference(Frozen):
    """Where sources disagree, each version with its outlet: never that parties disagree.

    ``figure`` different numbers of the same thing, ``attribution`` one quotation in two mouths,
    ``framing`` headlines that share little.
    """

    kind: DifferenceKind
    about: str
    versions: Annotated[tuple[Version, ...], Field(min_length=2)]


class Story(Frozen):
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


class Withdrawn(Frozen):
    """An article that was taken out of an edition after it had appeared; ``id`` is its brief's."""

    id: str
    title: str | None
    reason: str


class Failure(Frozen):
    """What is missing because something broke; ``message`` is for a reader.

    An article without a brief, or a source that could not be read: whatever that would have given.
    ``ref`` is the article's reference or the source's name.
    """

    kind: FailureKind = "article"
    ref: str | None
    title: str | None = None
    reason: FailureReason
    message: str


class DigestCounts(Frozen):
    """The day in numbers. ``n_lines`` are headlines, bullets, agreements and views shown.

    ``n_failed`` and ``failed`` count articles only. ``n_sources`` is not known of digests that
    were made of articles.
    """

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
    n_sources: int | None = None
    n_sources_failed: int = 0


class Maker(Frozen):
    """What made ``n_briefs`` of the day's briefs: their common provenance."""

    model: str
    revision: str | None
    weights_sha256: str | None
    engine: str
    prompts: Mapping[str, str]
    adapters: Mapping[str, str]
    briefer_version: str
    n_briefs: int


class Digest(Frozen):
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
