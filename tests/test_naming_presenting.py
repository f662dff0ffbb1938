"""A brief says who somebody is where it first tells of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.naming.presenting import present
from briefer.schema import CleanArticle, DraftLine, Passage, PassageKind
from tests.fakes import character, cleaned, span

ARTICLE = cleaned("The island is new. New Selby volcanologist Ann Low went there. Low said so.")
AFTER = cleaned("Bo Vass, head of the Oru Fund, said no. Cy Dahl, a baker, agreed.")


def line(words: str, kind: PassageKind = "fact") -> DraftLine:
    return DraftLine(Passage(kind, (0,), 0.9), words, "model")


def presented(
    *lines: DraftLine, article: CleanArticle = ARTICLE, name: str = "Ann Low", role: str = ""
) -> list[str]:
    known = character(article, name)
    words = role or "New Selby volcanologist"
    one = replace(known, role=span(article, words))
    return [told.text for told in present(lines, article, (one,))]


def test_first_fact_of_a_person_has_the_role_and_its_sentence() -> None:
    one = replace(character(ARTICLE, "Ann Low"), role=span(ARTICLE, "New Selby volcanologist"))

    first, second = present((line("Ann Low saw ash."), line("Ann Low left.")), ARTICLE, (one,))

    assert (first.text, first.named_in) == ("New Selby volcanologist Ann Low saw ash.", (1,))
    assert (second.text, second.named_in) == ("Ann Low left.", ())


def test_headline_and_views_keep_the_bare_name() -> None:
    told = presented(line("Ann Low saw ash", "headline"), line("Ann Low doubts it.", "dissent"))

    assert told == ["Ann Low saw ash", "Ann Low doubts it."]


def test_role_that_a_line_before_told_is_not_told_again() -> None:
    told = presented(line("A New Selby volcanologist saw ash", "headline"), line("Ann Low left."))

    assert told[1] == "Ann Low left."


def test_who_was_told_of_before_is_not_presented_later() -> None:
    told = presented(line("Low saw ash."), line("Ann Low left."))

    assert told[1] == "Ann Low left."


@pytest.mark.parametrize(
    ("name", "role", "words", "expected"),
    [
        (
            "Bo Vass",
            "head of the Oru Fund",
            "Bo Vass said no.",
            "Bo Vass, head of the Oru Fund, said no.",
        ),
        (
            "Bo Vass",
            "head of the Oru Fund",
            "It was led by Bo Vass.",
            "It was led by Bo Vass, head of the Oru Fund.",
        ),
        ("Cy Dahl", "a baker", "Cy Dahl agreed.", "Baker Cy Dahl agreed."),
        ("Cy Dahl", "a baker", "The idea of Cy Dahl won.", "The idea of baker Cy Dahl won."),
    ],
)
def test_role_after_the_name_goes_where_it_fits(
    name: str, role: str, words: str, expected: str
) -> None:
    assert presented(line(words), article=AFTER, name=name, role=role) == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "Professor Ann Low saw ash.",
        "Ann Low of Selby College saw ash.",
        "Ann Low, who lives there, saw ash.",
        'Growers said "Ann Low saw ash".',
        "Growers, Ann Low, Bo Vass and others saw ash.",
        "Bo Vass and Ann Low saw ash.",
    ],
)
def test_who_is_presented_already_or_stands_in_a_list_is_not(words: str) -> None:
    assert presented(line(words)) == [words]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Founder Ann Low left.", "Founder"),
        ("Then the day's creator Ann Low left.", "the day's creator"),
        ("Ann Low is a volcanologist.", "a volcanologist"),
    ],
)
def test_role_that_says_nothing_by_itself_or_stands_elsewhere_is_not_told(
    text: str, role: str
) -> None:
    assert presented(line("Ann Low saw ash."), article=cleaned(text), role=role) == [
        "Ann Low saw ash."
    ]


def test_role_that_only_opens_a_sentence_is_written_small_within_one() -> None:
    article = cleaned("Volcanologist Ann Low left.")

    told = presented(line("The ash of Ann Low is old."), article=article, role="Volcanologist")

    assert told == ["The ash of volcanologist Ann Low is old."]


@pytest.mark.parametrize(
    "words",
    [
        "Bo read the Ann Low report aloud.",
        "Bo led an Ann Low fan club.",
        "Bo kept her Ann Low novel.",
        "Bo spoke for Ann Low supporters.",
        "Ann Low supporters left.",
        "Ann Low claims were read.",
        "In Selby, Ann Low family ties broke.",
        "Bo wrote of Ann Low-inspired art.",
        "The Ann Low saw is sharp.",
    ],
)
def test_name_that_belongs_to_a_noun_gets_no_role(words: str) -> None:
    assert presented(line(words)) == [words]


def test_role_is_not_put_between_a_name_and_its_noun() -> None:
    words = "Growers spoke for Bo Vass supporters."

    told = presented(line(words), article=AFTER, name="Bo Vass", role="head of the Oru Fund")

    assert told == [words]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ann Low agreed.", "Volcanologist Ann Low agreed."),
        ("Ann Low wrote it.", "Volcanologist Ann Low wrote it."),
        ("Ann Low argues so.", "Volcanologist Ann Low argues so."),
        ("Bo says that Ann Low will go.", "Bo says that volcanologist Ann Low will go."),
        ("It was led by Ann Low for years.", "It was led by volcanologist Ann Low for years."),
        ("Ann Low’s map is old.", "Volcanologist Ann Low’s map is old."),
    ],
)
def test_name_before_a_verb_or_a_small_word_gets_its_role(words: str, expected: str) -> None:
    assert presented(line(words), role="volcanologist") == [expected]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Bo Vass left.", "head of the Oru Fund"),
        ("It was led by Bo Vass.", "head of the Oru Fund"),
        ("Bo Vass's map is old.", "a baker"),
    ],
)
def test_sentence_with_the_role_is_evidence_wherever_it_is_told(words: str, role: str) -> None:
    article = cleaned(f"It is new. Bo Vass, {role}, said no.")
    one = replace(character(article, "Bo Vass"), role=span(article, role))

    (told,) = present((line(words),), article, (one,))

    assert role.removeprefix("a ") in told.text.casefold().replace("oru fund", "Oru Fund")
    assert told.named_in == (1,)
