"""A view's line must be carried by sentences that dissent, not only its passage."""

from __future__ import annotations

import pytest

from briefer import checks
from briefer.schema import DraftLine, Passage, Reason
from tests.fakes import cleaned

ARTICLE = cleaned(
    "Ann Lee toured the harbour of Port Selby. Lee called the strike of its dockers a disgrace."
)


def reason_of(words: str, odds: tuple[float, ...], *carriers: int) -> Reason | None:
    passage = Passage("dissent", (0, 1), 0.9, speaker="Ann Lee", odds=odds)
    return checks.review(DraftLine(passage, words, "model"), carriers, ARTICLE, (), ()).reason


def test_line_from_the_part_of_a_passage_that_opposes_nothing_is_no_view() -> None:
    assert reason_of("Ann Lee toured the harbour of Port Selby.", (0.3, 0.9), 0) == "not_dissent"


def test_line_with_one_dissenting_sentence_among_its_carriers_is_a_view() -> None:
    words = "Ann Lee toured the harbour and called the strike a disgrace."

    assert reason_of(words, (0.3, 0.9), 0, 1) is None


@pytest.mark.parametrize(
    ("words", "odds", "reason"),
    [
        ("Ann Lee called the strike of the dockers theirs.", 0.5, "not_dissent"),
        ("Ann Lee called the strike of the dockers theirs.", 0.6, None),
        ("Ann Lee called the strike of the dockers wrong.", 0.5, None),
        ("Ann Lee called the strike of the dockers wrong.", 0.3, "not_dissent"),
    ],
)
def test_line_that_takes_issue_needs_less_of_its_sentences(
    words: str, odds: float, reason: Reason | None
) -> None:
    assert reason_of(words, (0.1, odds), 1) == reason


def test_view_without_odds_is_left_to_the_other_checks() -> None:
    assert reason_of("Ann Lee toured the harbour of Port Selby.", (), 0) is None
