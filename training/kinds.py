"""Train what kind of thing a name stands for: ``python -m training.kinds SHARED``.

Labels are the kinds of gold's actors; names that gold does not list teach a little with the
parser's own label, so that songs and streets are known too.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np

from briefer import resources
from briefer.mentions import descriptions, entities, kinds, lexicon, names
from briefer.models import linear
from training import fitting
from training.fitting import Examples, Settings
from training.parsed import Parsed, key, read

# Strength by five folds on the training part: .1 to 3 within half a point of accuracy.
SETTINGS = Settings(strength=1.0, threshold=0.5, min_count=4)
_WEAK = 0.25
ABOUT = "kinds of names; trained on the names of train-briefs, split train"


def collect(articles: list[Parsed]) -> tuple[Examples, list[str]]:
    """Features and kind of every name that the list of states does not settle."""
    found: list[str] = []
    features, groups, weights = [], [], []
    for number, one in enumerate(articles):
        gold = {
            key(name): actor["kind"]
            for actor in one.gold["actors"]
            for name in (actor["name"], *actor["aliases"])
        }
        for entity in entities.fold(one.parse, names.find(one.parse)):
            if any(name.key in lexicon.state_names() for name in entity.names):
                continue
            told = [
                text for name in entity.names for text in descriptions.describe(one.parse, name)
            ]
            kind = next((gold[key(n.text)] for n in entity.names if key(n.text) in gold), None)
            label = Counter(name.label for name in entity.names).most_common(1)[0][0]
            features.append(kinds.features(one.parse, entity.names, told))
            guessed: str = entities.KINDS.get(label) or "other"
            found.append(kind or guessed)
            groups.append(number)
            weights.append(1.0 if kind else _WEAK)
    return Examples(features, [0] * len(found), groups, weights), found


def train(examples: Examples, found: list[str]) -> dict[str, linear.Linear]:
    """One model a kind; prints the accuracy out of fold on the names that gold lists."""
    models: dict[str, linear.Linear] = {}
    scores = []
    for kind in kinds.KINDS:
        labels = [int(one == kind) for one in found]
        part = Examples(examples.features, labels, examples.groups, examples.weights)
        scores.append(fitting.out_of_fold(part, SETTINGS))
        models[kind] = fitting.fit(part, SETTINGS)
    best = np.array(kinds.KINDS)[np.argmax(scores, axis=0)]
    is_gold = np.array(examples.weights) == 1.0
    right = (best == np.array(found))[is_gold]
    print(f"kinds, out of fold: {right.mean():.3f} of {len(right)} names right")
    return models


def main(shared: Path) -> None:
    """Train on the training part and write ``mentions-<hash>.json``."""
    models = train(*collect(list(read(shared, "train"))))
    print(fitting.write(kinds.MODELS, models, ABOUT, resources.shipped("")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
