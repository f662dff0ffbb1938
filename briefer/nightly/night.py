"""What a night is: all that a run needs, what it counts, and how it ended.

Knows nothing of what is done with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from briefer import stories
from briefer.nightly.config import Config
from briefer.nightly.crews import Crew
from briefer.nightly.pace import Pace
from briefer.schema import Digest
from briefer.store import Store

Step = Literal["ingested", "source", "briefed", "built", "printed", "delivered"]


@dataclass(frozen=True, slots=True)
class Night:
    """All that a run needs. ``passed`` hears of every step that is done, with what it was.

    ``paced`` hears how far briefing is, at its beginning and after each article, with its name.
    """

    config: Config
    store: Store
    crew: Crew
    day: date
    encode: stories.Encode | None = None
    say: Callable[[str], None] = lambda _: None
    passed: Callable[[Step, str], None] = lambda _step, _name: None
    paced: Callable[[Pace, str], None] = lambda _pace, _name: None
    sleep: Callable[[float], None] = time.sleep
    seconds: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a night ended; ``busy`` when another process has it, ``lost`` when one took it."""

    state: Literal["done", "busy", "lost"]
    digest: Digest | None = None
    n_briefed: int = 0
    n_reused: int = 0
    problems: tuple[str, ...] = ()

    @property
    def succeeded(self) -> bool:
        """Whether there is an edition that is no mere list of failures, and it went out."""
        is_broken = self.digest is None or self.digest.state == "broken"
        return self.state == "done" and not is_broken and not self.problems


@dataclass(slots=True)
class Tally:
    """What a run counts as it goes; ``seconds`` went into the briefs that are new."""

    n_briefed: int = 0
    n_reused: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
