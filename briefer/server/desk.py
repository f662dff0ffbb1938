"""The one place where requests meet the model: loaded once, one at a time, off the event loop.

Knows nothing of HTTP but the problem it raises when too many wait.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Literal, Protocol

from anyio import CapacityLimiter, to_thread

from briefer.errors import BrieferError
from briefer.schema import Article, Brief, Options
from briefer.server.problem import Problem

State = Literal["closed", "loading", "ready", "failed"]
_RETRY_AFTER_S = "60"
_log = logging.getLogger("briefer.server")


class Briefs(Protocol):
    """What a desk needs of ``briefing.Briefer``."""

    @property
    def stages(self) -> object:
        """The loaded parts; the first call loads them."""
        ...

    def brief(self, article: Article, options: Options | None = None) -> Brief:
        """Brief one article."""
        ...

    def close(self) -> None:
        """Free the model."""
        ...


class Desk:
    """Takes articles, lets a bounded number wait, and briefs one after the other in a thread."""

    def __init__(self, briefer: Briefs, *, max_waiting: int) -> None:
        self._briefer = briefer
        self._max_waiting = max_waiting
        self._n_waiting = 0
        self._turn = CapacityLimiter(1)
        self._loading: asyncio.Task[None] | None = None
        self.state: State = "closed"

    async def open(self) -> None:
        """Begin to load the model; returns at once."""
        self.state = "loading"
        self._loading = asyncio.create_task(self._load())

    async def close(self) -> None:
        """Wait for what runs, then free the model if it was ever loaded."""
        if self._loading is not None:
            await self._loading
        if self.state == "ready":
            await to_thread.run_sync(self._briefer.close, limiter=self._turn)
        self.state = "closed"

    async def brief(self, article: Article, options: Options) -> Brief:
        """Brief an article when its turn comes.

        Raises:
            Problem: 503 when too many wait already.
            ModelError: as the briefer raises it.
        """
        if self._n_waiting >= self._max_waiting:
            told = f"{self._n_waiting} articles wait for the model already."
            raise Problem("busy", told, headers={"Retry-After": _RETRY_AFTER_S})
        self._n_waiting += 1
        try:
            made = await to_thread.run_sync(
                self._briefer.brief, article, options, limiter=self._turn
            )
        finally:
            self._n_waiting -= 1
        self.state = "ready"
        return made

    async def _load(self) -> None:
        try:
            await to_thread.run_sync(self._touch, limiter=self._turn)
        except BrieferError as error:
            _log.error("the model could not be loaded", exc_info=error)
            self.state = "failed"
        else:
            self.state = "ready"

    def _touch(self) -> object:
        return self._briefer.stages
