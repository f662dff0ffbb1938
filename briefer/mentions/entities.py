"""Who is who: occurrences of names folded into the people, bodies and states they stand for.

Knows nothing of statements or of importance.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from briefer.mentions import acronyms, bodies, lexicon, spellings, surnames
from briefer.mentions.names import COMPASS, Name
from briefer.schema import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Adjectives that open many names and by themselves point to none of them.
_OPENERS = frozenset(lexicon.words("openers"))
_MAX_BETWEEN = 6
# Between two names of the same one.
_ALIAS = re.compile(
    r"(?:group |party |movement |network )?"
    r"(?:(?:also|formerly|previously|better|commonly|sometimes|now) )?"
    r"(?:known|referred to) as(?: simply)?|also called|a\.?k\.?a\.?|or|n[ée]e|born"
    r"|who (?:also )?(?:goes|went) by(?: the name)?|whose (?:real|full|birth) name (?:is|was)"
)
KINDS: Mapping[str, ActorKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}
"""What a name of each of the parser's labels is."""
_OF_SURNAMES = frozenset(("person", "organisation"))  # what the parser takes surnames for
_THINGS = KINDS.keys() - {"PERSON"}


@dataclass(frozen=True, slots=True)
class Entity:
    """Occurrences of names folded into one; ``name`` is the fullest form."""

    name: str
    names: tuple[Name, ...]


def fold(parse: Doc, names: Sequence[Name]) -> tuple[Entity, ...]:
    """Fold names into entities, in the order in which these are first named."""
    groups = _Groups(names)
    _join_states(groups)
    _join_spellings(groups)
    _join_plurals(groups)
    _join_acronyms(parse, names, groups)
    _join_aliases(parse, names, groups)
    _join_initials(parse, groups)
    _join_surnames(parse, groups)
    _join_short_bodies(parse, groups)
    entities = (_entity(members) for members in groups.members())
    return tuple(sorted(entities, key=lambda entity: entity.names[0].start))


class _Groups:
    """Disjoint sets of keys (union by hand, the fuller key wins)."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.by_key: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            self.by_key[name.key].append(name)
        self._root = {key: key for key in self.by_key}

    def root(self, key: str) -> str:
        while self._root[key] != key:
            self._root[key] = self._root[self._root[key]]
            key = self._root[key]
        return key

    def join(self, key: str, into: str) -> None:
        if self.root(key) != self.root(into):
            self._root[self.root(key)] = self.root(into)

    def members(self) -> list[list[Name]]:
        found: dict[str, list[Name]] = defaultdict(list)
        for key, names in self.by_key.items():
            found[self.root(key)].extend(names)
        return [sorted(names, key=lambda name: name.start) for names in found.values()]


def _join_states(groups: _Groups) -> None:
    first: dict[str, str] = {}
    for key in groups.by_key:
        state = lexicon.state_names().get(key)
        if state is not None:
            groups.join(key, first.setdefault(state, key))
    for side in COMPASS & groups.by_key.keys():  # "the North", of North Korea
        whole = [key for state, key in first.items() if lexicon.key(state).startswith(f"{side} ")]
        if len(whole) == 1:
            groups.join(side, whole[0])


def _join_spellings(groups: _Groups) -> None:
    """Such as "al Qaeda" to "al-Qaeda", "Justice Department" to "Department of Justice"."""
    first: dict[str, str] = {}
    for key in groups.by_key:
        groups.join(key, first.setdefault(spellings.spell(key), key))


def _join_plurals(groups: _Groups) -> None:
    """Such as "Hale rebel" to "Hale rebels"; a people's adjective is another word."""
    lasts = {key.split()[-1] for key in groups.by_key if " " in key}
    for key, names in groups.by_key.items():
        one = key.removesuffix("s")
        if one == key or one not in groups.by_key or one in lexicon.demonyms() or one in _OPENERS:
            continue
        every = (*names, *groups.by_key[one])
        is_person = any(name.label == "PERSON" or name.is_titled for name in every)
        if not is_person and not (" " not in one and one in lasts):  # "the Amaris"
            groups.join(one, key)


def _join_acronyms(parse: Doc, names: Sequence[Name], groups: _Groups) -> None:
    """Such as "World Health Organization (WHO)", or initials without the bracket."""
    long = [name for name in names if name.end - name.start > 1]
    initials = {form: name.key for name in long for form in acronyms.forms(name.text)}
    for key in list(groups.by_key):
        acronym = groups.by_key[key][0].text.replace(".", "")
        if key in lexicon.state_names():
            continue
        if acronym.isupper() and 2 <= len(acronym) <= acronyms.MAX_LETTERS and acronym in initials:
            groups.join(key, initials[acronym])
    for before, name in pairwise(names):
        if name.key in lexicon.state_names() or before.key in lexicon.state_names():
            continue
        if _is_bracketed(parse, before, name) and name.text.isupper():
            groups.join(name.key, before.key)


def _is_bracketed(parse: Doc, before: Name, name: Name) -> bool:
    """Whether a name stands in brackets after the one it shortens, in any language: "(PKK)"."""
    if name.start != before.end + 1 or parse[before.end].text != "(":
        return False
    is_alone = name.end < len(parse) and parse[name.end].text == ")"
    is_body = before.label == "ORG" and len(before.parts) > 1 and _ends_as_body(parse, before)
    return name.text[:1] == before.text[:1] or (is_alone and is_body)


def _join_aliases(parse: Doc, names: Sequence[Name], groups: _Groups) -> None:
    """Such as "Islamic State, also known as ISIS"; after "or" only an acronym is one."""
    for before, name in pairwise(names):
        between = parse[before.end : min(name.start, before.end + _MAX_BETWEEN + 1)]
        if len(between) > _MAX_BETWEEN:
            continue
        words = " ".join(one.lower_ for one in between if not one.is_punct and one.lower_ != "the")
        if not _ALIAS.fullmatch(words):
            continue
        is_acronym = name.text.isupper() and name.text[0] == before.text[0]
        is_state = {name.key, before.key} & lexicon.state_names().keys()
        if not is_state and (words != "or" or (is_acronym and parse[before.end].text == ",")):
            groups.join(name.key, before.key)


def _join_surnames(parse: Doc, groups: _Groups) -> None:
    """Such as "Khalilzad" to "Zalmay Khalilzad"; of several the one named most often."""
    full = _full_names(parse, groups)
    slips = spellings.slips(one for owners in full.values() for one in owners)
    for key in list(groups.by_key):
        alone = groups.by_key[key]
        honoured = surnames.cannot_be(parse, alone)
        is_thing = all(name.label in _THINGS and not name.is_titled for name in alone)
        kind = _vote(parse, alone)
        owners = [
            one
            for one in _called(full, key, kind) or _misspelt(slips, key, kind)
            if groups.root(one) != groups.root(key)
            and not (is_thing and _is_namesake(alone[0], groups.by_key[one]))
            and lexicon.given_names().get(one.split()[0], "?") not in honoured
        ]
        if owners:
            groups.join(key, max(owners, key=lambda owner: _fit(groups.by_key[owner], key)))


def _full_names(parse: Doc, groups: _Groups) -> Mapping[str, Sequence[str]]:
    """For each short form the full names that it may stand for."""
    full: dict[str, list[str]] = defaultdict(list)
    for key, names in groups.by_key.items():
        parts = names[0].parts
        if len(parts) == 1 and "-" in key:
            full[key.rpartition("-")[2]].append(key)
        if len(parts) > 1 and _may_be_person(parse, groups, names):
            for form in surnames.short_forms(parts):
                full[form].append(key)
    return full


def _called(full: Mapping[str, Sequence[str]], key: str, kind: ActorKind) -> Sequence[str]:
    """The full names that a name may be short for; the Indian Ocean is for no Frank Ocean."""
    return full.get(key if kind == "place" else spellings.without_party(key), ())


def _misspelt(slips: spellings.Slips, key: str, kind: ActorKind) -> Sequence[str]:
    """Whose misspelt surname a name may be; no place and no given name is anybody's."""
    is_surname = " " not in key and kind in _OF_SURNAMES and key not in lexicon.given_names()
    return spellings.meant(key, slips) if is_surname else ()


def _is_namesake(thing: Name, full: Sequence[Name]) -> bool:
    """Whether what is never a person comes before the person's whole name: the planet Mercury."""
    return thing.start < full[0].start and any(name.label == "PERSON" for name in full)


def _join_initials(parse: Doc, groups: _Groups) -> None:
    """Such as "R. T. Amari" to "Ruth Tess Amari", where only one is called so."""
    whole: dict[str, list[str]] = defaultdict(list)
    for key, names in groups.by_key.items():
        if len(names[0].parts) > 1 and _may_be_person(parse, groups, names):
            whole[surnames.initialled(names[0].parts)].append(key)
    for key, names in groups.by_key.items():
        owners = [one for one in whole.get(key.replace(" ", ""), ()) if one != key]
        if "." in names[0].text and len(owners) == 1:
            groups.join(key, owners[0])


def _may_be_person(parse: Doc, groups: _Groups, names: list[Name]) -> bool:
    """Whether a full name is a person's, by its own occurrences or by those of its last part."""
    if _vote(parse, names) == "person":
        return True
    alone = groups.by_key.get(names[0].parts[-1], [])
    is_short = len(names[0].parts) <= 3 and not _ends_as_body(parse, names[0])
    is_seen = any(name.label == "PERSON" for name in names)
    return bool(alone) and is_short and (is_seen or _vote(parse, alone) == "person")


def _fit(names: list[Name], key: str) -> tuple[bool, int]:
    last = [part for part in names[0].parts if part not in surnames.SUFFIXES][-1:]
    return last == [key], len(names)


def _join_short_bodies(parse: Doc, groups: _Groups) -> None:
    """Such as "Supreme Court" to "Supreme Court of India", "Google" to "Google Inc"."""
    by_edge: dict[str, list[str]] = defaultdict(list)
    for key, names in groups.by_key.items():
        if len(names[0].parts) > 1 and _vote(parse, names) not in ("person", "state"):
            for edge in bodies.edges(names[0]):
                by_edge[edge].append(key)
    for key, names in list(groups.by_key.items()):
        if groups.root(key) != key or not _may_be_short(parse, key, names):
            continue
        owners = by_edge.get(key, [])
        if _vote(parse, names) in ("place", "person"):
            owners = [one for one in owners if one.split()[-1] in bodies.TRADES]
        if owners:
            groups.join(key, max(owners, key=lambda owner: len(groups.by_key[owner])))


def _may_be_short(parse: Doc, key: str, names: Sequence[Name]) -> bool:
    """Whether a name can stand for a longer one; one that things lie in is a place."""
    if key in _OPENERS or key in lexicon.state_names() or key in lexicon.demonyms():
        return False
    vote = _vote(parse, names)
    if vote == "person" and (" " in key or any(name.is_titled for name in names)):
        return False
    if key in lexicon.capitals() or vote == "state":
        return False
    is_acronym = names[0].text.isupper() and len(key) <= acronyms.MAX_LETTERS
    return is_acronym or not any(bodies.lies_around(parse, name) for name in names)


def _entity(names: list[Name]) -> Entity:
    state = next((lexicon.state_names().get(name.key) for name in names), None)
    return Entity(name=spellings.fullest([name.text for name in names], state), names=tuple(names))


def _vote(parse: Doc, names: Sequence[Name]) -> ActorKind:
    """The kind most occurrences speak for."""
    keys = [name.key for name in names]
    if any(key in lexicon.state_names() for key in keys):
        return "state"
    votes: Counter[ActorKind] = Counter()
    for name in names:
        votes[KINDS.get(name.label, "organisation")] += 1 if name.label else 0
        votes["person"] += 3 * name.is_titled + name.has_given_name
        votes["organisation"] += 2 * _ends_as_body(parse, name)
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] > 0 else "organisation"


def _ends_as_body(parse: Doc, name: Name) -> bool:
    is_first = lexicon.is_body(parse[name.start].text) and name.end - name.start > 2
    return is_first or lexicon.is_body(parse[name.end - 1].text)
