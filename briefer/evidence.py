"""The smallest set of sentences that carries a line; by code, never by the model.

Greedy cover of the line's words by rarity: the sentence that holds most of what is not yet carried,
until little is left; then those that carry nearly as much as the best (the same news told twice).
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

# Recall / precision .94 / .89 on the experts' lines of train-briefs val, .69 / .70 on Multi-News
# dev, .83 / .74 on WiCE dev. With one bar of .12 for all sentences and .7 and .25 below: .92 / .92,
# .66 / .71, .76 / .79 (chosen on these very sets). Encoder vectors besides, and more weight for
# names, gave nothing.
# A further sentence must carry this share of the line, or a number that no other has; a smaller
# share where it stands beside one that carries it.
_LEAST_GAIN, _LEAST_GAIN_BESIDE = 0.15, 0.08
_BESIDE = 2
# How many that come next are looked at: the best may be far off and the second best beside.
_LOOK_AT = 4
# One that carries this share of what the best carries, and a fifth of the line, tells it too.
_AS_GOOD, _LEAST_SHARE = 0.5, 0.2


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
    rare = terms.rarity_in(article)
    bags = {number: terms.content(article.sentences[number].text) for number in among}
    wanted = terms.content(text)
    found: list[int] = []
    total = terms.weight(wanted, rare)

    def gain(number: int) -> float:
        return terms.weight(wanted & bags[number], rare) / total

    while wanted and bags:
        first = sorted(bags, key=lambda number: (-gain(number), number))[:_LOOK_AT]
        chosen = next((n for n in first if _adds(wanted & bags[n], gain(n), n, found)), None)
        if chosen is None:
            break
        found.append(chosen)
        wanted = wanted - bags.pop(chosen)
    return found


def _adds(gained: frozenset[str], gain: float, number: int, found: Sequence[int]) -> bool:
    """Whether a sentence carries enough that the found ones do not."""
    is_beside = any(abs(number - other) <= _BESIDE for other in found)
    least = _LEAST_GAIN_BESIDE if is_beside else _LEAST_GAIN
    return gain >= least or any(map(terms.is_number, gained))


def _as_good(text: str, article: CleanArticle, cover: Sequence[int]) -> list[int]:
    """The sentences that alone carry nearly as much as the best of the cover."""
    if not cover:
        return []
    shares = _shares(text, article)
    least = max(_AS_GOOD * shares[cover[0]], _LEAST_SHARE)
    return [number for number, share in shares.items() if share >= least]


def _shares(text: str, article: CleanArticle) -> Mapping[int, float]:
    line, rare = terms.content(text), terms.rarity_in(article)
    return {
        sentence.index: terms.share(line, terms.content(sentence.text), rare)
        for sentence in article.sentences
    }
