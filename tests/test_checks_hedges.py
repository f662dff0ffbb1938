"""Conditions, guesses and a "we" that a line leaves out."""

from __future__ import annotations

import pytest

from briefer.checks import hedges


@pytest.mark.parametrize(
    ("line", "text", "lost"),
    [
        (
            "Harbour fees will rise in May.",
            "Harbour fees will rise in May unless the council acts.",
            "unless the council acts",
        ),
        (
            "The ferry line will close its office.",
            "If the loan is refused, the ferry line will close its office.",
            "If the loan is refused",
        ),
        (
            "The ferry line is old and should go.",
            "The ferry line is old and, if not repaired, the line should go.",
            "if not repaired",
        ),
        (
            "Ann Lee died of a heart attack.",
            "Ann Lee died of what appears to be a heart attack.",
            "what appears to be a heart attack",
        ),
        (
            "Bo Vass said troops would be in Oru soon.",
            "Bo Vass said he expected troops to be in Oru soon.",
            "expected troops to be in",
        ),
        ("Ann Lee said she has to win.", 'Ann Lee said: "We have to win."', "she has to"),
        (
            "Ann Lee said she is selling the port.",
            'Ann Lee said: "We are selling the port."',
            "she is selling",
        ),
    ],
)
def test_what_makes_the_text_less_sure_is_missed(line: str, text: str, lost: str) -> None:
    assert list(hedges.lost(line, text)) == [lost]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Fees may rise in May.", "Harbour fees will rise in May unless the council acts."),
        ("Acts of the council keep fees low.", "Fees stay low if the council acts."),
        ("The board will see to the port.", "The board will see if the port leaks."),
        ("Ann Lee apparently died of it.", "Ann Lee died of what appears to be a stroke."),
        ("Troops are expected in Oru.", "Bo Vass expected troops to be in Oru soon."),
        ("Ann Lee said she has to win.", 'Ann Lee said: "I have to win, and we have to try."'),
    ],
)
def test_as_sure_a_line_misses_nothing(line: str, text: str) -> None:
    assert list(hedges.lost(line, text)) == []
