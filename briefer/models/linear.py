"""Small linear models: weights in a JSON file, scored in plain Python.

Trained under ``training/`` and shipped under ``briefer/_data/``. Knows nothing of what its features
mean.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from briefer import resources


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression: ``threshold`` is the probability from which on the answer is yes."""

    bias: float
    weights: Mapping[str, float]
    threshold: float = 0.5

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely the answer is yes, 0 to 1; features without a weight count for nothing."""
        odds = self.bias
        for name, value in features.items():
            odds += value * self.weights.get(name, 0.0)
        return 1.0 / (1.0 + math.exp(-max(min(odds, 35.0), -35.0)))

    def holds(self, features: Mapping[str, float]) -> bool:
        """Whether the probability reaches the threshold."""
        return self.probability(features) >= self.threshold


@cache
def load(file_name: str) -> Mapping[str, Linear]:
    """The models of a file under ``briefer/_data/``, by name."""
    shipped = json.loads(resources.shipped(file_name).read_text(encoding="utf-8"))
    return {
        name: Linear(model["bias"], model["weights"], model["threshold"])
        for name, model in shipped["models"].items()
    }
