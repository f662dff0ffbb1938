"""The pipeline with its parts loaded: one model, articles in batches, threads that take turns.

Knows nothing of what a brief holds.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import get_args

from briefer import abreast, drafting, models, tagging
from briefer.briefing import parts, pipeline
from briefer.briefing.pipeline import Probers, Reader, Stages
from briefer.errors import GenerationFailed, UnknownOption
from briefer.models import sources, trained, weights
from briefer.models.base import Engine, ModelCard, Prober, Shared
from briefer.schema import (
    Article,
    Brief,
    Character,
    CleanArticle,
    Options,
    Section,
    Statement,
    Tags,
)

# Articles whose passages share one batch of the engine in ``brief_many``: enough to fill a
# batch (about 15 passages each), few enough that the first brief does not wait long.
_ARTICLES_A_BATCH = 4


class Briefer:
    """Briefs articles with one model; loads it at the first call, safe for several threads.

    Briefers of the same model share it, and ``close`` frees it when all of them were closed. One
    model is resident in a process: a briefer whose model gave way to another one's loads it anew
    at its next call, which takes as long as the first.
    """

    # Of all briefers, because they may share an engine; parser and tagger, and who reads lines with
    # the tagger's model, serve one thread at a time.
    _turn = threading.Lock()

    def __init__(
        self,
        model: str | None = None,
        engine: models.EngineName = "auto",
        *,
        concurrency: int | None = None,
    ) -> None:
        """``concurrency`` bounds the requests that a remote engine's server has at once.

        Raises:
            UnknownOption: there is no such engine.
        """
        if engine not in get_args(models.EngineName):
            known = ", ".join(get_args(models.EngineName))
            raise UnknownOption(f"No engine {engine!r}; there are {known}.")
        self._load: Callable[[], Stages] = lambda: load_stages(model, engine, concurrency)
        self._loading = threading.Lock()
        self._loaded: Stages | None = None
        self._is_closed = False

    @classmethod
    def of(cls, stages: Stages) -> Briefer:
        """A briefer of parts that are already loaded."""
        briefer = cls()
        briefer._load = lambda: stages
        return briefer

    @property
    def stages(self) -> Stages:
        """The loaded parts; loads them when nobody did yet, or their engine was closed since.

        Raises:
            ModelError: the briefer was closed, or there is no usable model.
        """
        with self._loading:
            if self._is_closed:
                raise GenerationFailed("This briefer was closed; make another one.")
            if self._loaded is None or _is_lost(self._loaded.engine):
                self._loaded = None  # freed before its successor is loaded
                self._loaded = self._load()
            return self._loaded

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
        turn_at_engine = self._turn_at(stages.engine)
        yield from parts.brief_in_parts(
            article, stages, options or Options(), self._turn, turn_at_engine
        )

    def identify(self, article: Article, options: Options | None = None) -> str:
        """The ``id`` that the article's brief will have, without asking the model.

        Raises:
            ModelError: there is no usable model.
        """
        return pipeline.identify(article, self.stages, options or Options())

    def close(self) -> None:
        """Free the model, unless other briefers use it; this one cannot be used afterwards."""
        with self._loading:
            if self._loaded is not None:
                models.release(self._loaded.engine)
            self._loaded = None
            self._is_closed = True

    def _brief_batch(self, batch: Sequence[Article], options: Options) -> list[Brief]:
        for one in batch:
            if not isinstance(one, Article):
                raise TypeError(f"give an Article, like Article(text=…), not {type(one).__name__}")
        stages = self.stages
        turn_at_engine = self._turn_at(stages.engine)
        return pipeline.brief_articles(batch, stages, options, self._turn, turn_at_engine)

    def _turn_at(self, engine: Engine) -> AbstractContextManager[object]:
        return nullcontext() if isinstance(engine, Shared) else self._turn


def _is_lost(engine: Engine) -> bool:
    return isinstance(engine, models.Resident) and engine.is_closed


def load_stages(
    model: str | None, engine: models.EngineName, concurrency: int | None = None
) -> Stages:
    """The real parts: parser, tagger and the language model."""
    from briefer import articles  # on use: the readers of HTML take their time to load

    loaded = models.load(model, engine=engine, concurrency=concurrency)
    condenser = drafting.of(loaded.card)
    tagger = tagging.load(loaded.card)
    probers = Probers(load_prober(loaded.card), tagging.stance_of(tagger))
    return Stages(articles.prepare, _syntax_reader(), tagger, loaded, condenser, probers)


def load_prober(card: ModelCard, *, cache: Path | None = None) -> Prober | None:
    """The second model that reads what the model of that card writes.

    ``None`` where its readings of that model's lines were not measured, the engine tells no
    likelihoods, no probes are shipped for it, torch is missing, or its weights were not fetched.

    Raises:
        WeightsError: its weights cannot be converted.
    """
    pin = weights.named(weights.SECOND)
    part = trained.find("probes", pin.sha256)
    is_known = drafting.of(card).is_probed and card.engine in models.TELL_LIKELIHOODS
    can_read = find_spec("torch") is not None and weights.is_whole(pin, cache)
    if part is None or not is_known or not can_read:
        return None
    from briefer.models import prober  # on use: imports torch

    return prober.load(part, sources.resolve(pin.name, cache=cache), cache=cache)


def _syntax_reader() -> Reader:
    # Imported on use: spaCy takes a second to load.
    from briefer import actors, mentions, statements
    from briefer.models.syntax import Parser

    parser = Parser()

    def read(
        article: CleanArticle, tags: Sequence[Tags]
    ) -> tuple[tuple[Statement, ...], tuple[Character, ...]]:
        parse = parser.parse(article)
        cast = mentions.assemble(parse)
        spoken = statements.find(article, parse, cast)
        return spoken, actors.find(article, parse, cast, spoken, tags)

    return read
