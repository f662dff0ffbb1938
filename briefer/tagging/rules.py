"""Tags by plain cues (position, names, verbs), weighed by a logistic regression; no weights needed.

Knows nothing of speakers, passages or prompts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from briefer import terms
from briefer.schema import CleanArticle, Sentence, Tags


class RuleTagger:
    """Tags by cues and position.

    F1 at the best threshold (of train) and average precision on the 52 val articles of
    train-briefs: facts .73 / .77, dissent .53 / .54, agreements .51 / .51, speech .83 / .91.
    """

    @property
    def adapters(self) -> Mapping[str, str]:
        """None: there is no trained file."""
        return {}

    def tag(self, article: CleanArticle) -> tuple[Tags, ...]:
        """One ``Tags`` a sentence, in order."""
        rows = features(article)
        return tuple(
            Tags(
                fact=_probability(_FACT, row),
                dissent=_probability(_DISSENT, row),
                agreement=_probability(_AGREEMENT, row),
                speech=_probability(_SPEECH, row),
            )
            for row in rows
        )


_CUES: Mapping[str, re.Pattern[str]] = {
    "says": re.compile(
        r"\b(?:sa(?:id|ys?|ying)|t(?:ells?|old)|according to|add(?:s|ed)|announc\w+|"
        r"stat(?:es|ed|ing)|"
        r"explain(?:s|ed)|not(?:es|ed|ing)|wr(?:ites?|ote|iting)|tweeted|report(?:s|ed)|confirm\w*|"
        r"stress\w*|insist\w*|describ\w+|suggest(?:s|ed|ing)|believ\w+|thinks?|statement|spokes\w+|"
        r"welcom\w+|praised|promis\w+|urg(?:es|ed|ing)|claim(?:s|ed|ing)?)\b",
        re.IGNORECASE,
    ),
    "opposes": re.compile(
        r"\b(?:accus\w+|critic\w+|condemn\w+|den(?:y|ies|ied|ying)|reject\w*|refus\w+|oppos\w+|"
        r"dissent\w*|denounc\w+|object(?:s|ed|ions?)\b|protest\w*|disput\w+|dismiss\w+|"
        r"warn\w*|blam\w+|slam\w+|blast\w+|lambast\w+|attacked|questioned|contradict\w*|"
        r"disagree\w*|complain\w*|argu\w+|demand\w*|call(?:s|ed|ing) (?:on|for|it|the|that)|"
        r"outrag\w+|alleg\w+|challeng\w+|against|boycott\w*|petition\w*|lawsuit|sued?|suing|"
        r"concern\w*|fear\w*|skeptic\w*|sceptic\w*|doubt\w*|retort\w*|rebuk\w+|unacceptable)\b",
        re.IGNORECASE,
    ),
    "judges": re.compile(
        r"\b(?:wrong|false|illegal\w*|unfair\w*|unjust\w*|dangerous|nothing|never|no|not|n't|cannot|"
        r"failed|failure|violat\w+|threat\w*|shame\w*|disgrac\w+|absurd|ridiculous|nonsense|lies?|"
        r"lying|irresponsible|problem|mistake|too|only|must|should|instead|clearly)\b|n't\b",
        re.IGNORECASE,
    ),
    "agrees": re.compile(
        r"\b(?:agree[ds]?|agree(?:ing|ments?)|deals?|accords?|treat(?:y|ies)|pacts?|signed|signing|"
        r"settle[ds]?|settlement|ceasefire|truce|memorandum|compromise|consensus|joint(?:ly)?|"
        r"unanimous\w*|ratif\w+|accepted|adopted|approv\w+|contract|merge[rd]?|partnership|alliance|"
        r"coalition|pledg\w+|commit(?:s|ted)?|both sides|reached|negotiated)\b",
        re.IGNORECASE,
    ),
    "votes": re.compile(
        r"\b(?:vote[ds]?|voting|votes|passed|senate|parliament|council|assembly|committee|"
        r"referendum|resolution|majority)\b",
        re.IGNORECASE,
    ),
    "first_person": re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me|you|your)\b"),
    "quoted": re.compile(r'["“”«»]'),
    "number": re.compile(
        r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?)\b"
    ),
    "day": re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today)\b"),
    "future": re.compile(r"\b(?:will|would|to be|plans? to)\b"),
    "question": re.compile(r"\?"),
    "pronoun_first": re.compile(r"\W*(?:He|She|It|They|This|That|These|Those|There)\b"),
    "aside": re.compile(
        r"contributed to this report|click here|read more|watch:|photo", re.IGNORECASE
    ),
}

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+")


# Logistic regression (C 1) over `features` of the 467 training articles of train-briefs; weights
# under .05 left out.
_FACT: Mapping[str, float] = {
    "bias": -1.26,
    "agrees": 0.25,
    "agrees_near": -0.13,
    "aside": -0.81,
    "day": 0.57,
    "early": 1.49,
    "first_person": -0.34,
    "future": 0.24,
    "judges_near": 0.09,
    "names": 0.28,
    "number": 0.56,
    "opposes": 0.36,
    "place": -0.83,
    "question": -1.10,
    "quoted": -0.24,
    "says": 0.21,
    "size": 0.50,
    "title": 2.13,
    "votes": 0.22,
}
_DISSENT: Mapping[str, float] = {
    "bias": -3.40,
    "agrees": 0.16,
    "agrees_near": 0.24,
    "aside": -0.79,
    "day": -0.36,
    "early": -0.54,
    "first_person": -0.05,
    "judges": 0.78,
    "judges_near": 0.57,
    "names": 0.09,
    "number": -0.30,
    "opposes": 1.56,
    "opposes_near": 0.71,
    "place": -0.19,
    "pronoun_first": 0.13,
    "quoted": 0.68,
    "quoted_near": 0.35,
    "says": 0.78,
    "says_near": 0.49,
    "size": 0.06,
    "title": 0.62,
    "votes": 0.61,
}
_AGREEMENT: Mapping[str, float] = {
    "bias": -4.30,
    "agrees": 2.78,
    "agrees_near": 1.48,
    "aside": -0.12,
    "day": 0.06,
    "early": -0.35,
    "first_person": -0.62,
    "future": 0.63,
    "judges": -0.55,
    "judges_near": -0.31,
    "number": 0.99,
    "opposes": -0.45,
    "opposes_near": -0.54,
    "place": -2.34,
    "pronoun_first": -0.54,
    "question": -0.51,
    "quoted": -0.68,
    "quoted_near": -0.05,
    "says": -0.64,
    "says_near": -0.08,
    "size": 0.54,
    "title": 0.72,
    "votes": 1.43,
}
_SPEECH: Mapping[str, float] = {
    "bias": -2.65,
    "agrees": 0.09,
    "agrees_near": 0.15,
    "aside": -1.01,
    "day": 0.17,
    "early": -0.58,
    "first_person": 1.02,
    "future": 0.26,
    "judges": 0.23,
    "judges_near": 0.27,
    "names": -0.07,
    "number": -0.31,
    "opposes": 1.11,
    "opposes_near": 0.14,
    "place": 0.06,
    "pronoun_first": 0.27,
    "question": -0.20,
    "quoted": 2.55,
    "quoted_near": 0.82,
    "says": 3.21,
    "says_near": 0.53,
    "size": 0.06,
    "title": 0.55,
    "votes": -0.07,
}


def features(article: CleanArticle) -> list[dict[str, float]]:
    """What the rules see of each sentence, every value between 0 and about 3."""
    rows = [_own_features(article, sentence) for sentence in article.sentences]
    around: list[dict[str, float]] = [{}, *rows, {}]
    return [
        {**row, **_neighbours(around[number], around[number + 2])}
        for number, row in enumerate(rows)
    ]


def _own_features(article: CleanArticle, sentence: Sentence) -> dict[str, float]:
    words = sentence.text
    n = len(article.sentences)
    title = terms.content(article.title or "")
    return {
        **{cue: float(bool(pattern.search(words))) for cue, pattern in _CUES.items()},
        "early": 1 / (1 + sentence.index),
        "place": sentence.index / n,
        "size": min(len(words) / 100, 3.0),
        "names": min(len(_NAME.findall(words)) / 2, 3.0),
        "title": len(title & terms.content(words)) / (1 + len(title)),
    }


def _neighbours(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    return {
        f"{cue}_near": max(before.get(cue, 0.0), after.get(cue, 0.0))
        for cue in ("says", "opposes", "quoted", "agrees", "judges")
    }


def _probability(weights: Mapping[str, float], row: Mapping[str, float]) -> float:
    odds = weights["bias"] + sum(weight * row.get(cue, 0.0) for cue, weight in weights.items())
    return 1 / (1 + math.exp(-odds))
