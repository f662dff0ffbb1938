"""Numbers that have changed places in a line."""

from __future__ import annotations

import pytest

from briefer.checks import exchanges


@pytest.mark.parametrize(
    ("line", "source", "found"),
    [
        ("10 men died and 25 women.", "25 men died and 10 women.", "10 / 25"),
        (
            "A crash killed 25 people and injured 10 others.",
            "A crash killed 10 people and injured 25 others.",
            "25 / 10",
        ),
        ("Two buses and six cars burnt.", "Six buses and two cars burnt.", "Two / six"),
    ],
)
def test_exchanged_numbers_are_found(line: str, source: str, found: str) -> None:
    assert exchanges.find(line, source) == found


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("25 women and 10 men died.", "10 men and 25 women died."),
        ("10 men died.", "25 women and 10 men died."),
        ("The vote was 51 to 49.", "49 of 100 voted no, 51 yes."),
        ("25 men and 10 women, 10 of them old.", "25 women and 10 men died."),
        ("Lee won 6 seats of 50.", "Of 50 seats Lee won 6."),
    ],
)
def test_numbers_in_their_places_pass(line: str, source: str) -> None:
    assert exchanges.find(line, source) == ""
