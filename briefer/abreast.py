"""Several calls at once, a bounded number ahead of who takes the results.

For calls that wait for somebody else (a model server, another machine), not for work of this
process. Knows nothing of what is called.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of ``size``, the last one shorter; taken lazily."""
    waiting = iter(items)
    return iter(lambda: list(islice(waiting, size)), [])


def in_order(
    call: Callable[[Item], Result], items: Iterable[Item], n_at_once: int
) -> Generator[Result]:
    """The results in the order of the items.

    Items are taken lazily, in the caller's thread. With ``n_at_once=1`` so is everything else; a
    call that raises ends it all, after those that run have ended.
    """
    if n_at_once == 1:
        yield from map(call, items)
        return
    waiting = iter(items)
    with ThreadPoolExecutor(n_at_once) as pool:
        running = deque(pool.submit(call, one) for one in islice(waiting, n_at_once))
        while running:
            result = running.popleft().result()
            running.extend(pool.submit(call, one) for one in islice(waiting, 1))
            yield result


def as_done(
    call: Callable[[Item], Result], items: Iterable[Item], n_at_once: int
) -> Generator[Result]:
    """The results as they come; otherwise as ``in_order``.

    The next item is taken when a result has been dealt with, so it may depend on that.
    """
    if n_at_once == 1:
        yield from map(call, items)
        return
    waiting = iter(items)
    with ThreadPoolExecutor(n_at_once) as pool:
        running = {pool.submit(call, one) for one in islice(waiting, n_at_once)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for one in done:
                yield one.result()
                running |= {pool.submit(call, more) for more in islice(waiting, 1)}
