"""The smallest set of sentences that carries a line; by code, never by the model.

Greedy cover of the line's words by what they tell: the sentence that holds most of what is not yet
carried, until little is left. ``attach`` looks among the sentences of the line's passage. ``find``,
which only ``eval`` asks, looks in the whole article, and adds those that carry nearly as much as
the best (the same news told twice).
Knows nothing of models, sections or what is done with a line that nothing carries.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

from briefer import terms
from briefer import text as texts
from briefer.schema import CleanArticle, DraftLine

# Encoder vectors besides, more weight for names and a linear model of pairs gave nothing (LOG
# 2026-11-27, with recall and precision on the experts' lines, Multi-News and WiCE).
# A further sentence must carry this share of the line, or a number that no other has; a smaller
# share where it stands beside one that carries it.
_LEAST_GAIN, _LEAST_GAIN_BESIDE = 0.15, 0.08
_BESIDE = 2
# One that carries this share of what the best carries, and an eighth of the line, tells it too; no
# more than three such.
_AS_GOOD, _LEAST_SHARE, _MOST_AS_GOOD = 0.55, 0.13, 3


def attach(line: DraftLine, article: CleanArticle) -> tuple[int, ...]:
    """The sentences of the line's own passage that carry it, in order; empty when none does."""
    return tuple(sorted(_cover(line.text, article, line.passage.sentences)))


def naming(line: str, carried: Sequence[int], article: CleanArticle) -> tuple[int, ...]:
    """The nearest sentences before that hold names and figures of a line, and the carrying do not.

    The condenser reads on from what stands before a passage: "he" there is a name in the line.
    """
    if not carried:
        return ()
    told = _bare_words(article)
    shown = frozenset[str]().union(*(told[number] for number in carried))
    found = set()
    for word in _details(line, _small_words(article)) - shown:
        holds = (number for number in range(carried[0] - 1, -1, -1) if word in told[number])
        found |= set(itertools.islice(holds, 1))
    return tuple(sorted(found))


def _details(line: str, lower: Set[str]) -> set[str]:
    """Figures and capitalised words; the first one only if the article nowhere writes it small."""
    first, *rest = map(_bare, texts.words(line)) if texts.words(line) else [""]
    opening = {first} if first.lower() not in lower else set()
    return {word for word in opening.union(rest) if word[:1].isdigit() or word[:1].isupper()}


@lru_cache(maxsize=16)
def _bare_words(article: CleanArticle) -> tuple[frozenset[str], ...]:
    """The words of each sentence without their endings, read once for all lines."""
    return tuple(frozenset(map(_bare, texts.words(one.text))) for one in article.sentences)


@lru_cache(maxsize=16)
def _small_words(article: CleanArticle) -> frozenset[str]:
    return frozenset(word for word in texts.words(article.text) if word.islower())


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def find(text: str, article: CleanArticle) -> tuple[int, ...]:
    """The sentences of the whole article that carry a text, in order; empty when none does."""
    everywhere = range(len(article.sentences))
    cover = _cover(text, article, everywhere)
    return tuple(sorted({*cover, *_as_good(text, article, cover)}))


def _cover(text: str, article: CleanArticle, among: Sequence[int]) -> list[int]:
    telling = terms.telling_in(article)
    bags = {number: terms.content(article.sentences[number].text) for number in among}
    wanted, sure = terms.content(text), _sure(text)
    total = terms.weight(wanted, telling)
    found: list[int] = []

    def gain(number: int) -> float:
        return terms.weight(wanted & bags[number], telling) / total

    def adds(number: int) -> bool:
        """Whether it carries enough that the found ones do not."""
        gained = wanted & bags[number]
        if any(map(terms.is_number, gained)):
            return True
        if any(abs(number - other) <= _BESIDE for other in found):
            return gain(number) >= _LEAST_GAIN_BESIDE
        # One common word more, far from the others, is there by chance.
        is_sure = not found or len(gained) > 1 or not gained.isdisjoint(sure)
        return is_sure and gain(number) >= _LEAST_GAIN

    while wanted and (adding := [number for number in bags if adds(number)]):
        chosen = min(adding, key=lambda number: (-gain(number), number))
        found.append(chosen)
        wanted = wanted - bags.pop(chosen)
    return found


def _sure(line: str) -> frozenset[str]:
    """The stems of a line's capitalised words but the first."""
    return frozenset(terms.stem(word) for word in texts.words(line)[1:] if word[:1].isupper())


def _as_good(text: str, article: CleanArticle, cover: Sequence[int]) -> list[int]:
    """The best of the other sentences that alone carry nearly as much as the best of the cover."""
    if not cover:
        return []
    shares = _shares(text, article)
    least = max(_AS_GOOD * shares[cover[0]], _LEAST_SHARE)
    good = [number for number in shares.keys() - set(cover) if shares[number] >= least]
    return sorted(good, key=lambda number: (-shares[number], number))[:_MOST_AS_GOOD]


def _shares(text: str, article: CleanArticle) -> Mapping[int, float]:
    line, telling = terms.content(text), terms.telling_in(article)
    return {
        sentence.index: terms.share(line, terms.content(sentence.text), telling)
        for sentence in article.sentences
    }
