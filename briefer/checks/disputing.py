"""Does a line have somebody dispute what they said themselves: "denies that it is false"?

The condenser words a view as "rejects the charge that …", and what follows is sometimes the very
thing that its holder claims. Knows nothing of names or speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefer import text
from briefer.checks.clauses import NEGATIONS, TURNING, can_be_meant, stems, tokens
from briefer.checks.denial import LOOSELY_TURNING, NEGATIVE

_DISPUTES = (
    r"(?:reject(?:s|ed)?|den(?:y|ies|ied)|dismiss(?:es|ed)?|disput(?:es?|ed)|refut(?:es?|ed)|"
    r"rebut(?:s|ted)?)"
)
_SAYING = (
    r"(?:saying|arguing|noting|asserting|adding|insisting|claiming|explaining|stating|"
    r"maintaining|pointing out)"
)
_END = rf"(?=, (?:{_SAYING}|and|but|though|as|calling|which)\b| and (?:says?|said)\b|[.;]?$)"
_DISPUTED = re.compile(
    rf"(?P<who>[^:\"]{{2,90}}?) (?:{_DISPUTES} (?:[\w-]+ ){{0,3}}?that|"
    rf"den(?:y|ies|ied)(?= \w+ing\b)) (?P<what>.+?){_END}"
)
# "X denied this, saying …": what X says then is X's own claim.
_REPLIES = re.compile(rf"(?P<disputed>.*\b{_DISPUTES}\b.*?),? {_SAYING} (?P<own>.+)")
# What turns round what an article says of somebody, beside the negations; "but" and "only" do not.
_AGAINST = (TURNING - LOOSELY_TURNING) | stems(
    "denials gainsay contrary quash quell rumour rumor denial refute rebut contradict repudiate "
    "disavow lie baseless unfounded groundless nonsense ridiculous absurd ludicrous innocent hoax "
    "myth mock incorrect inaccurate mistaken scoff laugh fantasy"
)
# The share of what is disputed that stands in somebody's own words, and outside of them.
_OWN, _ELSEWHERE = 0.6, 0.5
_FEW = 2


def find(line: str, read: str, evidence: Iterable[str]) -> str:
    """What the line says is disputed, where the text has it as its holder's claim; or empty.

    The text has nothing that denies anything, but for what is part of the claim, or the claim
    follows the denial: "denied this, saying …". Of the lines that readers judged 14 are so, 12
    wrong and two that mislead, of 13 articles; none of the 2,713 right ones, nor of the experts'
    views and facts.
    """
    disputed = _DISPUTED.match(text.normalise(line))
    if disputed is None or not NEGATIONS.isdisjoint(tokens(disputed["who"])):
        return ""
    what = tokens(disputed["what"])
    claim = frozenset(word for word in what if can_be_meant(word))
    if len(claim) < _FEW:
        return ""
    is_plain = not _denies(read, frozenset(what))
    is_own = any(_is_own(claim, frozenset(tokens(line)), sentence) for sentence in evidence)
    return disputed["what"] if is_plain or is_own else ""


def _denies(told: str, claim: frozenset[str]) -> bool:
    """Whether a text denies something by a word that is none of the claim's."""
    others = frozenset(tokens(told)) - claim
    return not (NEGATIONS | _AGAINST).isdisjoint(others) or any(map(NEGATIVE.fullmatch, others))


def _is_own(claim: frozenset[str], words: frozenset[str], sentence: str) -> bool:
    replies = _REPLIES.match(text.normalise(sentence))
    if replies is None or _denies(replies["own"], words):
        return False
    own, disputed = (len(claim.intersection(tokens(replies[part]))) for part in ("own", "disputed"))
    return own >= _OWN * len(claim) and disputed < _ELSEWHERE * len(claim)
