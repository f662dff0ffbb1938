"""The kind that the words beside a name tell, where the classifier thinks otherwise.

Knows nothing of importance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from briefer.mentions import acronyms, bodies, descriptions, kinds, lexicon, things
from briefer.mentions.descriptions import Description
from briefer.mentions.entities import Entity
from briefer.mentions.kinds import Kind
from briefer.mentions.names import Name, of_most_words
from briefer.text import forms

if TYPE_CHECKING:
    from spacy.tokens import Doc

# What firms have and people do not.
_OF_FIRMS = forms(
    "app ceo cfo coo customers employees exec execs executive executives headquarters outlets "
    "restaurants shareholders shares staffers stock store stores subsidiary website workers"
)
_NUMBERS = forms("One Two Three Four Five Six Seven Eight Nine Ten")
_PLACES = frozenset(("FAC", "GPE", "LOC"))
_SAINTS = frozenset(("saint", "st"))
_MIN_ACRONYM = 3
# Regions that are also capitals, states, people or papers' cities.
_UNSURE = frozenset(("georgia", "new york", "victoria", "virginia", "washington"))
_WITH_REGION = 6  # tokens: a comma, the three of "New South Wales", and what follows


def correct(parse: Doc, entity: Entity, kind: Kind, found: tuple[Description, ...]) -> Kind:
    """The kind of an entity by what stands beside its names, else the one that was guessed."""
    if kind == "person":
        kind = _of_person(parse, entity, found)
    elif kind == "state" and _is_paper(parse, entity):
        kind = "organisation"
    if kind == "organisation" and _is_called_person(parse, entity, found):
        kind = "person"
    if kind in ("organisation", "person") and _is_town(parse, entity):
        return "place"
    if (kind == "person" and _are_many(parse, entity)) or _are_bodies(entity, kind):
        return "group"
    return kind


def _of_person(parse: Doc, entity: Entity, found: tuple[Description, ...]) -> Kind:
    """What looks like a person: a body by what it is called, ends in, owns or is spelt like."""
    is_called = _is_called_body(parse, entity, found) or _ends_as_body(entity)
    is_called = is_called or entity.name.partition(" ")[0] in _NUMBERS
    is_whole = any(things.is_whole_person(name) or name.is_titled for name in entity.names)
    if is_called or (not is_whole and (_is_acronym(entity) or _has_shares(parse, entity))):
        return "organisation"
    return "person"


def _is_acronym(entity: Entity) -> bool:
    """Whether all forms of a name are one word of capitals, as broadcasters' are."""
    texts = {name.text.replace(".", "") for name in entity.names}
    sizes = range(_MIN_ACRONYM, acronyms.MAX_LETTERS + 1)
    return all(text.isupper() and text.isalpha() and len(text) in sizes for text in texts)


def _has_shares(parse: Doc, entity: Entity) -> bool:
    """Whether a name owns, or stands before, what only firms have: "Hale Barrel execs"."""
    for name in entity.names:
        head = parse[name.start : name.end].root
        is_before = head.dep_ in ("compound", "poss", "nmod") and head.head.i >= name.end
        following = parse[name.end].lower_ if name.end < len(parse) else ""
        if following in _OF_FIRMS or (is_before and head.head.lower_ in _OF_FIRMS):
            return True
    return False


def _is_paper(parse: Doc, entity: Entity) -> bool:
    """Whether what looks like a state is no listed one and always has "the": "the Searchlight"."""
    is_listed = any(name.key in lexicon.state_names() for name in entity.names)
    has_the = all(parse[max(name.start - 1, 0)].lower_ == "the" for name in entity.names)
    return not is_listed and has_the and all(len(name.parts) == 1 for name in entity.names)


def _is_town(parse: Doc, entity: Entity) -> bool:
    """Whether a state follows after a comma ("Hale Wells, California"), or it is a "St. Hale"."""
    if any(things.is_whole_person(name) or name.is_titled for name in entity.names):
        return False
    parts = of_most_words(entity.names).parts
    is_body = any(map(lexicon.is_body, parts))
    is_saint = len(parts) == 2 and parts[0] in _SAINTS
    return not is_body and (is_saint or _are_before_regions(parse, entity.names))


def _are_before_regions(parse: Doc, names: Sequence[Name]) -> bool:
    """Whether a region follows half of the names, or some of what the parser calls a place."""
    n_before = sum(_is_before_region(parse, name) for name in names)
    n_places = sum(name.label in _PLACES for name in names)
    return n_before > 0 and 2 * max(n_before, n_places) >= len(names)


def _is_before_region(parse: Doc, name: Name) -> bool:
    following = parse[name.end : name.end + _WITH_REGION].text
    found = _before_region().match(following)
    if found is None:
        return False
    return name.label in _PLACES or lexicon.key(found["region"]) not in _UNSURE


@cache
def _before_region() -> re.Pattern[str]:
    """A region between commas or at an end, not in a list: ", Ohio," but not ", Ohio, and"."""
    regions = "|".join(map(re.escape, lexicon.lines("regions")))
    return re.compile(rf",\s+(?P<region>{regions})(?:(?<=\.)|(?=[,.;)\n]|$))(?!,?\s+(?:and|or)\b)")


def _are_many(parse: Doc, entity: Entity) -> bool:
    """Whether a name is several people's, not islands': "the Amaris"."""
    n_places = sum(name.label in _PLACES for name in entity.names)
    return 2 * n_places <= len(entity.names) and things.are_many(parse, entity.names)


def _are_bodies(entity: Entity, kind: Kind) -> bool:
    """Whether a name is that of a kind of bodies: "Super PACs"."""
    last = entity.name.split()[-1]
    are_many = len(last) > 2 and last.endswith("s") and last[:-1].isupper()
    return are_many and kind in ("organisation", "person")


def _is_called_person(parse: Doc, entity: Entity, found: tuple[Description, ...]) -> bool:
    """Whether a full name without a body's word follows an office: "law professor Ruth Amari"."""
    told = [one for one in found if one.form in ("before", "title")]
    longest = of_most_words(entity.names)
    is_body = any(map(lexicon.is_body, longest.parts))
    is_called = any(descriptions.is_person(parse[one.head]) for one in told)
    return longest.has_given_name and not is_body and is_called


def _ends_as_body(entity: Entity) -> bool:
    """Whether a name that looks like a person's ends as a body's: "Ann Low Medical Center"."""
    longest = of_most_words(entity.names)
    *others, last = longest.parts
    is_titled = any(name.is_titled for name in entity.names)
    n_before = 2 if longest.has_given_name else 1  # "Ann Church" is a woman
    bodies_of = lexicon.words("organisation_nouns") | lexicon.words("media_words") | bodies.TRADES
    is_body = last in bodies_of
    return is_body and len(others) >= n_before and not is_titled


def _is_called_body(parse: Doc, entity: Entity, found: tuple[Description, ...]) -> bool:
    """Whether a name that looks like a person's is told to be a body's: "relief agency Hale"."""
    is_titled = any(name.is_titled for name in entity.names)
    told = [one.noun(parse) for one in found if one.form in ("before", "after")]
    if any(things.is_whole_person(name) for name in entity.names):  # "a paper by the school, X"
        starts = {name.start for name in entity.names}
        told = [one.noun(parse) for one in found if one.form == "before" and one.end in starts]
    is_person = any(descriptions.is_person(parse[one.head]) for one in found)
    bodies = lexicon.words("organisation_nouns") - kinds.DIVISIONS  # "of Hale, a city in"
    is_body = bool(told) and all(noun in bodies for noun in told)
    return is_body and not is_titled and not is_person
