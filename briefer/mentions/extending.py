"""Words that the parser left out of a name: "One" Direction, World Wide Fund "for Nature".

Works on token ranges with labels. Knows nothing of who is who.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefer.mentions import lexicon, trimming
from briefer.mentions.joining import AND, HYPHENS, Range, is_country_word, is_office
from briefer.text import forms

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PROPER = frozenset(("NNP", "NNPS"))
_PLURAL = frozenset(("NNPS", "NNS"))
_MATTER_TAGS = _PROPER | frozenset(("NN", "NNS", "VBG", "JJ"))
_JOINTS = AND | {"of"}
_BEFORE_MATTER = frozenset(("against", "for", "on"))
# What a body works on has no label of its own, or the body's.
_MATTER_LABELS = frozenset(("", "ORG"))
# What bodies work on, though a person can be called so: "Center for Child Health".
_MATTERS = forms("child consumer justice marine patient professional")


def extend(parse: Doc, one: Range) -> Range:
    """A range with the number or the people that open its name and the matter that ends it."""
    start, end, label = one
    if _is_without(parse, start):
        start, label = start - 1 - (parse[start].text != "Without"), "ORG"
    if label == "PERSON" and start > 0 and trimming.is_given_name(parse[start - 1]):
        start -= 1
    if _has_number(parse, start):
        start, label = start - 1, label or "ORG"
    return start, _matter_end(parse, end), label


def _is_without(parse: Doc, start: int) -> bool:
    """Whether the people before "Without Borders" belong to the name: "Doctors Without Borders"."""
    place = start if parse[start].text == "Without" else start - 1
    if place < 1 or parse[place].text != "Without":
        return False
    return parse[place - 1].text.istitle() and parse[place - 1].tag_ in _PLURAL


def _has_number(parse: Doc, start: int) -> bool:
    """Whether a capitalised number within a sentence opens the name: "the band Five Hale"."""
    if start == 0 or parse[start].tag_ not in _PROPER:
        return False
    before = parse[start - 1]
    is_number = before.tag_ == "CD" and before.text.istitle() and before.is_alpha
    return is_number and not before.is_sent_start and before.head.i == start


def _matter_end(parse: Doc, end: int) -> int:
    """The end of "Fund for Nature" after "Fund"."""
    first = end + 1
    if first < len(parse) and parse[first].lower_ == "the":
        first += 1
    is_open = first < len(parse) and parse[end].text in _BEFORE_MATTER and _is_body(parse[end - 1])
    if not is_open or not _is_matter(parse[first]):
        return end
    last = first
    while last + 1 < len(parse) and _goes_on(parse, last + 1):
        last += 1
    return end if _is_cut(parse, last + 1) else last + 1


def _is_cut(parse: Doc, place: int) -> bool:
    """Whether what seems a matter is the start of a compound, or what a person is called."""
    if place >= len(parse):
        return False
    return parse[place].text in HYPHENS or parse[place].ent_type_ == "PERSON"


def _goes_on(parse: Doc, place: int) -> bool:
    if parse[place].lower_ in _JOINTS:
        return place + 1 < len(parse) and _is_matter(parse[place + 1])
    return _is_matter(parse[place])


def _is_matter(token: Token) -> bool:
    is_word = token.tag_ in _MATTER_TAGS and token.text[0].isupper() and not _is_one(token)
    return is_word and token.ent_type_ in _MATTER_LABELS and not is_country_word(token.text)


def _is_one(token: Token) -> bool:
    """Whether a word is a title or stands for one person: "Governor", not "Governors"."""
    is_matter = token.lower_ in _MATTERS or token.tag_ in _PLURAL
    is_title = lexicon.key(token.text) in lexicon.words("titles")
    return (is_title or is_office(token)) and not is_matter


def _is_body(token: Token) -> bool:
    is_noun = lexicon.is_body(token.text)
    return is_noun and token.text[0].isupper()
