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
    from spacy.tokens import Doc, Span, Token

Form = Literal["title", "before", "after", "is", "who"]
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_BE = frozenset(("is", "was", "are", "were"))
_INSIDE = frozenset(
    ("compound", "amod", "nmod", "det", "poss", "case", "punct", "nummod", "advmod")
)
_SHORT = frozenset(("relcl", "appos", "acl", "advcl", "conj", "cc", "parataxis"))
# Between a name and its apposition: commas, dashes, an age.
_BETWEEN = frozenset((",", "–", "—", "-", "--", "("))
_OF = frozenset(("of", "for"))
_MAX_MATTER = 6
# What follows a comma that a description ends at: another description, a clause.
_NEXT_TAGS = frozenset(("DT", "WP", "WDT", "WRB", "RB", "CC", "VBD", "VBZ"))
_LEADING = frozenset(
    ("chaired", "chairs", "coaches", "co-founded", "commands", "created", "directed", "directs",
     "edits", "farms", "founded", "grows", "headed", "heads", "hosts", "invented", "leads", "led",
     "manages", "owns", "oversees", "played", "plays", "represents", "runs", "studies", "teaches",
     "wrote")
)  # fmt: skip
_CLAUSE_ENDS = frozenset(("and", "but", "or", "that", "which", "who"))
_MAX_CLAUSE = 10


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase that describes a name: tokens ``start`` to ``end``, its head noun, its form.

    ``before``: "the foreign minister, Kamal Kharazi" and "police spokesman X"; ``after``: "Kamal
    Kharazi, the foreign minister"; ``is``: "Kharazi is the foreign minister".
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
    found.extend(_clause(parse, name))
    return tuple(found)


def _title(name: Name) -> Iterator[Description]:
    if name.is_titled:
        yield Description(name.title, name.start, name.start - 1, "title")


def _before(parse: Doc, name: Name, head: Token) -> Iterator[Description]:
    """Such as "police spokesman X" in one noun phrase, or "the foreign minister, X"."""
    if head.dep_ == "appos" and head.head.i < name.start and head.head.tag_ in _NOUNS:
        noun = _outermost(head.head, name)
        if _is_person_or_body(noun):
            start = _with_hyphen(parse, noun.left_edge.i)
            last = _last_before(noun, name.start)
            last = next((i for i in range(noun.i, last) if parse[i].text == ","), last)
            yield Description(start, last, noun.i, "before")
    first = name.start
    while first > 0 and _is_inside(parse, first - 1, name):
        first -= 1
    last = name.start
    while last > first + 1 and is_honorific(parse[last - 1]):
        last -= 1
    office = _office_of(parse, name.start)
    if office is not None:
        yield Description(office[0], last, office[1], "before")
        return
    noun = parse[last - 1]
    if last > first and noun.tag_ in _NOUNS and _is_person_or_body(noun):
        yield Description(first, last, noun.i, "before")


def _office_of(parse: Doc, end: int) -> tuple[int, int] | None:
    """Where "U.S. Secretary of State" before a name begins, and its head noun."""
    matter = end
    while matter > 0 and end - matter < _MAX_MATTER and _is_matter(parse[matter - 1]):
        matter -= 1
    place = next((i for i in range(matter, end) if parse[i].lower_ in _OF), None)
    if place is None or place == 0 or _is_small(parse[end - 1]):
        return None
    noun = parse[place - 1]
    if noun.tag_ not in _NOUNS or not is_person(noun) or is_person(parse[end - 1]):
        return None
    start = noun.i
    while start > 0 and _leans_on(parse[start - 1], parse[start : noun.i + 1]):
        start -= 1
    return start, noun.i


def _is_matter(token: Token) -> bool:
    """Whether a word may stand between an office and the name: "Secretary [of State] Low"."""
    return (token.tag_ in ("NNP", "NNPS") or _is_small(token)) and not token.is_space


def _is_small(token: Token) -> bool:
    return token.lower_ in _OF or token.lower_ in ("the", "and")


def _leans_on(token: Token, phrase: Span) -> bool:
    is_apart = token.is_space or token.text in _BETWEEN
    is_country = token.ent_type_ in ("GPE", "NORP") and token.i + 1 == phrase.end - 1
    return not is_apart and (is_country or (token.dep_ in _INSIDE and token.head in phrase))


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
    if noun.doc[name.title - 1].text != ",":  # "director of the charity Hale Aid": its name
        return noun
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


def is_person(noun: Token) -> bool:
    """Whether a noun can say what somebody is."""
    word = lexicon.singular(noun.text)
    return word in lexicon.words("person_nouns") or word in lexicon.words("titles")


def _is_person_or_body(noun: Token) -> bool:
    """Whether a noun can say what somebody or some body is."""
    return lexicon.is_body(noun.text) or is_person(noun)


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
    end = next((i for i in range(noun.i + 1, end - 1) if _ends_at(noun.doc, i)), end)
    while end > noun.i + 1 and _is_mark(noun.doc[end - 1]):
        end -= 1
    return end


def _ends_at(parse: Doc, index: int) -> bool:
    return parse[index].text == "," and parse[index + 1].tag_ in _NEXT_TAGS


def _clause(parse: Doc, name: Name) -> Iterator[Description]:
    """Such as "X, who heads the agency": the clause without "who", up to its first mark."""
    start = name.end
    while start < len(parse) and (parse[start].text == "," or parse[start].like_num):
        start += 1  # an age
    start += 1
    if start >= len(parse) or parse[start - 1].lower_ != "who":
        return
    if parse[start].lower_ not in _LEADING:
        return
    end = start + 1
    while end < len(parse) and not _is_stop(parse[end]) and parse[end].lower_ not in _CLAUSE_ENDS:
        end += 1
    if 1 < end - start <= _MAX_CLAUSE:
        yield Description(start, end, start, "who")


def _is_stop(token: Token) -> bool:
    return _is_mark(token) and token.text not in ("&", "-", "'", "’")


def _predicate(head: Token) -> Iterator[Description]:
    verb = head.head
    if head.dep_ != "nsubj" or verb.lower_ not in _BE or verb.dep_ != "ROOT":
        return
    if any(child.dep_ in ("neg", "aux") for child in verb.children):
        return
    for child in verb.children:
        is_noun = child.dep_ == "attr" and child.tag_ in _NOUNS and _is_person_or_body(child)
        if is_noun and not any(grand.dep_ in ("relcl", "acl") for grand in child.children):
            yield Description(child.left_edge.i, _short_end(child), child.i, "is")
