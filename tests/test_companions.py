"""Who is named together in a sentence, or shortly before it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.passages import companions
from briefer.schema import ActorKind, Character, CleanArticle
from tests.fakes import character, cleaned


def called(article: CleanArticle, kind: ActorKind, *names: str) -> list[Character]:
    return [replace(character(article, name), kind=kind) for name in names]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Lyr and Tessmark drew a border.", ("Lyr", "Tessmark")),
        ("Lyr drew a border that Tessmark keeps.", ()),
        ("Lyr, Oru and Tessmark drew it.", ("Lyr", "Oru", "Tessmark")),
        ("It was drawn with Lyr and Tessmark in opposition.", ()),
    ],
)
def test_names_in_one_breath_belong_together(words: str, found: tuple[str, ...]) -> None:
    article = cleaned(words)
    everybody = called(article, "state", *(n for n in ("Lyr", "Oru", "Tessmark") if n in words))

    assert companions.together(article, article.sentences, everybody) == found


def test_person_is_not_named_together_with_a_state() -> None:
    article = cleaned("Lyr and Ann Lee drew a border.")
    everybody = [*called(article, "state", "Lyr"), *called(article, "person", "Ann Lee")]

    assert companions.together(article, article.sentences, everybody) == ()


def test_they_are_the_pair_named_before() -> None:
    article = cleaned("Lyr and Tessmark quarrelled. Rain fell. They agreed.")
    both = called(article, "state", "Lyr", "Tessmark")

    assert companions.before(article, 2, both) == ("Lyr", "Tessmark")


def test_pair_just_before_is_the_last_sentences_only() -> None:
    article = cleaned("Lyr accused Tessmark. They settled. They agreed.")
    both = called(article, "state", "Lyr", "Tessmark")

    assert companions.just_before(article, 1, both) == ("Lyr", "Tessmark")
    assert companions.just_before(article, 2, both) == ()
    assert companions.just_before(article, 0, both) == ()


def test_bodies_are_mentioned_before_people() -> None:
    article = cleaned("Ann Lee of the Port Union spoke.")
    everybody = [
        *called(article, "person", "Ann Lee"),
        *called(article, "organisation", "Port Union"),
    ]

    assert companions.mentioned(article, article.sentences, everybody) == ("Port Union",)


def test_name_in_the_dateline_is_not_in_the_sentence() -> None:
    article = cleaned("SELMOR, Lyr (CW) - The union met.")
    (state,) = called(article, "state", "Lyr")

    assert companions.places(state, article.sentences[0]) == []


def test_nouns_are_no_names() -> None:
    assert companions.names(["leaders", "Members", "Lyr", "111 countries"]) == [
        "Lyr",
        "111 countries",
    ]
