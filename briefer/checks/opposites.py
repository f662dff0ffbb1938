"""Does a line tell the opposite of its text: "rose" for "fell", "approved" for "rejected"?

By single words, a few of their other senses left out. Knows nothing of who or what rose.
"""

from __future__ import annotations

import re

from briefer import text
from briefer.checks.clauses import NEGATIONS, before, stems, tokens

# Words of which a text holds the one and a line the other: the line tells the opposite.
_PAIRS = tuple(
    (stems(left), stems(right))
    for left, right in (
        (
            "increase rise rose risen grow grew gain",
            "decrease decline fall fell fallen drop shrink",
        ),
        ("accept accepted approve approved", "reject rejected refuse refused"),
        ("support supported endorse", "oppose opposed"),
        ("confirm confirmed admit admitted", "deny denied"),
        ("open opened reopen", "close closed shut"),
        ("raise raised", "cut lower lowered reduce reduced"),
        ("guilty convict convicted", "acquit acquitted innocent cleared"),
        ("legal lawful", "illegal unlawful"),
        ("praise praised welcome welcomed", "criticise criticised condemn condemned denounce"),
        ("survive survived", "died killed"),
        (
            "kill killed killing dead death deaths die died dies fatal fatally",
            "injure injured injuring injury injuries hurt wound wounded wounding",
        ),
        ("morning", "evening night"),
        ("north northern northward", "south southern southward"),
        ("east eastern", "west western"),
        ("resign resigned resignation quit", "fired sacked dismissed ousted"),
        ("most", "least fewest"),
        ("larger largest bigger biggest", "smaller smallest"),
        ("oldest", "youngest"),
        ("best", "worst"),
        ("higher", "lower"),
        ("highest", "lowest"),
        ("man men boy boys male", "woman women girl girls female"),
        ("profit profits", "loss losses"),
        ("impose imposed imposing", "lift lifted lifting"),
        ("surplus", "deficit"),
        ("ban banned prohibit prohibited", "allow allowed permit permitted"),
    )
)
_WINNING = stems("win won victory"), stems("lose lost defeat defeated")
# "Le Pen lost to Macron", "Macron's win over Le Pen": the one wins what the other loses.
_OVER_SOMEBODY = re.compile(
    r"\b(?:lo(?:st|ses?|sing) (?:[\w'-]+ ){0,4}?to|defeat(?:s|ed|ing)?(?: [\w-]+)?(?: by)?|"
    r"(?:wins?|won|winning|victory) (?:[\w'-]+ ){0,4}?(?:over|against)) (?:the )?(?-i:[A-Z])",
    re.IGNORECASE,
)
# "Sales are up this fall", "she declined to comment", "close to the border", "at least", "fired at
# the crowd"; "the South" and "West Bank" are names.
_OTHER_SENSES = re.compile(
    r"\b(?:(?:this|last|next|each|every|since) fall|in the fall(?! (?:of|in)\b)|"
    r"close (?:to|ties|friends?|all(?:y|ies))|declin(?:e[sd]?|ing) to|"
    r"lower house|"
    r"lo(?:st|ses?|sing) (?:his|her|their) li(?:fe|ves)|"
    r"rais(?:e[sd]?|ing) (?:\w+ )?(?:questions?|concerns?|doubts?|fears?)|"
    r"at (?:the )?(?:least|most)|(?:as|too|so) (?:high|low)|high(?:er)? education|"
    r"(?-i:North|South|East|West)(?:ern)?|"
    r"fires?|firing|fired (?:up)?(?:on|at|into|off|back|shots?|rockets?|missiles?|an?|\d+|tear|"
    r"live|rubber)|"
    r"dismiss(?:e[sd]|ing)? (?:the |an? |all |these |such |his |her |their )?(?:\w+ )?"
    r"(?:claims?|allegations?|accusations?|criticisms?|cases?|appeals?|charges?|lawsuits?|"
    r"reports?|suggestions?|calls?|ideas?))\b",
    re.IGNORECASE,
)


def find(line: str, source: str) -> str:
    """Two words that contradict each other, one of the line, one of the source; or empty.

    One under a "not" says the opposite itself: "did not accept" is "rejected".
    """
    plain = [_OTHER_SENSES.sub(" ", text.normalise(words)) for words in (line, source)]
    said, heard = map(tokens, plain)
    told, known = _affirmed(said), _affirmed(heard)
    pairs = _PAIRS if any(map(_OVER_SOMEBODY.search, plain)) else (*_PAIRS, _WINNING)
    for left, right in pairs:
        for mine, theirs in ((left, right), (right, left)):
            is_turned = mine & told and theirs & known
            if is_turned and mine.isdisjoint(heard) and theirs.isdisjoint(said):
                return f"{min(mine & told)} / {min(theirs & known)}"
    return ""


def _affirmed(words: tuple[str, ...]) -> frozenset[str]:
    """The words that no "not" stands shortly before."""
    return frozenset(
        word for place, word in enumerate(words) if NEGATIONS.isdisjoint(before(place, words))
    )
