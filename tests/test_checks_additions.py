"""A line must not be weightier than its text by one small word."""

from __future__ import annotations

import pytest

from briefer.checks import additions


@pytest.mark.parametrize(
    ("line", "read", "expected"),
    [
        ("Only part of it was given out.", "The public got a summary of it.", ["Only"]),
        ("Lyr repeatedly delayed it.", "Lyr delayed it.", ["repeatedly"]),
        ("Tests could soon be used.", "We draw the blood and see, she said.", ["soon"]),
        ("Bo Vass says the quota is too small.", "Bo Vass disputes the quota.", ["too"]),
        ("Lee denied that the paper named any person.", "Lee flatly denied it.", ["any"]),
        ("The panel should know exactly what it does.", "The panel should know it.", ["exactly"]),
        ("A spokesman quickly denied it.", "A spokesman denied it.", ["quickly"]),
        ("Oru must get no deal.", "Lee blasts the Oru letter.", ["must"]),
    ],
)
def test_word_of_weight_that_the_text_lacks_is_found(
    line: str, read: str, expected: list[str]
) -> None:
    assert list(additions.find(line, read)) == expected


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Only part of it was given out.", "Part alone was given out."),
        ("Lyr repeatedly delayed it.", "Lyr delayed it three times."),
        ("Tests could soon be used.", "Tests could be used within weeks."),
        ("The quota is too small.", "The quota is not large enough."),
        ("She went too, Lee said.", "She went as well."),
        ("No gun was laid down before any vote.", "No gun was laid down before a vote."),
        ("Oru must file by Monday.", "Oru needs to file by Monday."),
        ('Lee called it "only a start".', "Lee called it a start."),
        ("Lyr delayed it.", "Lyr delayed it."),
    ],
)
def test_word_with_its_like_in_the_text_is_no_addition(line: str, read: str) -> None:
    assert list(additions.find(line, read)) == []
