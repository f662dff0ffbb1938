"""Train which actors a short brief must name: ``python -m training.salience SHARED``.

Trained on the actors of train-briefs, split train: of all that stand for one key actor the best
named one is right; the others whom gold lists are right in part, for to name them does no harm.
Run ``training.kinds`` and ``training.speaker`` before it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

from briefer import mentions, resources, statements
from briefer.actors import candidates, salience
from briefer.actors.candidates import Candidate
from briefer.actors.scale import Scale
from training import fitting
from training.fitting import Examples, Settings
from training.parsed import Parsed, ends_alike, read

# Strength by three folds: .1 to 1 within half a point of average precision. Threshold: with at most
# twelve named, out of fold key recall .82 and precision .80 (any of gold) on the training part.
SETTINGS = Settings(strength=0.3, threshold=0.27, min_count=16)
# How far an actor counts as right whom gold lists without calling it key: by 0 precision is .75 at
# the same recall, by .4 .77.
_LISTED = 0.4
ABOUT = "key actors; trained on the actors of train-briefs, split train"


@dataclass(frozen=True)
class Cast:
    """The candidates of one article, and how right each is."""

    parsed: Parsed
    scale: Scale
    found: list[Candidate]
    shares: list[float]


def cast(one: Parsed) -> Cast:
    """Who could be an actor of an article."""
    cast = mentions.assemble(one.parse)
    said = statements.find(one.article, one.parse, cast)
    found = candidates.find(one.parse, cast)
    return Cast(one, Scale(one.article, one.parse, found, said), found, _shares(one, found))


def collect(casts: Sequence[Cast]) -> Examples:
    """Every candidate twice, as key and as not key, weighted by how far gold says so."""
    features = [salience.features(one.scale, each) for one in casts for each in one.found]
    shares = [share for one in casts for share in one.shares]
    groups = [number for number, one in enumerate(casts) for _ in one.found]
    return Examples(
        features * 2,
        [1] * len(shares) + [0] * len(shares),
        groups * 2,
        [*shares, *(1 - share for share in shares)],
    )


def _shares(one: Parsed, found: list[Candidate]) -> list[float]:
    """How right each candidate is: 1 for a key actor, in part for others of gold, else 0."""
    shares = [0.0] * len(found)
    for actor in one.gold["actors"]:
        names = (actor["name"], *actor["aliases"])
        those = [i for i, candidate in enumerate(found) if _stands_for(candidate, names)]
        for i in those:
            shares[i] = max(shares[i], _LISTED)
        if actor["key"] and those:
            shares[max(those, key=lambda i: (found[i].is_named, len(found[i].places)))] = 1.0
    return shares


def _stands_for(candidate: Candidate, names: tuple[str, ...]) -> bool:
    own = (candidate.name, *candidate.aliases) if candidate.is_named else (candidate.name,)
    return any(ends_alike(name, names) for name in own)


def main(shared: Path) -> None:
    """Train on the training part and write ``salience-<hash>.json``."""
    examples = collect([cast(one) for one in read(shared, "train")])
    print(report(examples))
    models = {"key": fitting.fit(examples, SETTINGS)}
    print(fitting.write(salience.MODELS, models, ABOUT, resources.shipped("")))


def report(examples: Examples) -> str:
    """Average precision for the key actors, out of fold."""
    scores = fitting.out_of_fold(examples, SETTINGS)[: len(examples.labels) // 2]
    is_key = np.asarray(examples.weights)[: len(scores)] == 1.0
    precision = average_precision_score(is_key, scores)
    return f"key actors, out of fold: average precision {precision:.3f}, {is_key.sum()} key"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
