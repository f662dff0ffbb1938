"""The terms of a text: stems of its content words, how rare they are, how much two texts share.

The one home of word overlap: tagging, passages, evidence and checks all measure with it.
Knows nothing of models or meaning.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from briefer import resources, text
from briefer.schema import CleanArticle

# Function words and the verbs of reporting: they say nothing about what a line is about.
_STOPS = """
a about above after again all also although am among an and any are as at be because been before
being below between both but by can could did do does doing down during each either else ever
few for from further had has have having he her here hers herself him himself his how however i
if in into is it its itself just like may me might more most much my myself no nor not now of off
on once one only onto or other our ours out over own per quite rather s same shall she should
since so some still such t than that the their theirs them themselves then there these they this
those though through to too under until up upon us very was we were what when where whether which
while who whom whose why will with within without would yet you your yours
said say says saying told tell tells according added adds
"""
_STOP_WORDS = frozenset(_STOPS.split())
_SUFFIX = re.compile(
    r"(?<=\w{3})(?:at(?:ions?|ing|ed|es?|ors?)|i[sz](?:ations?|ing|ed|es?)|ments?|ings?|ions?|isms?|ists?|ness|edly|ed|es|ers?|"
    r"e?i?ans?|ly|al|s|e)$"
)
_Y = re.compile(r"(?<=\w\w)y$")
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
# Longer stems keep their head only, so that "critic|ised" and "critic|izing" meet.
_STEM_LENGTH = 7


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A crude stem: ``denied``, ``denies``, ``deny`` -> ``deni``; numbers without their commas."""
    word = text.folded(word).removesuffix("'s").rstrip(".'")
    if word[:1].isdigit():
        return word.replace(",", "")
    word = _Y.sub("i", _SUFFIX.sub("", word.replace(".", "")))
    return _DOUBLED.sub(r"\1", word)[:_STEM_LENGTH]


@lru_cache(maxsize=20_000)
def content(words: str) -> frozenset[str]:
    """The stems of the content words of a text; compounds count whole and in their parts."""
    return frozenset(stem(word) for word in _split(words) if word.casefold() not in _STOP_WORDS)


def _split(words: str) -> Iterable[str]:
    for word in text.words(words):
        parts = re.split(r"['’-]", word)
        yield word
        if len(parts) > 1:
            yield from (part for part in parts if len(part) > 1)


def is_stop_word(word: str) -> bool:
    """Whether a word says nothing about what a text is about."""
    return word.casefold() in _STOP_WORDS


def is_number(term: str) -> bool:
    """Whether a stem is a number in digits."""
    return term[:1].isdigit()


class Rarity(dict[str, float]):
    """How rare each stem is; one that is nowhere weighs as much as the rarest."""

    def __init__(self, known: Mapping[str, float]) -> None:
        super().__init__(known)
        self._unseen = max(known.values(), default=1.0)

    def __missing__(self, term: str) -> float:
        return self._unseen


@lru_cache(maxsize=16)
def rarity_in(article: CleanArticle) -> Mapping[str, float]:
    """``rarity`` over the sentences of an article, counted once."""
    return rarity([sentence.text for sentence in article.sentences])


def rarity(texts: Sequence[str]) -> Mapping[str, float]:
    """Inverse document frequency of every stem over the texts: ln(1 + n / n with it)."""
    counts = Counter(term for words in texts for term in content(words))
    return Rarity({term: math.log(1 + len(texts) / n) for term, n in counts.items()})


NEWS_STEMS = "lexicon/news_stems.txt"
N_IN_NEWS, LEAST_IN_NEWS = 10_658, 3
"""Of so many sentences of news are the counts; stems that stand in fewer are all equally rare."""


@lru_cache(maxsize=20_000)
def rarity_in_news(term: str) -> float:
    """How rare a stem is in news at large, by the measure of ``rarity``: 1 where it is next to new.

    The most frequent ones ("year", "people") come to about a third.
    """
    n = _news_stems().get(term, LEAST_IN_NEWS)
    return math.log(1 + N_IN_NEWS / n) / math.log(1 + N_IN_NEWS / LEAST_IN_NEWS)


@cache
def _news_stems() -> Mapping[str, int]:
    lines = resources.shipped(NEWS_STEMS).read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {stem: int(n) for n, *stems in rows for stem in stems}


# Evidence of WiCE and Multi-News: 1.5 to 2 find as much, 1 less (LOG 2026-11-27).
_NEWS_POWER = 1.75


class _Telling(dict[str, float]):
    """Weighs each stem when it is first asked for."""

    def __init__(self, rare: Mapping[str, float]) -> None:
        super().__init__()
        self._rare = rare

    def __missing__(self, term: str) -> float:
        self[term] = self._rare[term] * rarity_in_news(term) ** _NEWS_POWER
        return self[term]


@lru_cache(maxsize=16)
def telling_in(article: CleanArticle) -> Mapping[str, float]:
    """How much each stem tells which sentence is meant: rare in the article and in news at large.

    "Leave" may stand in one sentence alone and says less about it than a name does.
    """
    return _Telling(rarity_in(article))


def weight(terms: Iterable[str], rare: Mapping[str, float]) -> float:
    """The summed ``rarity`` of terms."""
    return sum(rare[term] for term in terms)


def share(part: frozenset[str], whole: frozenset[str], rare: Mapping[str, float]) -> float:
    """How much of ``part`` (by rarity) stands in ``whole``: 0 to 1, and 0 for nothing."""
    total = weight(part, rare)
    return weight(part & whole, rare) / total if total else 0.0
