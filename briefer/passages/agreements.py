"""Agreements: what two or more parties agreed, signed, accepted or decided together.

A sentence's odds are the tagger's, raised by words of agreeing that the syntax calls done and by
deals and votes named, lowered by talks, wishes and acts of one side. Knows nothing of wording.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from briefer.passages import parties
from briefer.schema import Character, CleanArticle, Passage, Sentence, Tags

# Of the items on real news among the 467 training articles (tags of held-out folds, weights of ten
# folds) .83 stand on an agreement of the experts' and .57 are a must-item with a party right, at
# must-recall .52; the tagger's odds alone give .65, .43 and .36. At .35 .72, .49 and .52.
_THRESHOLD = 0.4
# Terms that follow an agreement ("Under the deal …") join it from this on.
_JOINS = 0.1
# One person alone agrees with nobody, unless the odds are better than this.
_ALONE = 0.8
_MAX_SENTENCES = 3
# Articles with more than four agreements are rare (7 of 467).
_MAX_AGREEMENTS = 4

# Weights of a logistic regression on the sentences of train-briefs, `original` articles at half
# weight, for their prose is cleaner than real news. Average precision on real news .41 with the
# tagger's odds alone, .46 with the syntax, .52 with the words besides.
_BIAS = -1.2
_AGREEMENT, _FACT, _BESIDE = 0.54, 0.18, 0.25
_DONE, _VOTED, _TOGETHER = 1.74, 2.76, 0.46
_LEAST_ODDS = 0.001
_BODY = (
    r"(?:parliament\w*|senat\w+|house(?: of \w+)?|congress|councill?ors?|council|assembly|"
    r"committee|board|synod|commission|voters?|delegates|lawmakers|mps|deputies|knesset|duma|"
    r"bundestag|legislature|legislators|cabinet|shareholders|referendum|conference|caucus|"
    r"convention|jury|party|members|states|union|league|governors|ministers|trustees|directors)"
)
_SIGNS: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (weight, re.compile(words, re.IGNORECASE))
    for weight, words in (
        (1.38, r"\bagree(?:d|s|ing)\b"),
        (
            1.23,
            r"\b(?:deal|agreement|accord|pact|treaty|settlement|truce|cease-?fire|compromise|"
            r"contract|partnership|memorandum|alliance|coalition|merger|convention|protocol|"
            r"consensus)s?\b",
        ),
        (
            2.62,
            r"\b(?:settled|team(?:ed|ing) up|partner(?:ed|ing|s) with|join(?:ed|ing) forces|"
            r"merg(?:ed|ing)|joint(?:ly)?|mutual(?:ly)?|in partnership|came together|"
            r"united (?:behind|in)|power-sharing|plea (?:deal|bargain))\b",
        ),
        (
            1.31,
            r"\b\d+ ?(?:-|–|to|votes to|for and) ?\d+\b(?!%)|\bunanimous|\bvotes? (?:of|in favou?r)"
            r"|\bin favou?r\b|\bby (?:a )?(?:vote|majority|voice)",
        ),
        (
            2.68,
            r"\b(?:passed|approved|adopted|ratified|endorsed|elected|repealed|backed|chosen|"
            r"accepted|voted)\b[^.;]{0,50}?\b(?:by|in|at|through) (?:[\w'’.-]+ ){0,4}?"
            rf"{_BODY}\b",
        ),
        (
            -0.5,
            r"\b(?:talks|negotiat(?:e|ing|ions?|ors?)|discuss\w*|meeting|debat\w+|seek\w*|sought|"
            r"working (?:on|toward)|bid)\b",
        ),
        (
            -0.37,
            r"\b(?:would|could|might|may|if|hopes?|hoped|hoping|urged?|urging|"
            r"call(?:s|ed|ing)? (?:for|on)|demand\w*|wants?|wanted|plans? to|planned|consider\w*|"
            r"expected|possible|likely|should|propos\w+|offer\w*|try|trying|unless|must)\b",
        ),
        (
            -0.88,
            r"\b(?:court|judge|ruled|ruling|sentenced|verdict|ordered|decree|executive order|"
            r"introduced|appointed|sued|arrested|granted|authori[sz]ed|declared|imposed|"
            r"suspend\w*|unveiled)\b",
        ),
    )
)
_VOTES = re.compile(
    r"voted|pass(?:ed|es)|approve[ds]|adopt(?:ed|s)|endorsed|elected|backed|decided|chose|repealed|"
    r"rejected|enacted|resolved|cleared|refused|opted"
)


def find(
    article: CleanArticle, tags: Sequence[Tags], characters: Sequence[Character]
) -> tuple[Passage, ...]:
    """The agreements that the article reports, surest first; each with its parties."""
    odds = [_odds(article, one, tags, characters) for one in article.sentences]
    found: list[Passage] = []
    known: tuple[str, ...] = ()
    for run in _runs(article, odds, characters):
        named = parties.find(article, run, characters, known)
        known = named if len(named) > 1 else known
        score = max(odds[number] for number in run)
        if named and not (score < _ALONE and _is_one_person(named, characters)):
            found.append(Passage("agreement", run, score, parties=named))
    found.sort(key=lambda passage: -passage.score)
    return tuple(found[:_MAX_AGREEMENTS])


def _odds(
    article: CleanArticle,
    sentence: Sentence,
    tags: Sequence[Tags],
    characters: Sequence[Character],
) -> float:
    """The probability that a sentence tells of an agreement."""
    number = sentence.index
    beside = [tags[n].agreement for n in (number - 1, number + 1) if 0 <= n < len(tags)]
    done = [word.of(article.text) for one in characters for word in parties.pacts_in(one, sentence)]
    is_vote = any(_VOTES.match(word) for word in done)
    total = (
        _BIAS
        + _AGREEMENT * _logit(tags[number].agreement)
        + _FACT * _logit(tags[number].fact)
        + _BESIDE * _logit(max(beside, default=_LEAST_ODDS))
        + (_VOTED if is_vote else _DONE if done else 0)
        + (_TOGETHER if parties.is_of_several(sentence) else 0)
        + sum(weight for weight, words in _SIGNS if words.search(sentence.text))
    )
    return 1 / (1 + math.exp(-total))


def _logit(odds: float) -> float:
    odds = min(max(odds, _LEAST_ODDS), 1 - _LEAST_ODDS)
    return math.log(odds / (1 - odds))


def _is_one_person(named: Sequence[str], characters: Sequence[Character]) -> bool:
    return len(named) == 1 and any(
        one.name == named[0] and one.kind == "person" for one in characters
    )


def _runs(
    article: CleanArticle, odds: Sequence[float], characters: Sequence[Character]
) -> Iterator[tuple[int, ...]]:
    """Sentences that tell of one agreement: a sure one and the terms that follow it."""
    agreeing = [
        {one.name for one in characters if parties.pacts_in(one, sentence)}
        for sentence in article.sentences
    ]
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
