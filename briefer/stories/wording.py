"""When two lines say the same, and what figures they give.

Knows nothing of briefs or outlets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from briefer import terms, text
from briefer.checks import numbers, opposites

_SAME = 0.6
"""Of the shorter line's terms: set by hand on the samples, not measured."""
_MIN_SHARED = 3


def overlap(one: str, other: str) -> float:
    """How much of the shorter line's terms the other has, figures left out: 0 to 1."""
    left, right = _worded(one), _worded(other)
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


def shares_words(one: str, other: str) -> bool:
    """Whether two lines are about the same, whatever figures they give."""
    n_shared = len(_worded(one) & _worded(other))
    return n_shared >= _MIN_SHARED and overlap(one, other) >= _SAME


def is_same(one: str, other: str) -> bool:
    """Whether two lines say the same: the same terms, no figure another one, no word its opposite.

    "The council approved the budget" is not the same as "The council rejected the budget".
    """
    if not shares_words(one, other):
        return False
    left, right = numbers.values(one), numbers.values(other)
    return (left <= right or right <= left) and not opposites.find(one, other)


def has_line(lines: Iterable[str], wanted: str) -> bool:
    """Whether one of the lines says what ``wanted`` says, with all of its figures."""
    return any(
        is_same(line, wanted) and numbers.values(wanted) <= numbers.values(line) for line in lines
    )


@lru_cache(maxsize=20_000)
def _worded(line: str) -> frozenset[str]:
    spelled = {terms.stem(word) for word in text.folded_words(line) if word in _BY_WORD}
    return frozenset(term for term in terms.content(line) - spelled if not terms.is_number(term))


_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_BY_WORD = {word: str(number) for number, word in enumerate(_SMALL.split())}
# A rounded figure contradicts no exact one.
_ROUNDED = text.forms("about around roughly nearly almost over under some least most than")
_ROUNDED_BY_SEVERAL = re.compile(r"\b(?:up to|as (?:many|much|few|little) as)\b")
_SCALES = text.forms("hundred thousand million billion trillion percent per cent")
# A year, a day of a month, an age: numbers of which a line gives two without contradiction.
_NO_UNITS = text.forms(
    "january february march april may june july august september october november december am pm "
    "year years old o'clock percentage"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def figures(line: str) -> dict[str, str]:
    """What a line counts, by the stem of what is counted: ``{"job": "120"}``.

    Exact numbers only, and none whose unit it counts twice.
    """
    words = [word.casefold() for word in text.words(line)]
    found: dict[str, str] = {}
    twice: set[str] = set()
    for place, word in enumerate(words):
        number = _BY_WORD.get(word, word if word[:1].isdigit() else "")
        if not number or _YEAR.fullmatch(number) or _is_rounded(words[max(0, place - 3) : place]):
            continue
        scale, unit = _unit(words[place + 1 : place + 4])
        if unit:
            twice |= {unit} & found.keys()
            found[unit] = number.replace(",", "") + scale
    return {unit: number for unit, number in found.items() if unit not in twice}


def _is_rounded(before: Sequence[str]) -> bool:
    """Whether the three words before a number say that it is not exact."""
    return bool(_ROUNDED & set(before[-2:]) or _ROUNDED_BY_SEVERAL.search(" ".join(before)))


def _unit(following: Sequence[str]) -> tuple[str, str]:
    """The scale ("million") and the stem of the first word that can be counted."""
    scale = ""
    for word in following:
        if word in _SCALES:
            scale += f" {word}"
        elif word in _NO_UNITS or terms.is_stop_word(word) or not word.isalpha():
            return scale, ""
        else:
            return scale, terms.stem(word)
    return scale, ""
