"""Whole briefs of whole sets: made once, kept, scored.

A brief is kept under the article and the identity of what made it; a run that was stopped goes on
where it stopped. Knows nothing of tables.
"""

from __future__ import annotations

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


def make_all(
    wanted: Sequence[GoldBrief], make: Make, store: Store, timer: Timer, say: Callable[[str], None]
) -> int:
    """Make the briefs that the store lacks until the time is up; returns how many it still lacks.

    Says how long it expects to take, and after each brief what is left.
    """
    lacking = missing(wanted, store)
    expected = len(lacking) * (_seconds_known(wanted, store) or SECONDS_GUESSED)
    say(
        f"{len(wanted) - len(lacking)} of {len(wanted)} briefs kept from before; "
        f"{len(lacking)} to make, about {_minutes(expected)}."
    )
    for number, gold in enumerate(lacking):
        if timer.is_over:
            say(f"time is up, {len(lacking) - number} briefs left; run again to go on.")
            break
        began = time.monotonic()
        brief = make(gold)
        spent = time.monotonic() - began
        keep(store, gold, brief, spent)
        left = (len(lacking) - number - 1) * (_seconds_known(wanted, store) or spent)
        say(f"{number + 1}/{len(lacking)} {gold.id} {spent:.1f} s, {_minutes(left)} left")
    return len(missing(wanted, store))


def missing(wanted: Iterable[GoldBrief], store: Store) -> list[GoldBrief]:
    """The articles of which the store has no brief."""
    return [gold for gold in wanted if key(gold) not in store]


def keep(store: Store, gold: GoldBrief, brief: Brief, seconds: float) -> None:
    """Put an article's brief into the store."""
    entry = {"brief": brief.model_dump(mode="json"), "seconds": round(seconds, 2)}
    store.add(key(gold), entry)


def key(gold: GoldBrief) -> str:
    """The store's key of an article: its id and its text."""
    return f"{gold.id} {gold.clean.sha256[:16]}"


def _seconds_known(wanted: Sequence[GoldBrief], store: Store) -> float | None:
    entries = [store.get(key(gold)) for gold in wanted]
    seconds = [float(entry["seconds"]) for entry in entries if entry]
    return median(seconds) if seconds else None


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f} min" if seconds >= 60 else f"{seconds:.0f} s"


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
