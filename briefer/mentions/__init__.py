"""The cast of an article: who is named in it, what else they are called, where.

The ground on which ``statements`` and ``actors`` stand. Knows nothing of speech or importance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefer.mentions import descriptions, entities, evident, genders, kinds, names, things
from briefer.mentions.descriptions import Description
from briefer.mentions.entities import Entity
from briefer.mentions.kinds import Kind
from briefer.mentions.lexicon import Gender
from briefer.mentions.names import Name

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Cast", "Description", "Entity", "Gender", "Member", "Name", "assemble"]


@dataclass(frozen=True, slots=True)
class Member:
    """An entity with its descriptions and its gender; ``nouns`` are the descriptions' heads.

    ``likely_person`` is a probability: the kind is a guess, and a surname may be taken for a place.
    ``is_thing`` tells of ships, storms, films and the like, which never act or speak.
    """

    entity: Entity
    kind: Kind
    likely_person: float
    descriptions: tuple[Description, ...]
    gender: Gender
    nouns: frozenset[str]
    is_thing: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody named in an article, in the order of first mention.

    ``by_token`` tells for every token of a name whose name it is (an index into ``members``).
    """

    members: tuple[Member, ...]
    by_token: Mapping[int, int]


def assemble(parse: Doc) -> Cast:
    """Find the names of an article and fold them."""
    folded = entities.fold(parse, names.find(parse))
    members = tuple(_member(parse, entity) for entity in folded)
    by_token = {
        index: number
        for number, member in enumerate(members)
        for name in member.entity.names
        for index in range(name.start, name.end)
    }
    return Cast(members, by_token)


def _member(parse: Doc, entity: Entity) -> Member:
    found = tuple(
        description for name in entity.names for description in descriptions.describe(parse, name)
    )
    nouns = frozenset(one.noun(parse) for one in found if one.form != "who")
    likely = kinds.tell(parse, entity.names, found)
    kind = max(likely, key=lambda one: likely[one])
    kind = evident.correct(parse, entity, kind, found)
    gender = genders.tell(parse, entity, kind, found)
    is_thing = kind == "other" and things.is_thing(parse, entity.names)
    is_thing = is_thing or (kind == "person" and things.is_ship(parse, entity.names))
    return Member(entity, kind, likely["person"], found, gender, nouns, is_thing)
