"""Rows arranged for reading: a block a field and gold set, systems side by side.

Knows nothing of the form they are shown in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.metrics.figures import Figure
from eval.rows import Row


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: a cell a system, empty where a system does not have it."""

    measure: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """All measures of one field on one gold set."""

    field: str
    gold: str
    systems: tuple[str, ...]
    lines: tuple[Line, ...]


def arrange(rows: Sequence[Row]) -> list[Block]:
    """Blocks, systems and measures each in the order in which they first occur."""
    headings = dict.fromkeys((row.field, row.gold) for row in rows)
    return [
        _block(field, gold, [row for row in rows if (row.field, row.gold) == (field, gold)])
        for field, gold in headings
    ]


def _block(field: str, gold: str, rows: Sequence[Row]) -> Block:
    systems = tuple(dict.fromkeys(row.system for row in rows))
    measures = dict.fromkeys(row.measure for row in rows)
    lines = tuple(_line(m, systems, [row for row in rows if row.measure == m]) for m in measures)
    return Block(field, gold, systems, lines)


def _line(measure: str, systems: Sequence[str], rows: Sequence[Row]) -> Line:
    found = {row.system: cell(row.figure) for row in rows}
    mark = " ↓" if rows[0].lower_is_better else ""
    return Line(measure + mark, tuple(found.get(system, "") for system in systems))


def cell(figure: Figure) -> str:
    """``.83 [.78-.88] n 302``; a dash where there was nothing to measure."""
    if figure.value is None:
        return "–"
    bounds = ""
    if figure.low is not None and figure.high is not None:
        bounds = f" [{_short(figure.low)}-{_short(figure.high)}]"
    return f"{_short(figure.value)}{bounds} n {figure.n:.0f}"


def _short(value: float) -> str:
    written = f"{value:.2f}"
    return written.removeprefix("0") if 0 <= value < 1 else written
