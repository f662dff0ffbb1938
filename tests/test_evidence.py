"""The smallest set of sentences that carries a line, told or not told the passage."""

from __future__ import annotations

import pytest

from briefer import evidence
from briefer.schema import DraftLine, Passage
from tests.fakes import cleaned

ARTICLE = cleaned(
    "The harbour of Port Selby closed on Tuesday. "
    "Some 4,500 dockers walked out over the loss of 120 jobs. "
    "The mayor called the strike a betrayal of the city. "
    "Ferries to Oru stopped as well. "
    "The weather was fine."
)


def line(words: str, *sentences: int) -> DraftLine:
    return DraftLine(Passage("fact", sentences, 1.0), words, "model")


def test_line_from_one_sentence_has_this_sentence() -> None:
    assert evidence.find("Ferries to Oru stopped.", ARTICLE) == (3,)


def test_line_from_two_sentences_has_both_in_order() -> None:
    words = "Dockers walked out over the loss of 120 jobs and the harbour of Port Selby closed."

    assert evidence.find(words, ARTICLE) == (0, 1)


def test_attach_stays_within_the_passage_and_narrows_it() -> None:
    words = "The mayor called the strike a betrayal."

    assert evidence.attach(line(words, 1, 2, 4), ARTICLE) == (2,)
    assert evidence.attach(line(words, 0, 4), ARTICLE) == ()


def test_sentence_that_only_adds_a_number_belongs_to_the_set() -> None:
    article = cleaned(
        "Dockers in Port Selby struck for higher wages on Tuesday. Of them 4,500 came."
    )

    found = evidence.find("Dockers in Port Selby struck on Tuesday, 4,500 of them.", article)

    assert found == (0, 1)


def test_sentence_beside_a_chosen_one_needs_to_add_less() -> None:
    told = (
        "Dockers in Port Selby struck for higher wages, shorter nights, safer cranes and holidays"
    )
    story = "Dockers in Port Selby struck for higher wages, shorter nights and safer cranes."
    beside = cleaned(f"{story} They want holidays too. Rain fell. Snow fell. Ships waited.")
    apart = cleaned(f"{story} Rain fell. Snow fell. Ships waited. They want holidays too.")

    assert evidence.find(told, beside) == (0, 1)
    assert evidence.find(told, apart) == (0,)


def test_word_that_is_in_all_news_does_not_make_a_far_sentence_evidence() -> None:
    article = cleaned(
        "Criss Oliva declined the offer of Megadeth. Rain fell. Snow fell. Ships waited. "
        "Leave a reply."
    )

    assert evidence.find("Oliva declined an offer to leave Savatage for Megadeth.", article) == (0,)


def test_name_alone_makes_a_far_sentence_evidence() -> None:
    article = cleaned(
        "Criss Oliva declined the offer of Megadeth. Rain fell. Snow fell. Ships waited. "
        "Savatage played."
    )

    found = evidence.find("Oliva declined an offer to leave Savatage for Megadeth.", article)

    assert found == (0, 4)


def test_at_most_three_sentences_are_evidence_for_telling_it_again() -> None:
    article = cleaned(" ".join(["Dockers struck in Port Selby."] * 9))

    assert evidence.find("Dockers struck in Port Selby.", article) == (0, 1, 2, 3)


@pytest.mark.parametrize("words", ["", "Elephants dance.", "the of and"])
def test_line_that_nothing_carries_has_no_evidence(words: str) -> None:
    assert evidence.find(words, ARTICLE) == ()


def test_article_without_sentences_carries_nothing() -> None:
    assert evidence.find("Ferries stopped.", cleaned("")) == ()


REFERRED = cleaned(
    "Mayor Ann Lee closed 12 schools in Oru. It rained. She then left the city, to its grief."
)


@pytest.mark.parametrize(
    ("line", "named_in"),
    [
        ("Ann Lee left the city of Oru.", (0,)),
        ("She left the city.", ()),
        ("The mayor who closed 12 schools left.", (0,)),
        ("Tom Okoro left the city.", ()),
        ("City dwellers saw her leave.", ()),
    ],
)
def test_name_from_before_the_passage_shows_its_sentence(
    line: str, named_in: tuple[int, ...]
) -> None:
    assert evidence.naming(line, (2,), REFERRED) == named_in


def test_name_of_words_that_the_article_also_writes_small_shows_its_sentence() -> None:
    article = cleaned("Selby Systems was robbed. Its systems failed. Selby mended them.")

    assert evidence.naming("Now Selby Systems mended them.", (2,), article) == (0,)


def test_nothing_that_no_sentence_carries_is_named() -> None:
    assert evidence.naming("Ann Lee left.", (), REFERRED) == ()
