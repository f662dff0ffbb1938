"""A view's line that only reports something opposes nothing."""

from __future__ import annotations

import pytest

from briefer.checks import reporting


@pytest.mark.parametrize(
    "words",
    [
        "Lyr's rebels claimed to have shot down a jet of the air force.",
        "The Harbour Board filed a 52-count complaint against the dockers.",
        "Ann Lee explained that the pay is 1 percent of the budget.",
    ],
)
def test_claim_of_a_battle_bare_filing_and_explanation_report(words: str) -> None:
    assert reporting.only_reports(words)


@pytest.mark.parametrize(
    "words",
    [
        "Councillors asked the harbour master if he knew of the leak.",
        "Ann Lee said her father told her it would be a mistake to stay away.",
        "Ann Lee, a docker, recalled that her own mother had urged her to play.",
    ],
)
def test_question_and_the_words_of_somebody_else_report(words: str) -> None:
    assert reporting.only_reports(words)


@pytest.mark.parametrize(
    "words",
    [
        "Ann Lee says she has no view on the pay but is sorry for the town.",
        "The Harbour Board said it had nothing to add to the mayor's remarks.",
        "Bo Vass said the threat must be taken seriously.",
        "Bo Vass said it would be improper to comment on the inquiry.",
    ],
)
def test_who_takes_no_side_reports(words: str) -> None:
    assert reporting.only_reports(words)


@pytest.mark.parametrize(
    ("words", "is_report"),
    [
        ("The Audit Office estimates that the ferry would cost 3 million crowns a year.", True),
        ("The Audit Office estimates the cost but says the ferry is not needed.", False),
        ("The Port Party backs the plan as a first wish of voters.", True),
        ("The Port Party backs the plan but wants its price halved.", False),
        ("The dockers lost their bid to keep the old rules.", True),
        ("The dockers became angry and walked out in protest.", False),
        ("Ann Lee said she lost her job over it.", False),
    ],
)
def test_deed_estimate_and_support_report_where_nothing_else_follows(
    words: str, *, is_report: bool
) -> None:
    assert reporting.only_reports(words) is is_report


@pytest.mark.parametrize(
    ("words", "is_report"),
    [
        ("The Harbour Guardians withdrew their opposition to the quay.", True),
        ("Bo Vass retracted his accusations.", True),
        ("The state of Lyr withdrew its ambassador.", False),
    ],
)
def test_who_takes_back_what_they_opposed_reports(words: str, *, is_report: bool) -> None:
    assert reporting.only_reports(words) is is_report


@pytest.mark.parametrize(
    "words",
    [
        "Ann Lee asked the court to stop the sale.",
        "Ann Lee said her party told the town the truth, and the mayor lied.",
        "Ann Lee explained that the board had failed the dockers.",
        "Ann Lee called the strike a disgrace.",
    ],
)
def test_what_opposes_somebody_does_more_than_report(words: str) -> None:
    assert not reporting.only_reports(words)
