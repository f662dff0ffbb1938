"""Train which actors a short brief must name: ``python -m training.salience SHARED``.

Trained on ``key`` of train-briefs, split train: of all that stand for one actor of gold the best
named one is right. Run ``training.kinds`` and ``training.speaker`` before it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

from briefer import mentions, resources, statements
from briefer.actors import candidates, salience
from briefer.actors.candidates import Candidate
from training import fitting
from training.fitting import Examples, Features, Settings
from training.parsed import Parsed, is_same, read

# Strength by five folds: .1 to 1 within half a point of average precision. Threshold: at most eight
# named, key recall .79 and precision .71 (any actor of gold) on the training part; from .15 on
# recall falls faster than precision rises (.75 and .74).
SETTINGS = Settings(strength=0.3, threshold=0.1, min_count=8)
ABOUT = "key actors; trained on the actors of train-briefs, split train"


def collect(articles: list[Parsed]) -> Examples:
    """Every candidate, labelled by whether gold has it as a key actor."""
    features: list[Features] = []
    labels: list[int] = []
    groups: list[int] = []
    for number, one in enumerate(articles):
        said = statements.find(one.article, one.parse)
        found = candidates.find(one.parse, mentions.assemble(one.parse))
        scale = salience.Scale(one.article, one.parse, found, said)
        right = _key(one, found)
        features.extend(salience.features(scale, candidate) for candidate in found)
        labels.extend(int(index in right) for index in range(len(found)))
        groups.extend([number] * len(found))
    return Examples(features, labels, groups)


def _key(one: Parsed, found: list[Candidate]) -> set[int]:
    right = set()
    for actor in one.gold["actors"]:
        names = (actor["name"], *actor["aliases"])
        those = [i for i, candidate in enumerate(found) if _stands_for(candidate, names)]
        if actor["key"] and those:
            right.add(max(those, key=lambda i: (found[i].is_named, len(found[i].places))))
    return right


def _stands_for(candidate: Candidate, names: tuple[str, ...]) -> bool:
    own = (candidate.name, *candidate.aliases) if candidate.is_named else (candidate.name,)
    return any(is_same(name, names) for name in own)


def main(shared: Path) -> None:
    """Train on the training part and write ``salience-<hash>.json``."""
    examples = collect(list(read(shared, "train")))
    scores = fitting.out_of_fold(examples, SETTINGS)
    precision = average_precision_score(np.array(examples.labels), scores)
    print(f"key actors, out of fold: average precision {precision:.3f}, {sum(examples.labels)} key")
    models = {"key": fitting.fit(examples, SETTINGS)}
    print(fitting.write(salience.MODELS, models, ABOUT, resources.shipped("")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
