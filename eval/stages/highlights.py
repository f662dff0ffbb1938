"""Headline and summary against editors' highlights: an alarm, not a measure of quality.

Freelance writers score no higher against each other than the first three sentences do. ROUGE (Lin
2004) is rouge-score's, with a tokenizer that keeps other scripts than Latin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rouge_score.rouge_scorer import RougeScorer  # type: ignore[import-untyped]

from briefer.schema import Brief
from eval.metrics import words
from eval.metrics.figures import Ratio
from eval.rows import Heading, Row

_KINDS = {"rouge1": "ROUGE-1 F", "rouge2": "ROUGE-2 F", "rougeLsum": "ROUGE-L F"}


class _Words:
    def tokenize(self, text: str) -> list[str]:
        return [words.stem(word) for word in words.tokens(text)]


def run(pairs: Iterable[tuple[Sequence[str], Brief]], system: str) -> list[Row]:
    """Highlights beside the brief of the same article."""
    scorer = RougeScorer(list(_KINDS), tokenizer=_Words())
    scores = []
    for highlights, brief in pairs:
        summary = "\n".join(line.text for line in brief.summary)
        found = scorer.score("\n".join(highlights), summary)
        scores.append({name: Ratio(found[kind].fmeasure, 1) for kind, name in _KINDS.items()})
    return Heading("headline and summary", "cnndm", system).pooled(scores)
