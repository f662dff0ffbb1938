"""Do two names mean the same one? By name or alias, as a reader of the article would say.

Knows nothing of the article: whoever has aliases passes them in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from eval.metrics import words

# What gold calls the unnamed ("unnamed: critics"); the description after it is the name.
_UNNAMED = re.compile(r"^\s*unnamed\b[:\s]*", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:,|;|\band\b|\bor\b|&)\s*")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
# Who is named only to be left out: "League members other than Algeria and Syria".
_BUT = re.compile(
    r",? (?:other than|except(?: for)?|apart from|excluding|with the exception of) .*",
    re.IGNORECASE,
)
# Those of a body, told of together, are the body.
_MEMBERS = re.compile(
    r"(?:all |the )*(?:members|member states) of (?:the )?(.+)|"
    r"(.+?)(?:'s?)? (?:members|member states)",
    re.IGNORECASE,
)
_NOT_HEADS = frozenset(("of", "for", "in", "at", "from", "to"))
_ARTICLES = frozenset(("the", "a", "an", "some", "many", "other", "several"))
# States that are written in ways no string rule joins.
_SAME = {
    "usa": "us",
    "america": "us",
    "us of america": "us",
    "britain": "uk",
    "great britain": "uk",
}


@lru_cache(maxsize=50_000)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name for comparing: lower case, no accents, no leading article."""
    found = words.tokens(_UNNAMED.sub("", name))
    while len(found) > 1 and found[0] in _ARTICLES:
        found = found[1:]
    joined = " ".join(found)
    return tuple(_SAME.get(joined, joined).split())


@lru_cache(maxsize=200_000)
def same(left: str, right: str) -> bool:
    """Whether one name is the other, its end ("Brown" in "Gordon Brown"), or its initials.

    The end only, for there the head stands: "Iran" is not "Iran's parliament", and not after a
    preposition: "Helsinki" is not "University of Helsinki".
    """
    a, b = sorted((parts(left), parts(right)), key=len)
    if not a:
        return False
    return a == b or _ends_with(b, a) or _initials(a, b) or _descriptions_agree(a, b)


def _ends_with(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    before = len(longer) - len(shorter)
    return longer[before:] == shorter and before > 0 and longer[before - 1] not in _NOT_HEADS


def _initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    letters = "".join(word[0] for word in long if word not in _NOT_HEADS | {"the", "and"})
    return len(short) == 1 and len(short[0]) > 1 and short[0] == letters


def _descriptions_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Equal heads: "the authors" and "the author", "two officials" and "two U.S. officials"."""
    left, right = [words.stem(word) for word in a], [words.stem(word) for word in b]
    return left[-1] == right[-1] and set(left) <= set(right) and b[-2:-1] != ("of",)


def match(left: Iterable[str], right: Sequence[str]) -> bool:
    """Whether any name of one side is any of the other."""
    return any(same(a, b) for a in left for b in right if a and b)


def listed(name: str) -> list[str]:
    """The name itself and, where it lists several holders, each of them.

    What gold adds in brackets is another name of the same ("White House (Dana Perino)") or a note
    ("Osama bin Laden (tape not verified)"): names begin with a capital. "Members of the League"
    are the League, and whom it leaves out ("other than Lee") is none of them.
    """
    bare = _BUT.sub("", _BRACKETS.sub("", name)).strip()
    members = _MEMBERS.fullmatch(bare)
    body = [members[1] or members[2]] if members else []
    beside = [inside for inside in _BRACKETS.findall(name) if inside[:1].isupper()]
    pieces = [piece for piece in _LIST.split(bare) if piece]
    found = [_BUT.sub("", name), bare, *body, *beside, *(pieces if len(pieces) > 1 else [])]
    return list(dict.fromkeys(found))


def folded(name: str, aliases: Iterable[Sequence[str]]) -> list[str]:
    """The name, the names it lists, and all names of every actor that one of them is.

    ``aliases`` holds one list of names an actor.
    """
    own = listed(name)
    known = [names for names in aliases if match(own, names)]
    return [*own, *(alias for names in known for alias in names)]
