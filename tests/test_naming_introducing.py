"""Whoever a brief tells of first by surname gets the full name there."""

from __future__ import annotations

import pytest

from briefer.naming import introduce
from briefer.schema import CleanArticle, DraftLine, Passage, PassageKind
from tests.fakes import character, cleaned

ARTICLE = cleaned("Mayor Ann Lee met growers. Lee said the harbour will close.")


def line(words: str, kind: PassageKind = "fact") -> DraftLine:
    return DraftLine(Passage(kind, (1,), 0.9), words, "model")


def introduced(*lines: DraftLine, article: CleanArticle = ARTICLE) -> list[str]:
    known = (character(article, "Ann Lee", "Lee"),)
    return [one.text for one in introduce(lines, article, known)]


def test_first_line_has_the_full_name_and_its_sentence_and_the_next_the_surname() -> None:
    known = (character(ARTICLE, "Ann Lee", "Lee"),)

    first, second = introduce((line("Lee met growers."), line("Lee spoke.")), ARTICLE, known)

    assert (first.text, first.named_in) == ("Ann Lee met growers.", (0,))
    assert (second.text, second.named_in) == ("Lee spoke.", ())


def test_headline_keeps_the_surname_and_introduces_nobody() -> None:
    told = introduced(line("Lee closes harbour", "headline"), line("Lee met growers."))

    assert told == ["Lee closes harbour", "Ann Lee met growers."]


def test_headline_with_the_full_name_introduces() -> None:
    told = introduced(line("Ann Lee closes harbour", "headline"), line("Lee met growers."))

    assert told == ["Ann Lee closes harbour", "Lee met growers."]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Growers met Lee's board.", "Growers met Ann Lee's board."),
        ("Growers met Mr. Lee.", "Growers met Ann Lee."),
        ("Mayor Lee met growers.", "Mayor Ann Lee met growers."),
        ('While "Lee lied," Lee said no.', 'While "Lee lied," Ann Lee said no.'),
        ("The Lee harbour closed.", "The Lee harbour closed."),
        ("Lee aides met growers.", "Lee aides met growers."),
        ("Lee Hall closed.", "Lee Hall closed."),
        ("The anti-Lee vote grew.", "The anti-Lee vote grew."),
        ("Bo Lee closed it.", "Bo Lee closed it."),
    ],
)
def test_only_a_surname_alone_gives_way(words: str, expected: str) -> None:
    assert introduced(line(words)) == [expected]


@pytest.mark.parametrize(
    "shared",
    [
        "Mayor Ann Lee met her brother Bo Lee. Lee said no.",
        "Mayor Ann Lee and Lee aides met. Bo Lee said no. Lee left. Lee spoke. Lee won.",
    ],
)
def test_surname_that_another_may_have_there_stays(shared: str) -> None:
    article = cleaned(shared)

    assert introduced(line("Lee said no."), article=article) == ["Lee said no."]


def test_surname_of_whom_the_article_is_about_gives_way_far_from_others_of_that_name() -> None:
    article = cleaned("Ann Lee met growers. Lee said no. Lee left. Bo Lee sang.")

    assert introduced(line("Lee said no."), article=article) == ["Ann Lee said no."]


def test_surname_that_is_a_people_gives_way_only_where_somebody_speaks() -> None:
    article = cleaned("Guitarist Jay French played. French said no.")
    known = (character(article, "Jay French", "French"),)

    of_a_people, his = introduce(
        (line("French officials said no."), line("French said no.")), article, known
    )

    assert of_a_people.text == "French officials said no."
    assert his.text == "Jay French said no."
