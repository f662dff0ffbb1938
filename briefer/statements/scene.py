"""Who the source of a statement is: names, descriptions and pronouns resolved, in reading order.

A name, or a description that stands with a name, is sure. For the rest the candidates are ranked
(``ranking``); where none is likely enough the source stays unresolved. Knows nothing of contents.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from briefer.mentions import Cast, lexicon
from briefer.statements import ranking, referents, sources
from briefer.statements.ranking import Wanted
from briefer.statements.referents import Referent

_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our"))
_GOVERNMENTS = frozenset(("government", "administration", "regime"))


@dataclass(frozen=True, slots=True)
class Question:
    """A source to be resolved: head token and range, or the place of a quotation without a cue."""

    place: int
    head: int | None
    source: tuple[int, int] | None


class Scene:
    """The state of one reading of an article: who has been named and who spoke so far."""

    def __init__(self, parse: Doc, cast: Cast) -> None:
        self.parse = parse
        self.cast = cast
        self.referents: list[Referent] = referents.named(cast)
        self.spoken: list[Referent] = []
        self._by_name = {one.speaker: one for one in reversed(self.referents)}
        self._places = sorted(
            (place, number)
            for number, referent in enumerate(self.referents)
            for place in referent.places
        )
        self._described = {
            description.head: number
            for number, member in enumerate(cast.members)
            for description in member.descriptions
        }

    def resolve(self, question: Question) -> Referent | None:
        """The referent of a source, or ``None`` where it cannot be told."""
        sure = self.sure(question)
        if sure is not None:
            return sure
        wanted = self.wanted(question)
        guess = None if wanted is None else ranking.best(wanted, self.candidates(wanted))
        return self._new(question) if guess is None else guess

    def sure(self, question: Question) -> Referent | None:
        """The referent where a name tells it."""
        if question.head is None:
            return None
        head = self._person_behind(self.parse[question.head])
        number = self._number(head)
        if number is None and question.source is not None and head.i == question.head:
            number = self._apposed(question)
        return None if number is None else self.referents[number]

    def wanted(self, question: Question) -> Wanted | None:
        """What is looked for: a pronoun, a definite description, or whoever speaks a quotation."""
        if question.head is None:
            return None if question.source else Wanted(question.place, "quote", "?", "?", None)
        head = self._person_behind(self.parse[question.head])
        if head.lower_ in lexicon.pronouns():
            gender, number = lexicon.pronouns()[head.lower_]
            return Wanted(question.place, _pronoun_form(head.lower_), gender, number, None)
        if head.pos_ in ("NOUN", "PROPN") and _is_definite(head) and not _has_name(head):
            new = referents.unnamed(self.parse, head, head.left_edge.i, head.i + 1)
            noun = lexicon.singular(head.text)
            return Wanted(question.place, _noun_form(new, noun), new.gender, new.grammar, noun)
        return None

    def candidates(self, wanted: Wanted) -> list[ranking.Candidate]:
        """All who can be meant, each with its features."""
        first = bisect_left(self._places, (wanted.place - ranking.WINDOW, 0))
        last = bisect_left(self._places, (wanted.place, 0))
        numbers = sorted({number for _, number in self._places[first:last]})
        near = [self.referents[number] for number in numbers]
        recent = self.spoken[-1] if self.spoken else None
        return ranking.candidates(self.parse, wanted, near, recent)

    def speaks(self, referent: Referent, place: int) -> None:
        """Remember who said something last."""
        referent.n_said += 1
        referent.last_said = place
        self.spoken.append(referent)
        insort(self._places, (place, referent.number))

    def _person_behind(self, head: Token) -> Token:
        """The owner of words that speak ("a statement from his office", "her letter")."""
        if lexicon.singular(head.text) not in lexicon.words("carriers"):
            return head
        return sources.owner(head) or head

    def _number(self, head: Token) -> int | None:
        number = self.cast.by_token.get(head.i, self._described.get(head.i))
        if number is not None:
            return number
        for child in head.children:
            if child.dep_ == "appos" and child.i in self.cast.by_token:
                return self.cast.by_token[child.i]
        following = self.cast.by_token.get(head.i + 1)
        if following is not None and self.cast.members[following].kind == "person":
            return following
        return self._government(head)

    def _apposed(self, question: Question) -> int | None:
        """The name that ends a source after a comma: "a group behind the filing, Clear Water"."""
        start, end = question.source or (0, 0)
        number = self.cast.by_token.get(end - 1)
        first = end - 1
        while number is not None and self.cast.by_token.get(first - 1) == number:
            first -= 1
        is_apposed = first - 1 > start and self.parse[first - 1].text == ","
        return number if is_apposed else None

    def _government(self, head: Token) -> int | None:
        """Such as "the Iranian government" for Iran, where Iran is named at all."""
        if lexicon.singular(head.text) not in _GOVERNMENTS:
            return None
        for child in head.children:
            state = lexicon.demonyms().get(child.lower_)
            if state is not None and state in self._by_name:
                return self._by_name[state].number
        return None

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
            new.speaker = f"{owner}'s {' '.join(new.speaker.split()[1:])}"
        return self._remember(new, head.i)

    def _remember(self, new: Referent, place: int) -> Referent:
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
        pronoun = next((c for c in head.children if c.dep_ == "poss" and c.tag_ == "PRP$"), None)
        if (
            pronoun is None
            or pronoun.i != head.left_edge.i
            or is_first_person(self.parse, pronoun.i)
        ):
            return None
        gender, number = lexicon.pronouns().get(pronoun.lower_, ("?", "s"))
        wanted = Wanted(pronoun.i, _pronoun_form(pronoun.lower_), gender, number, None)
        best = ranking.best(wanted, self.candidates(wanted))
        return None if best is None else best.speaker


def _pronoun_form(word: str) -> ranking.Form:
    if word in ("it", "its", "itself"):
        return "it"
    return "they" if word in ("they", "them", "their", "theirs", "themselves") else "he"


def _noun_form(new: Referent, noun: str) -> ranking.Form:
    if noun in lexicon.words("carriers"):
        return "document"
    if new.grammar == "p":
        return "group"
    return "body" if new.kind == "organisation" else "description"


def _is_definite(head: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ in _DEFINITE for child in head.children)


def _has_name(head: Token) -> bool:
    """Whether a description holds a name that tells it from others ("the Tula Road hospital")."""
    return any(
        child.tag_ in ("NNP", "NNPS") and child.dep_ in ("compound", "nmod", "amod", "poss")
        for child in head.children
    )


def is_first_person(parse: Doc, head: int | None) -> bool:
    """Whether a source is the speaker of the quotation it stands in, or the author."""
    return head is not None and parse[head].lower_ in _FIRST_PERSON
