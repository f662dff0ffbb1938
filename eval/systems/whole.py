"""Whole briefs of whole sets: made once, kept, scored.

A brief is kept under the article and the identity of what made it; a run that was stopped goes on
where it stopped. Knows nothing of tables.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from briefer.schema import Brief
from eval.gold import GoldBrief
from eval.metrics import whole
from eval.metrics.figures import Figure
from eval.rows import Row
from eval.stored import Store

Make = Callable[[GoldBrief], Brief]
# Before any brief of the same kind was timed: a median article with the 1.5B model on two cores
# without AVX-512 (findings: 45 s for eight passages of 260 tokens; ours are about 90).
SECONDS_GUESSED = 25.0


@dataclass(frozen=True, slots=True)
class Timer:
    """When to stop: a run under a shared lock is done in pieces."""

    ends_at: float

    @classmethod
    def minutes(cls, n_minutes: float) -> Timer:
        """From now on."""
        return cls(time.monotonic() + 60 * n_minutes)

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self.ends_at


def make_all(wanted: Sequence[GoldBrief], make: Make, store: Store, timer: Timer, name: str) -> int:
    """Make the briefs that the store lacks until the time is up; returns how many it still lacks.

    Says on stderr how long it expects to take, and after each brief what is left.
    """
    missing = [gold for gold in wanted if key(gold) not in store]
    seconds = _seconds_known(wanted, store)
    _say(
        f"{name}: {len(wanted) - len(missing)} of {len(wanted)} briefs kept from before; "
        f"{len(missing)} to make, about {_minutes(len(missing) * (seconds or SECONDS_GUESSED))}."
    )
    for number, gold in enumerate(missing):
        if timer.is_over:
            _say(f"{name}: time is up, {len(missing) - number} left; run again to go on.")
            return len(missing) - number
        began = time.monotonic()
        brief = make(gold)
        spent = time.monotonic() - began
        store.add(key(gold), {"brief": brief.model_dump(mode="json"), "seconds": round(spent, 2)})
        left = (len(missing) - number - 1) * (_seconds_known(wanted, store) or spent)
        _say(f"{name}: {number + 1}/{len(missing)} {gold.id} {spent:.1f} s, {_minutes(left)} left")
    return 0


def key(gold: GoldBrief) -> str:
    """The store's key of an article: its id and its text."""
    return f"{gold.id} {gold.clean.sha256[:16]}"


def _seconds_known(wanted: Sequence[GoldBrief], store: Store) -> float | None:
    entries = [store.get(key(gold)) for gold in wanted]
    seconds = [float(entry["seconds"]) for entry in entries if entry]
    return median(seconds) if seconds else None


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f} min" if seconds >= 60 else f"{seconds:.0f} s"


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def kept(wanted: Iterable[GoldBrief], store: Store) -> list[whole.Judged]:
    """The briefs that the store has, beside their gold."""
    entries = ((gold, store.get(key(gold))) for gold in wanted)
    return [
        whole.Judged(gold, Brief.model_validate(entry["brief"])) for gold, entry in entries if entry
    ]


def seconds_of(wanted: Iterable[GoldBrief], store: Store) -> list[float]:
    """How long each kept brief took."""
    entries = (store.get(key(gold)) for gold in wanted)
    return [float(entry["seconds"]) for entry in entries if entry]


def rows(judged: Sequence[whole.Judged], gold_name: str, system: str) -> list[Row]:
    """All measures of whole briefs, over the articles given."""
    totals: dict[tuple[str, str], Figure] = whole.totals(
        [whole.score(one.gold, one.brief) for one in judged]
    )
    return [
        Row(f"whole brief: {field}", gold_name, system, measure, figure)
        for (field, measure), figure in totals.items()
    ]
