"""A line of the table: what was measured, on what, of which system, and the figure.

Knows nothing of how figures come about or how tables look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.metrics.figures import Figure, Ratio, pool

# Measures of faults; every other figure is the better the higher.
LOWER_IS_BETTER = frozenset(
    (
        "invented where none",
        "with a detail not in their evidence",
        "with a detail not in the article",
        "withheld",
        "extractive",
        "repeated",
        "right lines rejected",
        "right ones lost (f)",
        "drafted wrong (p)",
        "shipped wrong",
        "shipped misleading",
        "crashed",
    )
)
_LOWER_PREFIXES = ("copied", "words per word", "seconds")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the table."""

    field: str
    gold: str
    system: str
    measure: str
    figure: Figure

    @property
    def key(self) -> str:
        """A name for floors: field, gold, measure; the system is the pipeline there."""
        return f"{self.field} | {self.gold} | {self.measure}"

    @property
    def lower_is_better(self) -> bool:
        """Whether this measures a fault."""
        return self.measure in LOWER_IS_BETTER or self.measure.startswith(_LOWER_PREFIXES)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the rows of one stage and one system have in common."""

    field: str
    gold: str
    system: str = "briefer"

    def row(self, measure: str, figure: Figure) -> Row:
        """A row under this heading."""
        return Row(self.field, self.gold, self.system, measure, figure)

    def pooled(self, ratios: Sequence[Mapping[str, Ratio]]) -> list[Row]:
        """One row a measure, pooled over the articles that give it."""
        measures = dict.fromkeys(measure for one in ratios for measure in one)
        return [
            self.row(measure, pool([one[measure] for one in ratios if measure in one]))
            for measure in measures
        ]
