"""Stems meet where words are kin, rare words weigh more, shares are between 0 and 1."""

from __future__ import annotations

from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer import terms
from tests.fakes import cleaned


@pytest.mark.parametrize(
    "kin",
    [
        ("denied", "denies", "deny"),
        ("criticised", "criticizing", "criticism", "critics"),
        ("negotiation", "negotiate", "negotiating", "negotiated"),
        ("plan", "planned", "plans", "planning"),
        ("Iran", "Iranian", "Iran's"),
        ("rejected", "rejects", "rejection"),
        ("1,200", "1200"),
    ],
)
def test_kindred_words_share_a_stem(kin: tuple[str, ...]) -> None:
    assert len({terms.stem(word) for word in kin}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("union", "unit"), ("minister", "mine"), ("country", "county"), ("party", "part")],
)
def test_strangers_do_not_share_a_stem(one: str, other: str) -> None:
    assert terms.stem(one) != terms.stem(other)


def test_content_leaves_function_words_out_and_splits_compounds() -> None:
    found = terms.content("The Prime Minister of a 12-year-old state said that he is anti-war")

    assert {"12", "war", "anti"} <= found
    assert found.isdisjoint({"the", "of", "a", "that", "he", "is", "said"})


def test_rare_words_weigh_more_than_common_ones() -> None:
    rare = terms.rarity(["the harbour strike", "the strike", "the strike goes on"])

    assert rare[terms.stem("harbour")] > rare[terms.stem("strike")]


def test_term_that_is_nowhere_weighs_as_much_as_the_rarest() -> None:
    rare = terms.rarity(["the harbour strike", "the strike"])

    assert rare["zebra"] == rare[terms.stem("harbour")]
    assert "zebra" not in rare
    assert terms.rarity([])["zebra"] == 1


def test_weighing_looks_up_only_what_it_weighs() -> None:
    class Watched(terms.Rarity):
        def values(self) -> NoReturn:
            raise AssertionError("walked over all terms of the article")

    rare = Watched(terms.rarity(["harbour strike", "city council", "the strike"]))

    assert terms.weight(["zebra"], rare) == pytest.approx(1.386, abs=0.001)


def test_share_is_one_for_what_stands_whole_and_zero_for_nothing() -> None:
    rare = terms.rarity(["harbour strike", "city council"])
    part = terms.content("harbour strike")

    assert terms.share(part, terms.content("the strike in the harbour"), rare) == 1
    assert terms.share(part, terms.content("city council"), rare) == 0
    assert terms.share(frozenset(), part, rare) == 0


def test_rarity_of_an_article_counts_its_sentences() -> None:
    article = cleaned("The harbour is closed. The strike goes on. The strike is long.")

    rare = terms.rarity_in(article)

    assert rare[terms.stem("harbour")] == pytest.approx(1.386, abs=0.001)  # ln(1 + 3/1)
    assert rare[terms.stem("strike")] == pytest.approx(0.916, abs=0.001)  # ln(1 + 3/2)


@given(st.text(max_size=200))
def test_any_text_has_terms(words: str) -> None:
    found = terms.content(words)

    assert terms.share(found, found, terms.rarity([words])) in (0.0, pytest.approx(1.0))


def test_word_of_all_news_is_less_rare_than_a_name_and_a_new_word_is_rarest() -> None:
    year, harbour, name = map(terms.rarity_in_news, ("year", terms.stem("harbour"), "xolani"))

    assert year < 0.4 < harbour < name == 1


def test_of_words_equally_rare_in_an_article_the_rare_in_news_tells_more() -> None:
    telling = terms.telling_in(cleaned("Xolani waited. Leave a reply."))

    assert telling[terms.stem("leave")] < 0.5 * telling[terms.stem("Xolani")]
    assert telling["zebra"] < telling[terms.stem("Xolani")] * 1.01
