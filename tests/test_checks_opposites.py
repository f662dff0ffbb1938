"""Lines that tell the opposite of their text, and lines that only seem to."""

from __future__ import annotations

import pytest

from briefer.checks import opposites


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Exports fell.", "Exports rose sharply."),
        ("The council approved the plan.", "The council rejected the plan."),
        ("He confirmed the report.", "He denied the report."),
    ],
)
def test_opposite_is_found(line: str, source: str) -> None:
    assert opposites.find(line, source) != ""


def test_line_with_both_opposites_of_the_text_passes() -> None:
    assert opposites.find("Exports rose, imports fell.", "Exports rose and imports fell.") == ""


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Enrollment increased 5 percent.", "Enrollment is up 5 percent this fall."),
        ("Prices rose.", "Prices are the highest since last fall."),
        ("Gunmen opened fire on a bus.", "Gunmen shot at a bus close to the border."),
        ("Sales grew.", "Sales went up, but the firm declined to comment."),
        ("Police arrested three men.", "Police released a brief statement: they hold three men."),
        ("The board rejected the offer.", "The board did not accept the offer."),
        ("It needed no approval.", "He rejected claims that it did."),
        ("Macron won the vote.", "Le Pen lost the vote to Macron."),
        ("Macron won.", "Macron defeated Le Pen."),
        ("Barcelona won 3-0.", "Selby were defeated 3-0 by Barcelona."),
    ],
)
def test_other_sense_of_a_word_is_no_opposite(line: str, source: str) -> None:
    assert opposites.find(line, source) == ""


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Prices rose.", "The fall in prices went on."),
        ("Orders grew.", "Orders declined."),
        ("Lee won the vote.", "Lee lost the vote."),
        ("Police arrested Lee.", "Police released Lee."),
    ],
)
def test_same_word_in_its_own_sense_is_one(line: str, source: str) -> None:
    assert opposites.find(line, source) != ""
