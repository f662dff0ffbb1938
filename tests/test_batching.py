"""Which prompts run together, and how they are padded."""

from __future__ import annotations

from briefer.models.batching import batches, padded, runs


def test_every_prompt_is_in_one_batch_longest_first() -> None:
    assert list(batches([5, 9, 7])) == [[1, 2, 0]]


def test_short_prompt_does_not_run_beside_one_twice_as_long() -> None:
    assert list(batches([10, 1000, 20, 501, 499])) == [[1, 3], [4], [2, 0]]


def test_batch_is_bounded_by_its_tokens() -> None:
    assert [len(batch) for batch in batches([4096] * 9)] == [4, 4, 1]


def test_batch_is_bounded_by_its_rows() -> None:
    assert [len(batch) for batch in batches([3] * 70)] == [32, 32, 6]


def test_nothing_makes_no_batch() -> None:
    assert list(batches([])) == []


def test_rows_are_padded_on_the_left_for_models_that_continue() -> None:
    ids, mask = padded([[1, 2, 3], [4]], 0, "left")

    assert ids.tolist() == [[1, 2, 3], [0, 0, 4]]
    assert mask.tolist() == [[1, 1, 1], [0, 0, 1]]


def test_rows_are_padded_on_the_right_for_models_that_translate() -> None:
    ids, mask = padded([[1, 2, 3], [4]], 9, "right")

    assert ids.tolist() == [[1, 2, 3], [4, 9, 9]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]


def test_neighbours_are_read_together_as_far_as_their_tokens_allow() -> None:
    assert list(runs([2000, 1000, 72, 1, 5000])) == [slice(0, 3), slice(3, 4), slice(4, 5)]
    assert list(runs([])) == []
