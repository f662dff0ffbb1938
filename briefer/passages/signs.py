"""Whether a sentence tells of an agreement: the tagger's odds, syntax and words weighed together.

A shipped logistic regression (``training/agreements.py``) raises the odds for words of agreeing
that the syntax calls done and for deals and votes named, and lowers them for talks, wishes and acts
of one side. Knows nothing of items or of who the parties are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from briefer.models import linear
from briefer.passages import parties
from briefer.schema import Sentence, Tags

MODELS = "agreements"
"""The shipped file holds one model, ``told``."""

_LEAST_ODDS = 0.001
_BODY = (
    r"(?:parliament\w*|senat\w+|house(?: of \w+)?|congress|councill?ors?|council|assembly|"
    r"committee|board|synod|commission|voters?|delegates|lawmakers|mps|deputies|knesset|duma|"
    r"bundestag|legislature|legislators|cabinet|shareholders|referendum|conference|caucus|"
    r"convention|jury|party|members|states|union|league|governors|ministers|trustees|directors)"
)
_SIGNS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in {
        "agrees": r"\bagree(?:d|s|ing)\b",
        "deal": (
            r"\b(?:deal|agreement|accord|pact|treaty|settlement|truce|cease-?fire|compromise|"
            r"contract|partnership|memorandum|alliance|coalition|merger|convention|protocol|"
            r"consensus)s?\b"
        ),
        "joint": (
            r"\b(?:settled|team(?:ed|ing) up|partner(?:ed|ing|s) with|join(?:ed|ing) forces|"
            r"merg(?:ed|ing)|joint(?:ly)?|mutual(?:ly)?|in partnership|came together|"
            r"united (?:behind|in)|power-sharing|plea (?:deal|bargain)|(?:their|in) unity|"
            r"common position|(?:, | and )(?:the )?[A-Z]\w+ (?:have |has |had )?"
            r"(?:issued|released|published) an? (?:\w+ )?(?:statement|declaration))\b"
        ),
        "tally": (
            r"\b\d+ ?(?:-|–|to|votes to|for and) ?\d+\b(?!%)|\bunanimous|\bvotes? (?:of|in favou?r)"
            r"|\bin favou?r\b|\bby (?:a )?(?:vote|majority|voice)"
        ),
        "passed by": (
            r"\b(?:passed|approved|adopted|ratified|endorsed|elected|repealed|backed|chosen|"
            r"accepted|voted)\b[^.;]{0,50}?\b(?:by|in|at|through) (?:[\w'’.-]+ ){0,4}?"
            rf"{_BODY}\b"
        ),
        "talks": (
            r"\b(?:talks|negotiat(?:e|ing|ions?|ors?)|discuss\w*|meeting|debat\w+|seek\w*|sought|"
            r"working (?:on|toward)|bid)\b"
        ),
        "open": (
            r"\b(?:would|could|might|may|if|hopes?|hoped|hoping|urged?|urging|"
            r"call(?:s|ed|ing)? (?:for|on)|demand\w*|wants?|wanted|plans? to|planned|consider\w*|"
            r"expected|possible|likely|should|propos\w+|offer\w*|try|trying|unless|must)\b"
        ),
        "one side": (
            r"\b(?:court|judge|ruled|ruling|sentenced|verdict|ordered|decree|executive order|"
            r"introduced|appointed|sued|arrested|granted|authori[sz]ed|declared|imposed|"
            r"suspend\w*|unveiled)\b"
        ),
    }.items()
}
_VOTES = re.compile(
    r"voted|pass(?:ed|es)|approve[ds]|adopt(?:ed|s)|endorsed|elected|backed|decided|chose|repealed|"
    r"rejected|enacted|resolved|cleared|refused|opted"
)


def odds(sentence: Sentence, tags: Sequence[Tags], done: Sequence[str]) -> float:
    """The probability that a sentence tells of an agreement.

    ``done`` are its words of agreeing that somebody is a party to (``parties.pacts_in``).
    """
    told = features(sentence, tags, done)
    return linear.load(MODELS)["told"].probability(told)


def features(sentence: Sentence, tags: Sequence[Tags], done: Sequence[str]) -> dict[str, float]:
    """What speaks for and against an agreement, by name; the arguments are those of ``odds``."""
    number = sentence.index
    beside = [tags[n].agreement for n in (number - 1, number + 1) if 0 <= n < len(tags)]
    is_vote = any(_VOTES.match(word) for word in done)
    found = {
        "agreement": _logit(tags[number].agreement),
        "fact": _logit(tags[number].fact),
        "beside": _logit(max(beside, default=_LEAST_ODDS)),
        "voted": float(is_vote),
        "done": float(bool(done) and not is_vote),
        "several": float(parties.is_of_several(sentence)),
    }
    return found | {name: float(bool(sign.search(sentence.text))) for name, sign in _SIGNS.items()}


def is_open(sentence: Sentence) -> bool:
    """Whether a sentence tells what is possible, wished or asked for, not only what is done."""
    return _SIGNS["open"].search(sentence.text) is not None


def _logit(probability: float) -> float:
    probability = min(max(probability, _LEAST_ODDS), 1 - _LEAST_ODDS)
    return math.log(probability / (1 - probability))
