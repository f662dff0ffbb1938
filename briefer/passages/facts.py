"""Key facts and the headline: chosen last, by what each adds to what is already chosen."""

from __future__ import annotations

from collections.abc import Sequence

from briefer import terms
from briefer.schema import CleanArticle, Options, Passage, Statement, Tags

_SHARE = {"short": 0.5, "standard": 1.0, "long": 1.6}


def limit(article: CleanArticle, options: Options) -> int:
    """How many bullets the caller gets at most."""
    if options.max_bullets is not None:
        return options.max_bullets
    n_words = len(article.text.split())
    return max(2, round(min(10, 2 + n_words / 60) * _SHARE[options.length]))


def find(
    article: CleanArticle,
    tags: Sequence[Tags],
    statements: Sequence[Statement],
    chosen: Sequence[Passage],
    n: int,
) -> tuple[Passage, ...]:
    """At most ``n`` passages in the order of their weight; none that only repeats ``chosen``."""
    rare = terms.rarity_in(article)
    bags = [terms.content(sentence.text) for sentence in article.sentences]
    told: frozenset[str] = frozenset()
    for passage in chosen:
        told = told.union(*(bags[number] for number in passage.sentences))
    left = set(range(len(bags)))
    found: list[Passage] = []
    while left and len(found) < n:
        gains = {i: tags[i].fact * (1 - terms.share(bags[i], told, rare)) for i in left}
        best = max(sorted(left), key=lambda i: gains[i])
        if gains[best] < _WORTH:
            break
        left.discard(best)
        told = told | bags[best]
        found.append(Passage("fact", (best,), gains[best], speaker=_speaker(best, statements)))
    return tuple(found)


# TODO(pipeline): fit on train-briefs.
_WORTH = 0.05


def _speaker(sentence: int, statements: Sequence[Statement]) -> str | None:
    return next((one.speaker for one in statements if sentence in one.sentences), None)


def headline(article: CleanArticle, tags: Sequence[Tags]) -> tuple[Passage, ...]:
    """The passage that the headline is written from: the best of the first sentences."""
    first = range(min(3, len(article.sentences)))
    if not first:
        return ()
    best = max(first, key=lambda i: tags[i].fact)
    return (Passage("headline", (best,), tags[best].fact),)
