"""Average precision and best F1 of the tagger's labels."""

from __future__ import annotations

from typing import Any

import numpy as np

from briefer.models.tagger.head import HINTS, LABELS

COLUMNS = (*LABELS, *HINTS)


def average_precision(wanted: np.ndarray, score: np.ndarray) -> float:
    """Mean of the precision at each positive, best score first."""
    hits = wanted[np.argsort(-score, kind="stable")]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / max(1, hits.sum()))


def best_f1(wanted: np.ndarray, score: np.ndarray) -> tuple[float, float]:
    """The highest F1 over all thresholds, and the threshold (scores at or above it count)."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(wanted[order])
    f1 = 2 * hits / (np.arange(1, len(hits) + 1) + max(1, wanted.sum()))
    best = int(np.argmax(f1))
    return float(f1[best]), float(score[order][best])


def table(rows: list[dict[str, Any]], found: dict[str, np.ndarray]) -> str:
    """``label: AP / F1`` for all labels, over the sentences of all rows."""
    if not rows:
        return "no articles"
    wanted = np.concatenate([np.array(row["labels"]) for row in rows])
    score = np.concatenate([found[row["id"]] for row in rows])
    return "  ".join(
        f"{label} {average_precision(wanted[:, k], score[:, k]):.3f}/"
        f"{best_f1(wanted[:, k], score[:, k])[0]:.3f}"
        for k, label in enumerate(COLUMNS)
    )
