"""What an article calls somebody besides the name: titles, appositions, "X is the mayor of Y".

Gives token ranges, the article's own words. Knows nothing of importance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from briefer.mentions import lexicon
from briefer.mentions.names import Name

Form = Literal["title", "before", "after", "is"]
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_BE = frozenset(("is", "was", "are", "were", "becomes", "became", "remains"))


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
    found = [*_title(parse, name), *_before(parse, name)]
    head = parse[name.start : name.end].root
    found.extend(_after(head, name))
    found.extend(_predicate(head))
    return tuple(found)


def _title(parse: Doc, name: Name) -> Iterator[Description]:
    if name.title < name.start:
        yield Description(name.title, name.start, name.start - 1, "title")


def _before(parse: Doc, name: Name) -> Iterator[Description]:
    """ "Police spokesman X" within one noun phrase, or "the foreign minister, X"."""
    head = parse[name.start : name.end].root
    if head.dep_ == "appos" and head.head.i < name.start and head.head.tag_ in _NOUNS:
        noun = head.head
        end = _last_before(parse, noun, name.start)
        if _is_person_or_body(noun):
            yield Description(noun.left_edge.i, end, noun.i, "before")
        return
    first = name.start
    while first > 0 and parse[first - 1].head.i in range(first - 1, name.end):
        if parse[first - 1].dep_ not in (
            "compound",
            "amod",
            "nmod",
            "det",
            "poss",
            "case",
            "punct",
        ):
            break
        first -= 1
    noun = parse[name.start - 1] if name.start > first else None
    if noun is not None and noun.tag_ in _NOUNS and _is_person_or_body(noun):
        yield Description(_phrase_start(parse, first), name.start, noun.i, "before")


def _phrase_start(parse: Doc, first: int) -> int:
    return first


def _last_before(parse: Doc, noun: Token, limit: int) -> int:
    """The end of a noun phrase that stands before a name, without the comma."""
    end = limit
    while end > noun.i + 1 and (parse[end - 1].is_punct or parse[end - 1].is_space):
        end -= 1
    return end


def _is_person_or_body(noun: Token) -> bool:
    word = lexicon.singular(noun.text)
    return (
        word in lexicon.words("person_nouns")
        or word in lexicon.words("titles")
        or word in lexicon.words("organisation_nouns")
    )


def _after(head: Token, name: Name) -> Iterator[Description]:
    for child in head.children:
        if child.dep_ != "appos" or child.i < name.end or child.tag_ not in _NOUNS:
            continue
        yield Description(child.left_edge.i, _short_end(child), child.i, "after")


def _short_end(noun: Token) -> int:
    """The end of a noun phrase without relative clauses and further appositions."""
    end = noun.right_edge.i + 1
    for child in noun.children:
        if child.i > noun.i and child.dep_ in ("relcl", "appos", "acl", "advcl", "conj", "cc"):
            end = min(end, child.left_edge.i)
    parse = noun.doc
    while end > noun.i + 1 and (parse[end - 1].is_punct or parse[end - 1].is_space):
        end -= 1
    return end


def _predicate(head: Token) -> Iterator[Description]:
    verb = head.head
    if head.dep_ != "nsubj" or verb.lower_ not in _BE:
        return
    for child in verb.children:
        if child.dep_ == "attr" and child.tag_ in _NOUNS and _is_person_or_body(child):
            yield Description(child.left_edge.i, _short_end(child), child.i, "is")
