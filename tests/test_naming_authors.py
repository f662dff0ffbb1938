"""What an opinion piece judges is told as its author's."""

from __future__ import annotations

import pytest

from briefer.naming import attribute, sign
from briefer.schema import AUTHOR, DraftLine, Genre, Passage, PassageKind, Voice
from tests.fakes import cleaned

ARTICLE = cleaned("The council failed. Prices rose because the council failed to build.")


def attributed(words: str, speaker: str | None = AUTHOR) -> str:
    line = DraftLine(Passage("fact", (0,), 0.9, speaker=speaker), words, "model")
    return attribute(line, ARTICLE).text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The council failed the town.", "The author says the council failed the town."),
        ("Ann Lee must resign.", "The author says Ann Lee must resign."),
        ("Oru foolishly sold its port.", "The author says Oru foolishly sold its port."),
    ],
)
def test_judgement_gets_its_author(words: str, expected: str) -> None:
    assert attributed(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "The council met in public.",
        "The council failed on 3 May.",
        "The author argues the council must go.",
        "Ann Lee warned that the council failed.",
    ],
)
def test_plain_fact_or_attributed_judgement_stays(words: str) -> None:
    assert attributed(words) == words


def test_judgement_in_a_report_stays() -> None:
    assert attributed("The council failed the town.", None) == "The council failed the town."


@pytest.mark.parametrize(
    ("words", "genre", "expected"),
    [
        ("Prices rose, a commentator writes.", "news", "Prices rose."),
        ("Prices rose, a commentator writes.", "opinion", "Prices rose, a commentator writes."),
        ("It must go, a columnist says.", "news", "It must go, a columnist says."),
        ("Prices rose, the author says.", "news", "Prices rose, the author says."),
    ],
)
def test_plain_fact_of_a_report_is_no_commentators(words: str, genre: Genre, expected: str) -> None:
    article = cleaned("Prices rose. The author of the law left.", genre=genre)
    line = DraftLine(Passage("fact", (0,), 0.9), words, "model")

    assert attribute(line, article).text == expected


TALK = cleaned(
    "Ann Low runs the port. I built 3 piers. Anyone can fish there.",
    genre="interview",
    voice=Voice("Ann Low", named_in=(0,), sentences=frozenset({1, 2})),
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("3 piers were built.", "The author says 3 piers were built."),
        ("Anyone can fish there.", "The author says anyone can fish there."),
        ("Low built 3 piers.", "Low built 3 piers."),
        ("They built 3 piers.", "They built 3 piers."),
        ("I go to Oru.", "I go to Oru."),
        ('There is "my life".', 'The author says there is "my life".'),
    ],
)
def test_answer_gets_whoever_gives_it(words: str, expected: str) -> None:
    line = DraftLine(Passage("fact", (1,), 0.9), words, "model")

    assert attribute(line, TALK).text == expected


def test_what_stands_before_the_talk_stays_as_it_is() -> None:
    line = DraftLine(Passage("fact", (0,), 0.9), "The port has a master.", "model")

    assert attribute(line, TALK) == line


def drafted(words: str, kind: PassageKind = "fact", speaker: str | None = None) -> DraftLine:
    return DraftLine(Passage(kind, (1,), 0.9, speaker=speaker), words, "model")


def test_author_is_named_in_full_at_first_and_as_holder() -> None:
    lines = [
        drafted("The author says 3 piers were built."),
        drafted("The author's piers stand."),
        drafted("The author rejects a fourth.", "dissent", AUTHOR),
    ]

    signed = sign(lines, TALK)

    assert [one.text for one in signed] == [
        "Ann Low says 3 piers were built.",
        "Low's piers stand.",
        "Ann Low rejects a fourth.",
    ]
    assert [one.named_in for one in signed] == [(0,), (0,), (0,)]
    assert signed[2].passage.speaker == "Ann Low"


def test_author_of_a_book_and_one_without_a_name_stay() -> None:
    book = cleaned("Bo Kerr, author of a book, came.", voice=Voice("Ann Low"))
    nameless = cleaned("I say so.", genre="opinion", voice=Voice(None))
    line = DraftLine(Passage("fact", (0,), 0.9), "The author came.", "model")

    assert sign([line], book) == (line,)
    assert sign([line], nameless) == (line,)
