"""A night's articles given to workers that may die: none lost, none doubled, a bad one left out.

Workers stand at places, one at each. A worker that died is replaced; its article goes to the end
of the queue and, when it has taken several workers along, is left out. A place where no worker
can start is closed. Knows nothing of Ray: ``cluster`` is the site that does.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from briefer.errors import ClusterError, GenerationFailed, ModelError
from briefer.nightly.crews import Done, Has
from briefer.schema import Brief
from briefer.store import Item

# Three, as for nights (``store.MAX_ITEM_TRIES``): one death may be a machine's, three are not.
MAX_DEATHS = 3
"""Workers that one article may take along."""
MAX_FALSE_STARTS = 3
"""Workers that may die at a place before they are ready."""
STARTS_WITHIN_S = 120.0
"""Ray starts a worker in seconds; after two minutes the machines are busy with something else."""
ANSWERS_WITHIN_S = 3600.0
"""Hundreds of times what an article takes (``eval/LOG.md``): that worker hangs."""
LOOKS_AROUND_EVERY_S = 5.0
"""How soon a machine that joins the cluster gets a worker."""

Task = Literal["version", "load", "identify", "brief"]
"""What a worker is asked, in this order; the last two for each article."""

Ticket = Any
"""Stands for an answer that is not there yet."""
Hand = Any
"""Stands for a worker."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a worker may stand: a machine, what messages call it, and what a worker gets of it."""

    machine: str
    name: str
    number: int
    n_cpus: int
    n_gpus: int


class WorkerDied(Exception):
    """A worker, or its machine, is gone; said in the site's words."""


class Site(Protocol):
    """Machines on which workers can be hired."""

    def places(self) -> Sequence[Place]:
        """All places of the machines that are there now."""
        ...

    def hire(self, place: Place) -> Hand:
        """A worker, which is asked ``version`` and ``load`` before anything else."""
        ...

    def dismiss(self, hand: Hand) -> None:
        """End a worker, dead or alive; what it was asked is answered by ``WorkerDied``."""
        ...

    def ask(self, hand: Hand, task: Task, item: Item | None) -> Ticket:
        """Begin a task."""
        ...

    def wait(self, tickets: Sequence[Ticket], timeout_s: float) -> Sequence[Ticket]:
        """Some tickets that are answered; none when none was in time."""
        ...

    def answer(self, ticket: Ticket) -> Any:
        """What the task gave, or the error that it raised, as a value.

        Raises:
            WorkerDied: there will be no answer.
        """
        ...


@dataclass(slots=True)
class _Post:
    """A worker at its place, with what it is at since when; ``item`` is the article it has."""

    place: Place
    hand: Hand
    task: Task | Literal["idle"] = "idle"
    since: float = 0.0
    item: Item | None = None
    id: str = ""
    has_started: bool = False


class Shift:
    """The work of one night at a site; ``version`` is the briefer that workers must have."""

    def __init__(
        self,
        site: Site,
        has: Has,
        version: str,
        *,
        say: Callable[[str], None] = lambda _: None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._site, self._has, self._version = site, has, version
        self._say, self._seconds = say, seconds
        self._queue: deque[Item] = deque()
        self._posts: dict[Place, _Post] = {}
        self._asked: dict[Ticket, _Post] = {}
        self._closed: dict[Place, Exception] = {}
        self._false_starts: Counter[Place] = Counter()
        self._deaths: Counter[int] = Counter()
        self._staffed_at = self._looked_at = float("-inf")

    def brief_each(self, items: Sequence[Item]) -> Iterator[Done]:
        """What became of each article, as it becomes known.

        Raises:
            ClusterError: there is no place where a worker can work.
            ModelError: the same, for want of a usable model.
        """
        self._queue.extend(items)
        self._staffed_at = self._seconds()
        n_left = len(items)
        while n_left:
            self._look_around()
            for ticket in self._site.wait(list(self._asked), LOOKS_AROUND_EVERY_S):
                done = self._hear(self._asked.pop(ticket), ticket)
                if done is not None:
                    n_left -= 1
                    yield done

    def _look_around(self) -> None:
        """Have a worker at each place, as far as there is work for one more."""
        now = self._seconds()
        if now - self._looked_at < LOOKS_AROUND_EVERY_S:
            return
        self._looked_at = now
        for post in self._posts.values():
            if post.task == "idle":
                self._serve(post)
            elif post.has_started and now - post.since > ANSWERS_WITHIN_S:
                self._site.dismiss(post.hand)  # and what it was at is answered by its death
        places = self._site.places()
        self._hire([one for one in places if one not in self._posts and one not in self._closed])
        self._check_staffed(places, now)

    def _hire(self, free: Sequence[Place]) -> None:
        n_without_article = sum(post.item is None for post in self._posts.values())
        for place in free[: max(len(self._queue) - n_without_article, 0)]:
            post = self._posts[place] = _Post(place, self._site.hire(place))
            self._ask(post, "version")

    def _check_staffed(self, places: Sequence[Place], now: float) -> None:
        if any(post.has_started for post in self._posts.values()):
            self._staffed_at = now
        if not self._posts and places:
            raise self._closed[places[0]]  # as every other place is
        if now - self._staffed_at > STARTS_WITHIN_S:
            raise ClusterError(
                f"no worker of the Ray cluster could start for {STARTS_WITHIN_S:.0f} s: "
                f"{len({one.machine for one in places})} machines are there, and busy. What is "
                "briefed is kept; run again when they are free."
            )

    def _close(self, post: _Post, reason: Exception) -> None:
        """Hire nobody at a place again; another worker gets the article."""
        self._dismiss(post)
        if post.item is not None:
            self._queue.appendleft(post.item)
        self._closed[post.place] = reason
        self._say(f"no worker on {post.place.name}: {reason}")

    def _dismiss(self, post: _Post) -> None:
        self._site.dismiss(post.hand)  # one that is only out of reach must not go on
        del self._posts[post.place]
        self._looked_at = float("-inf")  # look for a replacement at once

    def _ask(self, post: _Post, task: Task) -> None:
        post.task, post.since = task, self._seconds()
        self._asked[self._site.ask(post.hand, task, post.item)] = post

    def _serve(self, post: _Post) -> None:
        """Give a worker its next article."""
        post.task, post.item, post.id = "idle", None, ""
        if self._queue:
            post.item = self._queue.popleft()
            self._ask(post, "identify")

    def _hear(self, post: _Post, ticket: Ticket) -> Done | None:
        """Go on from an answer; what became of an article if that is known now."""
        try:
            answer = self._site.answer(ticket)
        except WorkerDied as error:
            self._dismiss(post)
            return self._bury(post, post.item, error)
        if isinstance(answer, Exception):
            return self._hear_error(post, answer)
        if post.task == "version":
            self._start(post, answer)
        elif post.task == "load":
            self._false_starts.pop(post.place, None)
            self._serve(post)
        elif post.task == "brief":
            return self._finish(post, brief=answer)
        else:
            post.id = answer
            if self._has(answer):
                return self._finish(post)
            self._ask(post, "brief")
        return None

    def _start(self, post: _Post, version: str) -> None:
        if version == self._version:
            post.has_started = True
            self._ask(post, "load")
            return
        told = f"briefer {version} is installed there, and {self._version} here."
        self._close(post, ClusterError(f"{told} Install the same on every machine."))

    def _hear_error(self, post: _Post, error: Exception) -> Done | None:
        """An article that cannot be briefed, or a worker that cannot brief any."""
        is_unfit = isinstance(error, ModelError) and not isinstance(error, GenerationFailed)
        if post.item is not None and not is_unfit:
            return self._finish(post, error=error)
        self._close(post, error)
        return None

    def _finish(
        self, post: _Post, *, brief: Brief | None = None, error: Exception | None = None
    ) -> Done | None:
        done = Done(post.item, post.id, brief, error) if post.item is not None else None
        self._serve(post)
        return done

    def _bury(self, post: _Post, item: Item | None, error: WorkerDied) -> Done | None:
        """Try again elsewhere, or give up on what kills workers: a place or an article."""
        if item is None:
            self._false_starts[post.place] += 1
            self._say(f"a worker on {post.place.name} died before it was ready: {error}")
            if self._false_starts[post.place] >= MAX_FALSE_STARTS:
                told = f"{MAX_FALSE_STARTS} workers died on {post.place.name} before they were"
                self._closed[post.place] = ClusterError(f"{told} ready; the last: {error}")
            return None
        self._deaths[item.number] += 1
        self._say(f"{item.document.ref}: its worker on {post.place.name} died: {error}")
        if self._deaths[item.number] < MAX_DEATHS:
            self._queue.append(item)
            return None
        told = f"{MAX_DEATHS} workers died while they briefed it; the last: {error}"
        return Done(item, error=GenerationFailed(told))
