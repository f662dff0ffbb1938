"""Small linear models: weights in a shipped JSON file, scored in plain Python.

Trained under ``training/``, shipped as ``briefer/_data/<name>-<hash>.json``. Knows nothing of what
its features mean.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from briefer import resources
from briefer.errors import WeightsError

HASH_LENGTH = 8
"""Hexadecimal digits of the file's SHA-256 in its name."""
# exp of more than this says no more than 0 or 1 and may overflow.
_MAX_ODDS = 35.0


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
        return 1.0 / (1.0 + math.exp(-max(min(odds, _MAX_ODDS), -_MAX_ODDS)))

    def holds(self, features: Mapping[str, float]) -> bool:
        """Whether the probability reaches the threshold."""
        return self.probability(features) >= self.threshold


@cache
def load(name: str) -> Mapping[str, Linear]:
    """The models of the shipped file ``<name>-<hash>.json``, by their own names.

    Raises:
        WeightsError: there is none, more than one, or its bytes are not those of its hash.
    """
    found = sorted(resources.shipped("").glob(f"{name}-*.json"))
    if len(found) != 1:
        raise WeightsError(
            f"{len(found)} files {name}-*.json in {resources.shipped('')}, one is needed; "
            f"reinstall briefer."
        )
    content = found[0].read_bytes()
    if digest(content) != found[0].stem.removeprefix(f"{name}-"):
        raise WeightsError(f"{found[0].name} is not what was shipped; reinstall briefer.")
    return {
        model: Linear(values["bias"], values["weights"], values["threshold"])
        for model, values in json.loads(content)["models"].items()
    }


def digest(content: bytes) -> str:
    """The hash in a file's name."""
    return hashlib.sha256(content).hexdigest()[:HASH_LENGTH]
