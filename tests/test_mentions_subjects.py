"""Sentences whose subject is a pronoun that nothing before it explains."""

from __future__ import annotations

import pytest

from briefer.mentions import subjects


@pytest.mark.parametrize(
    ("sentence", "pronoun"),
    [
        ("She left.", "She"),
        ("In May he left.", "he"),
        ("When he won the prize, he wept.", "he"),
        ("But it closed.", "it"),
        ("Just days after it opened, it closed.", "it"),
        ("What they found was a boat.", "they"),
    ],
)
def test_unnamed_subject_is_found(sentence: str, pronoun: str) -> None:
    found = subjects.unnamed(sentence)

    assert found is not None
    assert found["pronoun"] == pronoun


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Lee left.",
        "When Ann Lee won, she wept.",
        "When the baker won, she wept.",
        "It is clear that the port leaks.",
        'After "the flood" it closed.',
    ],
)
def test_named_subject_is_not(sentence: str) -> None:
    assert subjects.unnamed(sentence) is None
