"""What an article calls somebody besides the name: titles, appositions, "X is the mayor of Y".

Gives token ranges, the article's own words. Knows nothing of importance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefer.mentions import lexicon
from briefer.mentions.names import Name

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Form = Literal["title", "before", "after", "is"]
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_BE = frozenset(("is", "was", "are", "were"))
_INSIDE = frozenset(
    ("compound", "amod", "nmod", "det", "poss", "case", "punct", "nummod", "advmod")
)
_SHORT = frozenset(("relcl", "appos", "acl", "advcl", "conj", "cc", "parataxis"))
# Between a name and its apposition: commas, dashes, an age.
_BETWEEN = frozenset((",", "–", "—", "-", "--", "("))


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase that describes a name: tokens ``start`` to ``end``, its head noun, its form.

    ``before``: "the foreign minister, Kamal Kharazi" and "police spokesman X"; ``after``:
    "Kamal Kharazi, the foreign minister"; ``is``: "Kharazi is the foreign minister".
    """

    start: int
    end: int
    head: int
    form: Form

    def noun(self, parse: Doc) -> str:
        """The head noun, singular, lower case."""
        return lexicon.singular(parse[self.head].text)


def describe(parse: Doc, name: Name) -> tuple[Description, ...]:
    """The descriptions that stand with one occurrence of a name."""
    head = parse[name.start : name.end].root
    found = [*_title(name), *_before(parse, name, head), *_after(head, name), *_predicate(head)]
    return tuple(found)


def _title(name: Name) -> Iterator[Description]:
    if name.title < name.start:
        yield Description(name.title, name.start, name.start - 1, "title")


def _before(parse: Doc, name: Name, head: Token) -> Iterator[Description]:
    """Such as "police spokesman X" in one noun phrase, or "the foreign minister, X"."""
    if head.dep_ == "appos" and head.head.i < name.start and head.head.tag_ in _NOUNS:
        noun = _outermost(head.head, name)
        if is_person_or_body(noun):
            start = _with_hyphen(parse, noun.left_edge.i)
            yield Description(start, _last_before(noun, name.start), noun.i, "before")
        return
    first = name.start
    while first > 0 and _is_inside(parse, first - 1, name):
        first -= 1
    last = name.start
    while last > first + 1 and is_honorific(parse[last - 1]):
        last -= 1
    noun = parse[last - 1]
    if last > first and noun.tag_ in _NOUNS and is_person_or_body(noun):
        yield Description(first, last, noun.i, "before")


def _with_hyphen(parse: Doc, start: int) -> int:
    """The start of the whole word where the parser cut it ("vice-president")."""
    while _is_joined(parse, start):
        start = min(parse[start - 2].left_edge.i, start - 2)
    return start


def _is_joined(parse: Doc, start: int) -> bool:
    is_hyphen = start > 1 and parse[start - 1].text == "-"
    return is_hyphen and not parse[start - 1].whitespace_ and not parse[start - 2].whitespace_


def _is_inside(parse: Doc, index: int, name: Name) -> bool:
    token = parse[index]
    if token.tag_ in ("POS", "HYPH"):
        return True
    return token.dep_ in _INSIDE and token.i <= token.head.i < name.end and not token.is_space


def _outermost(noun: Token, name: Name) -> Token:
    """The head of a whole phrase before a name: the leader in "leader of the first party, X"."""
    current = noun
    while current.dep_ == "pobj" and current.head.dep_ == "prep":
        above = current.head.head
        if above.tag_ not in _NOUNS or above.right_edge.i < name.start:
            break
        current = above
    is_person = lexicon.singular(current.text) in lexicon.words("person_nouns")
    return current if is_person else noun


def _last_before(noun: Token, limit: int) -> int:
    """The end of a noun phrase that stands before a name, without comma and honorifics."""
    end = limit
    while end > noun.i + 1 and (_is_mark(noun.doc[end - 1]) or is_honorific(noun.doc[end - 1])):
        end -= 1
    return end


def _is_mark(token: Token) -> bool:
    return bool(token.is_punct or token.is_space)


def is_honorific(token: Token) -> bool:
    """Whether a word before a name only honours: "Mr", "Dr", "Hon."."""
    return token.text.rstrip(".").casefold() in lexicon.words("honorifics")


def is_person_or_body(noun: Token) -> bool:
    """Whether a noun can say what somebody or some body is."""
    word = lexicon.singular(noun.text)
    return any(
        word in lexicon.words(name) for name in ("person_nouns", "titles", "organisation_nouns")
    )


def _after(head: Token, name: Name) -> Iterator[Description]:
    for child in head.children:
        is_noun = child.dep_ == "appos" and child.tag_ in _NOUNS
        if is_noun and child.left_edge.i >= name.end and _is_next(head.doc, name.end, child):
            yield Description(child.left_edge.i, _short_end(child), child.i, "after")


def _is_next(parse: Doc, end: int, noun: Token) -> bool:
    """Whether only commas and an age stand between a name and its apposition."""
    between = parse[end : noun.left_edge.i]
    return all(token.text in _BETWEEN or token.like_num for token in between)


def _short_end(noun: Token) -> int:
    """The end of a noun phrase without relative clauses and further appositions."""
    end = noun.right_edge.i + 1
    for child in noun.children:
        if child.i > noun.i and child.dep_ in _SHORT:
            end = min(end, child.left_edge.i)
    while end > noun.i + 1 and _is_mark(noun.doc[end - 1]):
        end -= 1
    return end


def _predicate(head: Token) -> Iterator[Description]:
    verb = head.head
    if head.dep_ != "nsubj" or verb.lower_ not in _BE or verb.dep_ != "ROOT":
        return
    if any(child.dep_ in ("neg", "aux") for child in verb.children):
        return
    for child in verb.children:
        is_noun = child.dep_ == "attr" and child.tag_ in _NOUNS and is_person_or_body(child)
        if is_noun and not any(grand.dep_ in ("relcl", "acl") for grand in child.children):
            yield Description(child.left_edge.i, _short_end(child), child.i, "is")
