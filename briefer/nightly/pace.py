"""How far a night's briefing is, how fast it goes and how long it will take.

Knows nothing of clocks, terminals or articles.
"""

from __future__ import annotations

from dataclasses import dataclass

_HOUR_S, _MINUTE_S = 3600, 60


@dataclass(frozen=True, slots=True)
class Pace:
    """Articles done of all of a night; ``seconds`` went into the ``n_made`` whose briefs are new.

    What the store had already cost nothing and counts for no rate.
    """

    n_done: int
    n_all: int
    n_made: int
    seconds: float

    @property
    def per_hour(self) -> float | None:
        """New briefs an hour, before the first one unknown."""
        return self.n_made / self.seconds * _HOUR_S if self.n_made and self.seconds > 0 else None

    @property
    def left_s(self) -> float | None:
        """How long the rest will take if each article takes as long as those before."""
        if not self.n_made:
            return None
        return (self.n_all - self.n_done) * self.seconds / self.n_made

    @property
    def words(self) -> str:
        """``12 of 60 articles, 221 an hour, about 13 min left``."""
        done = f"{self.n_done} of {self.n_all} articles"
        if self.per_hour is None or self.left_s is None:
            return done
        if self.n_done >= self.n_all:
            return f"{done}, {self.per_hour:.0f} an hour"
        return f"{done}, {self.per_hour:.0f} an hour, about {_time(self.left_s)} left"


def _time(seconds: float) -> str:
    if seconds < 2 * _MINUTE_S:
        return f"{seconds:.0f} s"
    if seconds < 2 * _HOUR_S:
        return f"{seconds / _MINUTE_S:.0f} min"
    return f"{seconds / _HOUR_S:.1f} h"
