"""Kinds that the words beside a name tell."""

from __future__ import annotations

import pytest

from briefer.mentions import evident
from briefer.mentions.descriptions import Description
from briefer.mentions.entities import Entity
from briefer.mentions.kinds import Kind
from briefer.mentions.names import Name
from tests.parsing import assembled, parse

pytestmark = pytest.mark.model


def corrected(words: str, name: str, guess: Kind, label: str = "") -> Kind:
    """The kind of a name that the classifier took for ``guess``, labelled by the parser."""
    document = parse(words)
    size = len(name.split())
    starts = [token.i for token in document if document[token.i : token.i + size].text == name]
    names = tuple(Name(start, start + size, label, start, name) for start in starts)
    none: tuple[Description, ...] = ()
    return evident.correct(document, Entity(name, names), guess, none)


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("The talks with Cider Barrel execs failed.", "Cider Barrel", "organisation"),
        ("The Selby Herald reported it.", "Selby Herald", "organisation"),
        ("A neighbour told KXQV that she was safe.", "KXQV", "organisation"),
        ("They play in Amber Wells, California, in May.", "Amber Wells", "place"),
        ("St. Averil is known for its ganja.", "St. Averil", "place"),
        ("Lowell left early.", "Lowell", "person"),
    ],
)
def test_who_looks_like_a_person_is_none(words: str, name: str, kind: Kind) -> None:
    assert corrected(words, name, "person") == kind


def test_paper_is_no_state() -> None:
    assert corrected("It rained, the Searchlight said.", "Searchlight", "state") == "organisation"
    assert corrected("It rained in Velune all day.", "Velune", "state") == "state"


def test_body_before_a_state_stays_one() -> None:
    words = "She teaches at Amari College, Ohio, since May."

    assert corrected(words, "Amari College", "organisation") == "organisation"


@pytest.mark.parametrize(
    "words",
    [
        "At Averil, mass layoffs followed.",
        "Unlike Averil, ill with flu, she came.",
        "Unlike Averil, Ill with flu, she came.",
        "According to Averil, Washington refused.",
        "According to Averil, Washington, too, refused.",
        "She paid Averil, Georgia's supplier.",
        "She paid Averil, Ohio's supplier.",
        "According to Averil, Ohio refused.",
        "She sued Averil, Ohio, and Texas.",
        "They met in Averil, Ohio, in May. Averil paid. Averil sold its ships.",
    ],
)
def test_body_before_a_comma_is_no_town(words: str) -> None:
    assert corrected(words, "Averil", "organisation") == "organisation"


@pytest.mark.parametrize(
    "words",
    [
        "They met in Averil, Ill., in May.",
        "They met in Averil, NY, in May.",
        "They met in Averil, W.Va., in May.",
        "They met in Averil, North Carolina.",
        "They met in Averil, Ohio, in May. Averil cheered.",
    ],
)
def test_town_stands_before_its_region(words: str) -> None:
    assert corrected(words, "Averil", "organisation") == "place"


def test_place_may_stand_before_a_region_with_other_meanings() -> None:
    words = "They met in Averil, Georgia, in May."

    assert corrected(words, "Averil", "organisation", "GPE") == "place"
    assert corrected(words, "Averil", "organisation", "ORG") == "organisation"


def test_place_needs_only_one_region_after_it() -> None:
    words = "They met in Averil, Ohio, in May. Averil cheered. Averil sang."

    assert corrected(words, "Averil", "organisation", "GPE") == "place"


def test_member_has_the_corrected_kind() -> None:
    cast = assembled("They play in Amber Wells, California, in May.")
    kinds = {member.entity.name: member.kind for member in cast.members}

    assert kinds["Amber Wells"] == "place"
