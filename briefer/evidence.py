"""The smallest set of sentences that carries a line; by code, never by the model.

Greedy cover of the line's words by rarity: the sentence that holds most of what is not yet carried,
until little is left; then those that carry nearly as much as the best (the same news told twice).
Knows nothing of models, sections or what is done with a line that nothing carries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefer import terms
from briefer.schema import CleanArticle, DraftLine

# Chosen on the experts' lines of train-briefs (train) and looked at on the two public dev sets:
# recall / precision .92 / .92 (train-briefs val), .66 / .71 (Multi-News), .76 / .79 (WiCE).
# A further sentence must carry this share of the line, or a number that no other has.
_LEAST_GAIN = 0.12
# One that carries this share of what the best carries, and a quarter of the line, tells it too.
_AS_GOOD, _LEAST_SHARE = 0.7, 0.25


def attach(line: DraftLine, article: CleanArticle) -> tuple[int, ...]:
    """The sentences of the line's own passage that carry it, in order; empty when none does."""
    return tuple(sorted(_cover(line.text, article, line.passage.sentences)))


def find(text: str, article: CleanArticle) -> tuple[int, ...]:
    """The sentences of the whole article that carry a text, in order; empty when none does."""
    everywhere = range(len(article.sentences))
    cover = _cover(text, article, everywhere)
    return tuple(sorted({*cover, *_as_good(text, article, cover)}))


def _cover(text: str, article: CleanArticle, among: Sequence[int]) -> list[int]:
    rare = terms.rarity_in(article)
    bags = {number: terms.content(article.sentences[number].text) for number in among}
    wanted, found = terms.content(text), []
    least = _LEAST_GAIN * terms.weight(wanted, rare)
    while wanted and bags:
        best = max(bags, key=lambda number: (terms.weight(wanted & bags[number], rare), -number))
        gained = wanted & bags.pop(best)
        if terms.weight(gained, rare) < least and not any(map(terms.is_number, gained)):
            break
        found.append(best)
        wanted = wanted - gained
    return found


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
