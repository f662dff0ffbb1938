"""Does a view's line only report: an event, an estimate, a question, what others say?

Each pattern was counted on 1,784 lines of views that readers judged (562 right ones) and on the
experts' 1,194 views of train and val. Knows nothing of odds, holders or the article.
"""

from __future__ import annotations

import re

from briefer import text
from briefer.checks import opposing
from briefer.mentions import lexicon

# A claim from a battle, an answer in kind, a filing without its claim: none of the experts' 1,194
# views, and nine of the lines that readers judged, none of them right.
_WHO = r"[^,;:\"]{2,60}(?:, [^,;:\"]{2,60},)?"
_REPORTS = re.compile(
    rf"{_WHO} (?:(?:claim(?:s|ed)? (?:responsibility|credit|to have (?:shot|killed|captured|"
    r"destroyed|seized|hit|repelled|downed)))|"
    r"(?:sa(?:id|ys)|vow(?:s|ed)|pledge[sd]) (?:that )?(?:it|they|he|she) (?:would|will) "
    r"(?:\w+ )?(?:retaliate|respond|strike back|hit back)|"
    r"(?:has |have )?(?:filed|indicted|charged)\b(?!.*\b(?:alleg|accus|sa[iy]|claim|argu|over|for|"
    r"because|challeng|seek|block|unconst|contend|insist|demand)\w*))\b"
)
# Who agrees or explains, and finds no fault.
_EXPLAINS = re.compile(
    rf"{_WHO} (?:(?:largely|also|fully|strongly) )?(?:agree[sd]? (?:with|that)|concur(?:s|red)|"
    r"explain(?:s|ed)|confirm(?:s|ed)|clarif(?:ies|ied))\b"
)
# Who asks whether, or tells what somebody of theirs said: of seven judged lines none is right, of
# the experts' one asks so.
_ASKS = re.compile(rf"{_WHO} ask(?:s|ed) (?:[\w'.-]+ ){{0,4}}(?:if|whether)\b")
_PASSES_ON = re.compile(
    rf"{_WHO} (?:said|says|recall(?:s|ed)) (?:that )?(?:his|her|their) (?:own )?"
    r"(?:[\w-]+ ){0,2}?(?P<who>[\w-]+) (?:had )?"
    r"(?:told|said|says|thought|believes?|urged|advised)\b"
)
# Who has nothing against it, or takes a threat for one: seven judged lines, none right.
_HAS_NO_VIEW = re.compile(
    r"\b(?:no (?:view|comment|position|opinion) (?:on|about)|nothing to add|low likelihood|"
    r"(?:must|should|has to|have to) be taken seriously|under ?way|"
    r"(?:improper|inappropriate) (?:for \w+ )?to comment|(?:declined|refused) to comment)\b"
)
# Deeds that oppose nobody, estimates and support, where the line goes on to nothing else: of ten
# judged lines nine oppose nothing and one leaves open what it is about; none is an experts' view.
_DEEDS = frozenset((
    "lost", "pledged", "expelled", "chose", "came", "became", "aired", "invited",
    "estimates", "estimated", "calculates", "calculated",
    "supports", "supported", "backs", "backed", "favors", "favored", "favours", "favoured",
    "endorses", "endorsed",
))  # fmt: skip
_GOES_ON = re.compile(
    r"\b(?:protest\w*|over|saying|calling|citing|against|accusing|warning|arguing|declaring|"
    r"demanding|questioning|blaming|complain\w*|but|"
    r"object\w*|oppos\w*|den(?:y|ies|ied|ying)|said|says?|despite|while|although|than|instead|not|"
    r"cannot|only|without|reject\w*)\b|n't\b"
)
# Who takes back what they opposed.
_BACKS_DOWN = re.compile(
    rf"{_WHO} (?:withdrew|withdraws|retract(?:s|ed)|drop(?:s|ped)|roll(?:s|ed) back|"
    r"(?:was|were) withdrawing) (?:his|her|its|their|the) (?:[\w-]+ )?"
    r"(?:opposition|objections?|accusations?|complaints?|charges?|claims?|comments?|remarks?|"
    r"investigation|lawsuit|suit|threats?)\b"
)
_AUXILIARIES = frozenset(("is", "are", "was", "were", "has", "have", "had", "will", "would"))


def only_reports(words: str) -> bool:
    """Whether a view's line (quotation marks straight) reports something and opposes nothing."""
    found = (_REPORTS, _ASKS, _BACKS_DOWN)
    if any(one.match(words) for one in found) or _HAS_NO_VIEW.search(words) or _passes_on(words):
        return True
    explains = _EXPLAINS.match(words) is not None and not opposing.finds_fault(words)
    return explains or (_first_verb(words) in _DEEDS and _GOES_ON.search(words) is None)


def _passes_on(words: str) -> bool:
    """Whether it is somebody's mother or manager who said it; a party speaks for its members."""
    told = _PASSES_ON.match(words)
    people = lexicon.words("family_nouns") | lexicon.words("person_nouns")
    return told is not None and lexicon.singular(told["who"]) in people


def _first_verb(words: str) -> str | None:
    """The first word that reports speech or tells a deed, an auxiliary if one stands first."""
    known = lexicon.cue_verbs().keys() | _DEEDS | _AUXILIARIES
    return next((word for word in map(str.casefold, text.words(words)) if word in known), None)
