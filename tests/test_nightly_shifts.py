"""Which worker gets which article, and what a death costs, at a site without processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from briefer.errors import ClusterError, GenerationFailed, ModelNotFound
from briefer.nightly.crews import Done
from briefer.nightly.shifts import ANSWERS_WITHIN_S, Place, Shift, Task, WorkerDied
from briefer.schema import Article
from briefer.store import Item
from tests.test_nightly import words_of

HERE, THERE = Place("a", "alder", 0, 1, 0), Place("b", "birch", 0, 1, 0)
DIES = WorkerDied("it was killed")


@dataclass
class Village:
    """A site whose answers ``rule`` gives, one a ``wait``, in the order in which it was asked.

    A task without an answer is never done, until its worker is dismissed.
    """

    rule: Callable[[Place, Task, str], Any]
    standing: list[Place] = field(default_factory=lambda: [HERE, THERE])
    now: float = 0.0
    hired: Counter[Place] = field(default_factory=Counter)
    dismissed: list[tuple[Place, int]] = field(default_factory=list)
    asked: list[tuple[str, Task, str]] = field(default_factory=list)
    _answers: dict[int, Any] = field(default_factory=dict)
    _of: dict[int, tuple[Place, int]] = field(default_factory=dict)

    def places(self) -> Sequence[Place]:
        return list(self.standing)

    def hire(self, place: Place) -> tuple[Place, int]:
        self.hired[place] += 1
        return place, self.hired[place]

    def dismiss(self, hand: tuple[Place, int]) -> None:
        self.dismissed.append(hand)
        for ticket, whose in self._of.items():
            if whose == hand and self._answers[ticket] is None:
                self._answers[ticket] = DIES

    def ask(self, hand: tuple[Place, int], task: Task, item: Item | None) -> int:
        ticket = len(self._of)
        ref = (item.document.ref or "") if item else ""
        self.asked.append((hand[0].name, task, ref))
        self._of[ticket] = hand
        self._answers[ticket] = self.rule(hand[0], task, ref)
        return ticket

    def wait(self, tickets: Sequence[int], timeout_s: float) -> Sequence[int]:
        ready = [ticket for ticket in tickets if self._answers[ticket] is not None]
        if not ready:
            self.now += timeout_s
        return ready[:1]

    def answer(self, ticket: int) -> Any:
        answer = self._answers[ticket]
        if isinstance(answer, WorkerDied):
            raise answer
        return answer


def well(place: Place, task: Task, ref: str) -> Any:
    """What a worker answers to whom nothing happens; a brief is a word here."""
    return {"version": "1", "load": True, "identify": f"id-{ref}", "brief": f"brief of {ref}"}[task]


def well_but(
    answer: Any, task: Task, *, at: Place | None = None, of: str | None = None
) -> Callable[[Place, Task, str], Any]:
    """Well, but for a task at a place or of an article, at and of any by default."""

    def rule(place: Place, asked: Task, ref: str) -> Any:
        is_meant = asked == task and at in (None, place) and of in (None, ref)
        return answer if is_meant else well(place, asked, ref)

    return rule


def items(n: int) -> list[Item]:
    return [
        Item(number, f"a{number}", article(number), "waiting", None, None, 0) for number in range(n)
    ]


def article(number: int) -> Article:
    return Article(text=words_of("Alder", number), ref=f"{number}.txt")


def work(
    village: Village, n: int, *, has: Sequence[str] = (), said: list[str] | None = None
) -> list[Done]:
    shift = Shift(
        village,
        lambda id_: id_ in has,
        "1",
        say=(said if said is not None else []).append,
        seconds=lambda: village.now,
    )
    return list(shift.brief_each(items(n)))


def refs(done: Sequence[Done]) -> list[str]:
    return sorted(one.item.document.ref or "" for one in done)


def test_every_article_is_briefed_once_and_every_place_works() -> None:
    village = Village(well)

    done = work(village, 5)

    assert refs(done) == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt"]
    assert {(one.id, str(one.brief), one.error) for one in done} == {
        (f"id-{n}.txt", f"brief of {n}.txt", None) for n in range(5)
    }
    assert village.hired == {HERE: 1, THERE: 1}
    assert {name for name, task, _ in village.asked if task == "brief"} == {"alder", "birch"}


def test_no_more_workers_than_articles() -> None:
    village = Village(well)

    work(village, 1)

    assert village.hired.total() == 1


def test_a_brief_that_is_kept_is_not_made_again() -> None:
    village = Village(well)

    done = work(village, 2, has=["id-0.txt"])

    assert [one.brief for one in done if one.id == "id-0.txt"] == [None]
    assert [ref for _, task, ref in village.asked if task == "brief"] == ["1.txt"]


def test_article_that_breaks_costs_no_worker() -> None:
    broken = ZeroDivisionError("a library broke")
    village = Village(well_but(broken, "brief", of="1.txt"))

    done = work(village, 4)

    assert [one.error for one in done if one.item.number == 1] == [broken]
    assert refs(done) == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert village.hired == {HERE: 1, THERE: 1}


def test_article_that_kills_is_left_out_after_three_workers_and_the_others_are_not() -> None:
    village = Village(well_but(DIES, "brief", of="1.txt"))
    said: list[str] = []

    done = work(village, 4, said=said)

    assert refs(done) == ["0.txt", "1.txt", "2.txt", "3.txt"]
    (error,) = (one.error for one in done if one.error is not None)
    assert isinstance(error, GenerationFailed)
    assert str(error) == "3 workers died while they briefed it; the last: it was killed"
    assert (
        village.asked.count(("alder", "brief", "1.txt"))
        + village.asked.count(("birch", "brief", "1.txt"))
        == 3
    )
    assert [one.partition(" on ")[0] for one in said] == ["1.txt: its worker"] * 3


def test_worker_that_hangs_is_ended_and_its_article_tried_again() -> None:
    first = iter([None])
    village = Village(
        lambda place, task, ref: (
            next(first, well(place, task, ref)) if task == "brief" else well(place, task, ref)
        ),
        standing=[HERE],
    )

    done = work(village, 2)

    assert refs(done) == ["0.txt", "1.txt"]
    assert [one.error for one in done] == [None, None]
    assert village.now > ANSWERS_WITHIN_S


def test_machine_without_the_model_gets_no_article_and_says_why() -> None:
    missing = ModelNotFound("no weights here")
    village = Village(well_but(missing, "load", at=HERE))
    said: list[str] = []

    done = work(village, 3, said=said)

    assert refs(done) == ["0.txt", "1.txt", "2.txt"]
    assert said == ["no worker on alder: no weights here"]
    assert village.hired == {HERE: 1, THERE: 1}


def test_no_model_anywhere_is_the_model_s_error() -> None:
    missing = ModelNotFound("no weights here")
    village = Village(well_but(missing, "load"))

    with pytest.raises(ModelNotFound, match="no weights here"):
        work(village, 3)


def test_model_that_is_gone_while_it_works_costs_the_article_nothing() -> None:
    missing = ModelNotFound("the weights are gone")
    village = Village(well_but(missing, "brief", at=HERE))

    done = work(village, 3)

    assert [one.error for one in done] == [None, None, None]
    assert refs(done) == ["0.txt", "1.txt", "2.txt"]


def test_machine_with_another_briefer_is_not_used() -> None:
    village = Village(well_but("2", "version", at=HERE))
    said: list[str] = []

    work(village, 3, said=said)

    assert said == [
        "no worker on alder: briefer 2 is installed there, and 1 here. "
        "Install the same on every machine."
    ]
    assert {name for name, task, _ in village.asked if task == "brief"} == {"birch"}


def test_place_where_workers_die_at_once_is_closed_after_three() -> None:
    village = Village(well_but(DIES, "load", at=HERE))

    done = work(village, 9)

    assert len(done) == 9
    assert village.hired == {HERE: 3, THERE: 1}


def test_place_that_came_to_itself_may_fail_to_start_again() -> None:
    loads = iter([DIES, DIES, True, DIES, DIES, True])
    briefs = iter([DIES])

    def rule(place: Place, task: Task, ref: str) -> Any:
        usual = well(place, task, ref)
        return next({"load": loads, "brief": briefs}.get(task, iter(())), usual)

    village = Village(rule, standing=[HERE])

    done = work(village, 2)

    assert [one.error for one in done] == [None, None]
    assert village.hired == {HERE: 6}


def test_worker_that_seems_dead_is_ended_before_another_has_its_place() -> None:
    village = Village(well_but(DIES, "brief", of="1.txt"), standing=[HERE])

    work(village, 2)

    assert village.dismissed == [(HERE, 1), (HERE, 2), (HERE, 3)]


def test_machine_that_joins_gets_a_worker() -> None:
    def rule(place: Place, task: Task, ref: str) -> Any:
        if (place, task, ref) == (HERE, "brief", "0.txt") and THERE not in village.standing:
            village.standing.append(THERE)
            return None  # takes long
        return well(place, task, ref)

    village = Village(rule, standing=[HERE])

    done = work(village, 3)

    assert refs(done) == ["0.txt", "1.txt", "2.txt"]
    assert village.hired[THERE] == 1


def test_busy_cluster_is_said_after_two_minutes() -> None:
    village = Village(well_but(None, "version"))

    with pytest.raises(ClusterError, match="no worker of the Ray cluster could start for 120 s: 2"):
        work(village, 3)
    assert village.now == pytest.approx(125.0)


def test_cluster_without_machines_is_said_after_two_minutes() -> None:
    with pytest.raises(ClusterError, match="0 machines are there"):
        work(Village(well, standing=[]), 3)
