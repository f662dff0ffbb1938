"""Does the article say what a line says? Keep it, or withhold it with a closed reason code.

Deterministic rules over the line, the sentences that carry it and the article.
Knows nothing of models or of how the line was made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefer.schema import Character, CleanArticle, DraftLine, Reason, Statement


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is ``None`` for a line that holds; ``detail`` says what was looked for in vain."""

    reason: Reason | None
    detail: str = ""


HOLDS = Verdict(None)


def review(
    line: DraftLine,
    sentences: tuple[int, ...],
    article: CleanArticle,
    statements: Sequence[Statement],
    characters: Sequence[Character],
) -> Verdict:
    """The first reason against the line, or ``HOLDS``."""
    if line.is_cut_off or not line.text:
        return Verdict("cut_off", "the line does not end")
    if not sentences:
        return Verdict("no_evidence", "no sentence carries the line")
    return HOLDS
