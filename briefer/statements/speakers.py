"""Who the source of a statement is: names, descriptions and pronouns resolved, in reading order.

A name or a description that stands with a name is sure. For the rest the candidates are scored
(``ranking``); one that scores too low is left unresolved. Knows nothing of cues or contents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from briefer.mentions import Cast, lexicon
from briefer.mentions.lexicon import Gender, Number
from briefer.statements import ranking, referents
from briefer.statements.referents import Referent

_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be resolved: a source's head token and words, or a quotation without a cue."""

    head: int | None
    start: int
    end: int
    is_quote: bool = False


class Scene:
    """The state of one reading of an article: who has been named and who spoke so far."""

    def __init__(self, parse: Doc, cast: Cast) -> None:
        self.parse = parse
        self.cast = cast
        self.referents: list[Referent] = referents.named(cast)
        self.spoken: list[Referent] = []
        self._described = {
            description.head: number
            for number, member in enumerate(cast.members)
            for description in member.descriptions
        }

    def resolve(self, asked: Asked) -> Referent | None:
        """The referent of a source, or ``None`` where it cannot be told."""
        if asked.head is None:
            return None
        head = self.parse[asked.head]
        sure = self._named(head)
        if sure is not None:
            return sure
        if head.lower_ in lexicon.pronouns():
            gender, number = lexicon.pronouns()[head.lower_]
            return self._best(asked, gender, number, noun=None)
        if head.pos_ not in ("NOUN", "PROPN"):
            return None
        return self._described_one(asked, head)

    def speaks(self, referent: Referent, place: int) -> None:
        """Remember who said something last."""
        referent.n_said += 1
        referent.last_said = place
        self.spoken.append(referent)

    def _named(self, head: Token) -> Referent | None:
        number = self.cast.by_token.get(head.i, self._described.get(head.i))
        if number is None:
            number = next(
                (
                    self.cast.by_token[child.i]
                    for child in head.children
                    if child.dep_ == "appos" and child.i in self.cast.by_token
                ),
                None,
            )
        if number is None:
            number = self._government(head)
        return None if number is None else self.referents[number]

    def _government(self, head: Token) -> int | None:
        """ "The Iranian government" is Iran."""
        if lexicon.singular(head.text) not in ("government",) or head.tag_ != "NN":
            return None
        for child in head.children:
            state = lexicon.demonyms().get(child.lower_)
            for number, member in enumerate(self.cast.members):
                if state is not None and member.entity.name == state:
                    return number
        return None

    def _described_one(self, asked: Asked, head: Token) -> Referent:
        noun = lexicon.singular(head.text)
        if _is_definite(head):
            number: Number = "p" if head.tag_ == "NNS" else "s"
            gender = referents.unnamed(self.parse, head, asked.start, asked.end).gender
            best = self._best(asked, gender, number, noun=noun)
            if best is not None:
                return best
        new = referents.unnamed(self.parse, head, asked.start, asked.end)
        self.referents.append(new)
        return new

    def _best(
        self, asked: Asked, gender: Gender, number: Number, noun: str | None
    ) -> Referent | None:
        place = asked.start
        wanted = ranking.Wanted(place, gender, number, noun)
        return ranking.best(self.parse, wanted, self.referents, self.spoken)


def _is_definite(head: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ in _DEFINITE for child in head.children)


def first_person(parse: Doc, head: int | None) -> bool:
    """Whether a source is the speaker of the quotation it stands in, or the author."""
    return head is not None and parse[head].lower_ in _FIRST_PERSON


def mentions_before(places: Sequence[int], place: int) -> list[int]:
    """The places before another one."""
    return [other for other in places if other < place]
