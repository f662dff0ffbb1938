"""Train what a second model's states tell of lines: ``python -m training probes``.

Linear probes on the judged lines of ``judged.jsonl``: whether a fact's line holds, and whether it
stands alone, by the mean state of its tokens after its passage. Strong regularisation: there are a
seventh as many channels as lines. The model itself is not trained.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from briefer import prompts, resources
from briefer.drafting.questions import READ_WITH
from briefer.models import prober, sources, weights
from briefer.models.base import Prompt
from training import corpus, fitting, own, shipping
from training.fitting import Fitted
from training.own import Judged
from training.shipping import NewPart

NAME = "probes-0.5b"
# Of the layers 6 to 24 the twelfth tells most of facts, alone and beside the writer's own signs
# (eval/LOG.md, "What do the states of the second model tell?").
_N_LAYERS = 12
# scikit-learn's C, of states with a mean of 0 and a variance of 1 each.
_STRENGTH = 1e-3


def main(shared: Path, into: Path | None = None) -> list[str]:
    """Read all judged lines, fit the probes, and write their part and the manifest."""
    pin = weights.named(weights.SECOND)
    reader = prober.state_reader(sources.resolve(pin.name), _N_LAYERS)
    examples = {one.id: one for one in corpus.read_train(shared / "train-briefs")}
    facts = [one for one in own.read(examples) if one.kind == "fact" and _is_usable(one)]
    told = reader.states([_asked(one) for one in facts], [f" {one.line}" for one in facts])
    states, articles = np.stack([state.numpy() for state in told]), [one.id for one in facts]
    labels = {
        "stands": np.array([one.verdict == "T" for one in facts]),
        "holds": np.array([one.verdict != "W" for one in facts]),
    }
    found = {
        name: fitting.fit_probe(states, so, articles, _STRENGTH) for name, so in labels.items()
    }
    path = ship(found, pin.sha256, into or resources.shipped(""))
    lines = [f"{name}: area out of fold {one.area:.3f}" for name, one in found.items()]
    return [f"{len(facts)} facts", *lines, str(path)]


def ship(found: Mapping[str, Fitted], base: str, into: Path) -> Path:
    """Write the part and list it in the manifest."""
    biases = {name: round(one.bias, 4) for name, one in found.items()}
    part = NewPart(NAME, "probes", base, {"n_layers": _N_LAYERS, "biases": biases})
    return shipping.add(part, {name: one.weights for name, one in found.items()}, into)


def _is_usable(one: Judged) -> bool:
    return one.is_told and one.verdict in ("T", "M", "W")


def _asked(one: Judged) -> Prompt:
    named = {**one.variables, "kind": one.kind, "line": None}
    return Prompt(prompts.render("condense", READ_WITH, **named).text)
