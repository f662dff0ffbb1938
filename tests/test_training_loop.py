"""The training loop: batches, schedule, resumption, and the immediate stop at what is no number."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor

from training import loop

LENGTHS = [5, 40, 7, 33, 12, 12, 50, 3, 21, 9]


def test_every_example_comes_once_a_pass() -> None:
    plan = loop.batches(LENGTHS, 60, n_passes=3, seed=1)

    seen = sorted(member for batch in plan for member in batch.members)

    assert seen == sorted([*range(10)] * 3)


def test_padded_batches_stay_within_their_budget() -> None:
    for batch in loop.batches(LENGTHS, 60, n_passes=2, seed=1):
        longest = max(LENGTHS[member] for member in batch.members)
        assert len(batch.members) * longest <= 60
        assert batch.n_tokens == sum(LENGTHS[member] for member in batch.members)


def test_example_longer_than_the_budget_is_a_batch_of_its_own() -> None:
    plan = loop.batches([100, 5], 60, n_passes=1, seed=1)

    assert sorted(batch.members for batch in plan) == [(0,), (1,)]


def test_same_seed_gives_the_same_order_and_another_seed_another() -> None:
    first, again, other = (loop.batches(LENGTHS, 20, 2, seed) for seed in (1, 1, 2))

    assert first == again != other


def test_rate_rises_then_falls_to_zero() -> None:
    shares = [loop._share(step, 100, 0.1) for step in range(100)]

    assert shares[0] == pytest.approx(0.1)
    assert shares[9] == pytest.approx(1.0)
    assert shares[-1] == pytest.approx(1 / 90)
    assert shares[10:] == sorted(shares[10:], reverse=True)


class Line:
    """Fits ``slope * 3`` to 6 with noise that depends on the step's seed."""

    def __init__(self) -> None:
        self.slope = torch.nn.Parameter(torch.zeros(1))

    def loss_of(self, _: loop.Batch) -> Tensor:
        return ((self.slope * 3 - 6 + 0.1 * torch.randn(1)) ** 2).sum()

    def fit(
        self,
        plan: list[loop.Batch],
        checkpoint: Path | None,
        deadline: loop.Deadline,
        loss_of: Callable[[loop.Batch], Tensor] | None = None,
    ) -> bool:
        groups = [{"params": [self.slope], "lr": 0.3, "weight_decay": 0.0}]
        course = loop.Course("line", seed=5, checkpoint=checkpoint)
        return loop.fit(groups, plan, loss_of or self.loss_of, course, deadline)


PLAN = loop.batches([1] * 40, 1, n_passes=1, seed=1)


def test_loop_finds_the_slope() -> None:
    line = Line()

    is_done = line.fit(PLAN, None, loop.Deadline(None))

    assert is_done
    assert line.slope.item() == pytest.approx(2.0, abs=0.2)


class Stopwatch(loop.Deadline):
    """Over once it was asked so many times."""

    def __init__(self, n_asked: int) -> None:
        super().__init__(None)
        self.left = n_asked

    def is_over(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_interrupted_run_ends_where_an_uninterrupted_one_does(tmp_path: Path) -> None:
    whole, first, second = Line(), Line(), Line()
    whole.fit(PLAN, None, loop.Deadline(None))

    is_done = first.fit(PLAN, tmp_path / "c", Stopwatch(15))
    second.fit(PLAN, tmp_path / "c", loop.Deadline(None))

    assert not is_done
    assert first.slope.item() != pytest.approx(whole.slope.item(), abs=1e-4)
    assert second.slope.item() == pytest.approx(whole.slope.item(), abs=1e-6)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("broken", [math.nan, math.inf])
def test_loss_that_is_no_number_stops_at_once_and_names_the_batch(broken: float) -> None:
    line = Line()
    plan = [loop.Batch((7, 3), 2), loop.Batch((4, 9), 2)]

    with pytest.raises(loop.NotFinite, match=r"at step 1, examples \(4, 9\)"):
        line.fit(
            plan,
            None,
            loop.Deadline(None),
            lambda batch: line.loss_of(batch) * (broken if 9 in batch.members else 1.0),
        )


def test_deadline_without_seconds_is_never_over() -> None:
    assert not loop.Deadline(None).is_over()
    assert loop.Deadline(-1).is_over()
