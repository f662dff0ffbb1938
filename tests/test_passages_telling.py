"""Sentences that tell something by themselves, and those that do not."""

from __future__ import annotations

import pytest

from briefer.passages import telling
from tests.fakes import cleaned


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Lee sold the old harbour.",
        "Sometimes the harbour floods in March.",
        "This is the third flood in a year.",
        "Based in Oru, the board meets weekly.",
        "Voters in the north want a bridge.",
        "Opinion is split: Some want a bridge.",
        "The crowd outside shouted “No bridge!”",
    ],
)
def test_statement_tells(sentence: str) -> None:
    assert [one.text for one in telling.find(cleaned(sentence))] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Too short a one.",
        "Who will pay for the new bridge?",
        "The harbour of Oru at dawn",
        "Lacks even the basic grasp of fishing.",
        "Ran a school that cheated its pupils.",
        "Read the full reply of the board.",
        "Get involved: Fishing days you'd be crazy to miss .",
        "READ MORE: Bones reveal a fisherman's life .",
        "Click here to read what the board said.",
        'Looks like it\'s no longer a "secret" anymore!',
    ],
)
def test_scrap_question_or_link_does_not(sentence: str) -> None:
    assert telling.find(cleaned(sentence)) == ()


def test_verb_beside_an_item_of_a_list_is_one_too() -> None:
    article = cleaned("Lacks even the basic grasp of it. Filed for six bankruptcies in Oru.")
    alone = cleaned("Files of six bankruptcies burned in Oru.")

    assert telling.find(article) == ()
    assert len(telling.find(alone)) == 1
