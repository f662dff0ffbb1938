"""The rule tagger gives a calibrated row a sentence and ranks those that carry something first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer import tagging
from briefer.tagging import RuleTagger
from tests.fakes import cleaned

TEXT = (
    "Lyr and Tessmark agreed on Monday to share the Ardo shoals for ten years. "
    "Opposition leader Ann Lee denounced the deal as a betrayal and accused them of lying. "
    '"We were never asked," she said. '
    "The sea was calm that day. "
    "Do you have a boat?"
)
ARTICLE = cleaned(TEXT, title="Lyr and Tessmark share shoals")


def test_one_row_a_sentence_and_every_value_is_a_probability() -> None:
    tags = RuleTagger().tag(ARTICLE)

    assert len(tags) == len(ARTICLE.sentences) == 5
    for row in tags:
        assert all(0 < value < 1 for value in (row.fact, row.dissent, row.agreement, row.speech))


def test_each_label_is_highest_where_it_belongs() -> None:
    tags = RuleTagger().tag(ARTICLE)

    assert max(range(5), key=lambda i: tags[i].agreement) == 0
    assert max(range(5), key=lambda i: tags[i].fact) == 0
    assert max(range(5), key=lambda i: tags[i].dissent) == 1
    assert max(range(5), key=lambda i: tags[i].speech) == 2
    assert min(range(5), key=lambda i: tags[i].fact) == 4


def test_neighbours_count() -> None:
    alone = RuleTagger().tag(cleaned("It was a hard winter in the hills."))[0]
    among = RuleTagger().tag(
        cleaned("Lee rejected the claim. It was a hard winter in the hills. Lee denied the charge.")
    )[1]

    assert among.dissent > alone.dissent


def test_article_without_sentences_has_no_tags() -> None:
    assert RuleTagger().tag(cleaned("")) == ()


def test_rule_tagger_has_no_trained_part() -> None:
    assert RuleTagger().adapters == {}


def test_without_a_model_the_rules_tag() -> None:
    assert isinstance(tagging.load(), RuleTagger)


@given(st.text(max_size=500))
def test_no_text_breaks_the_rules(words: str) -> None:
    article = cleaned(" ".join(words.split()))

    assert len(RuleTagger().tag(article)) == len(article.sentences)


@pytest.mark.parametrize("unit", ['"', "said ", "A", "not "])
def test_rules_are_linear_in_the_length_of_a_hostile_text(unit: str) -> None:
    article = cleaned((unit * 50_000).strip())

    assert len(RuleTagger().tag(article)) == len(article.sentences)
