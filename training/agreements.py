"""Train which sentences tell of an agreement: ``python -m training.agreements SHARED``.

Trained on the sentences of train-briefs, split train. The tagger's odds are those of taggers that
had not seen the article (``held_out.jsonl``: log-odds of the folds of the 1.5B, where those are
missing of the 0.5B, calibrated), for on what it was trained on a tagger is surer than in use.
Run ``training.kinds``, ``training.speaker`` and ``training.salience`` before it.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

from briefer import actors, mentions, resources, statements
from briefer.passages import parties, signs
from briefer.schema import Tags
from training import fitting
from training.errors import UntrainedError
from training.fitting import Examples, Features, Settings
from training.parsed import Parsed, read

HELD_OUT = Path(__file__).with_name("held_out.jsonl")
# Strength by five folds: 1 to 10 within half a point of average precision on real news.
SETTINGS = Settings(strength=3.0, threshold=0.4)
# The prose of the articles written for the project is cleaner than real news.
_ORIGINAL = 0.5
ABOUT = "sentences that tell of an agreement; trained on train-briefs, split train"


def collect(articles: list[Parsed], held_out: Path = HELD_OUT) -> Examples:
    """Every sentence, told as an agreement by gold or not, weighted by how real its news is.

    Raises:
        UntrainedError: an article has no tags of a tagger that had not seen it.
    """
    tags_of = _read_tags(held_out)
    unread = [str(one.article.ref) for one in articles if str(one.article.ref) not in tags_of]
    if unread:
        raise UntrainedError(
            f"{held_out.name} has no tags of {len(unread)} articles ({unread[0]}, ...): "
            "add the log-odds that folds of a tagger give them."
        )
    features: list[Features] = []
    labels: list[int] = []
    groups: list[int] = []
    weights: list[float] = []
    for number, one in enumerate(articles):
        tags = tags_of[str(one.article.ref)]
        cast = mentions.assemble(one.parse)
        said = statements.find(one.article, one.parse, cast)
        found = actors.find(one.article, one.parse, cast, said)
        agreed = {index for item in one.gold["agreements"] for index in item["sentences"]}
        pacts = parties.pacts_in(one.article, found)
        for sentence, here in zip(one.article.sentences, pacts, strict=True):
            features.append(signs.features(sentence, tags, [word for _, word in here]))
            labels.append(int(sentence.index in agreed))
        n_sentences = len(one.article.sentences)
        groups.extend([number] * n_sentences)
        weights.extend([_ORIGINAL if one.is_original else 1.0] * n_sentences)
    return Examples(features, labels, groups, weights)


def _read_tags(held_out: Path) -> dict[str, tuple[Tags, ...]]:
    """The tags of each article by its id; those that the model does not read are 0."""
    with held_out.open() as stored:
        rows = [json.loads(line) for line in stored]
    return {
        row["id"]: tuple(
            Tags(fact=_probability(fact), dissent=0, agreement=_probability(agreement), speech=0)
            for fact, agreement in zip(row["fact"], row["agreement"], strict=True)
        )
        for row in rows
    }


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def main(shared: Path) -> None:
    """Train on the training part and write ``agreements-<hash>.json``."""
    examples = collect(list(read(shared, "train")))
    print(report(examples))
    models = {"told": fitting.fit(examples, SETTINGS)}
    print(fitting.write(signs.MODELS, models, ABOUT, resources.shipped("")))


def report(examples: Examples) -> str:
    """Average precision, out of fold, on real news and on the project's own articles."""
    scores, labels = fitting.out_of_fold(examples, SETTINGS), np.asarray(examples.labels)
    is_real = np.asarray(examples.weights) == 1.0
    real, own = (
        average_precision_score(labels[part], scores[part]) for part in (is_real, ~is_real)
    )
    return f"agreements, out of fold: average precision real news {real:.3f}, original {own:.3f}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
