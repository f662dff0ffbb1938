"""A view's line must be carried by sentences that dissent, and oppose something itself."""

from __future__ import annotations

import pytest

from briefer import checks
from briefer.checks import dissenting
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
        ("Ann Lee called the strike of the dockers theirs.", 0.7, None),
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


def lacks(words: str) -> bool:
    passage = Passage("dissent", (0,), 0.9, speaker="Ann Lee")
    return bool(dissenting.lack(DraftLine(passage, words, "model"), [0]))


@pytest.mark.parametrize(
    "words",
    [
        "Ann Lee called the strike a great victory for the town.",
        "Ann Lee hopes that the talks are a success.",
        "Ann Lee is confident of the vote despite members who call the plan unfair.",
        "Ann Lee admitted that her plan had cost the town a year.",
        "Ann Lee does not deny that the plan is dear.",
    ],
)
def test_praise_and_admission_are_no_views(words: str) -> None:
    assert lacks(words)


@pytest.mark.parametrize(
    "words",
    [
        "Ann Lee called the strike a success and the pay unfair.",
        "Ann Lee answered that the strike was a success.",
        "Ann Lee says the new pay is better than the old one.",
        "Ann Lee holds the dockers responsible for the deaths.",
        "Ann Lee says the dockers admitted their part in the fire.",
    ],
)
def test_what_is_weighed_or_answered_may_be_a_view(words: str) -> None:
    assert not lacks(words)


@pytest.mark.parametrize(
    "words",
    [
        "Lyr's rebels claimed to have shot down a jet of the air force.",
        "Ann Lee said she would retaliate to any attack at once.",
        "The Harbour Board filed a 52-count complaint against the dockers.",
        "Ann Lee largely agreed with Bo Vass.",
        "Ann Lee explained that the pay is 1 percent of the budget.",
    ],
)
def test_report_answer_in_kind_filing_and_assent_are_no_views(words: str) -> None:
    assert lacks(words)


@pytest.mark.parametrize(
    "words",
    [
        "Ann Lee urged the town to retaliate for the blockade.",
        "The Harbour Board filed a complaint accusing the dockers of theft.",
        "Ann Lee explained that the board had failed the dockers.",
    ],
)
def test_call_to_retaliate_accusation_and_explained_fault_are_views(words: str) -> None:
    assert not lacks(words)


@pytest.mark.parametrize("words", ["The strike is a disgrace.", "The dockers betrayed this town."])
def test_bare_quotation_that_opposes_something_is_a_view(words: str) -> None:
    assert not lacks(f'Ann Lee said: "{words}"')


@pytest.mark.parametrize(
    "words",
    [
        "The tide is high at Port Selby.",
        "If you allow that, the port will never open.",
        "The town will never pay for it.",
        "God forbid we should ask them.",
    ],
)
def test_bare_quotation_without_a_word_of_blame_is_none(words: str) -> None:
    assert lacks(f'Ann Lee said: "{words}"')
