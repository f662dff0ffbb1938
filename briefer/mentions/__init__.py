"""The cast of an article: who is named in it, what else they are called, where.

The ground on which ``statements`` and ``actors`` stand. Knows nothing of speech or importance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefer.mentions import bodies, descriptions, entities, genders, kinds, lexicon, names, things
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
    if kind == "person" and (_is_called_body(parse, entity, found) or _ends_as_body(entity)):
        kind = "organisation"
    if kind == "organisation" and _is_called_person(parse, entity, found):
        kind = "person"
    if (kind == "person" and things.are_many(parse, entity.names)) or _are_bodies(entity, kind):
        kind = "group"
    gender = genders.tell(parse, entity, kind, found)
    is_thing = kind == "other" and things.is_thing(parse, entity.names)
    is_thing = is_thing or (kind == "person" and things.is_ship(parse, entity.names))
    return Member(entity, kind, likely["person"], found, gender, nouns, is_thing)


def _are_bodies(entity: Entity, kind: Kind) -> bool:
    """Whether a name is that of a kind of bodies: "Super PACs"."""
    last = entity.name.split()[-1]
    are_many = len(last) > 2 and last.endswith("s") and last[:-1].isupper()
    return are_many and kind in ("organisation", "person")


def _is_called_person(parse: Doc, entity: Entity, found: tuple[Description, ...]) -> bool:
    """Whether a full name without a body's word follows an office: "law professor Ruth Amari"."""
    told = [one for one in found if one.form in ("before", "title")]
    parts = max((name.parts for name in entity.names), key=len)
    is_given = len(parts) > 1 and parts[0] in lexicon.given_names()
    is_body = any(lexicon.singular(part) in lexicon.words("organisation_nouns") for part in parts)
    return is_given and not is_body and any(descriptions.is_person(parse[d.head]) for d in told)


def _ends_as_body(entity: Entity) -> bool:
    """Whether a name that looks like a person's ends as a body's: "Ann Low Medical Center"."""
    *others, last = max((name.parts for name in entity.names), key=len)
    is_given = bool(others) and others[0] in lexicon.given_names()
    is_titled = any(name.title < name.start for name in entity.names)
    n_before = 2 if is_given else 1  # "Ann Church" is a woman
    is_body = last in lexicon.words("organisation_nouns") or last in bodies.TRADES
    return is_body and len(others) >= n_before and not is_titled


def _is_called_body(parse: Doc, entity: Entity, found: tuple[Description, ...]) -> bool:
    """Whether a name that looks like a person's is told to be a body's: "relief agency Hale"."""
    is_titled = any(name.title < name.start for name in entity.names)
    told = [one.noun(parse) for one in found if one.form in ("before", "after")]
    if any(things.is_whole_person(name) for name in entity.names):  # "a paper by the school, X"
        starts = {name.start for name in entity.names}
        told = [one.noun(parse) for one in found if one.form == "before" and one.end in starts]
    is_person = any(descriptions.is_person(parse[one.head]) for one in found)
    bodies = lexicon.words("organisation_nouns") - kinds.DIVISIONS  # "of Hale, a city in"
    is_body = bool(told) and all(noun in bodies for noun in told)
    return is_body and not is_titled and not is_person
