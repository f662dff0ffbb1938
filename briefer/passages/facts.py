"""Key facts and the headline: chosen last, by what each adds to what is already chosen.

Knows nothing of wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from briefer import terms
from briefer.passages import telling
from briefer.schema import AUTHOR, CleanArticle, Length, Options, Passage, Statement, Tags

# Two bullets and one for every 55 words: nine in a median article (400 words), where the
# experts wrote seven or eight and four in ten views tell a fact beside them. With 14 at most .606
# instead of .598 of the facts of `dev-briefs` are covered, of val .681 both, and it costs time.
_LEAST, _WORDS_A_BULLET, _MOST = 2, 55, 12
# A brief of a short article stays under .6 of its words (.64 without this on `dev-briefs`, where a
# quarter of the articles have more than five views), counted with its actors, which take .05.
_ROOM, _WORDS_A_LINE, _HEADLINES, _IN_ANY_CASE = 0.6, 16, 1, 4
_SHARES: dict[Length, float] = {"short": 0.5, "standard": 1.0, "long": 1.6}
# How far repetition lowers a sentence's worth. On train: with 1 the experts' facts are covered as
# well (.73), but fewer by the bullets alone (.53 against .57).
_REPETITION = 0.8
# A sentence less likely than this to be a key fact is no bullet, however much room is left.
_LEAST_WORTH = 0.05
# How many more are written than there is room for. Facts covered at one limit of doubt, dev and
# val: with half as many more .68, .70, with .8 .69, .71 (`briefer.drafting.condensers`).
_RESERVE = 0.7
_OPENING = 4
# So the headline's sentence carries the experts' first fact in .88 of the training articles; the
# likeliest lead of all does in .82, the first sentence in .81.
_AS_LIKELY = 0.1


def limit(article: CleanArticle, options: Options, *, n_others: int = 0) -> int:
    """How many bullets the caller gets at most beside ``n_others`` views and agreements."""
    if options.max_bullets is not None:
        return options.max_bullets
    n_words = len(article.text.split())
    bullets = min(_MOST, _LEAST + n_words / _WORDS_A_BULLET)
    room = _ROOM * n_words / _WORDS_A_LINE - _HEADLINES - n_others
    return max(_LEAST, round(min(bullets, max(_IN_ANY_CASE, room)) * _SHARES[options.length]))


def find(
    article: CleanArticle,
    tags: Sequence[Tags],
    statements: Sequence[Statement],
    chosen: Sequence[Passage],
    n: int,
) -> tuple[Passage, ...]:
    """At most ``n`` passages in the article's order; none that only repeats the chosen ones.

    Each is one sentence; joined with a neighbour that tells of the same thing it was told without
    it. With them come those that would be next, in reserve: some lines will not hold.
    News is written so that its order is the order of weight: Kendall's tau with the experts' order
    of facts is .78 so (training articles, tags of held-out folds), .69 by the likeliest lead.
    """
    rare = terms.rarity_in(article)
    bags = {s.index: terms.content(s.text) for s in telling.find(article)}
    told = frozenset[str]().union(
        *(bags.get(number, frozenset()) for passage in chosen for number in passage.sentences)
    )
    found: list[Passage] = []
    while bags and len(found) < n + ceil(_RESERVE * n):
        worth = {
            number: tags[number].fact * (1 - _REPETITION * terms.share(bag, told, rare))
            for number, bag in bags.items()
        }
        best = max(worth, key=lambda number: (worth[number], -number))
        if worth[best] < _LEAST_WORTH:
            break
        told |= bags.pop(best)
        speaker = _speaker(article, best, statements)
        in_reserve = len(found) >= n
        found.append(Passage("fact", (best,), worth[best], speaker=speaker, in_reserve=in_reserve))
    return tuple(sorted(found, key=lambda passage: passage.sentences))


def _speaker(article: CleanArticle, number: int, statements: Sequence[Statement]) -> str | None:
    """Whose words the sentence reports; in an opinion piece at least the author's."""
    spoken = (one.speaker for one in statements if number in one.sentences and one.speaker)
    return next(spoken, AUTHOR if article.genre == "opinion" else None)


def headline(
    article: CleanArticle, tags: Sequence[Tags], statements: Sequence[Statement]
) -> tuple[Passage, ...]:
    """The sentence that the headline is written from: the first that is a lead as likely as any."""
    opening = [s.index for s in telling.find(article)[:_OPENING]]
    if not opening:
        return ()
    likeliest = max(_leads(tags[number]) for number in opening)
    best = next(number for number in opening if _leads(tags[number]) >= likeliest - _AS_LIKELY)
    speaker = _speaker(article, best, statements)
    return (Passage("headline", (best,), _leads(tags[best]), speaker=speaker),)


def _leads(tags: Tags) -> float:
    return tags.fact if tags.lead is None else tags.lead
