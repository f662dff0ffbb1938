"""The training loop all parts share: schedule, time limit, checkpoint, immediate stop at NaN.

Knows nothing of what is trained.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import torch
from torch import Tensor, nn

Precision = Literal["float32", "bfloat16"]
CHECKPOINT_EVERY_S = 120
REPORT_EVERY_S = 5
N_FIRST_REPORTS = 3
_CHUNK = 1024  # batches are made of examples of like length out of so many neighbours


class NotFinite(RuntimeError):
    """A loss or gradient is not a number; names the step and the batch."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Which examples, by number, and how many tokens they are."""

    members: tuple[int, ...]
    n_tokens: int


@dataclass(frozen=True, slots=True)
class Course:
    """How a part is trained. The rate rises over ``warmup`` of the steps, then falls to zero."""

    name: str
    seed: int = 1
    warmup: float = 0.06
    clip: float = 1.0
    checkpoint: Path | None = None


class Deadline:
    """The seconds a job may take; ``None`` for no limit."""

    def __init__(self, seconds: float | None) -> None:
        self.end = math.inf if seconds is None else time.monotonic() + seconds

    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() > self.end


def prepare(precision: Precision) -> tuple[str, torch.dtype, AbstractContextManager[Any]]:
    """The device, the type of frozen weights, and the context to compute in.

    ``float32`` is TF32 on a GPU. cuDNN's attention is switched off: its backward pass gives NaN on
    Hopper for padded batches (pytorch issue 196678).
    """
    torch.set_float32_matmul_precision("high")
    torch.backends.cuda.enable_cudnn_sdp(False)  # noqa: FBT003 - torch has no keyword
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if precision == "float32":
        return device, torch.float32, nullcontext()
    return device, torch.bfloat16, torch.autocast(device, dtype=torch.bfloat16)


def batches(lengths: Sequence[int], budget: int, n_passes: int, seed: int) -> list[Batch]:
    """All passes' batches in training order; padded, a batch has at most ``budget`` tokens."""
    rng = random.Random(seed)  # noqa: S311 - shuffling
    plan: list[Batch] = []
    for _ in range(n_passes):
        order = list(range(len(lengths)))
        rng.shuffle(order)
        chunks = [order[i : i + _CHUNK] for i in range(0, len(order), _CHUNK)]
        made = [batch for chunk in chunks for batch in packed(chunk, lengths, budget)]
        rng.shuffle(made)
        plan += made
    return plan


def packed(members: Sequence[int], lengths: Sequence[int], budget: int) -> list[Batch]:
    """Batches of members of like length, shortest first."""
    made: list[Batch] = []
    current: list[int] = []
    for member in sorted(members, key=lambda k: lengths[k]):
        if current and (len(current) + 1) * lengths[member] > budget:
            made.append(_batch(current, lengths))
            current = []
        current.append(member)
    return [*made, _batch(current, lengths)] if current else made


def _batch(members: list[int], lengths: Sequence[int]) -> Batch:
    return Batch(tuple(members), sum(lengths[k] for k in members))


def fit(
    groups: list[dict[str, Any]],
    plan: Sequence[Batch],
    loss_of: Callable[[Batch], Tensor],
    course: Course,
    deadline: Deadline,
) -> bool:
    """Train the parameters in ``groups`` (each with its ``lr``); False when the time was up first.

    Goes on from ``course.checkpoint`` when that file is there; removes it when done.

    Raises:
        NotFinite: at the first loss or gradient that is not a number.
    """
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    rates = [group["lr"] for group in optimizer.param_groups]
    parameters = _parameters(optimizer)
    first = _resume(optimizer, course.checkpoint)
    report = _Report(course.name, plan, first)
    saved_at = time.monotonic()
    for step in range(first, len(plan)):
        torch.manual_seed(course.seed * 1_000_003 + step)
        _set_rates(optimizer, rates, _share(step, len(plan), course.warmup))
        loss = loss_of(plan[step])
        loss.backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.clip_grad_norm_(parameters, course.clip)
        _check(loss, norm, step, plan[step], course.name)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        report.add(step, loss.item())
        is_over = deadline.is_over()
        if course.checkpoint and (is_over or time.monotonic() - saved_at > CHECKPOINT_EVERY_S):
            _save(optimizer, step + 1, course.checkpoint)
            saved_at = time.monotonic()
        if is_over and step + 1 < len(plan):
            print(f"{course.name}: time is up at step {step + 1} of {len(plan)}", flush=True)
            return False
    if course.checkpoint:
        course.checkpoint.unlink(missing_ok=True)
    return True


def _parameters(optimizer: torch.optim.Optimizer) -> list[Tensor]:
    return [parameter for group in optimizer.param_groups for parameter in group["params"]]


def _set_rates(optimizer: torch.optim.Optimizer, rates: Sequence[float], share: float) -> None:
    for group, rate in zip(optimizer.param_groups, rates, strict=True):
        group["lr"] = rate * share


def _share(step: int, n_steps: int, warmup: float) -> float:
    n_warm = max(1.0, warmup * n_steps)
    return min((step + 1) / n_warm, (n_steps - step) / max(1.0, n_steps - n_warm))


def _check(loss: Tensor, norm: Tensor, step: int, batch: Batch, name: str) -> None:
    if not (torch.isfinite(loss) and torch.isfinite(norm)):
        raise NotFinite(
            f"{name}: loss {loss.item()}, gradient norm {norm.item()} at step {step}, "
            f"examples {batch.members}; nothing was saved after the last checkpoint"
        )


def _save(optimizer: torch.optim.Optimizer, step: int, path: Path) -> None:
    values = [parameter.detach() for parameter in _parameters(optimizer)]
    partial = path.with_suffix(".partial")
    torch.save({"step": step, "values": values, "optimizer": optimizer.state_dict()}, partial)
    partial.replace(path)


def _resume(optimizer: torch.optim.Optimizer, path: Path | None) -> int:
    if path is None or not path.exists():
        return 0
    saved = torch.load(path, weights_only=True)
    with torch.no_grad():
        for parameter, value in zip(_parameters(optimizer), saved["values"], strict=True):
            parameter.copy_(value)
    optimizer.load_state_dict(saved["optimizer"])
    return int(saved["step"])


class _Report:
    """Prints loss, tokens a second, time left: at the first steps, then every few seconds."""

    def __init__(self, name: str, plan: Sequence[Batch], first: int) -> None:
        self.name, self.plan, self.first = name, plan, first
        self.started = self.printed = time.monotonic()
        self.losses: list[float] = []

    def add(self, step: int, loss: float) -> None:
        self.losses.append(loss)
        now = time.monotonic()
        done = step + 1 - self.first
        is_last = step + 1 == len(self.plan)
        if not is_last and done > N_FIRST_REPORTS and now - self.printed < REPORT_EVERY_S:
            return
        n_tokens = sum(batch.n_tokens for batch in self.plan[self.first : step + 1])
        left = (now - self.started) / done * (len(self.plan) - step - 1)
        mean = sum(self.losses) / len(self.losses)
        print(
            f"{self.name}: step {step + 1}/{len(self.plan)} loss {mean:.4f} "
            f"{n_tokens / (now - self.started):.0f} tokens/s, {left:.0f} s left",
            flush=True,
        )
        self.losses, self.printed = [], now
