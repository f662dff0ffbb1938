"""Figures, ranking, grouping and span measures on cases worked out by hand."""

from __future__ import annotations

import pytest

from briefer.schema import Span
from eval.metrics import clusters, ranking, spans
from eval.metrics.figures import Figure, Ratio, exact_interval, f1, measure, pool
from eval.metrics.ranking import Scored


def yes(score: float) -> Scored:
    return Scored(score, is_positive=True)


def no(score: float) -> Scored:
    return Scored(score, is_positive=False)


def test_pooled_ratio_sums_over_articles_and_skips_silent_ones() -> None:
    figure = pool([Ratio(1, 2), Ratio(0, 0), Ratio(3, 6)])

    assert figure.value == 0.5
    assert figure.n == 8
    assert figure.n_articles == 2


def test_interval_spans_the_articles_and_is_the_same_every_time() -> None:
    ratios = [Ratio(0, 4), Ratio(4, 4)]

    figure = pool(ratios)

    assert (figure.low, figure.high) == (0.0, 1.0)
    assert pool(ratios) == figure


def test_interval_is_a_point_where_all_articles_agree() -> None:
    figure = pool([Ratio(1, 4), Ratio(2, 8), Ratio(3, 12)])

    assert (figure.low, figure.high) == (0.25, 0.25)


def test_nothing_to_measure_has_no_value() -> None:
    assert pool([Ratio(0, 0)]) == Figure(None, 0, 0)


def test_measure_resamples_whole_articles() -> None:
    figure = measure([[1.0, 1.0], [0.0]], lambda drawn: max(max(one) for one in drawn))

    assert figure.value == 1.0
    assert (figure.low, figure.high) == (0.0, 1.0)


def test_exact_interval_of_no_error_in_sixty_is_the_rule_of_three() -> None:
    low, high = exact_interval(0, 60)

    assert low == 0.0
    assert high == pytest.approx(0.0596, abs=0.0001)  # 1 - 0.025 ** (1 / 60)


def test_f1_is_twice_the_hits_over_gold_and_found() -> None:
    assert f1(3, 4, 6) == Ratio(6, 10)


def test_average_precision_of_hits_at_ranks_one_and_three() -> None:
    decisions = [yes(0.9), no(0.8), yes(0.7), no(0.1)]

    assert ranking.average_precision(decisions) == pytest.approx((1 + 2 / 3) / 2)


def test_average_precision_gives_tied_scores_one_rank() -> None:
    decisions = [yes(0.5), no(0.5)]

    assert ranking.average_precision(decisions) == 0.5
    assert ranking.average_precision(decisions[::-1]) == 0.5


def test_best_f1_finds_its_threshold() -> None:
    decisions = [yes(0.9), no(0.8), yes(0.7), no(0.1)]

    assert ranking.best_f1(decisions) == (0.8, 0.7)  # 2 * 2 / (2 positives + 3 found)


def test_balanced_accuracy_weighs_both_classes_alike() -> None:
    decisions = [yes(0.9), yes(0.2), *[no(0.1)] * 4]

    assert ranking.balanced_accuracy(decisions, 0.5) == (0.5 + 1) / 2


def test_ranking_measures_need_what_they_measure() -> None:
    only_negative = [no(0.3)]

    assert ranking.average_precision(only_negative) is None
    assert ranking.best_f1(only_negative) is None
    assert ranking.balanced_accuracy(only_negative, 0.5) is None


def test_pairwise_counts_pairs_that_belong_together() -> None:
    gold = {"a": 1, "b": 1, "c": 1, "d": 2}
    found = {"a": "x", "b": "x", "c": "y", "d": "y"}

    scores = clusters.pairwise(gold, found)

    assert (scores["pairwise precision"].value, scores["pairwise precision"].n) == (1 / 2, 2)
    assert (scores["pairwise recall"].value, scores["pairwise recall"].n) == (1 / 3, 3)
    assert scores["pairwise F1"].value == 2 / 5


def test_b_cubed_averages_over_items() -> None:
    gold = {"a": 1, "b": 1, "c": 1, "d": 2}
    found = {"a": "x", "b": "x", "c": "y", "d": "y"}

    scores = clusters.b_cubed(gold, found)

    assert scores["B-cubed precision"].value == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert scores["B-cubed recall"].value == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert scores["B-cubed F1"].value == pytest.approx(2 * 0.75 * (2 / 3) / (0.75 + 2 / 3))


def test_a_grouping_has_intervals_over_the_gold_groups() -> None:
    gold = {f"{group}{item}": group for group in "abcdefgh" for item in range(3)}
    found = gold | {"a0": "x", "b0": "c"}

    scores = clusters.pairwise(gold, found) | clusters.b_cubed(gold, found)
    perfect = clusters.pairwise(gold, gold) | clusters.b_cubed(gold, gold)

    for one in scores.values():
        assert one.value is not None
        assert one.low is not None
        assert one.high is not None
        assert one.low < one.value < one.high
    assert {(one.value, one.low, one.high) for one in perfect.values()} == {(1.0, 1.0, 1.0)}


def test_span_overlap_is_intersection_over_union() -> None:
    assert spans.overlap([Span(0, 10)], [Span(5, 15)]) == pytest.approx(5 / 15)
    assert spans.overlap([Span(0, 4), Span(6, 10)], [Span(0, 10)]) == 0.8
    assert spans.overlap([], []) == 0.0


def test_spans_are_matched_once_best_overlap_first() -> None:
    gold = [[Span(0, 10)], [Span(8, 20)]]
    found = [[Span(0, 12)], [Span(0, 10)]]

    assert spans.match(gold, found, at_least=0.5) == [(0, 1)]
    assert spans.match(gold, found, at_least=0.1) == [(0, 1), (1, 0)]
    assert spans.match(gold, found, at_least=1.0) == [(0, 1)]
