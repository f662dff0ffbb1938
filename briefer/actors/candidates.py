"""Who might be an actor: the named of the cast, and people who go without a name ("residents").

Knows nothing of importance.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from briefer.mentions import Cast, Description, lexicon
from briefer.mentions.kinds import Kind

_NOUNS = frozenset(("NN", "NNS"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_EMPTY = frozenset(
    ("people", "person", "man", "woman", "one", "member", "head", "team", "family", "country")
)
_NO_PART = frozenset(
    ("DT", "PRP$", "PDT", "CD", "IN", ",", ":", "``", "''", "-LRB-", "CC", "WP$", "WDT")
)
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
    named = [_named(cast, number) for number in range(len(cast.members))]
    named = _with_adjectives(parse, named)
    by_noun: dict[str, list[Candidate]] = {}
    for one in named:
        for noun in one.nouns:
            by_noun.setdefault(noun, []).append(one)
    loose: dict[str, Candidate] = {}
    for head in parse:
        if not _is_nameless(head, cast):
            continue
        noun = lexicon.singular(head.text)
        owner = _called(by_noun.get(noun, ()), head)
        if owner is not None:
            owner.n_described += 1
            insort(owner.places, head.i)
        else:
            _add(loose, head, noun)
    return [*named, *loose.values()]


def _with_adjectives(parse: Doc, named: list[Candidate]) -> list[Candidate]:
    """Count "Iranian" for Iran, where Iran is named; by itself an adjective names nobody."""
    states = {one.name: one for one in named if one.kind == "state"}
    kept = []
    for one in named:
        state = states.get(lexicon.demonyms().get(lexicon.key(one.name), ""))
        if not _is_adjective(parse, one):
            kept.append(one)
        elif state is not None:
            state.n_adjectives += len(one.places)
    return kept


def _is_adjective(parse: Doc, candidate: Candidate) -> bool:
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
    is_body = noun in lexicon.words("organisation_nouns")
    is_people = noun in lexicon.words("person_nouns") or head.lower_ in lexicon.words("group_nouns")
    return (is_body or is_people) and head.dep_ not in ("compound", "amod", "nmod", "appos", "attr")


def _called(so_called: Sequence[Candidate], head: Token) -> Candidate | None:
    """The named one that a singular description means: the last one that is called so.

    "The" before it is not asked for: headlines leave it out.
    """
    if head.tag_ != "NN" or any(child.lower_ in _INDEFINITE for child in head.children):
        return None
    return max(so_called, key=lambda one: _last_before(one.places, head.i), default=None)


def _last_before(places: Sequence[int], place: int) -> int:
    """The last place before another one; those that only follow count less, the nearer the more."""
    number = bisect_left(places, place)
    return places[number - 1] if number else -places[0]


def _add(loose: dict[str, Candidate], head: Token, noun: str) -> None:
    start, end = _phrase(head)
    text = " ".join(head.doc[start:end].text.split())
    is_plural = head.tag_ == "NNS" or head.lower_ in lexicon.words("group_nouns")
    known = loose.get(noun)
    if known is None:
        is_body = noun in lexicon.words("organisation_nouns") and not is_plural
        kind: Kind = "group" if is_plural else "organisation" if is_body else "person"
        loose[noun] = Candidate(
            name=text, kind=kind, is_named=False, names=[(start, end)], places=[head.i]
        )
        return
    known.names.append((start, end))
    known.places.append(head.i)
    known.aliases = tuple(dict.fromkeys((*known.aliases, text)))
    if is_plural:
        known.kind = "group"


def _phrase(head: Token) -> tuple[int, int]:
    """A noun with what stands before it, without article and pronoun, at most six words."""
    start = head.i
    for token in reversed(list(_before(head))):
        if head.i - token.i >= _MAX_WORDS:
            break
        start = token.i
    end = head.i + 1
    return start, end


def _before(head: Token) -> Iterator[Token]:
    for token in head.doc[head.left_edge.i : head.i]:
        if token.tag_ in _NO_PART or token.lower_ == "other":
            continue
        if token.head == head or token.head.head == head:
            yield token
