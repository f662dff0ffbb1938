"""Train what a tagger's reader sees of who acts: ``python -m training acting``.

A linear probe (Alain & Bengio 2016) on the states of the words that stand for the candidates of an
article, one for each tagger; and with what it says, out of fold, the model of which actors a brief
must name. Both are taught what ``training.salience`` is, and the readers' own training is not
repeated: they were taught what sentences carry, not who acts. Run ``python -m training linear``
before it, and it again after each new tagger in the package.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

from briefer import resources
from briefer.actors import salience as shipped_salience
from briefer.models import sources, tagger, trained, weights
from briefer.models.tagger import SentenceTagger
from briefer.models.trained import Part
from training import fitting, salience, shipping
from training.fitting import Examples, Settings
from training.parsed import read
from training.salience import Cast

# scikit-learn's C, of states with a mean of 0 and a variance of 1 each: .0003 to .01 within half a
# point of average precision on val.
_STRENGTH = 1e-3
# The threshold by val: from .25 to .3 key recall .914 to .903, precision .877 to .892.
SETTINGS = Settings(strength=0.3, threshold=0.3, min_count=16)
ABOUT = "key actors of articles that a tagger has read; trained on train-briefs, split train"


@dataclass(frozen=True)
class Sight:
    """The candidates of articles with what a reader saw of them: the mean state of the mentions."""

    states: np.ndarray  # (candidates, C)
    shares: np.ndarray
    groups: np.ndarray


@dataclass(frozen=True)
class Fitted:
    """A probe's weights (C,) and bias, and the log-odds of all candidates out of fold."""

    weights: np.ndarray
    bias: float
    odds: np.ndarray


def main(shared: Path, into: Path | None = None) -> list[str]:
    """Fit a probe for each tagger whose weights are here, and the model beside the first one's."""
    home = into or resources.shipped("")
    casts = [salience.cast(one) for one in read(shared, "train")]
    said = []
    for number, part in enumerate(trained.all_of("tagger")):
        sight = look(loaded(part), casts)
        fitted = fit(sight)
        said.append(f"{part.name}: average precision out of fold {precision(fitted, sight):.3f}")
        said.append(str(ship(part, fitted, home)))
        if number == 0:
            said.append(str(_ship_model(casts, fitted.odds, home)))
    return said


def loaded(part: Part) -> SentenceTagger:
    """The shipped tagger on its weights, which are here."""
    pin = next(pin for pin in weights.PINNED.values() if pin.sha256 == part.base)
    return tagger.load(part, sources.resolve(pin.name))


def look(reader: SentenceTagger, casts: Sequence[Cast]) -> Sight:
    """What the reader sees of each candidate; of one that it never sees, nothing (zeros)."""
    states: list[np.ndarray] = []
    shares: list[float] = []
    groups: list[int] = []
    for number, one in enumerate(casts):
        states += _seen(reader, one)
        shares += one.shares
        groups += [number] * len(one.found)
    return Sight(np.stack(states), np.asarray(shares), np.asarray(groups))


def _seen(reader: SentenceTagger, cast: Cast) -> Iterator[np.ndarray]:
    article = cast.parsed.article
    seen = reader.word_states(article.title or "", [one.text for one in article.sentences])
    for candidate in cast.found:
        words = cast.scale.words(candidate)
        states = [seen[sentence][word].numpy() for sentence, word in words]
        yield np.mean(states, axis=0) if states else np.zeros(reader.reader.width, np.float32)


def fit(sight: Sight) -> Fitted:
    """A logistic regression on standardised states, told in the states' own scale.

    Every candidate twice, as an actor and as none, weighted by how far gold says so.
    """
    n = len(sight.shares)
    states, groups = np.concatenate([sight.states] * 2), np.concatenate([sight.groups] * 2)
    labels, shares = np.repeat([1, 0], n), np.concatenate([sight.shares, 1 - sight.shares])
    odds = fitting.odds_out_of_fold(states, labels, groups, _STRENGTH, shares)[:n]
    vector, bias = fitting.fit_states(states, labels, _STRENGTH, shares)
    return Fitted(vector, bias, odds)


def precision(fitted: Fitted, sight: Sight) -> float:
    """Average precision of the actors of gold, out of fold."""
    return float(average_precision_score(sight.shares > 0, fitted.odds))


def ship(part: Part, fitted: Fitted, into: Path) -> Path:
    """Write the probe of that tagger's states and list it in the manifest."""
    probe = (tagger.ACTING, fitted.weights, fitted.bias)
    return shipping.add_probe("acting", part, probe, into)


def _ship_model(casts: Sequence[Cast], odds: np.ndarray, into: Path) -> Path:
    """The model of the actors to name, with what the probe says of candidates it has not seen."""
    plain = salience.collect(casts)
    features = [
        {**one, "acting": float(odd)}
        for one, odd in zip(plain.features, [*odds, *odds], strict=True)
    ]
    examples = Examples(features, plain.labels, plain.groups, plain.weights)
    model = fitting.fit(examples, SETTINGS)
    return fitting.write(shipped_salience.MODELS_READ, {"key": model}, ABOUT, into)
