"""Numbers that a line bounds from the other side than its text."""

from __future__ import annotations

import pytest

from briefer.checks import bounds


@pytest.mark.parametrize(
    ("line", "source", "number"),
    [
        ("More than 300 people came.", "Fewer than 300 people came.", "300"),
        ("Over 300 people came.", "Nearly 300 people came.", "300"),
        ("At least two men died.", "At most two men died.", "2"),
        ("It costs over $5 million.", "It costs up to $5 million.", "5e+06"),
        ("No more than 40 came.", "No fewer than 40 came.", "40"),
        ("Those under 18 may vote.", "Those aged 18 or over may vote.", "18"),
        ("It lasted under two years.", "It lasted more than two years.", "2"),
        ("Almost 90 percent agreed.", "Support exceeded 90 percent.", "90"),
    ],
)
def test_other_side_of_a_number_is_found(line: str, source: str, number: str) -> None:
    assert bounds.turned(line, source) == number


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("More than 300 people came.", "At least 300 people came."),
        ("More than 300 people came.", "300 people came."),
        ("300 people came.", "Almost 300 people came."),
        ("No more than 40 came.", "Fewer than 40 came."),
        ("No less than 40 came.", "Over 40 came."),
        ("It cost up to 9m over two years.", "It cost less than 9m in almost two years."),
        ("More than 300 came.", "Fewer than 300 came, of the 300 seats most were free."),
        ("Over 300 came.", "Nearly 400 came."),
    ],
)
def test_same_side_or_none_passes(line: str, source: str) -> None:
    assert bounds.turned(line, source) == ""
