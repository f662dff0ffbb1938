"""Names that are written out before their acronym: where they begin, and what spells them.

Knows nothing of who is who.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefer.mentions.joining import Range

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

MAX_LETTERS = 6
"""Longer words in capitals are no acronyms but cried out."""
_MAX_WORDS = 12
# Two letters are too few to stand for a part of a name.
_MIN_CUT = 3
_SMALL = frozenset(("against", "and", "by", "for", "in", "of", "on", "the", "to", "with", "&", "-"))


def defined(parse: Doc) -> Iterator[Range]:
    """The whole name before an acronym in brackets: "Alliance to Keep Our Harbours (AKOH)"."""
    for bracket in parse[: len(parse) - 2]:
        acronym = bracket.nbor(1).text.replace(".", "")
        is_acronym = acronym.isalpha() and acronym.isupper() and 2 <= len(acronym) <= MAX_LETTERS
        if bracket.text != "(" or not is_acronym or bracket.nbor(2).text not in (")", ",", ";"):
            continue
        for start in range(bracket.i - 2, max(bracket.i - _MAX_WORDS, 0) - 1, -1):
            words = parse[start : bracket.i]
            if not _is_part(words[0].text):
                break
            if words[0].text[0].isupper() and acronym in _spellings(words):
                yield start, bracket.i, _label(words)
                break


def _is_part(word: str) -> bool:
    return word[0].isupper() or word in _SMALL


def _spellings(words: Span) -> tuple[str, str]:
    """What the capitals of some words spell, and what all of them do: "DOT" of "Department of T."""
    letters = [word.text[0] for word in words if word.text not in ("&", "-")]
    return "".join(one for one in letters if one.isupper()), "".join(letters).upper()


def _label(words: Span) -> str:
    label = words.root.ent_type_
    return label if label and label != "PERSON" else "ORG"


def forms(name: str) -> Iterator[str]:
    """What a name's words spell: its capitals; "OU" of the University of Oklahoma.

    "VA" of the Department of Veterans Affairs, "CDC" without "and Prevention".
    """
    yield _capitals(name)
    yield "".join(word[0] for word in name.split()).upper()
    most = _capitals(name.rpartition(" and ")[0])
    if len(most) >= _MIN_CUT:
        yield most
    place = name.removeprefix("University of ")
    if place != name:
        yield "".join(word[0] for word in place.split()) + "U"
    office, _, matter = name.partition(" of ")
    if office in ("Department", "Ministry", "Office") and " " in matter:
        yield _capitals(matter)


def _capitals(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())
