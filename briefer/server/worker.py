"""The one thread that owns the model: loads it, briefs what waits in batches, frees it.

Nothing else touches the model, so the server's threads never fight its own for the cores. Knows
nothing of HTTP.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, Protocol

from briefer.errors import BrieferError, EngineUnavailable, GenerationFailed, ModelError
from briefer.schema import Article, Brief, Options, Section
from briefer.server.measures import Measures
from briefer.server.queue import Order, OrderQueue

State = Literal["closed", "loading", "ready", "failed"]
Keep = Callable[[Order, Brief], None]
"""Keeps a finished brief, in the worker's thread, before anybody hears of it."""

# As many as the pipeline puts into one batch of the model.
ARTICLES_A_BATCH = 4
_IDLE_S = 1.0
_RELOAD_AFTER_S = 30.0
_PROBED_AFTER = 5
"""Failures in a row, each on one article, after which the model is probed; as in the night."""
_PROBE = Article(
    text=(
        "The council of Tellmouth voted on Monday to repair the old pier before the summer. "
        "Its chair, Ingrid Vass, said the work would cost 4 million crowns and take ten weeks. "
        "The shopkeepers' league rejected the plan and said that it would go to court over the "
        "cost, which it called far too high for a town of nine thousand people."
    )
)
"""Written for this purpose; the service is ready when the model has answered it."""
_log = logging.getLogger("briefer.server")


class Briefs(Protocol):
    """What the service needs of ``briefing.Briefer``."""

    @property
    def stages(self) -> object:
        """The loaded parts; the first call loads them."""
        ...

    def identify(self, article: Article, options: Options | None = None) -> str:
        """The id that the article's brief will have."""
        ...

    def brief(self, article: Article, options: Options | None = None) -> Brief:
        """Brief one article."""
        ...

    def brief_many(
        self, articles: Iterable[Article], options: Options | None = None
    ) -> Iterator[Brief]:
        """Brief articles in the order given."""
        ...

    def brief_in_parts(
        self, article: Article, options: Options | None = None
    ) -> Iterator[tuple[Section, Brief]]:
        """Brief one article section by section."""
        ...

    def close(self) -> None:
        """Free the model."""
        ...


class GivenUp(Exception):
    """Nobody waits for this brief any longer."""


class Worker:
    """Runs from ``start`` to ``stop``; ``state`` may be read from any thread."""

    def __init__(self, briefer: Briefs, queue: OrderQueue, keep: Keep, measures: Measures) -> None:
        self._briefer = briefer
        self._queue = queue
        self._keep = keep
        self._measures = measures
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="briefer-model", daemon=True)
        self._n_failed_in_a_row = 0
        self.state: State = "closed"

    def start(self) -> None:
        """Begin to load the model; returns at once."""
        self.state = "loading"
        self._thread.start()

    def refuse(self) -> None:
        """Take nothing more and cancel what waits; the batch that runs goes on."""
        for order in self._queue.close():
            order.future.cancel()

    def stop(self) -> None:
        """Finish the batch that runs, refuse what waits, free the model; blocks until then."""
        self._stopping.set()
        self.refuse()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            if self.state != "ready" and not self._load():
                self._refuse_all()
                continue
            if batch := self._queue.take(ARTICLES_A_BATCH, _IDLE_S):
                self._work(batch)
        if self.state == "ready":
            self._briefer.close()
        self.state = "closed"

    def _load(self) -> bool:
        began = time.monotonic()
        try:
            _ = self._briefer.stages
            self._probe()
        except Exception as error:  # noqa: BLE001 - whatever an engine raises, it is tried again
            # No article is in it yet but ours, so briefer's own words may be logged.
            why = f": {error}" if isinstance(error, BrieferError) else ""
            _log.error("the model could not be loaded%s", why, exc_info=error)
            self.state = "failed"
        else:
            self._measures.loaded(time.monotonic() - began)
            self.state = "ready"
        return self.state == "ready"

    def _probe(self) -> None:
        self._briefer.brief(_PROBE, Options(sections=("headline",)))

    def _refuse_all(self) -> None:
        """Tell those who wait that there is no model, until it is time to try again."""
        again_at = time.monotonic() + _RELOAD_AFTER_S
        while not self._stopping.is_set() and time.monotonic() < again_at:
            for order in self._queue.take(ARTICLES_A_BATCH, _IDLE_S):
                if order.future.set_running_or_notify_cancel():
                    error = EngineUnavailable("the model could not be loaded; see the log.")
                    order.future.set_exception(error)

    def _work(self, batch: Sequence[Order]) -> None:
        running = [order for order in batch if order.future.set_running_or_notify_cancel()]
        if not running:
            return
        began = time.monotonic()
        self._measures.taken(len(running), [began - order.ordered_at for order in running])
        self._attempt(running)
        self._measures.worked(time.monotonic() - began)

    def _attempt(self, running: Sequence[Order]) -> None:
        make = self._brief if running[0].on_part is None else self._stream
        try:
            make(running)
        except Exception as error:  # noqa: BLE001 - the thread must outlive whatever breaks
            left = [order for order in running if not order.future.done()]
            is_away = isinstance(error, ModelError) and not isinstance(error, GenerationFailed)
            if len(running) > 1 and not is_away:
                # One article may have broken the batch: the others must not pay for it.
                for order in left:
                    self._attempt([order])
                return
            if is_away:
                self.state = "failed"  # before anybody hears of it and asks again
            for order in left:
                order.future.set_exception(error)
            _log.error("briefing failed: %s", type(error).__name__, exc_info=error)
            if isinstance(error, GenerationFailed):
                self._doubt()
        else:
            self._n_failed_in_a_row = 0

    def _doubt(self) -> None:
        """Articles may be at fault, or an engine that is dead and says so of each of them."""
        self._n_failed_in_a_row += 1
        if self._n_failed_in_a_row < _PROBED_AFTER:
            return
        self._n_failed_in_a_row = 0
        try:
            self._probe()
        except Exception as error:  # noqa: BLE001 - as in loading
            _log.error("the model answers no longer: %s", type(error).__name__, exc_info=error)
            self.state = "failed"

    def _brief(self, running: Sequence[Order]) -> None:
        articles = [order.article for order in running]
        made = self._briefer.brief_many(articles, running[0].options)
        for order, brief in zip(running, made, strict=True):
            self._answer(order, brief)

    def _stream(self, running: Sequence[Order]) -> None:
        (order,) = running
        brief = None
        for section, brief in self._briefer.brief_in_parts(order.article, order.options):
            if order.is_given_up:
                order.future.set_exception(GivenUp())
                return
            if order.on_part is not None:
                order.on_part(section, brief)
        if brief is None:
            raise GenerationFailed("the pipeline gave no brief.")
        self._answer(order, brief)

    def _answer(self, order: Order, brief: Brief) -> None:
        self._measures.made(brief)
        if order.keeps:
            try:
                self._keep(order, brief)
            except BrieferError as error:
                order.future.set_exception(error)
                return
        order.future.set_result(brief)
