"""How likely a view's line is to oppose something, by its sentences' odds and its own words.

How far the model is believed counts with them: it was asked whether its line holds. Where a second
model read the line, what that tells stands for the line's own words.

Knows nothing of the tagger, of holders or of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log

from briefer import text
from briefer.checks import clauses, denial, meaning
from briefer.mentions import lexicon
from briefer.schema import DraftLine

# Of 1,059 views of train, worded by code, tags out of fold: .28 of those that are none are stopped
# and .065 of the right ones; with .55 for all lines .30 and .079, with .5 .27 and .058.
_DISSENTS, _TAKES_ISSUE = 0.55, 0.4
# Weights of a logistic regression on 598 lines that strict readers judged (81 oppose nothing; tags
# of train out of fold). Of what the other rules let pass, below these log-odds are 13 lines that
# oppose nothing, 8 that are bad for other reasons and 2 right ones.
_BIAS, _OF_SENTENCES, _OF_PASSAGE = -0.32, 0.45, 0.24
_OPPOSING_VERB, _FAULT, _DEED = 1.15, 1.36, 1.11
_LEAST = 0.4
# These log-odds and those of the model's own trust in its line, weighed by a logistic regression on
# 235 lines of unseen articles that readers judged right or wrong. Together below the bound were .43
# of the wrong ones (.45 of those that oppose nothing) and .08 of the right; with other weights it
# went where as much dissent of val is found (eval/LOG.md, "How far are its lines believed …").
_OF_OPPOSING, _LEAST_TOGETHER = 0.43, 0.2
# The same with what a second model tells of the line, on 139 such lines (val and a pool; 22 oppose
# nothing): area out of fold .84, by the signs above .71 (eval/LOG.md, "What do the states of the
# second model tell?").
_READ_BIAS, _READ_SENTENCES, _READ_LINE = -0.3, 0.82, 1.19
_LEAST_READ = 0.6
_DEEDS = re.compile(
    r"\b(?:sued?|sues|suing|protest\w*|march\w*|vot(?:ed|es?) against|boycott\w*|resign\w*|"
    r"petition\w*|lawsuit|appeal\w*|walk\w* out|reject\w*|refus\w*|den(?:y|ies|ied))\b"
)
_FAULTS = clauses.NEGATIONS | clauses.TURNING


def lack(line: DraftLine, sentences: Sequence[int]) -> str:
    """What speaks against the line by these odds; empty where nothing does, or none are known."""
    odds = dict(zip(line.passage.sentences, line.passage.odds, strict=False))
    told = [odds[number] for number in sentences if number in odds]
    if not told:
        return ""
    needed = _TAKES_ISSUE if meaning.takes_issue(line.text) else _DISSENTS
    if max(told) < needed and line.opposes is None:
        return "no sentence that carries it dissents"
    opposes, least = _opposing(line, max(told))
    if opposes < least or _logit(line.trust) + _OF_OPPOSING * opposes < _LEAST_TOGETHER:
        return "neither its words nor its sentences oppose much"
    return ""


def _opposing(line: DraftLine, surest: float) -> tuple[float, float]:
    """The log-odds that the line opposes something, and those from which on it is told.

    ``surest`` are the best odds of a sentence that carries it.
    """
    if line.opposes is None:
        return _by_words(text.normalise(line.text), surest, line.passage.score), _LEAST
    return _READ_BIAS + _READ_SENTENCES * _logit(surest) + _READ_LINE * line.opposes, _LEAST_READ


def finds_fault(words: str) -> bool:
    """Whether a word of a line denies, turns round or blames something."""
    said = clauses.tokens(words)
    is_negative = not _FAULTS.isdisjoint(said) or any(map(denial.NEGATIVE.fullmatch, said))
    return is_negative or meaning.takes_issue(words)


def _by_words(words: str, surest: float, score: float) -> float:
    """Where no second model read the line; ``score`` are the item's odds."""
    return (
        _BIAS
        + _OF_SENTENCES * _logit(surest)
        + _OF_PASSAGE * _logit(score)
        + _OPPOSING_VERB * _opens_opposing(words)
        + _FAULT * finds_fault(words)
        + _DEED * (_DEEDS.search(words) is not None)
    )


def _logit(probability: float) -> float:
    bounded = min(max(probability, 0.001), 0.999)
    return log(bounded / (1 - bounded))


def _opens_opposing(words: str) -> bool:
    """Whether the first verb of saying is one of opposing."""
    verbs = lexicon.cue_verbs()
    said = (word.casefold() for word in text.words(words))
    first = next((word for word in said if word in verbs), None)
    return first is not None and verbs[first][0] in lexicon.words("opposing_verbs")
