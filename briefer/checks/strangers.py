"""Does a line name somebody whom what it was written from neither names nor means?

Knows nothing of how names are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer import text
from briefer.checks import names
from briefer.checks.cases import Case
from briefer.mentions import lexicon
from briefer.schema import Character

# A name from elsewhere in the article may stand for one of these in the passage ("the company").
# With what else `find` asks: 2.8 % of the experts' train lines rejected and .83 of
# swapped names found; 4.8 % and .74 when a name had to stand there, in the title or just before.
_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|we|i|his|her|its|their|our|my|him|them|us|me)\b", re.IGNORECASE
)
# "The company" has been named before; "a company official" is somebody new.
_KNOWN = re.compile(r"\b(?:the|this|both) ((?:[\w-]+ ?){1,3})", re.IGNORECASE)
_NEW = re.compile(r"\b(?:an?|some|several) ((?:[\w-]+ ?){1,3})", re.IGNORECASE)
_WHO_LISTS: tuple[lexicon.WordList, ...] = (
    "person_nouns",
    "group_nouns",
    "organisation_nouns",
    "titles",
)
_MEDIA = lexicon.words("media_words")
_WHERE = frozenset(("country", "nation", "city", "state", "region", "island", "town", "capital"))


def find(case: Case) -> Iterator[str]:
    """Names from elsewhere: wrong where the article has none such, or where they push one out.

    What a "he" or "the company" of the passage means stands elsewhere; but a line that leaves out
    somebody whom the passage names, and names another, has mistaken the one for the other.
    """
    line = _read(case)
    strange = names.missing(line, case.own, case.far)
    if not strange:
        return
    unknown = names.missing(line, case.far, case.far)
    is_resolved = not names.missing(line, case.near, case.far)
    may_be_resolved = (
        _PRONOUN.search(case.read)
        or _describes(case.read, _KNOWN)
        or (is_resolved and not _describes(case.read, _NEW))
    )
    if unknown or not may_be_resolved or any(_is_left_out(one, case) for one in case.present):
        yield f"{(unknown or strange)[0]} is not there"


def _read(case: Case) -> str:
    """The line, in sentence case if it may be the article's title, where any word has a capital."""
    line = case.line
    if line.passage.kind != "headline" or line.origin != "sentence":
        return line.text
    return names.in_sentence_case(line.text, case.article.text)


def _describes(words: str, somebody: re.Pattern[str]) -> bool:
    """Whether a text speaks so of somebody without a name: "the company", "an official"."""
    described = (
        lexicon.singular(word)
        for match in somebody.finditer(words)
        for word in match[1].casefold().split()
    )
    return any(
        noun in _WHERE or any(noun in lexicon.words(name) for name in _WHO_LISTS)
        for noun in described
    )


def _is_left_out(character: Character, case: Case) -> bool:
    """Whether a line calls an actor by none of the proper names that the article has for it.

    Places may be left out, and media, who mostly only report.
    """
    if character.kind == "place" or not _MEDIA.isdisjoint(_lower_words(character.name)):
        return False
    spellings = [name for name in (character.name, *character.aliases) if name[:1].isupper()]
    line = case.line.text
    return bool(spellings) and all(names.missing(name, line, line) for name in spellings)


def _lower_words(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in text.words(name))
