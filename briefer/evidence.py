"""The smallest set of sentences that carries a line; by code, never by the model.

Knows nothing of models, sections or what is done with a line that nothing carries.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefer import terms
from briefer.schema import CleanArticle, DraftLine

# A further sentence must carry this share of the line (by rarity of words), or a number that no
# other has.
_LEAST_GAIN = 0.15


def attach(line: DraftLine, article: CleanArticle) -> tuple[int, ...]:
    """The sentences of the line's own passage that carry it, in order; empty when none does."""
    return _cover(line.text, article, line.passage.sentences)


def find(text: str, article: CleanArticle) -> tuple[int, ...]:
    """The sentences of the whole article that carry a text, in order; empty when none does."""
    return _cover(text, article, range(len(article.sentences)))


def _cover(text: str, article: CleanArticle, among: Sequence[int]) -> tuple[int, ...]:
    rare = terms.rarity_in(article)
    bags = {number: terms.content(article.sentences[number].text) for number in among}
    line = terms.content(text)
    least = _LEAST_GAIN * terms.weight(line, rare)
    wanted, found = line, []
    while wanted and bags:
        best = max(sorted(bags), key=lambda number: terms.weight(wanted & bags[number], rare))
        gained = wanted & bags.pop(best)
        if terms.weight(gained, rare) < least and not any(map(terms.is_number, gained)):
            break
        found.append(best)
        wanted = wanted - gained
    return tuple(sorted(found))
