"""Does the jobs that were promised: claims them, has them briefed, keeps the outcome.

Several servers on one PostgreSQL share the jobs; what a dead one held is taken over when its lease
runs out. Knows nothing of routes.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
import time
from collections import Counter
from collections.abc import Sequence
from weakref import WeakValueDictionary

from anyio import to_thread

from briefer import digest as digests
from briefer import stories
from briefer.errors import GenerationFailed, InputError, ModelError, UnreadableInput
from briefer.schema import Article, Brief, Failure, Options
from briefer.server import jobs, problem
from briefer.server.desk import Wish
from briefer.server.jobs import Given
from briefer.server.problem import Problem
from briefer.server.queue import has_share
from briefer.server.service import Service
from briefer.server.worker import ARTICLES_A_BATCH
from briefer.store import MAX_TRIES, Job

_IDLE_S = 0.5
_PURGE_EVERY_S = 3600
_BUSY_WAIT_S = 0.5
_ENDING_S = 5.0
"""For a few writes into the store; the model is done by then."""
# Enough that the next batch is ready when one ends; the rest stays for other servers, and leaves
# the queue to those who wait for an answer.
_AT_ONCE = 2 * ARTICLES_A_BATCH
_AWAY_S = 10.0
"""How long nothing is begun when the model was away; what loads it says when it is back."""
_log = logging.getLogger("briefer.server")


class Runner:
    """Runs with the application, as one task and one more for each job in hand."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._store = service.store
        self._lease_s = service.limits.job_lease_s
        self._holder = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._places: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._woken = asyncio.Event()
        self._running: dict[asyncio.Task[None], Job] = {}
        self._loop_task: asyncio.Task[None] | None = None
        self._is_paused = self._is_closed = False
        self._resumes_at = 0.0

    def wake(self) -> None:
        """There is a new job."""
        self._woken.set()

    async def open(self) -> None:
        """Begin to look for jobs."""
        self._loop_task = asyncio.create_task(self._loop())

    def pause(self) -> None:
        """Claim nothing more; what is in hand goes on, and its leases are kept."""
        self._is_paused = True

    async def close(self) -> None:
        """End what the desk has finished, and give the rest back for another process."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=_ENDING_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._loop_task is not None:
            # A cancelled ``wait_for`` may return as if nothing were, where its event comes at once.
            self._is_closed = True
            self._loop_task.cancel()
            await asyncio.wait([self._loop_task])
        await to_thread.run_sync(self._store.release, self._holder)

    async def _loop(self) -> None:
        renewed_at = purged_at = 0.0
        while not self._is_closed:
            now = time.monotonic()
            try:
                if now - renewed_at > self._lease_s / 3:
                    await self._keep_leases()
                    renewed_at = now
                if now - purged_at > _PURGE_EVERY_S:
                    purged_at = now  # one that fails is not tried again before every claim
                    await to_thread.run_sync(self._store.purge)
                await self._claim()
            except Exception as error:  # noqa: BLE001 - without this loop no job is ever done
                # Most likely the store is away: so are its jobs, until it is back.
                _log.error("jobs cannot be read: %s", type(error).__name__, exc_info=error)
            await self._rest()

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), _IDLE_S)
        except TimeoutError:
            return
        self._woken.clear()

    async def _keep_leases(self) -> None:
        in_hand = list(self._running.values())

        def keep() -> int:
            self._store.renew(self._holder, in_hand, lease_s=self._lease_s)
            self._store.erase_owed()
            return self._store.requeue_lost()

        if n_lost := await to_thread.run_sync(keep):
            _log.warning("took back %d jobs whose process ended", n_lost)

    async def _claim(self) -> None:
        is_away = self._service.desk.state != "ready" or time.monotonic() < self._resumes_at
        if self._is_paused or is_away:
            return
        room, sated = self._room()

        def claim() -> list[Job]:
            return self._store.claim(self._holder, lease_s=self._lease_s, limit=room, but=sated)

        for job in await to_thread.run_sync(claim):
            task = asyncio.create_task(self._do(job))
            self._running[task] = job
            task.add_done_callback(self._done)

    def _room(self) -> tuple[int, list[str]]:
        """How many jobs more may be in hand, and of which owners none of them.

        Where all places are taken there is one more for who has less than its share of them, so
        that the digests of one, hours of work, do not keep others out.
        """
        held = Counter(job.owner for job in self._running.values())
        if (room := _AT_ONCE - held.total()) > 0:
            return room, []
        is_crowded = len(held) >= _AT_ONCE  # then nobody new has a share
        return int(not is_crowded), [one for one in held if has_share(held, one, _AT_ONCE)]

    def _done(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        self._woken.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a job could not be ended: %s", type(error).__name__, exc_info=error)

    async def _do(self, job: Job) -> None:
        try:
            is_mine = await (self._brief(job) if job.kind == "brief" else self._digest(job))
        except Problem as error:
            if error.kind.name != "stopping":
                await self._fail(job, error)
        except ModelError as error:
            is_last = isinstance(error, GenerationFailed) or job.n_tries >= MAX_TRIES
            await (self._fail(job, problem.of_error(error)) if is_last else self._wait(job, error))
        except Exception as error:  # noqa: BLE001 - a job that nobody ends is asked for in vain
            await self._fail(job, problem.of_error(error))
        else:
            self._count(job, "done", is_mine=is_mine)

    def _count(self, job: Job, state: str, *, is_mine: bool) -> None:
        """Count an ended job, unless it was deleted or another process has it."""
        if is_mine:
            self._service.measures.job_ended(job.kind, state)

    async def _fail(self, job: Job, error: Problem) -> None:
        def fail() -> bool:
            reason, message = error.kind.name, error.detail
            return self._store.fail(job, self._holder, reason=reason, message=message)

        self._count(job, "failed", is_mine=await to_thread.run_sync(fail))

    async def _wait(self, job: Job, error: ModelError) -> None:
        """Let the job wait for a model that is away."""
        _log.warning("a job waits for the model: %s", type(error).__name__)
        self._resumes_at = time.monotonic() + _AWAY_S
        await to_thread.run_sync(self._store.put_back, job, self._holder)

    async def _brief(self, job: Job) -> bool:
        """Do the job; whether it was this process that ended it."""
        wish, reuse = jobs.read_brief(job)
        async with self._place(job.owner):
            # A process that died may have saved the brief and not lived to end the job.
            await self._made(wish, job.id, reuse=reuse or job.n_tries > 1)

        def end() -> bool:
            # Its owner may have deleted the job while it ran: then there must be no brief.
            is_mine = self._store.finish(job, self._holder)
            if not is_mine and self._store.job_of(job.id, job.owner) is None:
                self._store.delete_brief(job.id, job.owner)
            return is_mine

        return await to_thread.run_sync(end)

    async def _digest(self, job: Job) -> bool:
        """As ``_brief``."""
        day, ids, given = jobs.read_digest(job.payload)
        stored = await to_thread.run_sync(self._store.briefs_for, ids, job.owner)
        outcomes = await self._outcomes(given, job.owner)
        missing = [
            digests.failure(id_, UnreadableInput("The brief was removed meanwhile."))
            for id_ in ids
            if id_ not in stored
        ]
        fresh = {one.id: one for one in outcomes if isinstance(one, Brief)}
        failures = [one for one in outcomes if isinstance(one, Failure)]
        # Then it is the model that is at fault, and an edition of nothing helps nobody.
        if not (stored or fresh) and {one.reason for one in failures} == {"model_failed"}:
            raise GenerationFailed("the model failed on every article.")

        def end() -> bool:
            briefs = {**stored, **fresh}
            told = stories.gather(briefs, self._service.find_encoder())
            made = digests.build(
                briefs.values(), day=day, failures=[*failures, *missing], stories=told
            )
            if self._store.job_of(job.id, job.owner) is None:
                return False
            self._store.save_digest(made, job.owner)
            return self._store.finish(job, self._holder)

        return await to_thread.run_sync(end)

    async def _outcomes(self, given: Sequence[Given], owner: str) -> list[Brief | Failure]:
        """What became of each article; none goes on when one of them ends the job."""
        making = [asyncio.create_task(self._outcome(one, owner)) for one in given]
        try:
            return await asyncio.gather(*making)
        finally:
            for one in making:
                one.cancel()

    async def _outcome(self, given: Given, owner: str) -> Brief | Failure:
        """An article of a digest: one that cannot be briefed does not cost the others theirs."""
        try:
            async with self._place(owner):
                wish = Wish(await self._article(given), Options(), owner)
                id_ = await self._service.desk.identify(wish)
                brief = await self._made(wish, id_, reuse=True)
        except InputError as error:
            return digests.failure(given.ref, error)
        except GenerationFailed:  # the log has it; what went wrong inside is not told
            told = "The model failed on this article."
            return Failure(ref=given.ref, reason="model_failed", message=told)
        return await self._service.shown(brief, wish)

    async def _article(self, given: Given) -> Article:
        return given if isinstance(given, Article) else await self._service.article(given)

    def _place(self, owner: str) -> asyncio.Semaphore:
        """Room for an article: of one owner's jobs only so many are in hand at once."""
        return self._places.setdefault(owner, asyncio.Semaphore(_AT_ONCE))

    async def _made(self, wish: Wish, id: str, *, reuse: bool) -> Brief:  # noqa: A002
        """The brief, waiting for as long as others fill the queue."""
        while True:
            try:
                brief, _ = await self._service.desk.take(wish, id, reuse=reuse)
                return brief
            except Problem as error:
                if error.kind.name not in ("busy", "timed-out"):
                    raise
            await asyncio.sleep(_BUSY_WAIT_S)
