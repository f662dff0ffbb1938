"""Which of the named a noun without a name means: "the company", "the singer", "the couple".

Knows nothing of importance.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from briefer.mentions import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from briefer.actors.candidates import Candidate

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
_PAIRS = frozenset(("couple", "duo", "newlywed", "pair", "twin"))
# What bodies of another name are called too.
_CALLED: Mapping[str, frozenset[str]] = {
    "agency": frozenset(
        ("administration", "authority", "bureau", "commission", "department", "ministry", "office",
         "service")
    ),
    "school": frozenset(("academy", "college", "institute", "university")),
    "hospital": frozenset(("center", "centre", "clinic")),
    "panel": frozenset(("board", "commission", "committee", "council", "subcommittee")),
}  # fmt: skip
# How far back it is named, in tokens: two to three sentences.
_REACH = 75
# The first sentence or two, in tokens.
_LEAD = 40
_INDEFINITE = frozenset(("a", "an", "another", "any", "every", "no", "some"))


class Named:
    """The named of one article, by what else they may be called."""

    def __init__(self, named: Sequence[Candidate], states: Mapping[str, Candidate]) -> None:
        self._states = states
        self._bodies = [one for one in named if one.kind == "organisation"]
        self._by_noun: dict[str, list[Candidate]] = {}
        for one in named:
            for noun in one.nouns:
                self._by_noun.setdefault(noun, []).append(one)

    def owner(self, head: Token, noun: str) -> Candidate | None:
        """Whom a noun stands for; ``None`` where nobody named is meant for sure."""
        so_called = self._by_noun.get(noun, ())
        return (
            _called(so_called, head)
            or _named_later(so_called, head)
            or _meant(self._bodies, head, noun)
            or _ruled(self._states, head)
            or _police(self._bodies, head)
        )


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


def is_known_by_name(named: Sequence[Candidate], head: Token) -> bool:
    """Whether "the singer", who was not spoken of before, is one of those named before.

    Not who has a part in what happened ("the driver") or is somebody's ("the mayor of Hale").
    """
    noun = lexicon.singular(head.text)
    if noun in _PAIRS and _are_two(head.doc, named):
        return True
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


def _are_two(parse: Doc, named: Sequence[Candidate]) -> bool:
    """Whether two people are named side by side: "Ruth Amari and Earl Low"."""
    people = {place for one in named if one.kind == "person" for place in one.places}
    return any(parse[place].dep_ == "conj" and parse[place].head.i in people for place in people)


def _last_before(places: Sequence[int], place: int) -> int:
    """The last place before another one; those that only follow count less, the nearer the more."""
    number = bisect_left(places, place)
    return places[number - 1] if number else -places[0]


def is_named_next(parse: Doc, candidate: Candidate, named: Sequence[Candidate]) -> bool:
    """Whether the lead's "a tourist", never met again, is who is named most, right after it."""
    place = candidate.places[0]
    is_one = candidate.kind == "person" and len(candidate.places) == 1 and place < _LEAD
    people = [one for one in named if one.kind == "person"]
    if not is_one or not people or not any(c.lower_ in ("a", "an") for c in parse[place].children):
        return False
    most = max(people, key=lambda one: len(one.places))
    return place < most.places[0] < place + _REACH
