"""How likely a view's line is to oppose something, by odds and words together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.checks import opposing
from briefer.schema import DraftLine, Passage


def doubt(words: str, odds: float, score: float) -> str:
    passage = Passage("dissent", (4,), score, speaker="Ann Lee", odds=(odds,))
    return opposing.lack(DraftLine(passage, words, "model"), [4])


def test_middling_odds_need_a_word_that_opposes() -> None:
    plain = doubt("Ann Lee told the board that the pay would rise in May.", 0.7, 0.4)
    denied = doubt("Ann Lee denied that the pay would rise in May.", 0.7, 0.4)

    assert plain == "neither its words nor its sentences oppose much"
    assert denied == ""


def test_high_odds_need_none() -> None:
    assert doubt("Ann Lee told the board that the pay would rise in May.", 0.97, 0.9) == ""


def test_line_that_is_little_believed_needs_more_to_oppose() -> None:
    passage = Passage("dissent", (4,), 0.4, speaker="Ann Lee", odds=(0.9,))
    plain = DraftLine(passage, "Ann Lee says that the pay would rise in May.", "model", trust=0.2)
    denied = replace(plain, text="Ann Lee denies that the pay would rise in May.")

    found = [opposing.lack(line, [4]) for line in (plain, denied, replace(plain, trust=0.8))]

    assert found == ["neither its words nor its sentences oppose much", "", ""]


def test_low_odds_are_not_mended_by_words() -> None:
    found = doubt("Ann Lee denied that the pay would rise in May.", 0.2, 0.9)

    assert found == "no sentence that carries it dissents"


def test_line_without_known_odds_is_not_doubted() -> None:
    passage = Passage("dissent", (4,), 0.3, speaker="Ann Lee")

    assert opposing.lack(DraftLine(passage, "Ann Lee toured the port.", "model"), [4]) == ""


@pytest.mark.parametrize(
    "words",
    ["Ann Lee did not tour the port.", "Ann Lee called the port unsafe.", "Ann Lee blamed Bo."],
)
def test_denial_prefix_and_blame_find_fault(words: str) -> None:
    assert opposing.finds_fault(words)


def test_plain_report_finds_none() -> None:
    assert not opposing.finds_fault("Ann Lee toured the port.")


@pytest.mark.parametrize(
    ("opposes", "odds", "trust", "is_told"),
    [
        (2.0, 0.9, 0.7, True),
        (-2.0, 0.9, 0.7, False),
        (2.0, 0.05, 0.7, False),
        (0.8, 0.8, 0.8, True),
        (0.8, 0.8, 0.2, False),
    ],
)
def test_what_its_reader_sees_stands_for_the_words(
    opposes: float, odds: float, trust: float, *, is_told: bool
) -> None:
    passage = Passage("dissent", (4,), 0.5, speaker="Ann Lee", odds=(odds,))
    line = DraftLine(passage, "Ann Lee toured the port.", "model", trust=trust, opposes=opposes)

    assert (opposing.lack(line, [4]) == "") is is_told
