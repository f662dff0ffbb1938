"""Sentence choice: does the tagger know which sentences carry facts, dissent, agreements, speech?

Average precision and F1 over all sentences of the set; the threshold of F1 is the best one of
``train-briefs`` val, also for ``dev-briefs``. Knows nothing of the tagger's make.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, get_args

from briefer.schema import CleanArticle, Span
from briefer.tagging import Tagger
from eval import gold as gold_types
from eval.gold import GoldBrief
from eval.metrics import ranking
from eval.metrics.figures import Ratio, f1, measure
from eval.metrics.ranking import Scored
from eval.rows import Heading, Row

Label = Literal["fact", "dissent", "agreement", "speech"]
LABELS: tuple[Label, ...] = get_args(Label)
FIELD = "sentence choice"


def run(
    tagger: Tagger, gold_sets: Mapping[str, Sequence[GoldBrief]], system: str = "briefer"
) -> list[Row]:
    """Rows for every set; the thresholds of the first one hold for the others."""
    rows: list[Row] = []
    thresholds: dict[Label, float] = {}
    for name, briefs in gold_sets.items():
        tagged = [_decisions(brief, tagger) for brief in briefs]
        for label in LABELS:
            if label == "speech" and not all(brief.has_speech for brief in briefs):
                continue
            articles = [decisions[label] for decisions in tagged]
            rows += _rows(Heading(FIELD, name, system), label, articles, thresholds)
    return rows


def _rows(
    heading: Heading,
    label: Label,
    articles: Sequence[list[Scored]],
    thresholds: dict[Label, float],
) -> list[Row]:
    """Average precision and F1; sets the label's threshold where it has none yet."""
    best = ranking.best_f1([decision for article in articles for decision in article])
    threshold = thresholds.setdefault(label, best[1] if best else 1.0)
    precision = measure(articles, lambda drawn: ranking.average_precision(_flat(drawn)))
    return [
        heading.row(f"{label}: average precision", precision),
        *heading.pooled([{f"{label}: F1": _f1(article, threshold)} for article in articles]),
    ]


def _flat(articles: Iterable[Iterable[Scored]]) -> list[Scored]:
    return [decision for article in articles for decision in article]


def _f1(decisions: Sequence[Scored], threshold: float) -> Ratio:
    chosen = [decision for decision in decisions if decision.score >= threshold]
    n_gold = sum(decision.is_positive for decision in decisions)
    return f1(sum(decision.is_positive for decision in chosen), n_gold, len(chosen))


def _decisions(brief: GoldBrief, tagger: Tagger) -> dict[Label, list[Scored]]:
    tags = tagger.tag(brief.clean)
    positive = labelled(brief, brief.clean)
    return {
        label: [
            Scored(getattr(tag, label), is_positive)
            for tag, is_positive in zip(tags, positive[label], strict=True)
        ]
        for label in LABELS
    }


def labelled(brief: GoldBrief, article: CleanArticle) -> dict[Label, list[bool]]:
    """For each label, which sentences of the article carry it."""
    sentences = [Span(sentence.start, sentence.end) for sentence in article.sentences]
    return {
        "fact": gold_types.labels(sentences, (item.spans for item in brief.facts)),
        "dissent": gold_types.labels(sentences, (item.spans for item in brief.dissent)),
        "agreement": gold_types.labels(sentences, (item.spans for item in brief.agreements)),
        "speech": gold_types.labels(sentences, (item.spans for item in brief.speech)),
    }


def second_annotator(pairs: Sequence[tuple[GoldBrief, GoldBrief]]) -> list[Row]:
    """The ceiling: F1 of one annotator's sentences against the other's."""
    heading = Heading(FIELD, "train-briefs val", "second annotator")
    articles = []
    for first, second in pairs:
        wanted, given = labelled(first, first.clean), labelled(second, first.clean)
        articles.append(
            {
                f"{label}: F1": f1(
                    sum(a and b for a, b in zip(wanted[label], given[label], strict=True)),
                    sum(wanted[label]),
                    sum(given[label]),
                )
                for label in LABELS
            }
        )
    return heading.pooled(articles)
