"""A body that a brief would first tell of by letters gets its whole name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.naming.acronyms import spell_out
from briefer.schema import CleanArticle, DraftLine, Passage, PassageKind
from tests.fakes import character, cleaned

NAME = "Association of Selby Growers"
ARTICLE = cleaned(f"Growers met. The {NAME} (ASG) refused. ASG members left.")


def line(words: str, kind: PassageKind = "fact") -> DraftLine:
    return DraftLine(Passage(kind, (2,), 0.9), words, "model")


def spelled(*lines: DraftLine, article: CleanArticle = ARTICLE, letters: str = "ASG") -> list[str]:
    body = replace(character(article, NAME, letters), kind="organisation")
    return [told.text for told in spell_out(lines, article, (body,))]


def test_first_line_has_the_whole_name_and_its_sentence() -> None:
    body = replace(character(ARTICLE, NAME, "ASG"), kind="organisation")

    (told,) = spell_out((line("ASG refused."),), ARTICLE, (body,))

    assert (told.text, told.named_in) == ("The Association of Selby Growers refused.", (1,))


def test_letters_that_come_again_stand_in_brackets() -> None:
    told = spelled(line("Bo Vass blames ASG."), line("ASG refused."))

    assert told == ["Bo Vass blames the Association of Selby Growers (ASG).", "ASG refused."]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The ASG refused.", "The Association of Selby Growers refused."),
        ("ASG members left.", "Association of Selby Growers members left."),
        ("ASG's board left.", "The Association of Selby Growers' board left."),
        ("ASG’s board left.", "The Association of Selby Growers’ board left."),
    ],
)
def test_article_and_genitive_fit_the_name(words: str, expected: str) -> None:
    assert spelled(line(words)) == [expected]


def test_headline_keeps_the_letters_and_the_next_line_spells_them_out() -> None:
    told = spelled(line("ASG refuses", "headline"), line("ASG refused on Friday."))

    assert told == ["ASG refuses", "The Association of Selby Growers refused on Friday."]


def test_whole_name_before_is_enough() -> None:
    told = spelled(line(f"The {NAME} refused."), line("ASG members left."))

    assert told[1] == "ASG members left."


def test_letters_that_the_name_does_not_spell_are_left_alone() -> None:
    article = cleaned(f"The {NAME} (KPS) refused.")

    assert spelled(line("KPS refused."), article=article, letters="KPS") == ["KPS refused."]


def test_quoted_letters_are_left_alone() -> None:
    assert spelled(line('Bo Vass said "ASG lied".')) == ['Bo Vass said "ASG lied".']


@pytest.mark.parametrize(
    "words", ["An ASG official left.", "Bo Vass met an ASG panel.", "A ASG rule holds."]
)
def test_letters_after_an_article_that_fits_only_them_are_left_alone(words: str) -> None:
    assert spelled(line(words)) == [words]


def test_line_after_letters_that_were_left_alone_says_what_they_mean() -> None:
    told = spelled(line("An ASG official left."), line("ASG refused."))

    assert told[1] == "The Association of Selby Growers (ASG) refused."


def test_letters_within_a_longer_word_do_not_come_again() -> None:
    told = spelled(line("ASG refused."), line("ASGARD closed."))

    assert told[0] == "The Association of Selby Growers refused."


def test_genitive_has_no_letters_in_brackets() -> None:
    told = spelled(line("ASG’s board left."), line("ASG refused."))

    assert told[0] == "The Association of Selby Growers’ board left."


@pytest.mark.parametrize(
    "words",
    ["ASG refused.", "The ASG refused.", "ASG’s board left.", "Bo Vass blames ASG members."],
)
def test_sentence_with_the_whole_name_is_evidence_wherever_it_is_told(words: str) -> None:
    body = replace(character(ARTICLE, NAME, "ASG"), kind="organisation")

    (told, *_) = spell_out((line(words), line("ASG members left.")), ARTICLE, (body,))

    assert NAME in told.text
    assert told.named_in == (1,)
