"""What candidates are measured against: ranks, datelines, who judges."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefer.actors import candidates, salience
from briefer.actors.candidates import Candidate
from briefer.actors.scale import Scale
from briefer.schema import Tags
from briefer.text import runs
from tests.parsing import article, assembled, parse, statements_in

pytestmark = pytest.mark.model

STORY = (
    "PORT SELBY (AP) - Mayor Ruth Amari condemned the strike on Monday.\n\n"
    "Amari said the city was tired. Paul Novak and Ann Low both said that they would go on. "
    "The council met in Hamburg."
)


def measured(words: str, title: str | None = None) -> tuple[Scale, dict[str, Candidate]]:
    found = candidates.find(parse(words), assembled(words))
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


def told(words: str, **odds: float) -> list[Tags]:
    """Tags of a tagger that has something to say of some words, 0 of all others."""
    return [
        Tags(
            *(0.1,) * 4,
            acting=tuple(odds.get(sentence.text[a:b], 0.0) for a, b in runs(sentence.text)),
        )
        for sentence in article(words).sentences
    ]


def read(words: str, tags: Sequence[Tags]) -> tuple[Scale, dict[str, Candidate]]:
    found = candidates.find(parse(words), assembled(words))
    scale = Scale(article(words), parse(words), found, statements_in(words), tags)
    return scale, {one.name: one for one in found}


def test_what_a_tagger_sees_of_a_name_is_the_mean_of_its_mentions() -> None:
    scale, by_name = read(STORY, told(STORY, Amari=2.0, Novak=-1.0, Ruth=9.0))

    assert scale.acting(by_name["Ruth Amari"]) == 2.0  # the name's head stands for it
    assert scale.acting(by_name["Paul Novak"]) == -1.0
    assert scale.words(by_name["Paul Novak"]) == [(2, 1)]


def test_nobody_knows_what_no_tagger_has_read() -> None:
    unread, by_name = read(STORY, ())
    beginning, _ = read(STORY, told(STORY, Amari=2.0, Novak=3.0)[:1])

    assert not unread.is_read
    assert beginning.is_read
    assert beginning.acting(by_name["Ruth Amari"]) == 2.0
    assert beginning.acting(by_name["Paul Novak"]) == 0.0


def test_salience_follows_what_a_tagger_sees() -> None:
    def salience_of(odds: float) -> float:
        scale, by_name = read(STORY, told(STORY, Novak=odds))
        return salience.probability(scale, by_name["Paul Novak"])

    assert salience_of(-3.0) < salience_of(0.0) < salience_of(3.0)


def test_words_of_a_possessive_and_of_a_shortened_name_are_found() -> None:
    words = "U.S. officials met Ann Low\u2019s lawyer. The U.S. said nothing."
    scale, by_name = read(words, told(words, S=1.5, Low=-2.0))

    assert scale.acting(by_name["Ann Low"]) == -2.0
    assert scale.acting(next(one for name, one in by_name.items() if "U.S" in name)) == 1.5
