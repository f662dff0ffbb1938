"""A fact that drops the date of its sentence gets it back."""

from __future__ import annotations

import pytest

from briefer.naming.dating import date
from briefer.schema import DraftLine, Passage, PassageKind
from tests.fakes import cleaned


def dated(sentence: str, words: str, kind: PassageKind = "fact") -> str:
    line = DraftLine(Passage(kind, (0,), 0.9), words, "model")
    return date(line, cleaned(sentence)).text


@pytest.mark.parametrize(
    ("sentence", "line", "expected"),
    [
        ("In 1998, Ann Lee fell ill.", "Ann Lee fell ill.", "In 1998, Ann Lee fell ill."),
        ("Last week, the port shut.", "The port shut.", "Last week, the port shut."),
        ("Three years ago the port shut.", "The port shut.", "Three years ago, the port shut."),
        (
            "Last summer, amid a strike, Selby port shut.",
            "Selby port shut.",
            "Last summer, Selby port shut.",
        ),
        (
            "After the war ended in 1998, the Oru Bank said that it was broke.",
            "The Oru Bank said that it was broke.",
            "In 1998, the Oru Bank said that it was broke.",
        ),
        (
            "Bo, a doctor, said that in 1998, Ann Lee fell ill.",
            "Bo said Ann Lee fell ill.",
            "Bo said that in 1998, Ann Lee fell ill.",
        ),
    ],
)
def test_date_is_put_back(sentence: str, line: str, expected: str) -> None:
    assert dated(sentence, line) == expected


def test_date_is_put_back_at_its_place_behind_an_ellipsis() -> None:
    told = dated("Bo… said that in 1998, Ann Lee fell ill.", "Bo… said Ann Lee fell ill.")

    assert told == "Bo... said that in 1998, Ann Lee fell ill."


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        # The line has a time, opens otherwise, or tells of something else than the date does.
        ("In 1998, Ann Lee fell ill.", "Ann Lee fell ill on Monday."),
        ("In 1998, Ann Lee fell ill.", "Doctors say Ann Lee fell ill."),
        ("In 1998, Ann Lee fell ill.", "Ann Lee opposes the harbour and the new quay."),
        ("Ann Lee fell ill in 1998.", "Ann Lee fell ill."),
        ("In 1998, Ann Lee fell ill.", 'Bo wrote "Ann Lee fell ill".'),
        # The date is of what is said, not of the saying.
        ("Sales fell in January, the Oru Bank said.", "The Oru Bank said sales fell."),
        ("Sales fell last month, the Oru Bank said on Friday.", "The Oru Bank said sales fell."),
        ("Sales fell in 2014, Bo Low told the court.", "Bo Low told the court sales fell."),
        ("Thieves came a few years ago, locals said by phone.", "Locals said thieves came."),
    ],
)
def test_line_without_a_place_for_the_date_stays(sentence: str, line: str) -> None:
    assert dated(sentence, line) == line


def test_headlines_and_views_keep_their_words() -> None:
    assert dated("In 1998, Ann Lee fell ill.", "Ann Lee fell ill", "headline") == "Ann Lee fell ill"
