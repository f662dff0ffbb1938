"""Sentences that tell something by themselves, and those that do not."""

from __future__ import annotations

import pytest

from briefer.passages.telling import is_telling


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Lee sold the old harbour.",
        "Sometimes the harbour floods in March.",
        "This is the third flood in a year.",
        "Based in Oru, the board meets weekly.",
        "Voters in the north want a bridge.",
        "Opinion is split: Some want a bridge.",
    ],
)
def test_statement_tells(sentence: str) -> None:
    assert is_telling(sentence)


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
    ],
)
def test_scrap_question_or_link_does_not(sentence: str) -> None:
    assert not is_telling(sentence)
