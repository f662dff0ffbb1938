"""Measures of scores against yes/no gold: average precision, best F1, balanced accuracy.

Written out because they are few lines; definitions: Manning, Raghavan and Schütze, Introduction
to Information Retrieval (2008), ch. 8.
Knows nothing of what is scored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scored:
    """One decision: the score given and whether gold says yes."""

    score: float
    is_positive: bool


def average_precision(decisions: Sequence[Scored]) -> float | None:
    """The mean over the positives of the precision at each one's rank; ties share one rank.

    ``None`` without a positive.
    """
    n_positive = sum(decision.is_positive for decision in decisions)
    if n_positive == 0:
        return None
    total, n_seen, n_hits = 0.0, 0, 0
    for group in _by_score(decisions):
        hits = sum(group)
        n_seen += len(group)
        n_hits += hits
        total += hits * n_hits / n_seen
    return total / n_positive


def best_f1(decisions: Sequence[Scored]) -> tuple[float, float] | None:
    """The highest F1 any threshold gives and that threshold (yes at or above it)."""
    n_positive = sum(decision.is_positive for decision in decisions)
    if n_positive == 0:
        return None
    scores = sorted({decision.score for decision in decisions}, reverse=True)
    best, at = 0.0, scores[0]
    n_seen = n_hits = 0
    for score, group in zip(scores, _by_score(decisions), strict=True):
        n_seen += len(group)
        n_hits += sum(group)
        if (value := 2 * n_hits / (n_positive + n_seen)) > best:
            best, at = value, score
    return best, at


def balanced_accuracy(decisions: Sequence[Scored], threshold: float) -> float | None:
    """The mean of the shares of positives and of negatives judged rightly at the threshold."""
    passed = [decision.score >= threshold for decision in decisions if decision.is_positive]
    stopped = [decision.score < threshold for decision in decisions if not decision.is_positive]
    if not passed or not stopped:
        return None
    return (sum(passed) / len(passed) + sum(stopped) / len(stopped)) / 2


def _by_score(decisions: Sequence[Scored]) -> list[list[bool]]:
    """The gold labels in groups of equal score, best score first."""
    groups: dict[float, list[bool]] = {}
    for decision in decisions:
        groups.setdefault(decision.score, []).append(decision.is_positive)
    return [groups[score] for score in sorted(groups, reverse=True)]
