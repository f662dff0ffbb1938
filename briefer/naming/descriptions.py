"""The definite descriptions of a line: "the panel", "the prime minister's".

By its words, without syntax. Knows nothing of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from briefer import text
from briefer.mentions import lexicon

_DEFINITE = re.compile(r"\b[Tt]he ([\w-]+(?: [\w-]+){0,2})")
_QUOTATION = re.compile(r'"[^"]*"')
_ANY_QUOTATION = re.compile(r'["“][^"“”]*["”]')
# After a description that is whole comes its verb, a mark or one of these; "the company chairman"
# and "the court of appeal" go on.
_FOLLOWING = text.forms(
    "and or but to by after before when as against over while because if than is are was were has "
    "have had will would can could may might must should did does do not also never now then said "
    "says told tells held began made took gave got won lost put set let left went came saw found "
    "knew thought sent paid met kept led wants plans hopes believes"
)
_ENDS = re.compile(r"\s*(?:$|[.,;:?!\")]|['’]s\b)")
_NEXT = re.compile(r" ([A-Za-z-]+)")
# "She was the ambassador": what somebody is, nobody else.
_PREDICATE = re.compile(
    r"\b(?:as|is|are|was|were|be|been|being|become|became|named|elected|appointed|called) $",
    re.IGNORECASE,
)
_REACH = 20  # characters
# "The Senate" and "the government" name themselves, or are nobody's name.
_NAMES = frozenset(("house", "senate", "white-house", "vatican", "congress", "state", "government"))


def blanked(line: str) -> str:
    """The line with marks for all that is quoted, every other word at its place."""
    return _ANY_QUOTATION.sub(lambda match: '"' * len(match[0]), line)


@dataclass(frozen=True, slots=True)
class Description:
    """Where a description stands in a line; ``words`` are in lower case, without "the"."""

    start: int
    end: int
    words: str


def find(line: str) -> Iterator[Description]:
    """The descriptions of people and bodies outside quotations, in order."""
    plain = _QUOTATION.sub(lambda match: "_" * len(match[0]), text.normalise(line))
    for match in _DEFINITE.finditer(plain):
        parts = match[1].casefold().split(" ")
        for size in range(len(parts), 0, -1):
            words = " ".join(parts[:size])
            end = match.start(1) + len(words)
            if parts[size - 1] in _nouns() and _stands_alone(plain, match.start(), end):
                if not _has_name(plain[match.start(1) : end]):
                    yield Description(match.start(), end, words)
                break


def alone(line: str, start: int, words: str) -> str | None:
    """The first of these words, after a "the", that name a thing whole: no word there goes on."""
    parts = words.split(" ")
    for size in range(1, len(parts) + 1):
        told = " ".join(parts[:size])
        if _stands_alone(line, start - len("the "), start + len(told)):
            return told
    return None


def is_person(words: str) -> bool:
    """Whether a description means one person, no body."""
    noun = words.rpartition(" ")[2]
    listed = lexicon.words("person_nouns") | lexicon.words("titles")
    return noun in listed - lexicon.words("organisation_nouns")


def _has_name(words: str) -> bool:
    """Whether a body's name is in it: "the Selby council", but not "the Council"."""
    is_name = " " in words and not words.islower()
    return is_name and not is_person(words.casefold())


@cache
def _nouns() -> frozenset[str]:
    listed = lexicon.words("organisation_nouns") | lexicon.words("person_nouns")
    return (listed | lexicon.words("titles")) - _NAMES


def _stands_alone(line: str, start: int, end: int) -> bool:
    """Whether a description means somebody, and no word after it belongs to it."""
    return not _PREDICATE.search(line, max(0, start - _REACH), start) and ends(line, end)


def ends(line: str, end: int) -> bool:
    """Whether a noun is whole at a place: a mark, a verb or a small word follows."""
    if _ENDS.match(line, end):
        return True
    following = _NEXT.match(line, end)
    word = following[1].casefold() if following else ""
    return word in _FOLLOWING or word in lexicon.cue_verbs() or word.endswith("ed")
