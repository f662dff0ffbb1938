"""Spans against gold spans: exact, or by overlap of at least one half.

"By overlap" follows the soft match of PolNeAR's evaluation (Newell, Margolin and Ruths, An
Attribution Relations Corpus for Political News, LREC 2018): intersection over union of the
characters, at least .5. Knows nothing of what the spans hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefer.schema import Span

SOFT = 0.5


def characters(spans: Iterable[Span]) -> set[int]:
    """All offsets that the spans cover."""
    return {offset for span in spans for offset in range(span.start, span.end)}


def overlap(left: Iterable[Span], right: Iterable[Span]) -> float:
    """Intersection over union of the characters, 0 to 1; two empty sides give 0."""
    a, b = characters(left), characters(right)
    return len(a & b) / len(a | b) if a | b else 0.0


def touch(left: Iterable[Span], right: Sequence[Span]) -> bool:
    """Whether any span of one side shares a character with any of the other."""
    return any(a.start < b.end and b.start < a.end for a in left for b in right)


def match(
    gold: Sequence[Sequence[Span]], found: Sequence[Sequence[Span]], *, at_least: float
) -> list[tuple[int, int]]:
    """Pairs (gold, found) that overlap enough, each side used once, the best overlap first."""
    pairs = [
        (value, g, f)
        for g, gold_spans in enumerate(gold)
        for f, found_spans in enumerate(found)
        if touch(gold_spans, found_spans) and (value := overlap(gold_spans, found_spans)) > 0
    ]
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    matched = []
    for value, g, f in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if value >= at_least and g not in taken_gold and f not in taken_found:
            taken_gold.add(g)
            taken_found.add(f)
            matched.append((g, f))
    return matched
