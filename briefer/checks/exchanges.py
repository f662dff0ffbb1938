"""Has a line exchanged two numbers: "killed 25 and injured 10" for "killed 10 and injured 25"?

By the words behind each number. Knows nothing of dates: a caller takes them out first.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from briefer import terms, text
from briefer.checks import numbers
from briefer.schema import Span

_REACH = 60  # characters behind a number, to the end of its clause or the next number
_MOST = 5  # words behind a number
_CLAUSE_END = re.compile(r"[.;,]\s")
_WORD = re.compile(r"[A-Za-z][\w'-]+")
_LEAST = 3  # letters of a word that tells numbers apart
_ONE = frozenset({0.0, 1.0})
_END = 0.0, Span(sys.maxsize, sys.maxsize)


@dataclass(frozen=True, slots=True)
class _Counted:
    value: float
    words: str
    after: tuple[str, ...]


def find(line: str, source: str) -> str:
    """Two numbers that a line has exchanged, as it writes them; empty where none are.

    Both stand once in the line and once in the source, and the first word behind each in the line
    that stands behind only one of them in the source stands behind the other one.
    """
    told, heard = _once(line), _once(source)
    for one, other in combinations(
        [number for number in told.values() if number.value in heard], 2
    ):
        if _is_of(one, other, heard) and _is_of(other, one, heard):
            return f"{one.words} / {other.words}"
    return ""


def _is_of(one: _Counted, other: _Counted, heard: dict[float, _Counted]) -> bool:
    """Whether what a line counts with one number is counted with the other in the source."""
    own, others = heard[one.value].after, heard[other.value].after
    telling = (
        word for word in one.after if word not in other.after and (word in own) != (word in others)
    )
    return next(telling, "") in others


def _once(words: str) -> dict[float, _Counted]:
    """The numbers that stand once in a text, with the words behind them."""
    found: dict[float, _Counted] = {}
    twice: set[float] = set(_ONE)
    for number in _counted(text.normalise(words)):
        if number.value in found:
            twice.add(number.value)
        found[number.value] = number
    return {value: number for value, number in found.items() if value not in twice}


def _counted(words: str) -> Iterator[_Counted]:
    for (value, span), (_, following) in pairwise((*numbers.spans(words), _END)):
        after = words[span.end : min(span.end + _REACH, following.start)]
        stems = map(terms.stem, _WORD.findall(_CLAUSE_END.split(after)[0])[:_MOST])
        meant = (word for word in stems if len(word) >= _LEAST and not terms.is_stop_word(word))
        yield _Counted(value, span.of(words).strip(), tuple(meant))
