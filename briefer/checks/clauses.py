"""Words in their clauses: stems in order, a mark where a clause breaks, what stands before a word.

Knows nothing of what the words mean, but for the negations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefer import terms, text


def stems(words: str) -> frozenset[str]:
    """The stems of a list of words."""
    return frozenset(map(_stem, words.split()))


def _stem(word: str) -> str:
    """The word's stem; "noted" and "notion" are no "not"."""
    stem = terms.stem(word)
    return "note" if stem == "not" and word.casefold() != "not" else stem


BREAK = "|"
_CLAUSE_END = re.compile(r"[,;:!?\"()]|\.(?=\s)|\s-+\s")
_NUMERO = re.compile(r"\b(?:No\.? ?|no\. ?)(?=\d)")  # "World No. 1" denies nothing
# How many words before a word may say "not" or "may" of it: "may not have been fully informed".
_REACH = 4
NEGATIONS = stems("not no never nobody nothing neither nor none cannot without")
# What turns round the words that follow: "denied taking", "refused to sign", "failed to agree".
TURNING = stems(
    "deny refuse reject fail failure decline dispute oppose stop prevent avoid halt block ban "
    "bar unlikely doubt cease cancel cancelled suspend suspension postpone lack loss lost "
    "lose unable against withdraw withdrew drop dismiss overturn scrap abandon delay rule out "
    "hardly few little rarely end away off except instead rather contrary despite absence "
    "miss empty false wrong untrue reluctant only too beyond ignore neglect before longer "
    "unclear disagree differ question challenge less regardless exclude criticise criticism "
    "hide secret but"
)
# Words that no "not" or "may" is said of.
_IDLE = stems(
    "among there since near almost within toward towards without except three four five seven "
    "eight nine ten hundred million be been have had has was were is are it any all the an that "
    "this them he she they much many more very only just so to yet even single particular clear "
    "longer always necessarily really also going able sure least most"
)


@lru_cache(maxsize=256)
def tokens(words: str) -> tuple[str, ...]:
    """All stems in order, a "not" after each verb with "n't", a mark where a clause breaks."""
    return tuple(map(_stem, clause_words(words)))


def clause_words(words: str) -> Iterator[str]:
    """All words in order as written, a "not" after each verb with "n't", a mark at each break."""
    plain = _NUMERO.sub("number ", text.normalise(words))
    for clause in _CLAUSE_END.split(plain):
        for word in text.words(clause):
            yield word
            if word.casefold().endswith("n't"):
                yield "not"
        yield BREAK


def before(place: int, heard: tuple[str, ...]) -> tuple[str, ...]:
    """The words shortly before a place, in its clause."""
    return clause_before(place, heard, _REACH)


def clause_before(place: int, heard: tuple[str, ...], reach: int) -> tuple[str, ...]:
    """At most ``reach`` words before a place, those of its clause."""
    window = heard[max(0, place - reach) : place]
    breaks = [index for index, token in enumerate(window) if token == BREAK]
    return window[breaks[-1] + 1 :] if breaks else window


def is_after_to(place: int, heard: tuple[str, ...], marks: frozenset[str]) -> bool:
    """Whether a "to" stands before a word, and one of the marks shortly before that."""
    return heard[place - 1 : place] == ("to",) and not marks.isdisjoint(before(place - 1, heard))


def names(line: str, source: str) -> frozenset[str]:
    """The stems of what a line writes large and its source never writes small."""
    small = {terms.stem(word) for word in text.words(source) if not word[:1].isupper()}
    return frozenset(terms.stem(word) for word in text.words(line) if word[:1].isupper()) - small


def idle(names: frozenset[str]) -> frozenset[str]:
    """The words that no "not" or "may" is said of: small words and these names."""
    return names | _IDLE | NEGATIONS | TURNING


def can_be_meant(word: str, idle: frozenset[str] = _IDLE) -> bool:
    """Whether a word says something that a "not" or "may" could be said of."""
    return word.isalpha() and len(word) > 2 and word not in idle and not terms.is_stop_word(word)
