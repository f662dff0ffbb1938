"""The title among the headline's candidates, and the fact that heads a brief without one."""

from __future__ import annotations

import pytest

from briefer import heading
from briefer.schema import DraftLine, Passage, PassageKind
from tests.fakes import cleaned

TEXT = "The port of Oru closed. Crews went home. Ann Lee wept."


def line(words: str, place: int = 0, odds: float = 0.9, *, kind: PassageKind = "fact") -> DraftLine:
    return DraftLine(Passage(kind, (place,), odds, speaker="Ann Lee"), words, "model")


def titled(title: str) -> list[tuple[str, tuple[int, ...], str | None]]:
    article = cleaned(TEXT, title=title)
    own = DraftLine(Passage("headline", (0,), 0.9, speaker="Ann Lee"), title, "sentence")
    model = line("Port of Oru closed", kind="headline")
    found = heading.candidates((model, own), article)
    return [(one.text, one.passage.sentences, one.passage.speaker) for one in found]


@pytest.mark.parametrize("title", ["Crews leave Oru;", "Crews leave Oru.", "Crews leave Oru"])
def test_title_is_one_of_the_whole_article_without_loose_ends(title: str) -> None:
    assert titled(title) == [
        ("Port of Oru closed", (0,), "Ann Lee"),
        ("Crews leave Oru", (0, 1, 2), None),
    ]


def test_title_that_asks_heads_nothing() -> None:
    assert titled("Will crews leave Oru?") == [
        ("Port of Oru closed", (0,), "Ann Lee"),
        ("", (0,), "Ann Lee"),
    ]


def test_headline_stays_where_it_is_short_or_in_the_models_words() -> None:
    lines = {0: line("Port of Oru closed", kind="headline"), 1: line("Crews went home.", 1)}

    assert heading.fact_instead(lines) is None


LONG = DraftLine(Passage("headline", (0,), 0.9), "The port " * 11, "trimmed")


@pytest.mark.parametrize(
    ("fact", "place"),
    [
        (line("Crews went home.", 1, 0.8), 1),
        (line("Crews went home.", 1, 0.6), None),
        (line("Crews went home.", 3, 0.8), None),
    ],
)
def test_long_sentence_gives_way_to_a_likely_fact_of_the_opening_only(
    fact: DraftLine, place: int | None
) -> None:
    assert heading.fact_instead({0: LONG, 1: fact}) == place


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ([line("Crews went home.", 9, 0.2), line("Ann Lee wept.", 12, 0.3)], 0),
        ([line("Crews went home.", 12, 0.9), line("Ann Lee wept.", 9, 0.3)], 1),
        ([line("Ann Lee wept.", 9, 0.8), line("The author says crews lost.", 12, 0.3)], 1),
        ([line("Ann Lee wept and " * 9, 12, 0.3)], 0),
        ([], None),
    ],
)
def test_brief_without_a_headline_is_headed_by_any_fact(
    facts: list[DraftLine], place: int | None
) -> None:
    view = line("Ann Lee denied it.", 2, kind="dissent")

    assert heading.fact_instead({**dict(enumerate(facts)), 9: view}) == place


@pytest.mark.parametrize(
    ("headline", "fact"),
    [
        ("Crews went home", "Crews went home."),
        ("Crews went home.", "Crews went home."),
        ('Lee said: "Go home"', 'Lee said: "Go home"'),
    ],
)
def test_headline_that_heads_nothing_is_a_fact(headline: str, fact: str) -> None:
    told = heading.fact_of(line(headline))

    assert (told.passage.kind, told.text) == ("fact", fact)


def test_fact_loses_its_stop_as_a_headline() -> None:
    head = heading.headline_of(line("Crews went home."))

    assert (head.passage.kind, head.text) == ("headline", "Crews went home")


def test_long_headline_in_the_articles_words_loses_the_clauses_behind_its_main_one() -> None:
    main = "Lorries with copper moved towards the coast on Friday for the first time in weeks"
    behind = (
        "after the government of Oru bought peace with the hauliers by capping the price of oil"
    )
    words = f"{main}, {behind}, when the port closed"
    long = DraftLine(Passage("headline", (0,), 0.9), words, "trimmed")

    assert heading.shortened(long).text == main
    assert heading.shortened(line(words, kind="headline")).text == words


@pytest.mark.parametrize(
    "words",
    [
        'Lee said "the lorries with copper moved to the coast, after the port closed" ' * 2,
        "The port closed, after " + "lorries with copper moved to the coast of Oru " * 3,
    ],
)
def test_long_headline_that_cannot_lose_a_clause_stays(words: str) -> None:
    long = DraftLine(Passage("headline", (0,), 0.9), words, "trimmed")

    assert heading.shortened(long).text == words
