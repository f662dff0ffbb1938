"""Agreements: what two or more parties agreed, signed, accepted or decided together.

One passage a deal: a sentence that tells of it, the terms that follow, the parties.
Knows nothing of wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefer.passages import parties, signs
from briefer.schema import Character, CleanArticle, Passage, Tags

# Of the items on real news among the 467 training articles (tags of held-out folds, weights of ten
# folds) .81 stand on an agreement of the experts' and .60 are a must-item with a party right, at
# must-recall .64.
_THRESHOLD = 0.4
# From here on a sentence is condensed, and is an agreement where the line says so by itself
# (``checks.agreeing``): that adds seven items on the same articles, five of them the experts'.
_ASKED = 0.2
# Below, a sentence with "would", "must" or "urged" is none of them: two in twelve are the experts'.
_PLAIN = 0.7
# Terms that follow an agreement ("Under the deal …") join it from this on.
_JOINS = 0.1
# One person alone agrees with nobody, nor does "the crew", unless the odds are better than this: of
# 15 agreements of a nameless body on train (tags of held-out folds) 11 are below, four of them the
# experts', three of these with another party.
_ALONE = 0.8
_MAX_SENTENCES = 3
# Articles with more than four agreements are rare (7 of 467).
_MAX_AGREEMENTS = 4


def find(
    article: CleanArticle, tags: Sequence[Tags], characters: Sequence[Character]
) -> tuple[Passage, ...]:
    """The agreements that the article reports, surest first; each with its parties."""
    pacts = parties.pacts_in(article, characters)
    odds = [
        signs.odds(sentence, tags, [word for _, word in here])
        for sentence, here in zip(article.sentences, pacts, strict=True)
    ]
    sure = list(_runs(odds, [{name for name, _ in here} for here in pacts]))
    told = {number for run in sure for number in run}
    asked = [(n,) for n, one in enumerate(odds) if _ASKED <= one < _THRESHOLD and n not in told]
    found: list[Passage] = []
    known: tuple[str, ...] = ()
    for run in sorted((*sure, *asked)):
        named = parties.find(article, run, characters, known)
        known = named if len(named) > 1 else known
        score = max(odds[number] for number in run)
        if named and not (score < _ALONE and _is_alone(named, characters)):
            is_sure = score >= (_PLAIN if _leaves_open(article, run, odds) else _THRESHOLD)
            found.append(Passage("agreement", run, score, parties=named, is_sure=is_sure))
    found.sort(key=lambda passage: -passage.score)
    return tuple(found[:_MAX_AGREEMENTS])


def _leaves_open(article: CleanArticle, run: Sequence[int], odds: Sequence[float]) -> bool:
    """Whether the surest sentence also tells what may, must or would be: "both must ratify it"."""
    surest = max(run, key=lambda number: odds[number])
    return signs.is_open(article.sentences[surest])


def _is_alone(named: Sequence[str], characters: Sequence[Character]) -> bool:
    """Whether there is one party only, a person or a nameless body that decides nothing."""
    if len(named) != 1:
        return False
    is_person = any(one.name == named[0] and one.kind == "person" for one in characters)
    return is_person or (named[0].islower() and not parties.decides(named[0]))


def _runs(odds: Sequence[float], agreeing: Sequence[set[str]]) -> Iterator[tuple[int, ...]]:
    """Sentences that tell of one agreement: a sure one and the terms that follow it."""
    number = 0
    while number < len(odds):
        if odds[number] < _THRESHOLD:
            number += 1
            continue
        run = [number]
        while len(run) < _MAX_SENTENCES and _goes_on(number, odds, agreeing):
            number += 1
            run.append(number)
        yield tuple(run)
        number += 1


def _goes_on(number: int, odds: Sequence[float], agreeing: Sequence[set[str]]) -> bool:
    """Whether the next sentence tells of the same agreement, and not of one between others."""
    if number + 1 >= len(odds) or odds[number + 1] < _JOINS:
        return False
    these, others = agreeing[number], agreeing[number + 1]
    return not (these and others and these.isdisjoint(others))
