"""How likely a view's line is to oppose something, by its sentences' odds and its own words.

How far the model is believed counts with them: it was asked whether its line holds. Where the line
was read, what its reader sees stands for the line's own words.

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
# The same with what a reader of the line sees, on 359 such lines of val and five pools (41 oppose
# nothing, 32 are wrong for other reasons): area out of fold .89 for the former, .70 for both
# (eval/LOG.md, "Does the tagger see whether a line opposes anything?").
_READ_BIAS, _READ_SENTENCES, _READ_LINE, _READ_TRUST = -1.1, 1.03, 1.1, 0.5
_SUREST_TRUST = 3.0
_LEAST_READ = 0.6
_DEEDS = re.compile(
    r"\b(?:sued?|sues|suing|protest\w*|march\w*|vot(?:ed|es?) against|boycott\w*|resign\w*|"
    r"petition\w*|lawsuit|appeal\w*|walk\w* out|reject\w*|refus\w*|den(?:y|ies|ied))\b"
)
_LITTLE = "neither its words nor its sentences oppose much"
_FAULTS = clauses.NEGATIONS | clauses.TURNING


def lack(line: DraftLine, sentences: Sequence[int]) -> str:
    """What speaks against the line by these odds; empty where nothing does, or none are known."""
    odds = dict(zip(line.passage.sentences, line.passage.odds, strict=False))
    told = [odds[number] for number in sentences if number in odds]
    if not told:
        return ""
    surest = _logit(max(told))
    if line.opposes is None:
        return _lack_by_words(line, surest)
    opposes = (
        _READ_BIAS
        + _READ_SENTENCES * surest
        + _READ_LINE * line.opposes
        + _READ_TRUST * min(_logit(line.trust), _SUREST_TRUST)
    )
    return _LITTLE if opposes < _LEAST_READ else ""


def _lack_by_words(line: DraftLine, surest: float) -> str:
    """The same where nobody read the line; ``surest`` are the best log-odds of a sentence."""
    needed = _TAKES_ISSUE if meaning.takes_issue(line.text) else _DISSENTS
    if surest < _logit(needed):
        return "no sentence that carries it dissents"
    opposes = _by_words(text.normalise(line.text), surest, line.passage.score)
    if opposes < _LEAST or _logit(line.trust) + _OF_OPPOSING * opposes < _LEAST_TOGETHER:
        return _LITTLE
    return ""


def finds_fault(words: str) -> bool:
    """Whether a word of a line denies, turns round or blames something."""
    said = clauses.tokens(words)
    is_negative = not _FAULTS.isdisjoint(said) or any(map(denial.NEGATIVE.fullmatch, said))
    return is_negative or meaning.takes_issue(words)


def _by_words(words: str, surest: float, score: float) -> float:
    """The log-odds by its words; ``score`` are the item's odds."""
    return (
        _BIAS
        + _OF_SENTENCES * surest
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
