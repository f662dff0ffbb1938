"""Words of a line that only another line could explain."""

from __future__ import annotations

import pytest

from briefer.checks import dangling


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("It also agreed to pay.", ["It"]),
        ("Ann Lee defended her visits to those governments.", ["those governments"]),
        ("Bo Vass wants to fight this narrative.", ["this narrative"]),
        ("Ann Lee scolded him.", ["him"]),
        ("The Norland Board told them to wait.", ["them"]),
        ("Doctors wrote to the dean, calling for his dismissal.", ["his dismissal"]),
        ("The author says the claim is false.", ["the claim"]),
        ("Officials made just such a link.", ["such a link"]),
        ("On her papers a clerk had typed a number.", ["her"]),
        ("Bo Vass said she would.", ["she would"]),
        ("Instead, she hopes for a bridge.", ["she"]),
        ("When he won the Golden Net in May, he wept.", ["he"]),
        ("But it closed in March.", ["it"]),
        ("Bo Vass is well and intends to do so.", ["so"]),
        ("Bo Vass vowed that won't stop him.", ["that won't"]),
        ("Ann Low said Selby does it every year.", ["does it"]),
        ("People in other cities met.", ["in other cities"]),
        ("This plan failed.", ["This"]),
        ("Those plans failed.", ["Those"]),
        ("Those proposed cuts will hurt schools.", ["Those"]),
        ("Those planned strikes begin on Monday.", ["Those"]),
        ("Those remaining hostages were freed.", ["Those"]),
        ("Those leading lawmakers voted no.", ["Those"]),
        ("Those speed limits will go.", ["Those"]),
        ("Her boat sank.", ["Her", "Her"]),
        ('"Four or five years," he told Selby Radio.', ["he"]),
        ("Just days after it was put up, it went gray.", ["it"]),
        ("What they found was a boat.", ["they"]),
        ("Not even Ann Lee sails there.", ["Not even"]),
        ("Much has happened since.", ["Much has"]),
        ("Only then will the port reopen.", ["Only then"]),
        ("The only problem was that the port leaks.", ["The only problem was"]),
        ("Growers here are tired.", ["here"]),
        ("In May the star said she would bring the show there.", ["there"]),
        ("There, growers are tired.", ["There"]),
    ],
)
def test_words_that_the_line_does_not_explain_are_found(line: str, expected: list[str]) -> None:
    assert list(dangling.find(line)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "It is clear that the port will close.",
        "There is still time, and there will be no vote.",
        "There isn't enough water, and there won't be a vote.",
        "There used to be a bridge, and there no longer is one.",
        "Help is out there.",
        "Selby growers said roads there are closed.",
        "Growers in Selby are tired, and roads there are closed.",
        'Bo Vass said "it ends here".',
        "Bo Vass said growers are here to stay.",
        "IT workers at the port walked out.",
        "This year's festival drew 20,000 people.",
        "Those convicted face ten years in prison.",
        "Those who fled live in tents.",
        "Those arrested in Selby were freed.",
        "Those wounded are in hospital.",
        "Those refusing treatment could be fined.",
        "Her Majesty's Treasury paid for the port.",
        "The port will close this week and those affected will be paid.",
        "Governments that jail editors learn nothing, and those governments know it.",
        "Bo Vass met Ann Lee and told her to wait.",
        "Ann Lee retracted her charges.",
        'Ann Lee said: "We know this narrative."',
        "The author says the claim that the port pays is false.",
        "Ann Lee said this is a lie.",
        "A ban on nets is near, and such a ban would help.",
        "Towns such as Oru want a bridge.",
        "In her speech, Ann Lee defended the strike.",
        "A fisherman lost his boat.",
        "With his boat, the captain left.",
        "In 2009, Bo Vass said he would go.",
        "In May it was found that the port leaks.",
        "Sunak's board left his harbour.",
        'Ann Lee said it was "a day of relief".',
        '"It was a day of relief," Ann Lee told Selby Radio.',
        "Not all captains want a bridge.",
        "Just days after Ann Lee left, she wept.",
    ],
)
def test_words_that_the_line_explains_are_not(line: str) -> None:
    assert list(dangling.find(line)) == []
