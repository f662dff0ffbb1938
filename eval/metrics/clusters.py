"""How well a grouping fits the gold one: pairwise F1 and B-cubed.

B-cubed: Bagga and Baldwin, Entity-based cross-document coreferencing (1998); pairwise: Rand
(1971) counted on pairs that belong together. Knows nothing of stories.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from math import comb

from eval.metrics.figures import Ratio

Grouping = Mapping[str, Hashable]
"""Item -> the group it is in."""


def pairwise(gold: Grouping, found: Grouping) -> dict[str, Ratio]:
    """Precision, recall and F1 over pairs of items put into one group."""
    together = sum(comb(n, 2) for n in Counter(zip_groups(gold, found)).values())
    n_gold = sum(comb(n, 2) for n in Counter(gold.values()).values())
    n_found = sum(comb(n, 2) for n in Counter(found[item] for item in gold).values())
    return {
        "pairwise precision": Ratio(together, n_found),
        "pairwise recall": Ratio(together, n_gold),
        "pairwise F1": Ratio(2 * together, n_gold + n_found),
    }


def b_cubed(gold: Grouping, found: Grouping) -> dict[str, float]:
    """B-cubed precision, recall and F1, each the mean over items."""
    both = Counter(zip_groups(gold, found))
    gold_sizes = Counter(gold.values())
    found_sizes = Counter(found[item] for item in gold)
    precision = recall = 0.0
    for item, group in gold.items():
        shared = both[group, found[item]]
        precision += shared / found_sizes[found[item]] / len(gold)
        recall += shared / gold_sizes[group] / len(gold)
    return {
        "B-cubed precision": precision,
        "B-cubed recall": recall,
        "B-cubed F1": 2 * precision * recall / (precision + recall),
    }


def zip_groups(gold: Grouping, found: Grouping) -> list[tuple[Hashable, Hashable]]:
    """For each item of gold its gold group and the group it was found in."""
    return [(group, found[item]) for item, group in gold.items()]
