"""Fit logistic regressions: on named features, written as briefer's linear models, and on states.

Knows nothing of what features and states mean.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from briefer.models import linear

Features = Mapping[str, float]

N_FOLDS = 5
_MIN_WEIGHT = 0.01


@dataclass(frozen=True, slots=True)
class Examples:
    """Features, labels (0 or 1), the article of each (for folds) and its weight."""

    features: Sequence[Features]
    labels: Sequence[int]
    groups: Sequence[int]
    weights: Sequence[float] | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """``strength`` is scikit-learn's C (smaller is stiffer); rarer features are dropped."""

    strength: float
    threshold: float
    min_count: int = 3


@dataclass(frozen=True)
class Fitted:
    """A probe's weights (C,), its bias, and its area under the curve out of fold, by group."""

    weights: np.ndarray
    bias: float
    area: float


def fit(examples: Examples, settings: Settings) -> linear.Linear:
    """The model trained on all examples."""
    known = _known(examples.features, settings.min_count)
    vectorizer, matrix = _matrix(examples.features, known)
    model = LogisticRegression(C=settings.strength, max_iter=4000)
    model.fit(matrix, np.asarray(examples.labels), sample_weight=examples.weights)
    names = vectorizer.get_feature_names_out()
    weights = {
        name: round(float(weight), 3)
        for name, weight in zip(names, model.coef_[0], strict=True)
        if abs(weight) >= _MIN_WEIGHT
    }
    return linear.Linear(round(float(model.intercept_[0]), 3), weights, settings.threshold)


def out_of_fold(examples: Examples, settings: Settings) -> np.ndarray:
    """Probabilities of every example by a model that has not seen its article."""
    found = np.zeros(len(examples.labels))
    groups = np.asarray(examples.groups)
    for train, test in GroupKFold(N_FOLDS).split(found, groups=groups):
        part = Examples(
            [examples.features[i] for i in train],
            [examples.labels[i] for i in train],
            groups[train].tolist(),
            None if examples.weights is None else [examples.weights[i] for i in train],
        )
        model = fit(part, settings)
        found[test] = [model.probability(examples.features[i]) for i in test]
    return found


def fit_probe(
    states: np.ndarray, labels: np.ndarray, groups: Sequence[str], strength: float
) -> Fitted:
    """A probe of states (N, C), and how well it tells those of groups it has not seen."""
    odds = odds_out_of_fold(states, labels, groups, strength)
    vector, bias = fit_states(states, labels, strength)
    return Fitted(vector, bias, float(roc_auc_score(labels, odds)))


def fit_states(
    states: np.ndarray, labels: np.ndarray, strength: float, weights: np.ndarray | None = None
) -> tuple[np.ndarray, float]:
    """A logistic regression on standardised states (N, C): weights (C,) and bias in their scale."""
    mean, spread = states.mean(0), states.std(0) + 1e-3
    model = LogisticRegression(C=strength, max_iter=1000)
    model.fit((states - mean) / spread, labels, sample_weight=weights)
    vector = model.coef_[0] / spread
    return vector, float(model.intercept_[0] - vector @ mean)


def odds_out_of_fold(
    states: np.ndarray,
    labels: np.ndarray,
    groups: Sequence[Any] | np.ndarray,
    strength: float,
    weights: np.ndarray | None = None,
) -> np.ndarray:
    """The log-odds of every state by a regression that has not seen its group."""
    found = np.zeros(len(labels))
    for learned, asked in GroupKFold(N_FOLDS).split(states, groups=groups):
        own = None if weights is None else weights[learned]
        vector, bias = fit_states(states[learned], labels[learned], strength, own)
        found[asked] = states[asked] @ vector + bias
    return found


def _known(features: Sequence[Features], min_count: int) -> set[str]:
    counts = Counter(name for one in features for name in one)
    return {name for name, count in counts.items() if count >= min_count}


def _matrix(features: Sequence[Features], known: set[str]) -> tuple[DictVectorizer, Any]:
    vectorizer = DictVectorizer()
    kept = [{name: value for name, value in one.items() if name in known} for one in features]
    return vectorizer, vectorizer.fit_transform(kept)


def write(name: str, models: Mapping[str, linear.Linear], about: str, out: Path) -> Path:
    """Write ``<name>-<hash>.json`` and remove former ones of that name."""
    content = json.dumps(
        {
            "about": about,
            "models": {
                model: {
                    "bias": one.bias,
                    "threshold": one.threshold,
                    "weights": dict(sorted(one.weights.items())),
                }
                for model, one in sorted(models.items())
            },
        },
        ensure_ascii=False,
        indent=0,
    ).encode()
    for former in out.glob(f"{name}-*.json"):
        former.unlink()
    path = out / f"{name}-{linear.digest(content)}.json"
    path.write_bytes(content)
    linear.load.cache_clear()
    return path
