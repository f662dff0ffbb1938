"""Articles that wait for the model: bounded, and fair between those who sent them.

Owners take turns, so one who sends a hundred articles does not keep another's one waiting, nor out:
who has less than its share of the places gets one also when all are taken. Knows nothing of models
or HTTP.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field

from briefer.schema import Article, Brief, Options, Section

OnPart = Callable[[Section, Brief], None]
"""Told, in the worker's thread, of each section that is ready and checked."""


@dataclass(eq=False, slots=True)
class Order:
    """An article that somebody waits for. ``id`` is the key of the brief; ``on_part`` streams.

    ``is_given_up`` says that nobody waits any longer for a stream, which ends it between two
    sections; other orders are done as soon as they are begun.
    """

    article: Article
    options: Options
    owner: str
    id: str
    on_part: OnPart | None = None
    keeps: bool = True
    future: Future[Brief] = field(default_factory=Future)
    ordered_at: float = field(default_factory=time.monotonic)
    is_given_up: bool = False


class QueueFull(Exception):
    """As many of this owner wait as may."""


class QueueClosed(Exception):
    """Nothing is taken any more."""


def has_share(held: Mapping[str, int], owner: str, capacity: int) -> bool:
    """Whether an owner has as many places as each would get if all were given out anew.

    ``held`` is how many each has. Where who has less gets one also when all are taken, the n-th
    owner comes by an n-th of the capacity: 64 owners that fill 64 places at once hold less than
    five times as many.
    """
    n_owners = len({*held, owner})
    return held.get(owner, 0) >= capacity // n_owners


class OrderQueue:
    """A queue for many threads that give and one that takes."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._by_owner: OrderedDict[str, deque[Order]] = OrderedDict()
        self._changed = threading.Condition()
        self._is_closed = False

    def __len__(self) -> int:
        """How many wait, those that were given up included."""
        return sum(map(len, self._by_owner.values()))

    @property
    def capacity(self) -> int:
        """How many may wait, but for those of owners that have less than their share."""
        return self._capacity

    @property
    def is_closed(self) -> bool:
        """Whether nothing is taken any more."""
        return self._is_closed

    def put(self, order: Order) -> None:
        """Add an order.

        Raises:
            QueueFull: as many wait as may, and this owner has its share of them.
            QueueClosed: nothing is taken any more.
        """
        with self._changed:
            self._drop_cancelled()
            if self._is_closed:
                raise QueueClosed
            if len(self) >= self._capacity and self._has_share(order.owner):
                raise QueueFull
            self._by_owner.setdefault(order.owner, deque()).append(order)
            self._changed.notify()

    def take(self, limit: int, timeout_s: float) -> list[Order]:
        """The next orders that can share a batch, at most ``limit``, ``[]`` after ``timeout_s``.

        Orders share a batch when their options are alike; a streamed one is always alone.
        """
        with self._changed:
            self._drop_cancelled()
            if not self._by_owner:
                self._changed.wait(timeout_s)
                self._drop_cancelled()
            first = self._next(lambda _: True)
            batch = [first] if first else []
            while first and first.on_part is None and len(batch) < limit:
                more = self._next(lambda one: one.options == first.options and one.on_part is None)
                if more is None:
                    break
                batch.append(more)
            return batch

    def close(self) -> list[Order]:
        """Take no more; what waited."""
        with self._changed:
            self._is_closed = True
            left = [order for orders in self._by_owner.values() for order in orders]
            self._by_owner.clear()
            self._changed.notify_all()
        return left

    def _has_share(self, owner: str) -> bool:
        held = {one: len(orders) for one, orders in self._by_owner.items()}
        return has_share(held, owner, self._capacity)

    def _next(self, fits: Callable[[Order], bool]) -> Order | None:
        """The oldest order of the first owner in turn whose oldest order fits."""
        for owner, orders in self._by_owner.items():
            if fits(orders[0]):
                order = orders.popleft()
                self._by_owner.move_to_end(owner)
                if not orders:
                    del self._by_owner[owner]
                return order
        return None

    def _drop_cancelled(self) -> None:
        for owner, orders in list(self._by_owner.items()):
            kept = deque(order for order in orders if not order.future.cancelled())
            if kept:
                self._by_owner[owner] = kept
            else:
                del self._by_owner[owner]
