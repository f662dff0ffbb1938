"""Who might be an actor: the named of the cast, and people who go without a name ("residents").

Knows nothing of importance.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from briefer.mentions import Cast, Description, lexicon
from briefer.mentions.kinds import Kind

_NOUNS = frozenset(("NN", "NNS"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
# Nouns that say nothing of who it is, or speak for somebody else.
_EMPTY = frozenset(
    ("countries", "country", "head", "investigation", "investigations", "member", "members", "men",
     "nation", "nations", "one", "order", "orders", "other", "others", "owner", "pair", "people",
     "person", "persons", "spokesman", "spokesperson", "spokeswoman", "user", "users", "women")
)  # fmt: skip
# "The company" is a body named before; "the government", "the court" may be meant by themselves.
_CORPORATE = frozenset(
    ("airline", "bank", "brand", "brewery", "broadcaster", "carrier", "chain", "charity", "club",
     "company", "conglomerate", "cooperative", "corporation", "enterprise", "firm", "foundation",
     "maker", "manufacturer", "network", "newspaper", "organisation", "organization", "publisher",
     "retailer", "start-up", "startup", "studio", "supplier", "union", "website")
)  # fmt: skip
# What somebody without a name is in an event or at law; others are called so after their names.
_PARTS = frozenset(
    ("agent", "attacker", "baby", "boy", "bystander", "caller", "captain", "child", "commander",
     "couple", "defendant", "detective", "doctor", "driver", "employee", "girl", "guard", "gunman",
     "hijacker", "hostage", "inspector", "judge", "man", "mother", "father", "nurse", "officer",
     "official", "owner", "passenger", "patient", "pilot", "plaintiff", "prosecutor", "shooter",
     "soldier", "student", "suspect", "teacher", "teenager", "translator", "victim", "witness",
     "woman")
)  # fmt: skip
# What bodies of another name are called too.
_CALLED: Mapping[str, frozenset[str]] = {
    "agency": frozenset(
        ("administration", "authority", "bureau", "commission", "department", "ministry", "office",
         "service")
    ),
    "panel": frozenset(("board", "commission", "committee", "council", "subcommittee")),
}  # fmt: skip
# How far back it is named, in tokens: two to three sentences.
_REACH = 75
# The first sentence or two, in tokens.
_LEAD = 40
_PART_TAGS = frozenset(("JJ", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "POS", "HYPH", "AFX"))
_NO_PART = frozenset(
    ("first", "last", "least", "many", "more", "most", "next", "other", "own", "same", "second",
     "several", "such", "third", "various")
)  # fmt: skip
_INDEFINITE = frozenset(("a", "an", "another", "any", "every", "no", "some"))
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


def find(parse: Doc, cast: Cast) -> list[Candidate]:
    """All candidates, the named first, in the order of first mention."""
    named = [_named(cast, n) for n, member in enumerate(cast.members) if not member.is_thing]
    named = _with_adjectives(parse, named)
    by_noun: dict[str, list[Candidate]] = {}
    for one in named:
        for noun in one.nouns:
            by_noun.setdefault(noun, []).append(one)
    bodies = [one for one in named if one.kind == "organisation"]
    states = _states(named)
    beside = {one.head for member in cast.members for one in member.descriptions}
    loose: dict[str, Candidate] = {}
    for head in parse:
        if head.i in beside or not _is_nameless(head, cast):
            continue
        noun = lexicon.singular(head.text)
        owner = (
            _called(by_noun.get(noun, ()), head)
            or _named_later(by_noun.get(noun, ()), head)
            or _meant(bodies, head, noun)
            or _ruled(states, head)
            or _police(bodies, head)
        )
        if owner is not None:
            owner.n_described += 1
            insort(owner.places, head.i)
        elif noun in loose or head.lower_ in loose or not _is_known_by_name(named, head):
            _add(loose, head, noun)
    return [*named, *loose.values()]


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
        nouns=member.nouns | (lexicon.body_nouns(member.entity.name) if is_body else frozenset()),
    )


def _is_nameless(head: Token, cast: Cast) -> bool:
    """Whether a noun stands for people or a body, and not for somebody named beside it."""
    if head.tag_ not in _NOUNS or head.i in cast.by_token:
        return False
    noun = lexicon.singular(head.text)
    if head.lower_ in _EMPTY or head.dep_ in ("compound", "amod", "nmod", "appos", "attr", "oprd"):
        return False
    if head.dep_ == "pobj" and head.head.lower_ == "as":
        return False  # "serves as a judge"
    is_body = noun in lexicon.words("organisation_nouns")
    is_people = noun in lexicon.words("person_nouns") or head.lower_ in lexicon.words("group_nouns")
    return is_body or is_people


def _called(so_called: Sequence[Candidate], head: Token) -> Candidate | None:
    """The named one that a singular description means: the last one that is called so.

    "The" before it is not asked for: headlines leave it out.
    """
    if head.tag_ != "NN" or any(child.lower_ in _INDEFINITE for child in head.children):
        return None
    return max(so_called, key=lambda one: _last_before(one.places, head.i), default=None)


def _named_later(so_called: Sequence[Candidate], head: Token) -> Candidate | None:
    """The only one so called, where the lead only says "a federal judge"."""
    is_one = head.tag_ == "NN" and len(so_called) == 1
    is_lead = head.i < _LEAD and any(child.lower_ in ("a", "an") for child in head.children)
    if is_one and is_lead and head.i < so_called[0].places[0] < head.i + _REACH:
        return so_called[0]
    return None


def _meant(bodies: Sequence[Candidate], head: Token, noun: str) -> Candidate | None:
    """The body that a bare "the company" means: the last one named, if not long before."""
    words = [child.lower_ for child in head.children if child.i < head.i]
    if head.tag_ != "NN" or words != ["the"]:
        return None
    if noun in _CALLED:
        bodies = [one for one in bodies if not _CALLED[noun].isdisjoint(one.nouns)]
    elif noun not in _CORPORATE:
        return None
    last = max(bodies, key=lambda one: _last_before(one.places, head.i), default=None)
    is_near = last is not None and 0 <= head.i - _last_before(last.places, head.i) <= _REACH
    return last if is_near else None


def _ruled(states: Mapping[str, Candidate], head: Token) -> Candidate | None:
    """The state whose government is meant: "the Iranian government"."""
    if head.lower_ != "government":
        return None
    found = lexicon.states_in(head.doc[head.left_edge.i : head.i].text)
    return states.get(next(iter(found))) if len(found) == 1 else None


def _police(bodies: Sequence[Candidate], head: Token) -> Candidate | None:
    """The only force that is named, where it is just called "police"."""
    forces = [one for one in bodies if "police" in one.name.casefold().split()]
    is_bare = all(child.lower_ == "the" for child in head.children if child.i < head.i)
    return forces[0] if head.lower_ == "police" and is_bare and len(forces) == 1 else None


def _is_known_by_name(named: Sequence[Candidate], head: Token) -> bool:
    """Whether "the singer", who was not spoken of before, is one of those named before.

    Not who has a part in what happened ("the driver") or is somebody's ("the mayor of Hale").
    """
    noun = lexicon.singular(head.text)
    if head.tag_ != "NN" or noun in lexicon.words("organisation_nouns") or noun in _PARTS:
        return False
    articles = {child.lower_ for child in head.children if child.dep_ in ("det", "poss", "nummod")}
    is_bare = not articles and not head.doc[head.left_edge.i].is_sent_start
    is_definite = is_bare or not articles.isdisjoint(("the", "this", "that"))
    is_former = any(child.lower_ in ("current", "former") for child in head.children)
    is_whose = not is_former and any(
        child.dep_ in ("prep", "poss", "relcl", "acl") for child in head.children
    )
    people = (one for one in named if one.kind == "person")
    return is_definite and not is_whose and any(one.places[0] < head.i for one in people)


def _last_before(places: Sequence[int], place: int) -> int:
    """The last place before another one; those that only follow count less, the nearer the more."""
    number = bisect_left(places, place)
    return places[number - 1] if number else -places[0]


def _add(loose: dict[str, Candidate], head: Token, noun: str) -> None:
    """Count one more mention of the nameless; "governments" are not "the government"."""
    start, end = _phrase(head)
    is_plural = head.tag_ == "NNS" or head.lower_ in lexicon.words("group_nouns")
    key = head.lower_ if is_plural else noun
    known = loose.get(key)
    if known is None:
        is_body = noun in lexicon.words("organisation_nouns") and not is_plural
        kind: Kind = "group" if is_plural else "organisation" if is_body else "person"
        known = loose[key] = Candidate(name="", kind=kind, is_named=False, names=[], places=[])
    known.names.append((start, end))
    known.places.append(head.i)
    texts = [" ".join(head.doc[start:end].text.split()) for start, end in known.names]
    known.name = Counter(texts).most_common(1)[0][0]
    known.aliases = tuple(one for one in dict.fromkeys(texts) if one != known.name)


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
