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
        ("The bomb killed 40 people.", "The bomb injured 40 people."),
        ("They met on Monday evening.", "They met on Monday morning."),
        ("A road in the north is shut.", "A road in the south is shut."),
        ("Rain fell in eastern Oru.", "Rain fell in western Oru."),
        ("The minister resigned.", "The minister was sacked."),
        ("It drew the fewest votes.", "It drew the most votes."),
        ("Oru is the largest port.", "Oru is the smallest port."),
        ("Lee is the oldest of them.", "Lee is the youngest of them."),
        ("It is the worst result.", "It is the best result."),
        ("The price is higher.", "The price is lower."),
        ("Rates are the lowest in a year.", "Rates are the highest in a year."),
        ("Three men were held.", "Three women were held."),
        ("The bank made a loss.", "The bank made a profit."),
        ("Oru lifted the tariff.", "Oru imposed the tariff."),
        ("The budget shows a deficit.", "The budget shows a surplus."),
        ("Oru allowed the rally.", "Oru banned the rally."),
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
        ("The board rejected the offer.", "The board did not accept the offer."),
        ("It needed no approval.", "He rejected claims that it did."),
        ("Macron won the vote.", "Le Pen lost the vote to Macron."),
        ("Macron won.", "Macron defeated Le Pen."),
        ("Barcelona won 3-0.", "Selby were defeated 3-0 by Barcelona."),
        ("Lee resigned.", "Lee gave up the post after the fire."),
        ("The officer quit.", "The officer who fired at the crowd gave up his post."),
        ("The mayor quit.", "The mayor left his post and dismissed the claims."),
        ("Most members voted.", "At least 60 of the 90 members voted."),
        ("A blast hurt Lee's brother.", "Lee died in a blast that left his brother injured."),
        ("The fine was too low.", "The fine could have been six times as high."),
        ("The northern half voted.", "Voters in half of South Oru went to the polls."),
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
    ],
)
def test_same_word_in_its_own_sense_is_one(line: str, source: str) -> None:
    assert opposites.find(line, source) != ""
