"""How closely a line follows a sentence of its passage."""

from __future__ import annotations

import pytest

from briefer.drafting.closeness import closeness

SENTENCE = "The harbour of Oru, which is old, closed on Tuesday."


@pytest.mark.parametrize(
    ("line", "share"),
    [
        ("The harbour of Oru closed on Tuesday.", 1.0),
        ("On Tuesday the harbour closed.", 3 / 5),
        ("Oru's old port has shut.", 1 / 5),
        ("", 1.0),
    ],
)
def test_closeness_is_the_share_of_words_that_stand_in_the_sentence_in_order(
    line: str, share: float
) -> None:
    assert closeness(line, [SENTENCE]) == pytest.approx(share)


def test_line_is_as_close_as_to_its_closest_sentence() -> None:
    assert closeness("It closed on Tuesday.", ["The ferry sank.", SENTENCE]) == 3 / 4


def test_line_without_a_sentence_is_close_to_nothing() -> None:
    assert closeness("It closed.", []) == 0.0
