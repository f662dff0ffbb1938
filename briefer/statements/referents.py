"""Whom a speaker's pronoun or description may mean: named members of the cast and unnamed people.

Knows nothing of how likely each of them is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from briefer.mentions import Cast, lexicon
from briefer.mentions.kinds import Kind
from briefer.mentions.lexicon import Gender, Number

AUTHOR = "the author"


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
    """The nouns in a name: the "Supreme Court" may be called "the court"."""
    if kind == "person":
        return frozenset()
    parts = {lexicon.singular(part) for part in name.split()}
    found = parts & lexicon.words("organisation_nouns")
    return frozenset(found | ({"country", "government"} if kind == "state" else set()))


def unnamed(parse: Doc, head: Token, start: int, end: int) -> Referent:
    """A referent for a description that belongs to no name ("two officials"), not numbered yet."""
    noun = lexicon.singular(head.text)
    is_plural = head.tag_ in ("NNS", "NNPS") or noun in lexicon.words("group_nouns")
    is_body = noun in lexicon.words("organisation_nouns") and not is_plural
    return Referent(
        number=-1,
        speaker=_words(parse, start, end),
        is_named=False,
        kind="group" if is_plural else "organisation" if is_body else "person",
        gender=_gender(noun, is_body=is_body),
        grammar="p" if is_plural else "s",
        nouns=frozenset((noun,)),
        places=[head.i],
        likely_person=0.0 if is_body else 1.0,
    )


def _words(parse: Doc, start: int, end: int) -> str:
    """The description as written, without the article before it and the rest after a comma."""
    while start < end - 1 and (parse[start].lower_ in ("a", "an", "the") or parse[start].is_punct):
        start += 1
    return " ".join(parse[start:end].text.split())


def _gender(noun: str, *, is_body: bool) -> Gender:
    if noun in lexicon.words("female_words"):
        return "f"
    if noun in lexicon.words("male_words"):
        return "m"
    return "n" if is_body else "?"
