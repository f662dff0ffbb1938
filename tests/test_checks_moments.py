"""Lines that set something on the other side of a date than their text."""

from __future__ import annotations

import pytest

from briefer.checks import moments


@pytest.mark.parametrize(
    ("line", "source", "found"),
    [
        ("It is shut after Friday.", "It is shut until Friday.", "after Friday"),
        ("It is shut since Friday.", "It is shut until early Friday.", "since Friday"),
        ("He must pay after June 3.", "He must pay by June 3.", "after June 3"),
        ("It fell before 2010.", "It fell after 2010.", "before 2010"),
        ("Until Oct. 2019 Oru paid.", "Oru pays since Oct. 2019.", "until Oct. 2019"),
        (
            "It will open after the end of the year.",
            "It will open before the end of the year.",
            "after the end of the year",
        ),
    ],
)
def test_turned_time_is_found(line: str, source: str, found: str) -> None:
    assert moments.turned(line, source) == found


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("It is shut until Friday.", "It is shut till Friday, and open after Friday."),
        ("It fell after 2010.", "It fell following 2010."),
        ("It is shut after Friday.", "It was shut on Friday."),
        ("It is shut after Friday.", "It was shut until Monday."),
        ("It fell from 2010.", "It fell until 2010."),
        ("He must pay by June 3.", "He must pay before June 3."),
    ],
)
def test_same_or_other_time_passes(line: str, source: str) -> None:
    assert moments.turned(line, source) == ""
