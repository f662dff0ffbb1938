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
    ],
)
def test_who_takes_no_side_reports(words: str) -> None:
    assert reporting.only_reports(words)


@pytest.mark.parametrize(
    ("words", "is_report"),
    [
        ("Ann Lee has faced sharp criticism for the state of the harbour.", True),
        ("The Harbour Board drew much criticism for the dismissals.", True),
        ("The dismissals were condemned as theft.", False),
        ("Ann Lee says she has faced sharp criticism from people who know nothing.", False),
        ("Ann Lee complained that she was mocked by the board.", False),
        ("Ann Lee said she was sorry for calling the docker a thief.", True),
        ("Ann Lee said the board should be sorry for the dismissals.", False),
        ("Bo Vass said it would be improper to comment on the inquiry.", True),
        ("Bo Vass called the inquiry improper.", False),
    ],
)
def test_who_is_blamed_is_sorry_or_says_nothing_opposes_nothing(
    words: str,
    is_report: bool,  # noqa: FBT001
) -> None:
    assert reporting.only_reports(words) == is_report


@pytest.mark.parametrize(
    ("words", "is_report"),
    [
        ("The candidates said the shooting was a tragedy.", True),
        ('Ann Lee called the loss of the ferry "a complete disaster".', True),
        ("Bo Vass expressed deep sadness at the end of the line.", True),
        ("Ann Lee said the accident would be a disaster for the ferry's owners.", False),
        ("Ann Lee said the deal is a tragedy for the town.", False),
    ],
)
def test_grief_that_nobody_disputes_reports(words: str, *, is_report: bool) -> None:
    assert reporting.only_reports(words) is is_report


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
