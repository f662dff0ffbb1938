"""Occurrences of names in a parsed article: where they are, trimmed to the name itself.

Titles, articles, possessives and punctuation are cut off. Knows nothing of who is who.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefer.mentions import acronyms, extending, joining, lexicon, trimming
from briefer.mentions.joining import Range

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

NAMED = frozenset(
    ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW")
)
_PROPER = frozenset(("NNP", "NNPS"))
_PLURAL_OWNERS = frozenset(("children", "men", "people", "women", "workers"))
_WITH_PARTICLE = 3  # words
_BREAKING = frozenset(("-LRB-", "-RRB-"))
COMPASS = frozenset(("north", "south", "east", "west"))
"""What states that share a name are told apart by."""
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

    @property
    def is_titled(self) -> bool:
        """Whether a title stands before it."""
        return self.title < self.start

    @property
    def has_given_name(self) -> bool:
        """Whether a given name opens it, and more follows."""
        parts = self.parts
        return len(parts) > 1 and parts[0] in lexicon.given_names()


def of_most_words(names: Iterable[Name]) -> Name:
    """The name of most words, the first of several."""
    return max(names, key=lambda name: len(name.parts))


def find(parse: Doc) -> tuple[Name, ...]:
    """The names of a text, in order, never overlapping.

    What the model marks as a name, and besides every run of proper nouns that it passed over.
    """
    spelled = acronyms.defined(parse)
    found = (extending.extend(parse, one) for one in (*_labelled(parse), *_unlabelled(parse)))
    ranges = joining.join(parse, (*spelled, *found))
    trimmed = (_name(parse, one) for one in ranges)
    return tuple(name for name in trimmed if name is not None)


def _name(parse: Doc, one: Range) -> Name | None:
    start, end, label = one
    trimmed = trimming.trim(parse, start, end, label)
    if trimmed is None:
        return None
    start, end, title = trimmed
    if end - start == 1 and _is_first_noun(parse[start]):
        return None
    return Name(start, end, label, title, _shared(parse, start, end) or parse[start:end].text)


def _is_first_noun(token: Token) -> bool:
    """Whether a plain noun only opens a sentence: "Bank" in "Bank managers knew"."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    is_before_noun = following is not None and following.tag_ == "NNS" and token.head == following
    is_body = token.lower_ in lexicon.words("organisation_nouns")
    return bool(token.is_sent_start) and is_before_noun and is_body and not token.text.isupper()


def _shared(parse: Doc, start: int, end: int) -> str | None:
    """The whole name of a state that shares a word: "North Korea" in "North and South Korea"."""
    after = parse[end : end + 3]
    if end - start > 1 or len(after) < 3 or after[0].lower_ not in {*joining.AND, ","}:
        return None
    are_sides = parse[start].lower_ in COMPASS and after[1].lower_ in COMPASS
    whole = f"{parse[start].text} {after[2].text}"
    return whole if are_sides and lexicon.key(whole) in lexicon.state_names() else None


def _labelled(parse: Doc) -> Iterator[Range]:
    found = [(entity.start, entity.end, entity.label_) for entity in parse.ents]
    surnames = joining.surnames_in(parse, found)
    for entity in parse.ents:
        if entity.label_ not in NAMED:
            continue
        are_people = entity.label_ == "PERSON" or entity[0].lower_ in surnames
        are_two = are_people or entity[0].lower_ in COMPASS  # "North and South Korea"
        breaks = _BREAKS | joining.AND if are_two else _BREAKS
        for start, end in _without_breaks(parse, entity.start, entity.end, breaks):
            is_owner = entity.label_ == "WORK_OF_ART" and end < entity.end and _owns(parse, end)
            label = "PERSON" if _has_particle(parse[start:end]) else entity.label_
            yield start, end, "" if is_owner else label


def _has_particle(name: Span) -> bool:
    """Whether a name is a person's whatever the parser calls it: "Charles de Hale"."""
    if len(name) < _WITH_PARTICLE or name[0].lower_ not in lexicon.given_names():
        return False
    is_body = lexicon.is_body(name[-1].text)
    return name[1].text in joining.BEFORE_SURNAME and not is_body


def _without_breaks(
    parse: Doc, start: int, end: int, breaks: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Cut a range at line breaks, brackets and possessives ("Iran's Kamal Kharazi")."""
    begin = start
    for index in range(start, end):
        token = parse[index]
        is_break = token.is_space or token.tag_ in _BREAKING or token.lower_ in breaks
        is_break = is_break or _tells(token)
        if is_break or (index < end - 1 and _owns(parse, index)):
            if begin < index:
                yield begin, index
            begin = index + 1
    if begin < end:
        yield begin, end


def _tells(token: Token) -> bool:
    """Whether a token is a verb between two names taken for one: "Lee accused Dole"."""
    return token.tag_ in ("VBD", "VBZ") and token.text in lexicon.cue_verbs()


def _owns(parse: Doc, index: int) -> bool:
    """Whether an apostrophe parts an owner from what is his, not "Dockers' Union" in two."""
    if index == 0 or not joining.is_possessive(parse[index]):
        return False
    if joining.is_office_of(parse, index):
        return False
    owner = parse[index - 1]
    return owner.tag_ not in ("NNS", "NNPS") and owner.lower_ not in _PLURAL_OWNERS


def _unlabelled(parse: Doc) -> Iterator[Range]:
    begin = None
    for token in parse:
        is_free = token.tag_ in _PROPER and token.ent_iob_ in ("O", "") and token.text[0].isupper()
        if is_free and begin is None:
            begin = token.i - _is_first_word(token)
        elif not is_free and begin is not None:
            yield begin, token.i, ""
            begin = None
    if begin is not None:
        yield begin, len(parse), ""


def _is_first_word(token: Token) -> bool:
    """Whether a name begins with the adjective before it: "Top" in "the Top Gear presenter"."""
    if token.i == 0 or token.is_sent_start:
        return False
    before = token.nbor(-1)
    is_free = before.tag_ == "JJ" and before.ent_iob_ in ("O", "") and not before.is_sent_start
    is_name = before.text[0].isupper() and before.text[1:].islower()
    return is_free and is_name and not joining.is_country_word(before.text)
