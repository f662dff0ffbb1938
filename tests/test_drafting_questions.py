"""What is sent for one passage, and how its answer is read."""

from __future__ import annotations

import pytest

from briefer import drafting
from briefer.drafting import TRAINED
from briefer.drafting.questions import Asking, condensed, passage_text
from briefer.models import trained
from briefer.models.base import ModelCard
from briefer.schema import Passage
from tests.fakes import cleaned

OF_THE_SMALL = next(one.sha256 for one in trained.parts() if one.name == "condenser-0.5b")

ARTICLE = cleaned(
    "The harbour of Lom closed on Tuesday. Ann Lee was told. The strike goes on.", title="Closed"
)


def test_sentences_are_joined_by_an_ellipsis_where_others_stand_between() -> None:
    assert (
        passage_text(ARTICLE, (0, 1)) == "The harbour of Lom closed on Tuesday. Ann Lee was told."
    )
    assert passage_text(ARTICLE, (0, 2)) == (
        "The harbour of Lom closed on Tuesday. … The strike goes on."
    )


def test_line_is_asked_for_with_what_stands_before_it() -> None:
    prompt = Asking(ARTICLE, Passage("fact", (1,), 0.9), "fact").prompt(TRAINED)

    assert prompt.text.split("\n") == [
        "Title: Closed",
        "Before: The harbour of Lom closed on Tuesday.",
        "Text: Ann Lee was told.",
        "Fact:",
    ]


def test_what_the_article_is_about_comes_first_where_it_is_far_away() -> None:
    words = [" ".join(f"w{k}{n}" for n in range(29)) + " end." for k in "abcdef"]
    article = cleaned(" ".join(f"The {sentence}" for sentence in words), title="Closed")

    (_, start, before, *_) = (
        Asking(article, Passage("fact", (5,), 0.9), "fact").prompt(TRAINED).text.split("\n")
    )

    assert start == f"Start: The {words[0]}"
    assert before == f"Before: The {words[4]}"
    near = Asking(article, Passage("fact", (1,), 0.9), "fact").prompt(TRAINED).text
    assert "Start:" not in near


@pytest.mark.parametrize(("sha256", "version"), [(OF_THE_SMALL, "v3"), ("0" * 64, "v4")])
def test_weights_are_asked_by_the_prompt_they_were_trained_with(sha256: str, version: str) -> None:
    card = ModelCard("a model", None, None, "fake", {"condenser": sha256}, is_trained=True)

    assert drafting.of(card).version == version


def test_words_in_place_of_the_passage_are_sent() -> None:
    asking = Asking(ARTICLE, Passage("fact", (0,), 0.9), "fact", words="Lom closed.")

    assert "Text: Lom closed.\n" in asking.prompt(TRAINED).text


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (" the harbour\n closed.", "The harbour closed."),
        ("Summary: The harbour closed.", "The harbour closed."),
        (" none", ""),
        ("None.", ""),
        ("", ""),
    ],
)
def test_answer_is_one_line_and_a_refusal_none(answer: str, line: str) -> None:
    assert condensed(answer) == line
