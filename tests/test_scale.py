"""What candidates are measured against: ranks, datelines, who judges."""

from __future__ import annotations

import pytest

from briefer import mentions
from briefer.actors import candidates, salience
from briefer.actors.candidates import Candidate
from briefer.actors.scale import Scale
from tests.parsing import article, parse, statements_in

pytestmark = pytest.mark.model

STORY = (
    "PORT SELBY (AP) - Mayor Ruth Amari condemned the strike on Monday.\n\n"
    "Amari said the city was tired. Paul Novak and Ann Low both said that they would go on. "
    "The council met in Hamburg."
)


def measured(words: str, title: str | None = None) -> tuple[Scale, dict[str, Candidate]]:
    found = candidates.find(parse(words), mentions.assemble(parse(words)))
    scale = Scale(article(words, title), parse(words), found, statements_in(words))
    return scale, {one.name: one for one in found}


def test_most_named_comes_first_and_the_first_named_opens() -> None:
    scale, by_name = measured(STORY)

    assert scale.rank(by_name["Ruth Amari"]) == 0
    assert scale.order(by_name["Ruth Amari"]) < scale.order(by_name["Paul Novak"])


def test_judgements_are_told_from_plain_statements() -> None:
    scale, by_name = measured(STORY)

    assert scale.said(by_name["Ruth Amari"]) == 2
    assert scale.judged(by_name["Ruth Amari"]) == 1


def test_words_of_two_count_for_both() -> None:
    scale, by_name = measured(STORY)

    assert scale.said(by_name["Paul Novak"]) == 1
    assert scale.said(by_name["Ann Low"]) == 1


def test_dateline_ends_after_the_agency() -> None:
    scale, _ = measured(STORY)

    assert STORY[: scale.dateline] == "PORT SELBY (AP)"


def test_text_without_a_dateline_has_none() -> None:
    scale, _ = measured("Mayor Ruth Amari condemned the strike on Monday.")

    assert scale.dateline == 0


def test_surname_in_the_title_counts_for_a_person() -> None:
    scale, by_name = measured(STORY, "Amari blames strikers")

    assert salience.features(scale, by_name["Ruth Amari"])["in title"] == 1.0
    assert "in title" not in salience.features(scale, by_name["Paul Novak"])


def test_event_of_one_word_is_known_by_it_and_one_of_more_is_nobody() -> None:
    scale, by_name = measured("The Open began. Ann Low won the Open and the Selby Games again.")

    assert salience.features(scale, by_name["Open"])["thing"] == 1.0
    assert "Selby Games" not in by_name
