"""A figure with its n and its 95 % interval; nearly every measure is a ratio of sums over articles.

Recall, precision, F1 (``2 hits / (gold + found)``), shares and words per word are all of that
form, so that one resampling of whole articles serves them: Efron and Tibshirani, An Introduction
to the Bootstrap (1993), ch. 13, percentile interval; the article is the unit because items of
one article are not independent.
Knows nothing of briefs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

N_RESAMPLES = 1000
SEED = 11
"""Fixed, so that the same data give the same interval on every machine."""

Unit = TypeVar("Unit")


@dataclass(frozen=True, slots=True)
class Ratio:
    """``hits`` out of ``of`` in one article; 0 of 0 where the article says nothing."""

    hits: float
    of: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value in its article-resampled 95 % interval.

    ``n`` is the denominator (items, sentences, words), ``n_articles`` how many articles gave one.
    ``value`` is ``None`` where there was nothing to measure.
    """

    value: float | None
    n: float
    n_articles: int
    low: float | None = None
    high: float | None = None


def pool(ratios: Sequence[Ratio]) -> Figure:
    """The ratio of the sums, resampled by article."""
    informative = [ratio for ratio in ratios if ratio.of > 0]
    if not informative:
        return Figure(None, 0, 0)
    hits = np.array([ratio.hits for ratio in informative])  # (A,) float64
    of = np.array([ratio.of for ratio in informative])  # (A,) float64
    draws = _draws(len(informative))
    low, high = np.quantile((draws @ hits) / (draws @ of), [0.025, 0.975])
    value = float(hits.sum() / of.sum())
    return Figure(value, float(of.sum()), len(informative), float(low), float(high))


def measure(units: Sequence[Unit], statistic: Callable[[Sequence[Unit]], float | None]) -> Figure:
    """Any statistic over articles, such as balanced accuracy, resampled by article.

    Resamples on which the statistic is undefined (``None``) are left out of the interval.
    """
    if not units:
        return Figure(None, 0, 0)
    generator = np.random.default_rng(SEED)
    chosen = generator.integers(0, len(units), size=(N_RESAMPLES, len(units)))
    values = [statistic([units[i] for i in row]) for row in chosen]
    defined = [value for value in values if value is not None]
    value = statistic(units)
    if value is None or not defined:
        return Figure(None, len(units), len(units))
    low, high = np.quantile(defined, [0.025, 0.975])
    return Figure(value, len(units), len(units), float(low), float(high))


def exact_interval(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share of independent trials: Clopper and Pearson, Biometrika 1934."""
    low = 0.0 if hits == 0 else _where(lambda p: 1 - _at_most(hits - 1, of, p), 0.025)
    high = 1.0 if hits == of else _where(lambda p: 1 - _at_most(hits, of, p), 0.975)
    return low, high


def _at_most(hits: int, of: int, p: float) -> float:
    """The probability of at most so many hits."""
    return sum(math.comb(of, k) * p**k * (1 - p) ** (of - k) for k in range(hits + 1))


def _where(rising: Callable[[float], float], level: float) -> float:
    """The p in [0, 1] at which a rising function reaches the level, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < level else (low, middle)
    return (low + high) / 2


def f1(n_hits: float, n_gold: float, n_found: float) -> Ratio:
    """F1 as a ratio of sums: ``2 hits / (gold + found)`` (van Rijsbergen 1979, ch. 7)."""
    return Ratio(2 * n_hits, n_gold + n_found)


def _draws(n_articles: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """How often each article is drawn in each resample.  # (N_RESAMPLES, A) int64."""
    generator = np.random.default_rng(SEED)
    return generator.multinomial(n_articles, [1 / n_articles] * n_articles, size=N_RESAMPLES)
