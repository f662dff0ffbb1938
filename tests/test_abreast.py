"""Calls side by side: in order or as they end, never more than so many, taken lazily."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from briefer import abreast


class Waiting:
    """A call that ends when told to, or at once; counts how many run."""

    def __init__(self) -> None:
        self.may_end: dict[int, threading.Event] = {}
        self.begun: list[int] = []
        self.most_at_once = 0
        self._n_running = 0
        self._lock = threading.Lock()

    def __call__(self, number: int) -> int:
        with self._lock:
            self.begun.append(number)
            self._n_running += 1
            self.most_at_once = max(self.most_at_once, self._n_running)
        if number in self.may_end:
            assert self.may_end[number].wait(10)
        with self._lock:
            self._n_running -= 1
        return number * 10


def counted(taken: list[int], n: int) -> Iterator[int]:
    for number in range(n):
        taken.append(number)
        yield number


def test_results_come_in_the_order_of_the_items_whichever_ends_first() -> None:
    call = Waiting()
    call.may_end[0] = threading.Event()
    threading.Timer(0.1, call.may_end[0].set).start()

    assert list(abreast.in_order(call, range(6), 3)) == [0, 10, 20, 30, 40, 50]
    assert call.most_at_once >= 2


def test_what_ends_first_comes_first() -> None:
    call = Waiting()
    call.may_end[0] = threading.Event()

    with closing(abreast.as_done(call, range(4), 2)) as results:
        firsts = [next(results) for _ in range(3)]
        call.may_end[0].set()

        assert (sorted(firsts), list(results)) == ([10, 20, 30], [0])


@pytest.mark.parametrize("way", [abreast.in_order, abreast.as_done])
def test_no_more_than_so_many_items_are_taken_ahead(way: Callable[..., Iterator[int]]) -> None:
    taken: list[int] = []

    results = way(Waiting(), counted(taken, 100), 3)
    next(results)

    assert len(taken) <= 4


@pytest.mark.parametrize("way", [abreast.in_order, abreast.as_done])
def test_one_at_once_runs_in_the_callers_thread(way: Callable[..., Iterator[str]]) -> None:
    names = list(way(lambda _: threading.current_thread().name, range(3), 1))

    assert names == [threading.current_thread().name] * 3


@pytest.mark.parametrize("n_at_once", [1, 3])
@pytest.mark.parametrize("way", [abreast.in_order, abreast.as_done])
def test_a_call_that_raises_ends_it_and_begins_no_other(
    way: Callable[..., Iterator[int]], n_at_once: int
) -> None:
    begun: list[int] = []

    def call(number: int) -> int:
        begun.append(number)
        if number == 2:
            raise ZeroDivisionError
        return number

    with pytest.raises(ZeroDivisionError):
        list(way(call, range(100), n_at_once))

    assert len(begun) < 10


def test_the_next_item_may_depend_on_what_was_made_of_the_one_before() -> None:
    is_enough = False

    def until_enough() -> Iterator[int]:
        number = 0
        while not is_enough:
            yield number
            number += 1

    made = []
    for result in abreast.as_done(lambda number: number, until_enough(), 1):
        made.append(result)
        is_enough = len(made) == 3

    assert made == [0, 1, 2]


def test_batches_are_of_one_size_and_the_last_one_shorter() -> None:
    assert list(abreast.batches(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(abreast.batches([], 3)) == []
