"""The verb and what was said, in the article's own clause."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.drafting import predicates
from tests.fakes import cleaned, says, span


def predicate(words: str, source: str, cue: str, content: str) -> str | None:
    article = cleaned(words)
    statement = replace(
        says(article, "Tom Okoro", content), source=span(article, source), cue=span(article, cue)
    )
    return predicates.find(article, statement)


@pytest.mark.parametrize(
    ("words", "source", "cue", "content"),
    [
        ("Okoro said she had voted against it.", "Okoro", "said", "she had voted against it"),
        ("Okoro denied him entry to the port.", "Okoro", "denied", "him entry to the port"),
        ("Okoro said was a failure of the board.", "Okoro", "said", "was a failure of the board"),
        (
            "Okoro noted some errors of his own, like.",
            "Okoro",
            "noted",
            "some errors of his own, like",
        ),
        ("Okoro has written to the minister.", "Okoro", "written", "to the minister"),
        ("Asked about the levy, Okoro left.", "Okoro", "Asked", "about the levy"),
        ("The bank closed after Okoro accused it.", "Okoro", "accused", "The bank closed"),
    ],
)
def test_clause_that_leaves_open_what_it_is_about_is_not_composed(
    words: str, source: str, cue: str, content: str
) -> None:
    assert predicate(words, source, cue, content) is None


@pytest.mark.parametrize(
    ("words", "source", "cue", "content"),
    [
        (
            "The plan, which Mayor Okoro dismissed as a fantasy, failed.",
            "Okoro",
            "dismissed",
            "as a fantasy",
        ),
        (
            "The levy, which Okoro called a tax on the poor, is due.",
            "Okoro",
            "called",
            "a tax on the poor",
        ),
        (
            "The buses stop, a move that Okoro branded a theft of time.",
            "Okoro",
            "branded",
            "a theft of time",
        ),
        (
            "A move Okoro described as reckless and unfair.",
            "Okoro",
            "described",
            "as reckless and unfair",
        ),
        ("He denounced what Okoro called a brazen lie.", "Okoro", "called", "a brazen lie"),
        (
            "Aides asked Okoro to describe the talks in private.",
            "Okoro",
            "to describe",
            "the talks in private",
        ),
    ],
)
def test_clause_that_is_about_what_stands_before_it_is_not_composed(
    words: str, source: str, cue: str, content: str
) -> None:
    assert predicate(words, source, cue, content) is None


@pytest.mark.parametrize(
    "words",
    [
        "A letter in which Okoro denounced the fee as theft.",
        "The clerk who said Okoro denounced the fee as theft.",
        "We hear that Okoro denounced the fee as theft.",
    ],
)
def test_whole_clause_behind_other_words_is_composed(words: str) -> None:
    told = predicate(words, "Okoro", "denounced", "the fee as theft")

    assert told == "denounced the fee as theft"


def test_half_of_what_was_said_is_not_told_where_it_is_a_scrap() -> None:
    article = cleaned('Mills "got an immunity deal," Okoro said, and still "got to sit there".')
    halves = (span(article, 'Mills "got an immunity deal,"'), span(article, '"got to sit there"'))
    statement = replace(
        says(article, "Tom Okoro", 'Mills "got an immunity deal,"'),
        source=span(article, "Okoro"),
        cue=span(article, "said"),
        content=halves,
    )

    assert predicates.find(article, statement) is None
