"""Where requests meet the model: a stored brief if there is one, else a place in the queue.

Whoever asks for what is being made already waits for that, so nothing is made twice. Knows
nothing of HTTP but the problems it raises.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from anyio import CapacityLimiter, to_thread

from briefer.errors import EngineUnavailable
from briefer.schema import Article, Brief, Include, Options
from briefer.server.limits import Limits
from briefer.server.measures import Measures
from briefer.server.problem import Problem
from briefer.server.queue import OnPart, Order, OrderQueue, QueueClosed, QueueFull
from briefer.server.worker import Briefs, State, Worker
from briefer.store import Store

WHOLE: tuple[Include, ...] = ("source_text", "withheld_text")
"""Briefs are made and kept with all their texts; answers show what was asked for."""

_RETRY_BUSY_S = "30"
"""About one batch of the default model on two cores (findings: 15-45 s an article)."""
# Cleaning is quick but not free; more threads would take cores from the model.
_CLEANERS = 2
_LOOK_AGAIN_S = 0.05


@dataclass(frozen=True, slots=True)
class Wish:
    """What a caller wants briefed. ``keeps`` is false for briefs that leave no trace."""

    article: Article
    options: Options = field(default_factory=Options)
    owner: str = ""
    keeps: bool = True


@dataclass(eq=False, slots=True)
class _Shared:
    """An order with those who wait for it."""

    order: Order
    n_waiting: int

    @property
    def is_over(self) -> bool:
        """Whether it was given up, so that nothing will come of it."""
        return self.order.is_given_up or self.order.future.cancelled()


class Desk:
    """Takes wishes; opened and closed with the application."""

    def __init__(self, briefer: Briefs, store: Store, limits: Limits, measures: Measures) -> None:
        self._briefer = briefer
        self._store = store
        self._limits = limits
        self._measures = measures
        self._queue = OrderQueue(limits.max_waiting)
        self._worker = Worker(briefer, self._queue, self._keep, measures)
        self._shared: dict[tuple[str, str], _Shared] = {}
        self._looking: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self._cleaning = CapacityLimiter(_CLEANERS)
        measures.queue.set_function(lambda: len(self._queue))
        measures.ready.set_function(lambda: float(self.state == "ready"))

    @property
    def state(self) -> State:
        """How the model is."""
        return self._worker.state

    @property
    def n_waiting(self) -> int:
        """How many articles wait for the model."""
        return len(self._queue)

    async def open(self) -> None:
        """Begin to load the model; returns at once."""
        self._worker.start()

    def refuse(self) -> None:
        """Tell those who wait, and who come, that the server stops; the batch in hand goes on."""
        self._worker.refuse()

    async def close(self) -> None:
        """Wait for the batch that runs, then free the model."""
        await to_thread.run_sync(self._worker.stop)

    async def identify(self, wish: Wish) -> str:
        """The id of the wish's brief; waits for the model while it loads.

        Raises:
            ModelError: there is no usable model.
        """
        await self._settled()
        return await to_thread.run_sync(
            self._briefer.identify, wish.article, wish.options, limiter=self._cleaning
        )

    async def find(self, wish: Wish, id: str) -> Brief | None:  # noqa: A002
        """The stored brief of a wish, if there is one."""
        found = await to_thread.run_sync(self._store.brief_for, id, wish.owner)
        self._measures.looked_up(is_hit=found is not None)
        return found

    async def take(
        self,
        wish: Wish,
        id: str,  # noqa: A002
        on_part: OnPart | None = None,
        *,
        reuse: bool = True,
    ) -> tuple[Brief, bool]:
        """The brief, and whether it was stored already; otherwise as ``make``.

        ``reuse`` is false where a stored brief will not do.
        """
        key = (wish.owner, id)
        # One at a time looks and joins: else a brief that was saved after the look, and ended
        # before the joining, would be made again.
        async with self._looking.setdefault(key, asyncio.Lock()):
            look = reuse and key not in self._shared
            if look and (found := await self.find(wish, id)) is not None:
                return found, True
            shared = self._join(wish, id, on_part)
        return await self._outcome(shared), False

    async def make(self, wish: Wish, id: str, on_part: OnPart | None = None) -> Brief:  # noqa: A002
        """Have the model brief the article when its turn comes; given up when cancelled.

        ``on_part`` hears nothing where the brief is being made for somebody else already.

        Raises:
            Problem: 503 when too many wait already, or the time is up.
            ModelError: as the briefer raises it.
        """
        return await self._outcome(self._join(wish, id, on_part))

    async def _outcome(self, shared: _Shared) -> Brief:
        try:
            async with asyncio.timeout(self._limits.request_timeout_s):
                return await asyncio.shield(asyncio.wrap_future(shared.order.future))
        except TimeoutError as error:
            raise _timed_out(self._limits) from error
        except asyncio.CancelledError as error:
            if shared.order.future.cancelled():  # by the worker, as it stops
                raise _stopping() from error
            raise
        finally:
            self._leave(shared)

    def _join(self, wish: Wish, id: str, on_part: OnPart | None) -> _Shared:  # noqa: A002
        """A place in the queue; to be left through ``_outcome``, whatever happens."""
        key = (wish.owner, id)
        known = self._shared.get(key)
        if known is not None and wish.keeps and not known.is_over:
            known.n_waiting += 1
            return known
        options = wish.options.model_copy(update={"include": WHOLE})
        order = Order(wish.article, options, wish.owner, id, on_part, wish.keeps)
        try:
            self._queue.put(order)
        except QueueFull as error:
            told = f"{self._queue.capacity} articles wait for the model already."
            raise Problem("busy", told, headers=_retry()) from error
        except QueueClosed as error:
            raise _stopping() from error
        shared = _Shared(order, n_waiting=1)
        if wish.keeps:
            self._shared[key] = shared
            loop = asyncio.get_running_loop()
            # The model's thread ends it; what it has begun is shared also when nobody waits.
            order.future.add_done_callback(
                lambda _: loop.call_soon_threadsafe(self._forget, key, shared)
            )
        return shared

    def _leave(self, shared: _Shared) -> None:
        """Nobody waits any longer: what has not begun never will."""
        shared.n_waiting -= 1
        if shared.n_waiting == 0 and not shared.order.future.cancel():
            shared.order.is_given_up = shared.order.on_part is not None

    def _forget(self, key: tuple[str, str], shared: _Shared) -> None:
        if self._shared.get(key) is shared:
            del self._shared[key]

    def _keep(self, order: Order, brief: Brief) -> None:
        self._store.save(brief, order.article, order.owner, id=order.id)

    async def _settled(self) -> None:
        given_up_at = time.monotonic() + self._limits.request_timeout_s
        # The worker is a thread: it has no event of this loop's to set.
        while self.state == "loading" and time.monotonic() < given_up_at:
            if self._queue.is_closed:
                raise _stopping()
            await asyncio.sleep(_LOOK_AGAIN_S)
        if self.state != "ready":
            raise EngineUnavailable(f"the model is not ready: {self.state}.")


def _retry() -> dict[str, str]:
    return {"Retry-After": _RETRY_BUSY_S}


def _stopping() -> Problem:
    return Problem("stopping", "The server stops.", headers=_retry())


def _timed_out(limits: Limits) -> Problem:
    return Problem(
        "timed-out",
        f"No brief after {limits.request_timeout_s:g} seconds. Ask with Prefer: respond-async.",
        headers=_retry(),
    )
