"""Occurrences of names in a parsed article: where they are, trimmed to the name itself.

Titles, articles, possessives and punctuation are cut off. Knows nothing of who is who.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefer.mentions import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Range = tuple[int, int, str]
"""First token, the one after the last, label."""

NAMED = frozenset(
    ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW")
)
_PROPER = frozenset(("NNP", "NNPS"))
_NO_EDGE_TAGS = frozenset(
    (
        "DT",
        "IN",
        "CC",
        "VBG",
        "VBN",
        "VBD",
        "VBZ",
        "VBP",
        "VB",
        "RB",
        "WRB",
        "WDT",
        "WP",
        "UH",
        "MD",
    )
)
_EDGE = frozenset("'\"’‘“”`-–—.,;:!?()[]{}/|&*#\n")
# The model opens a name with these now and then; they are never part of one.
_NO_NAME = lexicon.words("no_names")


_PLURAL_OWNERS = frozenset(("children", "men", "people", "women", "workers"))
# Offices that are nobody's name, as "Judge" and "King" may be.
_OFFICES = frozenset(
    ("analyst", "ceo", "cfo", "chairman", "chairwoman", "coach", "commissioner", "congressman",
     "director", "governor", "lawyer", "manager", "minister", "mla", "mp", "officer", "president",
     "secretary", "senator", "spokesman", "spokesperson", "spokeswoman")
)  # fmt: skip
_HYPHENS = frozenset(("-", "‐", "‑", "–"))
_PARTICLES = frozenset(("al", "el", "ad", "an", "as", "ash", "at", "ul", "ur", "bin", "ben"))
# Words that never stand inside a name.
_BREAKS = frozenset((",", ";", ":", "to", "with", "after", "says", "said", "–", "—", "--"))


@dataclass(frozen=True, slots=True)
class Name:
    """One occurrence of a name: tokens ``start`` to ``end`` (exclusive) and spaCy's label.

    ``title`` is the number of the first token of the title before it (or ``start``).
    """

    start: int
    end: int
    label: str
    title: int
    text: str

    @property
    def key(self) -> str:
        """The name for comparing."""
        return lexicon.key(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        """The words of the key."""
        return tuple(self.key.split())


def find(parse: Doc) -> tuple[Name, ...]:
    """The names of a text, in order, never overlapping.

    What the model marks as a name, and besides every run of proper nouns that it passed over.
    """
    ranges = [_hyphenated(parse, one) for one in (*_labelled(parse), *_unlabelled(parse))]
    whole = _with_of(parse, list(_joined(_apart(ranges))))
    trimmed = (_trim(parse, start, end, label) for start, end, label in whole)
    return tuple(name for name in trimmed if name is not None)


def _hyphenated(parse: Doc, one: Range) -> Range:
    """A name with the rest of its first and last word, where the parser cut it ("Diaz-|Ruz").

    States stay apart: "Iran-Iraq" is two.
    """
    start, end, label = one
    while start > 1 and _is_one_word(parse, start - 1):
        start -= 2
    while end < len(parse) - 1 and _is_one_word(parse, end):
        end += 2
    return start, end, label


def _is_one_word(parse: Doc, hyphen: int) -> bool:
    """Whether a hyphen joins two parts of one name."""
    before, after = parse[hyphen - 1], parse[hyphen + 1]
    is_hyphen = parse[hyphen].text in _HYPHENS and not parse[hyphen].whitespace_
    if not is_hyphen or before.whitespace_ or not (before.is_alpha and after.text[0].isupper()):
        return False
    if not (before.text[0].isupper() or before.lower_ in _PARTICLES):
        return False
    return not any(
        lexicon.key(token.text) in table
        for token in (before, after)
        for table in (lexicon.state_names(), lexicon.demonyms(), lexicon.capitals())
    )


def _apart(ranges: Iterable[Range]) -> Iterator[Range]:
    """Ranges in order without those that lie in another."""
    reached = 0
    for start, end, label in sorted(ranges, key=lambda one: (one[0], -one[1])):
        if end > reached:
            yield max(start, reached), end, label
            reached = end


def _joined(ranges: Iterable[Range]) -> Iterator[Range]:
    """Put names of people together that the model cut in two ("Peter Kodwo", "Appiah Turkson")."""
    last: Range | None = None
    for start, end, label in ranges:
        if (
            last is not None
            and last[1] == start
            and last[2] == "PERSON"
            and label in ("PERSON", "")
        ):
            last = (last[0], end, "PERSON")
            continue
        if last is not None:
            yield last
        last = (start, end, label)
    if last is not None:
        yield last


def _with_of(parse: Doc, ranges: list[Range]) -> Iterator[Range]:
    """Put "Supreme Court" and "Norland" together where "of" joins them."""
    number = 0
    while number < len(ranges):
        start, end, label = ranges[number]
        while number + 1 < len(ranges) and _is_of(parse, end, ranges[number + 1][0]):
            number += 1
            end, label = ranges[number][1], "ORG"
        yield start, end, label
        number += 1


def _is_of(parse: Doc, end: int, start: int) -> bool:
    """Whether a body's name ends before "of" and another name begins after it."""
    between = [token.lower_ for token in parse[end:start]]
    is_joined = between in (["of"], ["of", "the"]) and parse[end - 1].tag_ in _PROPER
    return is_joined and lexicon.singular(parse[end - 1].text) in lexicon.words(
        "organisation_nouns"
    )


def _labelled(parse: Doc) -> Iterator[Range]:
    for entity in parse.ents:
        if entity.label_ not in NAMED:
            continue
        for start, end in _without_breaks(parse, entity.start, entity.end):
            yield start, end, entity.label_


def _without_breaks(parse: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a range at line breaks, brackets and possessives ("Iran's Kamal Kharazi")."""
    begin = start
    for index in range(start, end):
        token = parse[index]
        is_break = token.is_space or token.tag_ in ("-LRB-", "-RRB-") or token.lower_ in _BREAKS
        if is_break or (index < end - 1 and _is_owner_mark(parse, index)):
            if begin < index:
                yield begin, index
            begin = index + 1
    if begin < end:
        yield begin, end


def _is_owner_mark(parse: Doc, index: int) -> bool:
    """Whether an apostrophe parts an owner from what is his, not "Dockers' Union" in two."""
    if parse[index].tag_ != "POS" or index == 0:
        return False
    owner = parse[index - 1]
    return owner.tag_ not in ("NNS", "NNPS") and owner.lower_ not in _PLURAL_OWNERS


def _unlabelled(parse: Doc) -> Iterator[Range]:
    begin = None
    for token in parse:
        is_free = token.tag_ in _PROPER and token.ent_iob_ in ("O", "") and token.text[0].isupper()
        if is_free and begin is None:
            begin = token.i
        elif not is_free and begin is not None:
            yield begin, token.i, ""
            begin = None
    if begin is not None:
        yield begin, len(parse), ""


def _trim(parse: Doc, start: int, end: int, label: str) -> Name | None:
    while start < end and _is_edge(parse[start]):
        start += 1
    while end > start and (_is_edge(parse[end - 1]) or parse[end - 1].tag_ == "POS"):
        end -= 1
    first = start
    while start < end - 1 and _is_title(parse[start]) and not _is_body(parse[end - 1]):
        start += 1
    start = _after_office(parse, start, end, label)
    if start >= end or not _is_name(parse, start, end):
        return None
    title = _title_start(parse, first)
    return Name(start, end, label, title, parse[start:end].text)


def _after_office(parse: Doc, start: int, end: int, label: str) -> int:
    """Where the person's name begins: "Harrow CEO Dwight Sorensen" is no name."""
    if label != "PERSON":
        return start
    offices = [t.i for t in parse[start + 1 : end - 1] if t.text.casefold() in _OFFICES]
    return offices[-1] + 1 if offices else start


def _is_edge(token: Token) -> bool:
    if all(char in _EDGE for char in token.text):
        return True
    return token.tag_ in _NO_EDGE_TAGS and not token.text.isupper()


def _is_title(token: Token) -> bool:
    return token.text.rstrip(".").casefold() in lexicon.words("titles")


def _is_office(token: Token) -> bool:
    """Whether a capitalised run ends in an office ("Executive Secretary") and names nobody."""
    word = lexicon.singular(token.text)
    return word in lexicon.words("person_nouns") or _is_title(token)


def _is_office_word(token: Token) -> bool:
    return bool(token.ent_type_ != "PERSON")


def _is_body(token: Token) -> bool:
    """Whether a name ends like a body's ("Justice Department" has no title in it)."""
    return lexicon.singular(token.text) in lexicon.words("organisation_nouns")


def _is_name(parse: Doc, start: int, end: int) -> bool:
    words = parse[start:end].text
    if end - start == 1 and (_is_title(parse[start]) or words.casefold() in _NO_NAME):
        return False
    if _is_office(parse[end - 1]) and all(_is_office_word(token) for token in parse[start:end]):
        return False
    return any(char.isupper() for char in words) and any(char.isalpha() for char in words)


def _title_start(parse: Doc, start: int) -> int:
    """Where the titles right before a name begin ("Mr", "Prime Minister")."""
    while start > 0 and parse[start - 1].text[0].isupper() and _is_title(parse[start - 1]):
        start -= 1
    return start
