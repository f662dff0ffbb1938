"""The words before a passage."""

from __future__ import annotations

from briefer.drafting.context import opening, sentences_before, shown

LONG = " ".join(f"w{k}" for k in range(70))


def test_whole_sentences_that_fit_stand_before_a_passage() -> None:
    assert sentences_before(["One.", "Two.", "Three."], 2) == "One. Two."


def test_nothing_stands_before_the_first_sentence() -> None:
    assert sentences_before(["One."], 0) == ""


def test_sentence_that_does_not_fit_is_left_out() -> None:
    assert sentences_before([LONG, "Two.", "Three."], 2) == "Two."


def test_last_sentence_that_is_too_long_is_cut_at_its_start() -> None:
    assert sentences_before([LONG, "Two."], 1).split() == LONG.split()[-60:]


def test_what_was_shown_is_what_the_prompt_tells() -> None:
    sentences = [
        " ".join(f"{name}{k}" for k in range(n))
        for name, n in zip("abcd", (20, 15, 40, 9), strict=True)
    ]

    overlapping = (opening(sentences, 3), shown(sentences, 3))
    apart = (opening([*sentences, LONG], 5), shown([*sentences, LONG], 5))

    assert overlapping == ("", (1, 2))
    assert apart == (" ".join(sentences[:2]), (0, 1, 4))
