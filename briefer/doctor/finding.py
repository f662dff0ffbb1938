"""What the doctor tells of one thing. Knows nothing of what is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "odd", "missing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """``missing`` is needed and not there; ``odd`` works, but worse than it could."""

    state: State
    what: str
    detail: str
    mend: str = ""

    @property
    def line(self) -> str:
        """The finding as one line of text."""
        mend = f" -> {self.mend}" if self.mend else ""
        return f"{self.state:<8}{self.what}: {self.detail}{mend}"
