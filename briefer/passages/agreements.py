"""Agreements: what two or more parties agreed, signed, accepted or decided together.

Knows nothing of wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefer.passages import parties
from briefer.schema import Character, CleanArticle, Passage, Tags

# Precision .79 and must-recall .72 of items on the 467 training articles, with tags of held-out
# folds; .73 and .74 at .4, .81 and .68 at .6.
_THRESHOLD = 0.5
# Terms that follow an agreement ("Under the deal …") join it from this on.
_JOINS = 0.15
_MAX_SENTENCES = 3
# Articles with more than four agreements are rare (7 of 467).
_MAX_AGREEMENTS = 4


def find(
    article: CleanArticle, tags: Sequence[Tags], characters: Sequence[Character]
) -> tuple[Passage, ...]:
    """The agreements that the article reports, surest first; each with its parties."""
    odds = [one.agreement for one in tags]
    found: list[Passage] = []
    known: tuple[str, ...] = ()
    for run in _runs(odds):
        named = parties.find(article, run, characters, known)
        known = named if len(named) > 1 else known
        if named:
            found.append(Passage("agreement", run, max(odds[i] for i in run), parties=named))
    found.sort(key=lambda passage: -passage.score)
    return tuple(found[:_MAX_AGREEMENTS])


def _runs(odds: Sequence[float]) -> Iterator[tuple[int, ...]]:
    """Sentences that tell of one agreement: a sure one and the terms that follow it."""
    number = 0
    while number < len(odds):
        if odds[number] < _THRESHOLD:
            number += 1
            continue
        run = [number]
        while number + 1 < len(odds) and len(run) < _MAX_SENTENCES and odds[number + 1] >= _JOINS:
            number += 1
            run.append(number)
        yield tuple(run)
        number += 1
