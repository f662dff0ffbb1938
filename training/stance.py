"""Train what a tagger sees of a line's stance: ``python -m training stance``.

A linear probe (Alain & Bengio 2016) for each tagger, on the state of a line that it reads as if it
were the only sentence of an article: does a view's line oppose something? Taught by the lines of
``judged.jsonl`` that readers let stand, and by those that they found to oppose nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from briefer import resources
from briefer.models import trained
from briefer.models.tagger import SentenceTagger
from briefer.models.tagger.stance import OPPOSES
from briefer.models.trained import Part
from training import acting, corpus, fitting, own, shipping
from training.fitting import Fitted
from training.own import Judged

# scikit-learn's C, of states with a mean of 0 and a variance of 1 each.
_STRENGTH = 3e-4
_SAYS_NOTHING = "no_dissent"


def main(shared: Path, into: Path | None = None) -> list[str]:
    """Fit and ship a probe for each tagger whose weights are here."""
    home = into or resources.shipped("")
    examples = {one.id: one for one in corpus.read_train(shared / "train-briefs")}
    judged = [one for one in own.read(examples) if opposes(one) is not None]
    said = [f"{len(judged)} views"]
    for part in trained.all_of("tagger"):
        fitted = fit(acting.loaded(part), judged)
        said.append(f"{part.name}: area out of fold {fitted.area:.3f}")
        said.append(str(ship(part, fitted, home)))
    return said


def opposes(one: Judged) -> bool | None:
    """Whether readers found that a view's line opposes something; of most nothing is known."""
    if one.kind != "dissent" or not one.is_told:
        return None
    if one.verdict == "T":
        return True
    return False if one.verdict == "W" and one.fault == _SAYS_NOTHING else None


def fit(reader: SentenceTagger, judged: Sequence[Judged]) -> Fitted:
    """The probe of what the reader sees of each line."""
    states = reader.line_states([one.line for one in judged]).numpy()
    labels = np.array([bool(opposes(one)) for one in judged])
    return fitting.fit_probe(states, labels, [one.id for one in judged], _STRENGTH)


def ship(part: Part, fitted: Fitted, into: Path) -> Path:
    """Write the probe of that tagger's states and list it in the manifest."""
    return shipping.add_probe("stance", part, (OPPOSES, fitted.weights, fitted.bias), into)
