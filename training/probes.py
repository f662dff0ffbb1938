"""Train what a second model's states tell of lines: ``python -m training probes``.

Linear probes on the judged lines of ``judged.jsonl``: whether a fact's line holds, and whether it
stands alone, by the mean state of its tokens after its passage. Strong regularisation: there are a
seventh as many channels as lines. The model itself is not trained.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score
from torch import Tensor

from briefer import prompts, resources
from briefer.drafting.questions import READ_WITH
from briefer.models import prober, sources, weights
from briefer.models.base import Prompt
from briefer.models.prober import View
from training import corpus, fitting, own, shipping
from training.own import Judged
from training.shipping import NewPart

NAME = "probes-0.5b"
# Of the layers 6 to 24 the twelfth tells most of facts, alone and beside the writer's own signs
# (eval/LOG.md, "What do the states of the second model tell?").
LINES = View(12, "mean")
# scikit-learn's C, of states with a mean of 0 and a variance of 1 each.
_STRENGTH = 1e-3


@dataclass(frozen=True)
class Examples:
    """Pooled states (N, C), whether what is asked is so, and each one's article."""

    states: np.ndarray
    labels: np.ndarray
    groups: Sequence[str]


@dataclass(frozen=True)
class Fitted:
    """A probe's weights (C,), its bias, and its area under the curve out of fold, by article."""

    weights: np.ndarray
    bias: float
    area: float


def main(shared: Path, into: Path | None = None) -> list[str]:
    """Read all judged lines, fit the probes, and write their part and the manifest."""
    pin = weights.named(weights.SECOND)
    reader = prober.state_reader(sources.resolve(pin.name), LINES.layer)
    examples = {one.id: one for one in corpus.read_train(shared / "train-briefs")}
    facts = [one for one in own.read(examples) if one.kind == "fact" and _is_usable(one)]
    told = _stacked(
        reader.states([_asked(one) for one in facts], [f" {one.line}" for one in facts], LINES)
    )
    articles = [one.id for one in facts]
    stands = np.array([one.verdict == "T" for one in facts])
    holds = np.array([one.verdict != "W" for one in facts])
    found = {
        "stands": (LINES, fit(Examples(told, stands, articles), _STRENGTH)),
        "holds": (LINES, fit(Examples(told, holds, articles), _STRENGTH)),
    }
    path = ship(found, pin.sha256, into or resources.shipped(""))
    lines = [f"{name}: area out of fold {one.area:.3f}" for name, (_, one) in found.items()]
    return [f"{len(facts)} facts", *lines, str(path)]


def fit(examples: Examples, strength: float) -> Fitted:
    """A logistic regression on standardised states, told in the states' own scale."""
    states, labels = examples.states, examples.labels
    scores = fitting.odds_out_of_fold(states, labels, examples.groups, strength)
    vector, bias = fitting.fit_states(states, labels, strength)
    return Fitted(vector, bias, float(roc_auc_score(labels, scores)))


def ship(found: Mapping[str, tuple[View, Fitted]], base: str, into: Path) -> Path:
    """Write the part and list it in the manifest."""
    tensors = {name: one.weights for name, (_, one) in found.items()}
    part = NewPart(NAME, "probes", base, {"probes": dict(_settings(found))})
    return shipping.add(part, tensors, into)


def _settings(found: Mapping[str, tuple[View, Fitted]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, (view, one) in found.items():
        yield name, {**asdict(view), "bias": round(one.bias, 4)}


def _is_usable(one: Judged) -> bool:
    is_told = bool(one.line) and one.line.lower() != "none"
    return is_told and one.verdict in ("T", "M", "W")


def _asked(one: Judged) -> Prompt:
    named = {**one.variables, "kind": one.kind, "line": None}
    return Prompt(prompts.render("condense", READ_WITH, **named).text)


def _stacked(states: Sequence[Tensor]) -> np.ndarray:
    return np.stack([state.numpy() for state in states])
