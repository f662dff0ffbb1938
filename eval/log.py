"""``LOG.md``: dated entries, what was asked, changed, measured and concluded; negatives too.

Written by hand but for lowered floors, which write themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

PATH = Path(__file__).parent / "LOG.md"


def regression(down: Sequence[str], why: str, path: Path = PATH) -> None:
    """Append an entry for floors that were lowered."""
    today = date.today().isoformat()  # noqa: DTZ011 - the writer's own day
    entry = f"\n## {today} Floors lowered\n\n**Why.** {why.strip()}\n\n"
    lines = "\n".join(f"- {line}" for line in down)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{entry}{lines}\n")
