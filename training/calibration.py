"""From a tagger's logits to probabilities, and the thresholds that go with them.

Fitted on predictions for articles that the model was not trained on. Knows nothing of files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from training import scores

_STEPS = 50
_RIDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Scale:
    """``probability = sigmoid(slope * logit + bias)``; best F1 from ``threshold`` on."""

    slope: float
    bias: float
    threshold: float


def fit(rows: list[dict[str, Any]], found: dict[str, np.ndarray]) -> dict[str, Scale]:
    """One scale a label and hint; ``found`` are logits by article, as ``scores.table`` takes."""
    wanted = np.concatenate([np.array(row["labels"]) for row in rows])
    logits = np.concatenate([found[row["id"]] for row in rows])
    return {name: _scale(wanted[:, k], logits[:, k]) for k, name in enumerate(scores.COLUMNS)}


def _scale(wanted: np.ndarray, logits: np.ndarray) -> Scale:
    slope, bias = platt(wanted, logits)
    _, best = scores.best_f1(wanted, logits)
    return Scale(
        round(slope, 4), round(bias, 4), round(float(_sigmoid(np.array(slope * best + bias))), 4)
    )


def platt(wanted: np.ndarray, logits: np.ndarray) -> tuple[float, float]:
    """Slope and bias by Newton's method, with Platt's smoothed targets (1999, section 2.2)."""
    n_yes = wanted.sum()
    n_no = len(wanted) - n_yes
    target = np.where(wanted == 1, (n_yes + 1) / (n_yes + 2), 1 / (n_no + 2))
    inputs = np.stack((logits, np.ones_like(logits)), 1)  # (N, 2)
    weights = np.zeros(2)
    for _ in range(_STEPS):
        probability = _sigmoid(inputs @ weights)
        gradient = inputs.T @ (probability - target)
        curvature = (inputs * (probability * (1 - probability))[:, None]).T @ inputs
        step = np.linalg.solve(curvature + _RIDGE * np.eye(2), gradient)
        while _loss(inputs @ (weights - step), target) > _loss(inputs @ weights, target):
            step = step / 2
        weights = weights - step
    return float(weights[0]), float(weights[1])


def _loss(odds: np.ndarray, target: np.ndarray) -> float:
    return float((np.logaddexp(0, odds) - target * odds).mean())


def _sigmoid(x: np.ndarray) -> np.ndarray:
    probabilities: np.ndarray = 1 / (1 + np.exp(-np.clip(x, -35, 35)))
    return probabilities
