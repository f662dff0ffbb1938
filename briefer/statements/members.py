"""Whom of the cast a source's words name: by a name, or by a description that stands with one.

Knows nothing of pronouns, or of who spoke before.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from briefer.mentions import Cast, lexicon
from briefer.statements import heads, sources

# Carriers in which a body speaks for itself: "the Selby website says".
_VOICES = frozenset(("announcement", "figure", "datum", "release", "site", "statement", "website"))
_OFFICE = frozenset(("NOUN", "PROPN", "ADJ", "PART"))


class Members:
    """One article's cast, found by its words; members are told by their numbers."""

    def __init__(self, parse: Doc, cast: Cast) -> None:
        self.parse = parse
        self.cast = cast
        self._described = {
            description.head: number
            for number, member in enumerate(cast.members)
            for description in member.descriptions
        }

    def is_known(self, head: Token) -> bool:
        """Whether a word, or one apposed to it, is a name or stands for one."""
        around = [head, *(child for child in head.children if child.dep_ == "appos")]
        return any(one.i in self.cast.by_token or one.i in self._described for one in around)

    def behind(self, head: Token) -> Token:
        """The owner of words that speak ("a statement from his office", "her letter").

        Polls and records go by their own name ("a Heron Institute poll").
        """
        noun = lexicon.singular(head.text)
        if noun not in lexicon.words("carriers"):
            return head
        owner = sources.owner(head)
        if owner is None and noun in _VOICES:
            owner = next((c for c in head.children if c.i in self.cast.by_token), None)
        return owner or head

    def named(self, head: Token) -> int | None:
        """Whom a word is the name or the description of, or stands with the name of."""
        number = self.cast.by_token.get(head.i, self._described.get(head.i))
        if number is not None:
            return self._person_after(head, number)
        for child in head.children:
            if child.dep_ == "appos" and child.i in self.cast.by_token:
                return self.cast.by_token[child.i]
        return self._right_after(head)

    def apposed(self, start: int, end: int) -> int | None:
        """The name after a comma that ends or follows a source: "its owner, Clear Water, said"."""
        following = self.cast.by_token.get(end + 1)
        if following is not None and self.parse[end].text == ",":
            is_person = self.cast.members[following].kind == "person"
            return following if is_person and self._is_set_off(end + 1, following) else None
        number = self.cast.by_token.get(end - 1)
        first = end - 1
        while number is not None and self._is_before_name(first - 1, number):
            first -= 1
        is_apposed = first - 1 > start and self.parse[first - 1].text == ","
        return number if is_apposed else None

    def _right_after(self, head: Token) -> int | None:
        """The name that a description or a title opens: "the opposition Green Front", "Hon. X"."""
        place = head.i + 1
        while place < len(self.parse) and heads.is_title(self.parse[place]):
            place += 1
        number = self.cast.by_token.get(place)
        if number is None:
            return None
        is_body = lexicon.is_body(head.text)
        wanted = "organisation" if is_body else "person"
        return number if self.cast.members[number].kind == wanted else None

    def _person_after(self, place: Token, number: int) -> int:
        """The person apposed to what is none: "Oak County, Ohio, county judge Ann Low, … said"."""
        if self.cast.members[number].kind == "person":
            return number
        for token in self.parse[place.i + 1 : place.right_edge.i + 1]:
            if token.pos_ not in ("NOUN", "PROPN", "ADJ") and token.text != ",":
                break
            its = self.cast.by_token.get(token.i)
            if its is not None and self.cast.members[its].kind == "person":
                return its
        return number

    def _is_before_name(self, place: int, number: int) -> bool:
        """Whether a token belongs to a name or, of a person, to the office before it."""
        if self.cast.by_token.get(place) == number:
            return True
        is_office = self.parse[place].pos_ in _OFFICE or heads.is_title(self.parse[place])
        return is_office and self.cast.members[number].kind == "person"

    def _is_set_off(self, start: int, number: int) -> bool:
        """Whether a comma or a verb follows a name, as it does an apposition."""
        end = start
        while self.cast.by_token.get(end) == number:
            end += 1
        return end < len(self.parse) and (
            self.parse[end].text == "," or self.parse[end].tag_ in ("VBD", "VBZ")
        )
