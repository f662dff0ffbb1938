"""The pipeline: an ``Article`` becomes a ``Brief``. The file to read first.

    prepare      the text cleaned, cut into sentences, judged fit to be briefed    articles
    read         who said what, who acts, what each sentence carries               statements,
                                                                                   actors, tagging
    choose       the passages that become lines                                    passages
    draft        candidate lines for each passage; the model writes here           drafting
    settle       each line with its evidence, kept or withheld with a reason       settling,
                                                                                   evidence, checks
    assemble     the brief, with what was found, withheld and not checked          assembly

Code chooses, the model condenses, code checks. Knows nothing of files, HTTP or documents, nor of
where the parts come from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from typing import Protocol

from briefer import assembly, drafting, passages, settling
from briefer.drafting import Condenser, Request
from briefer.models.base import Engine, Prober
from briefer.schema import (
    Article,
    Brief,
    Character,
    CleanArticle,
    Draft,
    Options,
    Passage,
    Provenance,
    Statement,
    Tags,
)
from briefer.tagging import Tagger


class Reader(Protocol):
    """Finds who says what and who acts in a cleaned article whose sentences are tagged."""

    def __call__(
        self, article: CleanArticle, tags: Sequence[Tags]
    ) -> tuple[tuple[Statement, ...], tuple[Character, ...]]:
        """The statements in the order of the text, the characters most salient first."""
        ...


@dataclass(frozen=True, slots=True)
class Probers:
    """Who reads the lines: those of facts a second model, those of views the tagger's."""

    facts: Prober | None = None
    views: Prober | None = None


NOBODY = Probers()


@dataclass(frozen=True, slots=True)
class Stages:
    """The loaded parts that a brief needs; made once, used for every article."""

    prepare: Callable[[Article], CleanArticle]
    read: Reader
    tagger: Tagger
    engine: Engine
    condenser: Condenser
    probers: Probers = NOBODY
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Reading:
    """What code found in an article before anything is written."""

    article: CleanArticle
    statements: tuple[Statement, ...] = ()
    characters: tuple[Character, ...] = ()
    passages: tuple[Passage, ...] = ()


_FREE = nullcontext()
"""The turn of who shares nothing."""


def brief_article(article: Article, stages: Stages, options: Options) -> Brief:
    """Brief one article: the whole pipeline."""
    (only,) = brief_articles([article], stages, options)
    return only


def brief_articles(
    batch: Sequence[Article],
    stages: Stages,
    options: Options,
    turn: AbstractContextManager[object] = _FREE,
    turn_at_engine: AbstractContextManager[object] = _FREE,
) -> list[Brief]:
    """Brief several articles whose passages go to the engine as one batch.

    Where threads share the stages, code takes its ``turn`` and the model's part another.
    """
    with turn:
        began = stages.now()
        readings = [read(stages.prepare(article), stages, options) for article in batch]
    requests = [Request(one.article, one.passages, one.statements) for one in readings]
    drafts = draft(requests, stages, turn, turn_at_engine)
    with turn:
        return [
            settle(reading, draft, options, provenance_of(stages, draft, began, len(batch)))
            for reading, draft in zip(readings, drafts, strict=True)
        ]


def identify(article: Article, stages: Stages, options: Options) -> str:
    """The ``id`` of the brief that ``brief_article`` would make: the key of a stored one."""
    provenance = provenance_of(stages, Draft(()), stages.now())
    return assembly.fingerprint(stages.prepare(article), options, provenance)


def read(article: CleanArticle, stages: Stages, options: Options) -> Reading:
    """What code finds in one article; nothing in one that cannot be briefed."""
    if article.status != "ok":
        return Reading(article)
    tags = stages.tagger.tag(article)
    spoken, characters = stages.read(article, tags)
    chosen = passages.choose(article, tags, spoken, characters, options)
    return Reading(article, spoken, characters, chosen)


def draft(
    requests: Sequence[Request],
    stages: Stages,
    turn: AbstractContextManager[object],
    turn_at_engine: AbstractContextManager[object],
) -> list[Draft]:
    """A draft of each request; views are read in code's turn, for the tagger's model reads them."""
    with turn_at_engine:
        drafts = drafting.draft_many(
            requests, stages.engine, stages.condenser, stages.probers.facts
        )
    with turn:
        return drafting.read_views(drafts, stages.probers.views)


def settle(reading: Reading, draft: Draft, options: Options, provenance: Provenance) -> Brief:
    """The brief of what was drafted: what holds is told, the rest withheld."""
    article, characters = reading.article, reading.characters
    settled = settling.settle(draft, article, reading.statements, characters)
    return assembly.assemble(article, settled, characters, options, provenance)


def provenance_of(stages: Stages, draft: Draft, began: datetime, n_articles: int = 1) -> Provenance:
    """What made the draft, and in how many seconds since ``began``: its share of the batch's."""
    card = stages.engine.card
    ended = stages.now()
    counts = {"n_prompt_tokens": draft.n_prompt_tokens, "n_output_tokens": draft.n_output_tokens}
    return Provenance(
        model=card.model,
        revision=card.revision,
        weights_sha256=card.weights_sha256,
        engine=card.engine,
        prompts=drafting.prompts_of(stages.condenser, stages.probers.facts),
        briefer_version=_version(),
        created_at=ended,
        seconds=max((ended - began).total_seconds(), 0.0) / n_articles,
        adapters=_parts_of(stages) or None,
        **counts,
    )


def _parts_of(stages: Stages) -> dict[str, str]:
    """What works beside the model -> SHA-256 of its file."""
    readers = {"prober": stages.probers.facts, "stance": stages.probers.views}
    own = {name: one.sha256 for name, one in readers.items() if one is not None}
    return {**stages.engine.card.adapters, **stages.tagger.adapters, **own}


def _version() -> str:
    try:
        return metadata.version("briefer")
    except metadata.PackageNotFoundError:
        return "unknown"
