"""Compare taggers on held-back articles: average precision and F1, with intervals over articles.

A tagger's thresholds come from articles that it was not trained on and is not measured on here.
Knows nothing of how predictions were made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from briefer import text
from briefer.models.tagger.head import LABELS
from briefer.models.tagger.sentences import on_one_line
from briefer.schema import CleanArticle, Sentence
from briefer.tagging import RuleTagger
from training import corpus, scores

N_RESAMPLES = 2000
_LEVELS = (2.5, 97.5)

Table = Mapping[str, np.ndarray]  # article -> (sentences, labels or more)


@dataclass(frozen=True, slots=True)
class System:
    """What is compared: scores by article, and from which score on a label counts."""

    name: str
    found: Table
    thresholds: tuple[float, ...] | None = None


def table(data: Path, results: Path, runs: Sequence[str]) -> list[str]:
    """The rules, the runs and the second annotator, judged on the held-back articles.

    A run's thresholds are the best ones of its predictions out of fold, those of the rules the
    best ones of the training articles; a run without folds has the best ones of what it is
    measured on.
    """
    known = list(corpus.read_train(data))
    learned, wanted = (
        {one.id: np.array(one.labels) for one in known if one.split == split}
        for split in ("train", "val")
    )
    rules = by_rules(data)
    return lines(
        wanted,
        [
            System("rules", rules, thresholds(learned, rules)),
            *(_system(results, run, learned) for run in runs),
            System("second annotator", second_annotator(data), (0.5,) * len(LABELS)),
        ],
    )


def _system(results: Path, run: str, learned: Table) -> System:
    unseen: dict[str, np.ndarray] = {}
    for path in sorted(results.glob(f"{run}.[0-9].npz")):
        unseen |= dict(np.load(path))
    bounds = thresholds(learned, unseen) if unseen else None
    return System(run, dict(np.load(results / f"{run}.final.npz")), bounds)


def by_rules(data: Path) -> dict[str, np.ndarray]:
    """What the rules say of all articles of ``train-briefs``."""
    tagger = RuleTagger()
    return {
        article["id"]: np.array(
            [(tag.fact, tag.dissent, tag.agreement, tag.speech) for tag in tagger.tag(cleaned)]
        )
        for article, cleaned in _cleaned(data)
    }


def _cleaned(data: Path) -> list[tuple[dict[str, Any], CleanArticle]]:
    with (data / "articles.jsonl").open() as lines:
        articles = [json.loads(line) for line in lines]
    return [(one, _as_cut(one)) for one in articles]


def _as_cut(article: dict[str, Any]) -> CleanArticle:
    """The article with the sentences that its annotators saw."""
    whole = article["text"]
    cut = tuple(
        Sentence(k, start, end, on_one_line(whole[start:end]), 0)
        for k, (start, end) in enumerate(article["sentences"])
    )
    return CleanArticle(whole, cut, text.fingerprint(whole), title=article["title"])


def second_annotator(data: Path) -> dict[str, np.ndarray]:
    """The labels of the second annotator, by article."""
    with (data / "second.jsonl").open() as lines:
        golds = {gold["id"]: gold for gold in map(json.loads, lines)}
    counts = {one.id: len(one.sentences) for one in corpus.read_train(data)}
    return {name: np.array(corpus.labels(gold, counts[name])) for name, gold in golds.items()}


def thresholds(wanted: Table, found: Table) -> tuple[float, ...]:
    """For each label the score from which on F1 is best."""
    stacked, judged = _stacked(wanted, found, [article for article in found if article in wanted])
    return tuple(scores.best_f1(stacked[:, k], judged[:, k])[1] for k in range(len(LABELS)))


def lines(wanted: Table, systems: list[System]) -> list[str]:
    """A Markdown table: a row a system; AP and F1 with its 95 % interval for each label.

    F1 is at the system's thresholds, without them at the best ones of these very articles.
    """
    head = ["| tagger | " + " | ".join(LABELS) + " |", "|---" * (len(LABELS) + 1) + "|"]
    return [*head, *(_line(wanted, system) for system in systems)]


def _line(wanted: Table, system: System) -> str:
    articles = [article for article in system.found if article in wanted]
    bounds = system.thresholds or thresholds(wanted, system.found)
    cells = [_cell(wanted, system, articles, k, bounds[k]) for k in range(len(LABELS))]
    return f"| {system.name} | " + " | ".join(cells) + " |"


def _cell(wanted: Table, system: System, articles: list[str], k: int, bound: float) -> str:
    def f1(chosen: list[str]) -> float:
        stacked, judged = _stacked(wanted, system.found, chosen)
        return _f1(stacked[:, k] == 1, judged[:, k] >= bound)

    low, high = interval(articles, f1)
    stacked, judged = _stacked(wanted, system.found, articles)
    precision = scores.average_precision(stacked[:, k], judged[:, k])
    ranked = "" if len(np.unique(judged[:, k])) <= len((0, 1)) else f"{precision:.3f} / "
    return f"{ranked}{f1(articles):.3f} ({low:.2f}-{high:.2f})"


def interval(articles: list[str], measure: Callable[[list[str]], float]) -> tuple[float, float]:
    """The middle 95 % of a measure over articles drawn with replacement."""
    rng = np.random.default_rng(1)
    drawn = [rng.choice(articles, len(articles)).tolist() for _ in range(N_RESAMPLES)]
    low, high = np.percentile([measure(sample) for sample in drawn], _LEVELS)
    return float(low), float(high)


def _stacked(wanted: Table, found: Table, articles: list[str]) -> tuple[np.ndarray, np.ndarray]:
    return (
        np.concatenate([wanted[article] for article in articles]),
        np.concatenate([found[article] for article in articles]),
    )


def _f1(wanted: np.ndarray, said: np.ndarray) -> float:
    return float(2 * (wanted & said).sum() / max(1, wanted.sum() + said.sum()))
