"""The words before a passage."""

from __future__ import annotations

from briefer.drafting.context import sentences_before

LONG = " ".join(f"w{k}" for k in range(70))


def test_whole_sentences_that_fit_stand_before_a_passage() -> None:
    assert sentences_before(["One.", "Two.", "Three."], 2) == "One. Two."


def test_nothing_stands_before_the_first_sentence() -> None:
    assert sentences_before(["One."], 0) == ""


def test_sentence_that_does_not_fit_is_left_out() -> None:
    assert sentences_before([LONG, "Two.", "Three."], 2) == "Two."


def test_last_sentence_that_is_too_long_is_cut_at_its_start() -> None:
    assert sentences_before([LONG, "Two."], 1).split() == LONG.split()[-60:]
