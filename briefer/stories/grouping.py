"""Which briefs are about one event: candidates by rare terms, measured by vectors and words.

Two articles are compared only when they share rare terms or their vectors are near, so the work
does not grow with the pairs of articles. Groups grow by average linkage (Sokal and Michener 1958),
best pairs first; days too far apart or no name in common forbid a pair. Knows nothing of what a
story says.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from briefer import terms, text
from briefer.schema import Article, Brief

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts become vectors of length one, a row each."""

_N_LEAD_WORDS = 120
"""What of an article the vector is of, beside the title: about what the encoder reads."""
_N_RARE = 16
_N_POSTINGS = 64
_N_NEIGHBOURS = 24
"""Of each article: its rarest terms, the articles that a term leads to, those compared."""
_N_PROBED = 6
_N_NEAREST = 4
"""Cells of the vectors' index in which an article looks, and how many of each it takes."""
_MAX_APART = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Told:
    """What of an article tells which event it is about."""

    id: str
    title: str
    lead: str
    names: frozenset[str]
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """How alike two articles are: ``share`` of it by vectors, the rest by words.

    ``threshold`` is what two articles need, and two groups on average.
    """

    share: float
    threshold: float


# Of shares .1 to .6 with their thresholds the best pairwise F1 on the odd events of neus/val among
# unrelated articles; .24 to .27 and .15 to .175 are within the noise (LOG 2026-11-26).
BY_VECTORS = Measure(share=0.2, threshold=0.255)
BY_WORDS = Measure(share=0.0, threshold=0.15)


def told_by(article: Article | Brief) -> Told:
    """What an article, or the brief of one, says about its event."""
    if isinstance(article, Brief):
        return _told_by_brief(article)
    lead = " ".join(article.text.split()[:_N_LEAD_WORDS])
    names = _names(f"{article.title or ''}. {lead}")
    return Told(article.ref or "", article.title or "", lead, names, article.published_at)


def _told_by_brief(brief: Brief) -> Told:
    """By the sentences that its lines rest on: outlets share more words than condensed lines do."""
    title = brief.source.title or (brief.headline.text if brief.headline else "")
    lines = [brief.headline, *brief.summary] if brief.headline else brief.summary
    cited = {(one.start, one.text) for line in lines for one in line.evidence}
    lead = " ".join(sentence for _, sentence in sorted(cited))
    acting = " ".join(name for actor in brief.actors for name in (actor.name, *actor.aliases))
    names = _names(f"{title}. {lead}") | terms.content(acting)
    return Told(brief.id, title, lead, names, brief.source.published_at)


def _names(words: str) -> frozenset[str]:
    """The stems of capitalised words, at the beginnings of sentences too."""
    return frozenset(
        terms.stem(word)
        for word in text.words(words)
        if word[:1].isupper() and not terms.is_stop_word(word)
    )


def group(told: Sequence[Told], encode: Encode | None) -> list[int]:
    """For each article, in order, the number of its story; the first article's is 0.

    Without an encoder words alone decide, which finds fewer (see docs/nightly.md).
    """
    if not told:
        return []
    likeness = _likeness(told, encode)
    groups = _Groups(told, likeness)
    for score, one, other in _pairs(told, likeness):
        groups.join(one, other, score)
    return groups.numbers()


@dataclass(frozen=True, slots=True)
class _Likeness:
    measure: Measure
    vectors: NDArray[np.float32] | None  # (N, D)
    weights: Sequence[dict[str, float]]  # unit tf-idf vectors over stems
    rarity: dict[str, float]

    def between(self, one: int, other: int) -> float:
        """0 to 1 for two articles."""
        share, alike = self.measure.share, 0.0
        if self.vectors is not None:
            alike = share * float(self.vectors[one] @ self.vectors[other])
        return alike + (1 - share) * self.by_words(one, other)

    def by_words(self, one: int, other: int) -> float:
        """The cosine of the two articles' weighted terms."""
        left, right = self.weights[one], self.weights[other]
        if len(right) < len(left):
            left, right = right, left
        return sum(weight * right.get(term, 0.0) for term, weight in left.items())


def _likeness(told: Sequence[Told], encode: Encode | None) -> _Likeness:
    stems = [terms.content(f"{one.title}. {one.lead}") | one.names for one in told]
    counts = Counter(term for each in stems for term in each)
    rarity = {term: math.log(1 + len(told) / count) for term, count in counts.items()}
    weights = [_unit({term: rarity[term] for term in sorted(each)}) for each in stems]
    if encode is None:
        return _Likeness(BY_WORDS, None, weights, rarity)
    vectors = encode([f"{one.title}. {one.lead}" for one in told])
    return _Likeness(BY_VECTORS, vectors, weights, rarity)


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _pairs(told: Sequence[Told], likeness: _Likeness) -> list[tuple[float, int, int]]:
    """Pairs that may be one story, most alike first."""
    found = []
    candidates = {*_neighbours(likeness), *_nearest(likeness.vectors)}
    for one, other in sorted(candidates):
        if _is_forbidden(told[one], told[other]):
            continue
        score = likeness.between(one, other)
        if score >= likeness.measure.threshold:
            found.append((score, one, other))
    return sorted(found, key=lambda pair: (-pair[0], told[pair[1]].id, told[pair[2]].id))


def _neighbours(likeness: _Likeness) -> Iterator[tuple[int, int]]:
    """For each article those earlier and later ones with which it shares most rare terms."""
    once = max(likeness.rarity.values(), default=0.0)
    rare = [_rarest(weights, likeness.rarity, once) for weights in likeness.weights]
    postings: dict[str, list[int]] = defaultdict(list)
    for place, stems in enumerate(rare):
        shared: Counter[int] = Counter()
        for term in stems:
            for other in postings[term][-_N_POSTINGS:]:
                shared[other] += 1
            postings[term].append(place)
        yield from ((other, place) for other in _most(shared))


def _nearest(vectors: NDArray[np.float32] | None) -> Iterator[tuple[int, int]]:
    """For each article those with the nearest vectors, looked for in a few cells of an index.

    An inverted file (Jegou, Douze and Schmid 2011) with every sqrt(N)-th vector as a centre: some
    N to the 1.5 products in all.
    """
    if vectors is None or len(vectors) < 2:
        return
    centres = vectors[:: max(1, math.isqrt(len(vectors)))]  # (C, D)
    order = np.argsort(-(vectors @ centres.T), axis=1)[:, :_N_PROBED]  # (N, probes)
    cells = [np.flatnonzero(order[:, 0] == cell) for cell in range(len(centres))]
    for cell, inside in enumerate(cells):
        asking = np.flatnonzero((order == cell).any(1))
        if not len(inside) or not len(asking):
            continue
        scores = vectors[asking] @ vectors[inside].T  # (A, I)
        best = np.argsort(-scores, axis=1)[:, : _N_NEAREST + 1]
        for row, place in enumerate(asking.tolist()):
            for other in inside[best[row]].tolist():
                if other != place:
                    yield (min(place, other), max(place, other))


def _rarest(weights: dict[str, float], rarity: dict[str, float], once: float) -> list[str]:
    """The rarest terms that more than one article has."""
    shared = [term for term in weights if rarity[term] < once]
    return heapq.nsmallest(_N_RARE, shared, key=lambda term: (-rarity[term], term))


def _most(shared: Counter[int]) -> list[int]:
    return heapq.nsmallest(_N_NEIGHBOURS, shared, key=lambda other: (-shared[other], other))


def _is_forbidden(one: Told, other: Told) -> bool:
    if one.names and other.names and not one.names & other.names:
        return True
    if one.published_at is None or other.published_at is None:
        return False
    return abs(one.published_at - other.published_at) > _MAX_APART


@dataclass(slots=True)
class _Groups:
    """Articles put together step by step, each group with its members."""

    told: Sequence[Told]
    likeness: _Likeness
    of: list[int] = field(init=False)
    members: dict[int, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.of = list(range(len(self.told)))
        self.members = {place: [place] for place in self.of}

    def join(self, one: int, other: int, score: float) -> None:
        """Put the groups of two articles together, if they are alike on average."""
        left, right = self.of[one], self.of[other]
        if left == right or not self._are_alike(left, right, score):
            return
        if len(self.members[left]) < len(self.members[right]):
            left, right = right, left
        for place in self.members[right]:
            self.of[place] = left
        self.members[left] += self.members.pop(right)

    def _are_alike(self, left: int, right: int, score: float) -> bool:
        if len(self.members[left]) == len(self.members[right]) == 1:
            return score >= self.likeness.measure.threshold
        # Of big groups a sample, so that a day with one huge story stays quick.
        some, others = self.members[left][:_N_SAMPLED], self.members[right][:_N_SAMPLED]
        scores = [self.likeness.between(a, b) for a in some for b in others]
        return sum(scores) / len(scores) >= self.likeness.measure.threshold

    def numbers(self) -> list[int]:
        """Stories numbered in the order of their first articles."""
        numbered: dict[int, int] = {}
        return [numbered.setdefault(name, len(numbered)) for name in self.of]


_N_SAMPLED = 8
