"""Train what a second model's states tell of lines: ``python -m training probes``.

Linear probes on the judged lines of ``judged.jsonl``: whether a fact's line holds, and whether it
stands alone, by the mean state of its tokens after its passage; whether a view's line opposes
something, by the last state of a text about it. Strong regularisation: there are a seventh as many
channels as lines of facts, and nearly as many as lines of views. The model itself is not trained.
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
from briefer.drafting import opposing
from briefer.drafting.questions import READ_WITH
from briefer.models import prober, sources, weights
from briefer.models.base import Prompt
from briefer.models.prober import View
from training import corpus, fitting, own, shipping
from training.own import Judged
from training.shipping import NewPart

NAME = "probes-0.5b"
# Of the layers 6 to 24 the twelfth tells most of facts, alone and beside the writer's own signs;
# views need the deeper ones (eval/LOG.md, "What do the states of the second model tell?").
LINES, VIEWS = View(12, "mean"), View(21, "end")
# scikit-learn's C, of states with a mean of 0 and a variance of 1 each.
_STRENGTH = 1e-3
_STRENGTH_OF_VIEWS = 3e-4
_SAYS_NOTHING = "no_dissent"


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
    reader = prober.state_reader(sources.resolve(pin.name), VIEWS.layer)
    examples = {one.id: one for one in corpus.read_train(shared / "train-briefs")}
    judged = [one for one in own.read(examples) if _is_usable(one)]
    facts = [one for one in judged if one.kind == "fact"]
    views = [one for one in judged if one.kind == "dissent" and _opposes(one) is not None]
    told = _stacked(
        reader.states([_asked(one) for one in facts], [f" {one.line}" for one in facts], LINES)
    )
    statements = [opposing.statement(one.line) for one in views]
    said = _stacked(reader.states([Prompt("")] * len(views), statements, VIEWS))
    articles, speakers = [one.id for one in facts], [one.id for one in views]
    stands = np.array([one.verdict == "T" for one in facts])
    holds = np.array([one.verdict != "W" for one in facts])
    opposes = np.array([bool(_opposes(one)) for one in views])
    found = {
        "stands": (LINES, fit(Examples(told, stands, articles), _STRENGTH)),
        "holds": (LINES, fit(Examples(told, holds, articles), _STRENGTH)),
        "opposes": (VIEWS, fit(Examples(said, opposes, speakers), _STRENGTH_OF_VIEWS)),
    }
    path = ship(found, pin.sha256, into or resources.shipped(""))
    lines = [f"{name}: area out of fold {one.area:.3f}" for name, (_, one) in found.items()]
    return [f"{len(facts)} facts, {len(views)} views", *lines, str(path)]


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


def _opposes(one: Judged) -> bool | None:
    """Whether readers found that a view's line opposes something; most others are not asked."""
    if one.verdict == "T":
        return True
    return False if one.fault == _SAYS_NOTHING else None


def _asked(one: Judged) -> Prompt:
    named = {**one.variables, "kind": one.kind, "line": None}
    return Prompt(prompts.render("condense", READ_WITH, **named).text)


def _stacked(states: Sequence[Tensor]) -> np.ndarray:
    return np.stack([state.numpy() for state in states])
