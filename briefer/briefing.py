"""The pipeline: an ``Article`` becomes a ``Brief``. The file to read first.

    prepare      the text cleaned, cut into sentences, judged fit to be briefed    articles
    read         who said what, who acts, what each sentence carries               statements,
                                                                                   actors, tagging
    choose       the passages that become lines                                    passages
    draft        candidate lines for each passage; the model writes here           drafting
    settle       each line with its evidence, kept or withheld with a reason       settling,
                                                                                   evidence, checks
    assemble     the brief, with what was found, withheld and not checked          assembly

Code chooses, the model condenses, code checks. Knows nothing of files, HTTP or documents.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from importlib import metadata
from typing import Protocol

from briefer import abreast, assembly, drafting, models, passages, settling, tagging
from briefer.drafting import Condenser, Request
from briefer.models.base import Engine, Shared
from briefer.schema import (
    Article,
    Brief,
    Character,
    CleanArticle,
    Draft,
    Options,
    Passage,
    PassageKind,
    Provenance,
    Section,
    Statement,
)
from briefer.tagging import Tagger

# Articles whose passages share one batch of the engine in ``brief_many``: enough to fill a
# batch (about 15 passages each), few enough that the first brief does not wait long.
_ARTICLES_A_BATCH = 4


class Reader(Protocol):
    """Finds who says what and who acts in a cleaned article."""

    def __call__(
        self, article: CleanArticle
    ) -> tuple[tuple[Statement, ...], tuple[Character, ...]]:
        """The statements in the order of the text, the characters most salient first."""
        ...


@dataclass(frozen=True, slots=True)
class Stages:
    """The loaded parts that a brief needs; made once, used for every article."""

    prepare: Callable[[Article], CleanArticle]
    read: Reader
    tagger: Tagger
    engine: Engine
    condenser: Condenser
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Reading:
    """What code found in an article before anything is written."""

    article: CleanArticle
    statements: tuple[Statement, ...] = ()
    characters: tuple[Character, ...] = ()
    passages: tuple[Passage, ...] = ()


class Briefer:
    """Briefs articles with one model; loads it at the first call, safe for several threads."""

    def __init__(
        self,
        model: str | None = None,
        engine: models.EngineName = "auto",
        *,
        concurrency: int | None = None,
    ) -> None:
        """``concurrency`` bounds the requests that a remote engine's server has at once."""
        self._load: Callable[[], Stages] = lambda: load_stages(model, engine, concurrency)
        self._loading = threading.Lock()
        self._turn = threading.Lock()

    @classmethod
    def of(cls, stages: Stages) -> Briefer:
        """A briefer of parts that are already loaded."""
        briefer = cls()
        briefer._load = lambda: stages
        return briefer

    @cached_property
    def _stages(self) -> Stages:
        return self._load()

    @property
    def stages(self) -> Stages:
        """The loaded parts; loads them when nobody did yet."""
        with self._loading:
            return self._stages

    @property
    def n_at_once(self) -> int:
        """From how many threads ``brief`` is worth calling at once; loads the parts.

        1 where the model runs in this process: then articles take turns, and ``brief_many`` puts
        several into one batch. More where it is on a server.
        """
        engine = self.stages.engine
        return engine.n_threads if isinstance(engine, Shared) else 1

    def brief(self, article: Article, options: Options | None = None) -> Brief:
        """Brief one article; one that cannot be briefed gives a brief whose ``status`` says why.

        Raises:
            ModelError: there is no usable model, or it broke while writing.
        """
        (only,) = self._brief_batch([article], options or Options())
        return only

    def brief_many(
        self, articles: Iterable[Article], options: Options | None = None
    ) -> Iterator[Brief]:
        """Brief articles in the order given, lazily, reading at most a few ahead.

        Raises:
            ModelError: as ``brief``, at the batch that broke.
        """
        n_at_once = self.n_at_once
        size = _ARTICLES_A_BATCH if n_at_once == 1 else 1  # a server makes its batches itself
        batches = abreast.batches(articles, size)
        brief = partial(self._brief_batch, options=options or Options())
        for briefs in abreast.in_order(brief, batches, n_at_once):
            yield from briefs

    def brief_in_parts(
        self, article: Article, options: Options | None = None
    ) -> Iterator[tuple[Section, Brief]]:
        """Brief one article section by section, each with the brief as far as it is ready.

        The last brief is the whole one. Each section is a batch of its own: sooner begun, later
        done than with ``brief``. Raises as ``brief``.
        """
        stages = self.stages
        with self._turn:
            yield from brief_in_parts(article, stages, options or Options())

    def identify(self, article: Article, options: Options | None = None) -> str:
        """The ``id`` that the article's brief will have, without asking the model.

        Raises:
            ModelError: there is no usable model.
        """
        return identify(article, self.stages, options or Options())

    def close(self) -> None:
        """Free the model; the briefer cannot be used afterwards."""
        self.stages.engine.close()

    def _brief_batch(self, batch: Sequence[Article], options: Options) -> list[Brief]:
        stages = self.stages
        with self._turn:  # the parser and the tagger serve one thread at a time
            began = stages.now()
            readings = _readings(batch, stages, options)
        with self._turn_at(stages.engine):
            drafts = _drafts(readings, stages)
        with self._turn:
            return _briefs(readings, drafts, stages, options, began)

    def _turn_at(self, engine: Engine) -> AbstractContextManager[object]:
        return nullcontext() if isinstance(engine, Shared) else self._turn


def load_stages(
    model: str | None, engine: models.EngineName, concurrency: int | None = None
) -> Stages:
    """The real parts: parser, tagger and the language model."""
    from briefer import articles  # on use: the readers of HTML take their time to load

    loaded = models.load(model, engine=engine, concurrency=concurrency)
    condenser = drafting.TRAINED if loaded.card.is_trained else drafting.UNTRAINED
    return Stages(articles.prepare, _syntax_reader(), tagging.load(loaded.card), loaded, condenser)


def _syntax_reader() -> Reader:
    # Imported on use: spaCy takes a second to load.
    from briefer import actors, statements
    from briefer.models.syntax import Parser

    parser = Parser()

    def read(article: CleanArticle) -> tuple[tuple[Statement, ...], tuple[Character, ...]]:
        parse = parser.parse(article)
        spoken = statements.find(article, parse)
        return spoken, actors.find(article, parse, spoken)

    return read


def brief_article(article: Article, stages: Stages, options: Options) -> Brief:
    """Brief one article. The command line, the API and the nightly run all come here."""
    (only,) = brief_articles([article], stages, options)
    return only


# So that nothing told is taken back: what a later part repeats is the later one's duplicate.
_PARTS: tuple[tuple[Section, PassageKind], ...] = (
    ("headline", "headline"),
    ("agreements", "agreement"),
    ("dissent", "dissent"),
    ("summary", "fact"),
)


def brief_in_parts(
    article: Article, stages: Stages, options: Options
) -> Iterator[tuple[Section, Brief]]:
    """Brief one article part by part: the actors, then each section that was asked for."""
    began = stages.now()
    reading = _read(stages.prepare(article), stages, options)
    drafts: list[Draft] = []
    kinds: list[PassageKind] = []
    for section, kind in (("actors", None), *_PARTS):
        if kind is not None:
            some = tuple(one for one in reading.passages if one.kind == kind)
            request = Request(reading.article, some, reading.statements)
            drafts.append(drafting.draft(request, stages.engine, stages.condenser))
            kinds.append(kind)
        so_far = _joined(drafts, kinds, reading.passages)
        provenance = _provenance(stages, so_far, began)
        if section in options.sections or section == "summary":
            yield section, _brief(reading, so_far, options, provenance)


def _joined(
    drafts: Sequence[Draft], kinds: Sequence[PassageKind], chosen: Sequence[Passage]
) -> Draft:
    """One draft of several, its candidates in the order in which the passages were chosen."""
    waiting = {kind: iter(one.candidates) for kind, one in zip(kinds, drafts, strict=True)}
    return Draft(
        candidates=tuple(next(waiting[one.kind]) for one in chosen if one.kind in waiting),
        n_prompt_tokens=sum(one.n_prompt_tokens for one in drafts),
        n_output_tokens=sum(one.n_output_tokens for one in drafts),
    )


def identify(article: Article, stages: Stages, options: Options) -> str:
    """The ``id`` of the brief that ``brief_article`` would make: the key of a stored one."""
    provenance = _provenance(stages, Draft(()), stages.now())
    return assembly.fingerprint(stages.prepare(article), options, provenance)


def brief_articles(batch: Sequence[Article], stages: Stages, options: Options) -> list[Brief]:
    """Brief several articles whose passages go to the engine as one batch."""
    began = stages.now()
    readings = _readings(batch, stages, options)
    return _briefs(readings, _drafts(readings, stages), stages, options, began)


def _readings(batch: Sequence[Article], stages: Stages, options: Options) -> list[Reading]:
    return [_read(stages.prepare(article), stages, options) for article in batch]


def _drafts(readings: Sequence[Reading], stages: Stages) -> list[Draft]:
    requests = [Request(one.article, one.passages, one.statements) for one in readings]
    return drafting.draft_many(requests, stages.engine, stages.condenser)


def _briefs(
    readings: Sequence[Reading],
    drafts: Sequence[Draft],
    stages: Stages,
    options: Options,
    began: datetime,
) -> list[Brief]:
    return [
        _brief(reading, draft, options, _provenance(stages, draft, began))
        for reading, draft in zip(readings, drafts, strict=True)
    ]


def _read(article: CleanArticle, stages: Stages, options: Options) -> Reading:
    if article.status != "ok":
        return Reading(article)
    spoken, characters = stages.read(article)
    tags = stages.tagger.tag(article)
    chosen = passages.choose(article, tags, spoken, characters, options)
    return Reading(article, spoken, characters, chosen)


def _brief(reading: Reading, draft: Draft, options: Options, provenance: Provenance) -> Brief:
    article, characters = reading.article, reading.characters
    settled = settling.settle(draft, article, reading.statements, characters)
    return assembly.assemble(article, settled, characters, options, provenance)


def _provenance(stages: Stages, draft: Draft, began: datetime) -> Provenance:
    card = stages.engine.card
    ended = stages.now()
    counts = {"n_prompt_tokens": draft.n_prompt_tokens, "n_output_tokens": draft.n_output_tokens}
    return Provenance(
        model=card.model,
        revision=card.revision,
        weights_sha256=card.weights_sha256,
        engine=card.engine,
        prompts=drafting.prompts_of(stages.condenser),
        briefer_version=_version(),
        created_at=ended,
        seconds=max((ended - began).total_seconds(), 0.0),
        adapters={**card.adapters, **stages.tagger.adapters} or None,
        **counts,
    )


def _version() -> str:
    try:
        return metadata.version("briefer")
    except metadata.PackageNotFoundError:
        return "unknown"
