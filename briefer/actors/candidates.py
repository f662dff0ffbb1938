"""Who might be an actor: the named of the cast, and people who go without a name ("residents").

Knows nothing of importance.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from briefer.actors import meant
from briefer.mentions import Cast, Description, Member, lexicon
from briefer.mentions.kinds import Kind

_NOUNS = frozenset(("NN", "NNS"))
# Nouns that say nothing of who it is, or speak for somebody else.
_EMPTY = frozenset(
    ("countries", "country", "head", "investigation", "investigations", "member", "members", "men",
     "nation", "nations", "one", "order", "orders", "other", "others", "owner", "pair", "people",
     "person", "persons", "spokesman", "spokesperson", "spokeswoman", "user", "users", "women")
)  # fmt: skip
_PART_TAGS = frozenset(("JJ", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "POS", "HYPH", "AFX"))
_NO_PART = frozenset(
    ("first", "last", "least", "many", "more", "most", "next", "other", "own", "same", "second",
     "several", "such", "third", "various")
)  # fmt: skip
_MAX_WORDS = 6


@dataclass
class Candidate:
    """Somebody who might be an actor; ``places`` are the head tokens of all mentions.

    ``names`` are token ranges of names (of the whole phrase for those without one).
    """

    name: str
    kind: Kind
    is_named: bool
    names: list[tuple[int, int]]
    places: list[int]
    aliases: tuple[str, ...] = ()
    descriptions: tuple[Description, ...] = ()
    n_described: int = 0
    n_adjectives: int = 0
    likely_person: float = 0.0
    nouns: frozenset[str] = field(default_factory=frozenset)

    @property
    def states(self) -> frozenset[str]:
        """The states that somebody's names tell of: "Turkish police"."""
        names = (self.name, *self.aliases)
        return frozenset(state for name in names for state in lexicon.states_in(name))


def find(parse: Doc, cast: Cast) -> list[Candidate]:
    """All candidates, the named first, in the order of first mention."""
    named = [_named(cast, n) for n, member in enumerate(cast.members) if not member.is_thing]
    named = _with_adjectives(parse, named)
    known = meant.Named(named, _states(named))
    beside = {one.head for member in cast.members for one in member.descriptions}
    surnames = {one.name.split()[-1] for one in named if one.kind == "person"}
    loose: dict[str, list[Candidate]] = {}
    for head in parse:
        if head.i in beside or head.text in surnames or not _is_nameless(head, cast):
            continue
        noun = lexicon.singular(head.text)
        owner = known.owner(head, noun)
        if owner is not None:
            owner.n_described += 1
            insort(owner.places, head.i)
        elif noun in loose or head.lower_ in loose or not meant.is_known_by_name(named, head):
            _add(loose, head, noun)
    nameless = [one for called_so in loose.values() for one in called_so]
    return [*named, *(one for one in nameless if not meant.is_named_next(parse, one, named))]


def _with_adjectives(parse: Doc, named: list[Candidate]) -> list[Candidate]:
    """Count "Iranian" for Iran, where Iran is named; by itself an adjective names nobody.

    Nor does "Tehran" beside Iran: what is done there is done by the state.
    """
    states = _states(named)
    kept = []
    for one in named:
        name = lexicon.key(one.name)
        state = states.get(lexicon.demonyms().get(name, ""))
        is_seat = one.kind in ("state", "place") and lexicon.capitals().get(name) in states
        if not _is_adjective(parse, one) and not is_seat:
            kept.append(one)
        elif state is not None:
            state.n_adjectives += len(one.places)
    return kept


def _states(named: Sequence[Candidate]) -> dict[str, Candidate]:
    """The states by what the list calls them."""
    listed = ((lexicon.state_names().get(lexicon.key(one.name)), one) for one in named)
    return {name: one for name, one in listed if name is not None}


def _is_adjective(parse: Doc, candidate: Candidate) -> bool:
    words = candidate.name.casefold().split("-")
    if len(words) > 1 and lexicon.demonyms().keys() >= set(words):
        return True  # "Polish-American"
    return all(
        parse[place].tag_ in ("JJ", "NNP") and parse[place].ent_type_ == "NORP"
        for place in candidate.places
    )


def _named(cast: Cast, number: int) -> Candidate:
    member = cast.members[number]
    is_body = member.kind == "organisation"
    return Candidate(
        name=member.entity.name,
        kind=member.kind,
        is_named=True,
        names=[(name.start, name.end) for name in member.entity.names],
        places=[name.end - 1 for name in member.entity.names],
        aliases=tuple(sorted({name.text for name in member.entity.names} - {member.entity.name})),
        descriptions=member.descriptions,
        likely_person=member.likely_person,
        nouns=_called_so(member)
        | (lexicon.body_nouns(member.entity.name) if is_body else frozenset()),
    )


def _called_so(member: Member) -> frozenset[str]:
    """What somebody may be called; "a student from Hale" makes no student of a town."""
    is_town = member.kind == "place"
    return member.nouns - lexicon.words("person_nouns") if is_town else member.nouns


def _is_nameless(head: Token, cast: Cast) -> bool:
    """Whether a noun stands for people or a body, and not for somebody named beside it."""
    if head.tag_ not in _NOUNS or head.i in cast.by_token:
        return False
    noun = lexicon.singular(head.text)
    if head.lower_ in _EMPTY or head.dep_ in ("compound", "amod", "nmod", "appos", "attr", "oprd"):
        return False
    if head.dep_ == "pobj" and head.head.lower_ == "as":
        return False  # "serves as a judge"
    if head.tag_ == "NN" and any(child.lower_ in ("my", "our") for child in head.children):
        return False  # "our correspondent"
    is_body = noun in lexicon.words("organisation_nouns")
    is_people = noun in lexicon.words("person_nouns") or head.lower_ in lexicon.words("group_nouns")
    return is_body or is_people


def _add(loose: dict[str, list[Candidate]], head: Token, noun: str) -> None:
    """Count one more mention of the nameless; "governments" are not "the government"."""
    start, end = _phrase(head)
    is_plural = head.tag_ == "NNS" or head.lower_ in lexicon.words("group_nouns")
    key = head.lower_ if is_plural else noun
    called_so = loose.setdefault(key, [])
    known = _last_of(called_so, lexicon.states_in(head.doc[start:end].text))
    if known is None:
        is_body = noun in lexicon.words("organisation_nouns") and not is_plural
        kind: Kind = "group" if is_plural else "organisation" if is_body else "person"
        known = Candidate(name="", kind=kind, is_named=False, names=[], places=[])
        called_so.append(known)
    known.names.append((start, end))
    known.places.append(head.i)
    texts = [" ".join(head.doc[start:end].text.split()) for start, end in known.names]
    known.name = Counter(texts).most_common(1)[0][0]
    known.aliases = tuple(one for one in dict.fromkeys(texts) if one != known.name)


def _last_of(called_so: Sequence[Candidate], states: frozenset[str]) -> Candidate | None:
    """Who was last called by a noun; "Turkish police" are not "British police"."""
    fitting = [one for one in called_so if not are_others(one.states, states)]
    return max(fitting, key=lambda one: one.places[-1], default=None)


def are_others(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether those of some states cannot be those of others; who tells no state may be anybody."""
    return bool(left and right) and left.isdisjoint(right)


def _phrase(head: Token) -> tuple[int, int]:
    """A noun with what stands before it, without article, number and pronoun; six words at most."""
    start = head.i
    while start > max(head.left_edge.i, head.i - _MAX_WORDS + 1) and _is_part(head, start - 1):
        start -= 1
    while start < head.i and (_is_hyphen(head.doc, start - 1) or _is_hyphen(head.doc, start)):
        start += 1  # half a word: "year-old nephew"
    if head.doc[start].tag_ == "POS":
        start += 1
    return start, head.i + 1


def _is_part(head: Token, index: int) -> bool:
    token = head.doc[index]
    is_inside = token.head == head or token.head.head == head or token.tag_ in ("HYPH", "POS")
    return is_inside and token.tag_ in _PART_TAGS and token.lower_ not in _NO_PART


def _is_hyphen(parse: Doc, index: int) -> bool:
    return index >= 0 and parse[index].tag_ == "HYPH"
