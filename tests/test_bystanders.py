"""Who is named beside an agreement and is no party to it."""

from __future__ import annotations

import time

import pytest

from briefer.passages import bystanders
from briefer.schema import CleanArticle, Span
from tests.fakes import cleaned


@pytest.mark.parametrize(
    "name", ["Supreme Court", "Company Tribunal", "defendant", "people", "MoU", "Selby News"]
)
def test_who_judges_tells_or_is_anybody_is_no_party(name: str) -> None:
    assert bystanders.is_one(name)


@pytest.mark.parametrize("name", ["Tessmark", "Dockers' Union", "Court Brewery"])
def test_bodies_and_states_may_be_parties(name: str) -> None:
    assert not bystanders.is_one(name)


def named(words: str) -> tuple[CleanArticle, Span]:
    """The article, and where it names Hale."""
    start = words.index("Hale")
    return cleaned(words), Span(start, start + len("Hale"))


@pytest.mark.parametrize(
    "words",
    [
        "It was reached through the Hale Society.",
        "They dropped a suit before Hale.",
        "It was good news for the indebted Hale.",
        "The union signed a memorandum (Hale) on pay.",
        "The Hale treaty runs for ten years.",
        "The Hale Secretary was there.",
        "They go by the name Hale-i-Mar.",
        "It was signed by the Archbishop of Hale.",
    ],
)
def test_name_of_a_place_a_way_or_a_thing_stands_aside(words: str) -> None:
    assert bystanders.is_aside(*named(words))


@pytest.mark.parametrize("words", ["Hale will pay half.", "The army and the Hale agree."])
def test_name_of_who_does_something_does_not(words: str) -> None:
    assert not bystanders.is_aside(*named(words))


@pytest.mark.parametrize(
    "words",
    [
        "It was settled with only Hale and Oruba in opposition.",
        "Twelve voted for it, Hale and the Oru Union abstained.",
        "Hale, which voted against, left the room.",
        "Hale opposed it.",
        "Hale, Oru, and Lee abstained.",
        "Twelve voted for it, with Hale and Oruba against.",
    ],
)
def test_who_did_not_agree_is_told_of_as_such(words: str) -> None:
    assert bystanders.is_against(*named(words))


@pytest.mark.parametrize(
    "words",
    [
        "Hale agreed, as opposed to Oruba.",
        "Hale passed it, and Lee was against it.",
        "Hale agreed.",
        "Aracuy signed the treaty with Hale, and Oruba abstained.",
        "Aracuy signed a pact with Hale against piracy.",
    ],
)
def test_who_agreed_is_not(words: str) -> None:
    assert not bystanders.is_against(*named(words))


def test_long_list_is_read_in_little_time() -> None:
    article = cleaned("Hale" + ", Oru" * 20_000)
    started = time.process_time()

    for start in range(6, 100_000, 5):
        bystanders.is_against(article, Span(start, start + 3))

    assert time.process_time() - started < 5
