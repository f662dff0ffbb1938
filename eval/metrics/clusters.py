"""How well a grouping fits the gold one: pairwise F1 and B-cubed, with intervals over gold groups.

B-cubed: Bagga and Baldwin, Entity-based cross-document coreferencing (1998); pairwise: Rand
(1971) counted on pairs that belong together. A pile is grouped once, so what is resampled is what
each gold group adds to the sums; half a wrong pair is each of its two groups'. Knows nothing of
stories.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from math import comb

from eval.metrics.figures import Figure, Ratio, f1, measure, pool

Grouping = Mapping[str, Hashable]
"""Item -> the group it is in."""


def pairwise(gold: Grouping, found: Grouping) -> dict[str, Figure]:
    """Precision, recall and F1 over pairs of items put into one group."""
    found_sizes = Counter(found[item] for item in gold)
    precision, recall, both = [], [], []
    for shares in _shares(gold, found).values():
        n_right = sum(comb(n, 2) for n in shares.values())
        n_wrong = sum(n * (found_sizes[group] - n) for group, n in shares.items()) / 2
        n_gold = comb(sum(shares.values()), 2)
        precision.append(Ratio(n_right, n_right + n_wrong))
        recall.append(Ratio(n_right, n_gold))
        both.append(f1(n_right, n_gold, n_right + n_wrong))
    return {
        "pairwise precision": pool(precision),
        "pairwise recall": pool(recall),
        "pairwise F1": pool(both),
    }


def b_cubed(gold: Grouping, found: Grouping) -> dict[str, Figure]:
    """B-cubed precision, recall and F1, each the mean over items."""
    found_sizes = Counter(found[item] for item in gold)
    precision, recall = [], []
    for shares in _shares(gold, found).values():
        size = sum(shares.values())
        pure = sum(n * n / found_sizes[group] for group, n in shares.items())
        precision.append(Ratio(pure, size))
        recall.append(Ratio(sum(n * n for n in shares.values()) / size, size))
    both = measure(list(zip(precision, recall, strict=True)), _harmonic)
    return {
        "B-cubed precision": pool(precision),
        "B-cubed recall": pool(recall),
        "B-cubed F1": replace(both, n=len(gold)),
    }


def _shares(gold: Grouping, found: Grouping) -> dict[Hashable, Counter[Hashable]]:
    """For each gold group how many of its items are in which found group."""
    shares: defaultdict[Hashable, Counter[Hashable]] = defaultdict(Counter)
    for item, group in gold.items():
        shares[group][found[item]] += 1
    return shares


def _harmonic(groups: Sequence[tuple[Ratio, Ratio]]) -> float | None:
    precision = sum(one.hits for one, _ in groups)
    recall = sum(one.hits for _, one in groups)
    n_items = sum(one.of for one, _ in groups)
    return 2 * precision * recall / (precision + recall) / n_items if n_items else None
