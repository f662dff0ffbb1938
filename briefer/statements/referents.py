"""Whom a speaker's pronoun or description may mean: named members of the cast and unnamed people.

Knows nothing of how likely each of them is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from briefer.mentions import Cast, lexicon
from briefer.mentions.kinds import Kind
from briefer.mentions.lexicon import Gender, Number
from briefer.schema import Span

_MAX_WORDS = 8
# Endings of nouns for people that no list holds ("snowboarder", "hydrologist").
_OF_PEOPLE = ("er", "or", "ist", "ian", "man", "woman", "ant", "ent", "eer", "one")
# "My name is Ann Low": who is named there speaks.
_I_AM = re.compile(r"\b(?:I am|I['’]m|my name(?: is|['’]s)|I,) $", re.IGNORECASE)
_I_AM_REACH = 4  # tokens


@dataclass
class Referent:
    """Somebody who can be meant, the ``number``-th of an article.

    ``places`` are the head tokens of mentions so far, ascending; ``grammar`` singular or plural.
    """

    number: int
    speaker: str
    is_named: bool
    kind: Kind
    gender: Gender
    grammar: Number
    nouns: frozenset[str]
    places: list[int] = field(default_factory=list)
    likely_person: float = 1.0
    n_said: int = 0
    last_said: int = -1


def named(cast: Cast) -> list[Referent]:
    """One referent for every member of the cast, in its order, with all its places."""
    return [
        Referent(
            number=number,
            speaker=member.entity.name,
            is_named=True,
            kind=member.kind,
            gender=member.gender,
            grammar="p" if member.kind == "group" else "s",
            nouns=member.nouns | _body_nouns(member.entity.name, member.kind),
            places=[name.end - 1 for name in member.entity.names],
            likely_person=member.likely_person,
        )
        for number, member in enumerate(cast.members)
    ]


def _body_nouns(name: str, kind: Kind) -> frozenset[str]:
    """What a name other than a person's may be called: a state also "the country"."""
    if kind == "person":
        return frozenset()
    found = lexicon.body_nouns(name)
    return found | {"country", "government"} if kind == "state" else found


def unnamed(parse: Doc, head: Token, start: int, end: int) -> Referent:
    """A referent for a description that belongs to no name ("two officials"), not numbered yet."""
    noun = lexicon.singular(head.text)
    is_plural = head.tag_ in ("NNS", "NNPS") or noun in lexicon.words("group_nouns")
    kind = "group" if is_plural else _kind(noun)
    return Referent(
        number=-1,
        speaker=_words(parse, start, _cut(head, end)),
        is_named=False,
        kind=kind,
        gender=_gender(noun, kind),
        grammar="p" if is_plural else "s",
        nouns=frozenset((noun,)),
        places=[head.i],
        likely_person=float(kind == "person"),
    )


def _kind(noun: str) -> Kind:
    """What a noun in the singular stands for; what is neither on a list nor like a person: a thing.

    "He" never means a letter.
    """
    last = noun.rpartition("-")[2]
    if last in lexicon.words("organisation_nouns"):
        return "organisation"
    if last in lexicon.words("carriers"):
        return "other"
    is_person = last in lexicon.words("person_nouns") or (
        last.endswith(_OF_PEOPLE) and not last.endswith("ment")
    )
    return "person" if is_person else "other"


def signer(name: str, place: int) -> Referent:
    """A referent for the name below a quotation that the cast does not have, not numbered yet."""
    return Referent(
        number=-1,
        speaker=name,
        is_named=True,
        kind="person",
        gender="?",
        grammar="s",
        nouns=frozenset(),
        places=[place],
    )


def joined(members: Sequence[Referent], place: int) -> Referent:
    """A referent for several who speak as one, not numbered yet."""
    *first, last = (one.speaker for one in members)
    return Referent(
        number=-1,
        speaker=f"{', '.join(first)} and {last}",
        is_named=True,
        kind="group",
        gender="?",
        grammar="p",
        nouns=frozenset(),
        places=[place],
        likely_person=0.0,
    )


def told_of(parse: Doc, cast: Cast, quoted: Iterable[Span]) -> frozenset[int]:
    """The people of the cast who are named within quotations, but for who gives the own name.

    A body tells of itself by its name: "The Norland Bank is committed".
    """
    named: set[int] = set()
    themselves: set[int] = set()
    for one in quoted:
        for token in parse.char_span(one.start, one.end, alignment_mode="expand") or ():
            number = cast.by_token.get(token.i)
            if number is not None and cast.members[number].kind == "person":
                before = parse[max(token.i - _I_AM_REACH, 0) : token.i].text_with_ws
                is_own = _I_AM.search(before)
                (themselves if is_own else named).add(number)
    return frozenset(named - themselves)


def _cut(head: Token, end: int) -> int:
    """Where a description ends: before a comma or "who …", a long one before "working there"."""
    kinds = ("relcl", "acl") if end - head.left_edge.i > _MAX_WORDS else ("relcl",)
    after = head.doc[head.i + 1 : end]
    clauses = (one.left_edge.i for one in after if one.dep_ in kinds)
    commas = (one.i for one in after if one.text == "," and _sets_off(one, head))
    return min((place for place in (*clauses, *commas) if place > head.i), default=end)


def _sets_off(comma: Token, head: Token) -> bool:
    """Whether an apposition or clause follows, no list: "the union, the largest in the city"."""
    following = comma.nbor() if comma.i + 1 < len(comma.doc) else comma
    return comma.head == head or following.tag_ in ("DT", "WP", "WDT")


def _words(parse: Doc, start: int, end: int) -> str:
    """The description as written, without the article before it."""
    while start < end - 1 and (parse[start].lower_ in ("a", "an", "the") or parse[start].is_punct):
        start += 1
    return " ".join(parse[start:end].text.split()).rstrip(" ,")


def _gender(noun: str, kind: Kind) -> Gender:
    if noun in lexicon.words("female_words"):
        return "f"
    if noun in lexicon.words("male_words"):
        return "m"
    return "?" if kind in ("person", "group") else "n"
