"""Kinds that the words beside a name tell."""

from __future__ import annotations

import pytest

from briefer import mentions
from briefer.mentions import evident
from briefer.mentions.descriptions import Description
from briefer.mentions.entities import Entity
from briefer.mentions.kinds import Kind
from briefer.mentions.names import Name
from tests.parsing import parse

pytestmark = pytest.mark.model


def corrected(words: str, name: str, guess: Kind) -> Kind:
    """The kind of a name that the classifier took for ``guess``."""
    document = parse(words)
    size = len(name.split())
    starts = [token.i for token in document if document[token.i : token.i + size].text == name]
    names = tuple(Name(start, start + size, "", start, name) for start in starts)
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


def test_member_has_the_corrected_kind() -> None:
    cast = mentions.assemble(parse("They play in Amber Wells, California, in May."))
    kinds = {member.entity.name: member.kind for member in cast.members}

    assert kinds["Amber Wells"] == "place"
