"""Whoever a brief tells of first by surname gets the full name there."""

from __future__ import annotations

import sys
from dataclasses import replace

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


def test_thing_that_is_called_as_a_person_keeps_its_one_word() -> None:
    article = cleaned("Mercury is dark. Few singers sold more than Freddy Mercury.")
    person = character(article, "Freddy Mercury")
    planet = replace(character(article, "Mercury"), kind="organisation")
    planet = replace(planet, mentions=planet.mentions[:1])
    fact = DraftLine(Passage("fact", (0,), 0.9), "Mercury is dark.", "model")

    (told,) = introduce((fact,), article, (person, planet))

    assert told.text == "Mercury is dark."


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


@pytest.mark.parametrize(
    ("words", "name", "told"),
    [
        ("Ann Banks spoke. Banks in Oru lost money.", "Ann Banks", "Banks in Oru lost money."),
        ("Bo Young spoke. Young people left Oru.", "Bo Young", "Young people left Oru."),
        ("Ann Black spoke. Black officers left Oru.", "Ann Black", "Black officers left Oru."),
        ("Bo Jobs cut jobs. Jobs shrank at Oru.", "Bo Jobs", "Jobs shrank at Oru."),
    ],
)
def test_surname_that_is_a_mere_word_there_stays(words: str, name: str, told: str) -> None:
    article = cleaned(words)

    assert introduce((line(told),), article, (character(article, name),))[0].text == told


def test_surname_in_a_sentence_where_no_mention_was_found_gives_way() -> None:
    article = cleaned("Ann Waters spoke. Waters has led the port of Oru.")
    known = (character(article, "Ann Waters"),)

    (told,) = introduce((line("Waters has led the port."),), article, known)

    assert told.text == "Ann Waters has led the port."


def test_state_that_is_a_surname_too_stays() -> None:
    article = cleaned("Rep. Steve Israel met Lee. The deal with Israel was signed.")
    known = (character(article, "Steve Israel", "Israel"),)

    (told,) = introduce((line("The deal with Israel was signed."),), article, known)

    assert told.text == "The deal with Israel was signed."


@pytest.mark.parametrize(
    ("words", "name", "told"),
    [
        ("Bo Low, 41, died. Low baked. Mrs. Low rang.", "Bo Low", "Mrs. Low rang."),
        ("George Low died. Mrs. Low rang.", "George Low", "Mrs. Low rang."),
        ("Ann Low left. Low baked. Ms. Low rang.", "Ann Low", "Ann Low rang."),
        ("Bo Low left. Ms. Low baked. Ms. Low rang.", "Bo Low", "Bo Low rang."),
    ],
)
def test_wife_of_a_namesake_keeps_her_title(words: str, name: str, told: str) -> None:
    article = cleaned(words)
    everywhere = character(article, name, "Low")
    inside = everywhere.mentions[0].end  # the fake finds "Low" within the full name too
    mentions = tuple(m for m in everywhere.mentions if m.start == 0 or m.start > inside)
    told_by = "Mrs. Low rang." if "Mrs." in words else "Ms. Low rang."

    (found,) = introduce((line(told_by),), article, (replace(everywhere, mentions=mentions),))

    assert found.text == told


def test_people_whom_no_line_names_are_not_looked_for() -> None:
    names = [f"Ann {chr(65 + n % 26)}{'abcdefghij'[n // 26]}lo" for n in range(260)]
    article = cleaned(" ".join(f"{name} spoke." for name in names))
    known = [character(article, name) for name in names]
    looked: list[int] = []

    sys.setprofile(lambda _frame, event, _called: looked.append(1) if event == "call" else None)
    try:
        introduce((line("Oru closed."),), article, known)
    finally:
        sys.setprofile(None)

    assert len(looked) < 10 * len(names)


def test_surname_that_is_a_people_gives_way_only_where_somebody_speaks() -> None:
    article = cleaned("Guitarist Jay French played. French said no.")
    known = (character(article, "Jay French", "French"),)

    of_a_people, his = introduce(
        (line("French officials said no."), line("French said no.")), article, known
    )

    assert of_a_people.text == "French officials said no."
    assert his.text == "Jay French said no."
