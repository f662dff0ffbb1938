"""The table on the terminal: plain text, systems side by side.

Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.report import blocks
from eval.report.blocks import Block
from eval.rows import Row

_WIDTH = 24
_MEASURE_WIDTH = 44


def text(rows: Sequence[Row]) -> str:
    """The whole table; an interval in brackets, n after it; "↓" marks faults."""
    return "\n\n".join(_block(block) for block in blocks.arrange(rows))


def _block(block: Block) -> str:
    systems = [system[: _WIDTH - 1] for system in block.systems]
    lines = [f"{block.field} — {block.gold}", _line("", systems)]
    lines += [_line(line.measure, line.cells) for line in block.lines]
    return "\n".join(lines)


def _line(first: str, cells: Sequence[str]) -> str:
    return (f"  {first:<{_MEASURE_WIDTH}}" + "".join(f"{c:<{_WIDTH}}" for c in cells)).rstrip()
