"""Who the source of a statement is: names, descriptions and pronouns resolved, in reading order.

A name, or a description that stands with a name, is sure. For the rest the candidates are ranked
(``ranking``); where none is likely enough the source stays unresolved. Knows nothing of contents.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Set
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from briefer.mentions import Cast, lexicon
from briefer.schema import Span
from briefer.statements import heads, phrases, ranking, referents, sources
from briefer.statements.members import Members
from briefer.statements.ranking import Wanted
from briefer.statements.referents import Referent

_ACTING = frozenset(("nsubj", "nsubjpass", "dobj"))
# A longer list of names is hardly one source.
_MAX_JOINED = 3
# One person, who says "I" of himself. Speech sentences whose speaker is right, with these: of val
# 401 -> 403 of 520, of train 4,297 -> 4,306 of 5,294; with the names of indirect speech fewer.
_OF_ONE = frozenset(("he", "quote"))
_GOVERNMENTS = frozenset(("government", "administration", "regime"))


@dataclass(frozen=True, slots=True)
class Question:
    """A source to be resolved: head token and range, or the place of a quotation without a cue.

    ``quoted`` are the quotations that it speaks.
    """

    place: int
    head: int | None
    source: tuple[int, int] | None
    quoted: tuple[Span, ...] = ()


class Scene:
    """The state of one reading of an article: who has been named and who spoke so far."""

    def __init__(self, parse: Doc, cast: Cast) -> None:
        self.parse = parse
        self.cast = cast
        self._members = Members(parse, cast)
        self.referents: list[Referent] = referents.named(cast)
        self.spoken: list[Referent] = []
        self._by_name = {one.speaker: one for one in reversed(self.referents)}
        self._places = sorted(
            (place, number)
            for number, referent in enumerate(self.referents)
            for place in referent.places
        )
        for head in parse:
            if self._acts_nameless(head):
                self.remember(referents.unnamed(parse, head, *phrases.noun_phrase(head)), head.i)

    def _acts_nameless(self, head: Token) -> bool:
        """Whether people or a body without a name do something ("two officials", "the crew").

        One person without a name is mostly somebody named ("a graduate of Penn State").
        """
        if head.tag_ not in ("NN", "NNS") or head.dep_ not in _ACTING:
            return False
        if self._members.is_known(head):
            return False
        noun = lexicon.singular(head.text)
        is_group = head.lower_ in lexicon.words("group_nouns") or (
            head.tag_ == "NNS" and noun in lexicon.words("person_nouns")
        )
        return is_group or noun in lexicon.words("organisation_nouns")

    def resolve(self, question: Question) -> Referent | None:
        """The referent of a source, or ``None`` where it cannot be told."""
        sure = self.sure(question)
        if sure is not None:
            return sure
        wanted = self.wanted(question)
        guess = None if wanted is None else self._guess(wanted, question)
        return self._new(question) if guess is None else guess

    def _guess(self, wanted: Wanted, question: Question) -> Referent | None:
        """The likeliest candidate; whom a quotation names speaks it only where nobody else may."""
        told = frozenset[int]()
        if wanted.form in _OF_ONE:
            told = referents.told_of(self.parse, self.cast, question.quoted)
        other = self._likeliest(wanted, told) if told else None
        return self._likeliest(wanted) if other is None else other

    def _likeliest(self, wanted: Wanted, told: Set[int] = frozenset()) -> Referent | None:
        """The likeliest candidate, none of ``told``, that the article does not call otherwise."""
        called = heads.kinds(self.parse[wanted.place]) if wanted.noun else frozenset()
        fitting = [
            one
            for one in self.candidates(wanted, without=told)
            if not self._is_another(one[0], wanted, called)
        ]
        return ranking.best(wanted, fitting)

    def _is_another(self, referent: Referent, wanted: Wanted, called: frozenset[str]) -> bool:
        """Whether a name is told to be another such: no "rights group", but "a militant group"."""
        if not called or referent.number >= len(self.cast.members):
            return False
        member = self.cast.members[referent.number]
        told = [one.head for one in member.descriptions if one.noun(self.parse) == wanted.noun]
        own = {word for head in told for word in heads.kinds(self.parse[head])}
        name = frozenset(referent.speaker.casefold().split())
        return bool(told) and called.isdisjoint(own | name)

    def sure(self, question: Question) -> Referent | None:
        """The referent where a name tells it."""
        if question.head is None:
            return None
        head = self.parse[question.head]
        number = self._number(head)
        if number is not None:
            return self._joined(head, number)
        if question.source is not None:
            number = self._members.apposed(*question.source)
        if number is None:
            number = self._number(self._members.behind(head))
        return None if number is None else self.referents[number]

    def _joined(self, head: Token, number: int) -> Referent:
        """The one named, or several where names are joined: "A and B said"."""
        numbers = [number]
        for other in head.conjuncts:
            its = self.cast.by_token.get(other.i) if other.i > head.i else None
            if its is not None and its not in numbers:
                numbers.append(its)
        members = [self.referents[one] for one in numbers[:_MAX_JOINED]]
        if len(members) == 1 or any(one.kind in ("place", "other") for one in members):
            return members[0]
        return self.remember(referents.joined(members, head.i), head.i)

    def wanted(self, question: Question) -> Wanted | None:
        """What is looked for: a pronoun, a definite description, or whoever speaks a quotation."""
        if question.head is None:
            return None if question.source else Wanted(question.place, "quote", "?", "?", None)
        head = self._members.behind(self.parse[question.head])
        if sources.is_aged(head):
            return Wanted(question.place, "he", "?", "s", None)
        if head.lower_ in lexicon.pronouns():
            gender, number = lexicon.pronouns()[head.lower_]
            return Wanted(question.place, ranking.pronoun_form(head.lower_), gender, number, None)
        if head.pos_ in ("NOUN", "PROPN") and heads.is_definite(head) and not heads.has_name(head):
            new = referents.unnamed(self.parse, head, head.left_edge.i, head.i + 1)
            noun = lexicon.singular(head.text)
            form, states = ranking.noun_form(new, noun), lexicon.states_in(new.speaker)
            return Wanted(question.place, form, new.gender, new.grammar, noun, states)
        return None

    def candidates(
        self, wanted: Wanted, without: Set[int] = frozenset()
    ) -> list[ranking.Candidate]:
        """All who can be meant, each with its features."""
        first = bisect_left(self._places, (wanted.place - ranking.WINDOW, 0))
        last = bisect_left(self._places, (wanted.place, 0))
        numbers = sorted({number for _, number in self._places[first:last]})
        near = [self.referents[number] for number in numbers if number not in without]
        recent = self.spoken[-1] if self.spoken else None
        return ranking.candidates(self.parse, wanted, near, recent)

    def speaks(self, referent: Referent, place: int) -> None:
        """Remember who said something last."""
        referent.n_said += 1
        referent.last_said = place
        self.spoken.append(referent)
        insort(self._places, (place, referent.number))

    def _number(self, head: Token) -> int | None:
        number = self._members.named(head)
        return self._government(head) if number is None else number

    def _government(self, head: Token) -> int | None:
        """Such as "the Iranian government" for Iran, where Iran is named at all."""
        is_owned = any(child.dep_ == "poss" for child in head.children)
        if is_owned or lexicon.singular(head.text) not in _GOVERNMENTS:
            return None
        words = self.parse[head.left_edge.i : head.i].text
        named = (self._by_name.get(state) for state in lexicon.states_in(words))
        return next((one.number for one in named if one is not None), None)

    def _new(self, question: Question) -> Referent | None:
        """A description that belongs to nobody named becomes a referent of its own."""
        if question.head is None or question.source is None:
            return None
        head = self.parse[question.head]
        if head.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ") and head.tag_ != "DT":
            return None
        new = referents.unnamed(self.parse, head, *question.source)
        owner = self._owner(head)
        if owner is not None:
            new.speaker = _owned(new.speaker.partition(" ")[2], owner)
        return self.remember(new, head.i)

    def remember(self, new: Referent, place: int) -> Referent:
        """The referent of that description, one known before where there is one."""
        known = self._by_name.setdefault(new.speaker, new)
        if known is new:
            new.number = len(self.referents)
            self.referents.append(new)
        else:
            insort(known.places, place)
        insort(self._places, (place, known.number))
        return known

    def _owner(self, head: Token) -> str | None:
        """Whose it is, where a pronoun says so ("its health department")."""
        pronoun = heads.own_pronoun(head)
        if pronoun is None:
            return None
        gender, number = lexicon.pronouns().get(pronoun.lower_, ("?", "s"))
        wanted = Wanted(pronoun.i, ranking.pronoun_form(pronoun.lower_), gender, number, None)
        best = ranking.best(wanted, self.candidates(wanted))
        return None if best is None else best.speaker


def _owned(noun: str, owner: str) -> str:
    """Whose it is told: "Lee's aides", "aides of Lee and Cho"; ``noun`` has no pronoun."""
    return f"{noun} of {owner}" if " and " in owner else f"{owner}'s {noun}"
