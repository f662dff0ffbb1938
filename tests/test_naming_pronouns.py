"""A "he" or "she" that opens a line gives way to the name of whom the article is about."""

from __future__ import annotations

import pytest

from briefer.naming import pronouns
from briefer.schema import CleanArticle, DraftLine, Passage
from tests.fakes import character, cleaned, says, span


def resolved(words: str, article: CleanArticle) -> DraftLine:
    last = len(article.sentences) - 1
    line = DraftLine(Passage("fact", (last,), 0.9), words, "sentence")
    people = (character(article, "Ann Lee", "Lee"), character(article, "Bo Vass", "Vass"))
    return pronouns.resolve(line, article, (), people)


def test_pronoun_gives_way_to_the_surname_and_its_sentence() -> None:
    article = cleaned("Ann Lee won. Lee lost in May. In June she chose a farm.")

    line = resolved("In June she chose a farm.", article)

    assert (line.text, line.named_in) == ("In June Lee chose a farm.", (1,))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Lee won. Lee met Bo Vass. She chose a farm.", "She chose a farm."),
        ("Bo Vass won. Vass left. Ann Lee sang. He chose a farm.", "He chose a farm."),
        ("Ann Lee won. Lee left. The farm is old. She chose it.", "The farm was chosen."),
    ],
)
def test_pronoun_that_another_may_be_meant_by_stays(text: str, words: str) -> None:
    assert resolved(words, cleaned(text)).text == words


def test_pronoun_of_a_speaker_who_was_found_to_be_another_stays() -> None:
    article = cleaned("Ann Lee won. Lee left. She said no.")
    known = says(article, "Dot Kerr", "no")
    statement = type(known)(
        span(article, "She"), None, known.content, known.sentences, known.speaker, is_named=True
    )
    line = DraftLine(Passage("fact", (2,), 0.9), "She said no.", "sentence")

    told = pronouns.resolve(line, article, (statement,), (character(article, "Ann Lee", "Lee"),))

    assert told.text == "She said no."
