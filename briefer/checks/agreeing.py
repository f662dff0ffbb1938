"""Does a line tell of an agreement by its own words?

Every line of one names it in some way; where the passage alone leaves it open, the line must tell
plainly that it was agreed, not that it is sought, refused, possible or ruled by a court.
Knows nothing of parties or of the article.
"""

from __future__ import annotations

import re

from briefer.checks.clauses import NEGATIONS, stems, tokens
from briefer.schema import DraftLine

_PLAIN = stems(
    "agree agreement deal accord pact treaty settle settlement truce ceasefire cease-fire "
    "compromise contract partner partnership memorandum alliance allied coalition merge merger "
    "protocol consensus reconcile reconciliation sign voted votes passed approved adopted ratified "
    "ratify joint jointly combined mutual mutually unanimous unanimously referendum buy buys "
    "bought purchase acquire takeover"
)
# Of the experts' 190 agreements nine have none of these either.
_ANY = _PLAIN | stems(
    "terms vote pass approve approval adopt adoption accept backed repeal repealed "
    "decide resolve resolution together join team united unity pledge promise commit "
    "commitment vow undertake undertook undertaken exchange swap sell sold purchased share "
    "cooperate cooperation handshake bargain plea rejected reject refused refuse convention "
    "declaration communique charter both arrangement understanding"
)
_OPEN = NEGATIONS | stems(
    "fail reject refuse deny seek sought hope call urge would could should might can if unless "
    "deadline negotiate negotiation discuss possible propose proposal any want demand expect try "
    "ask rule ruled ruling introduce petition may"
)
_CONDITION = re.compile(r"(?:(?:and|but|even) )?(?:if|should|unless)\b", re.IGNORECASE)
# What one side asks for, and what two do together: none of the experts' 206 agreements.
_ONE_SIDED = re.compile(
    r"(?:(?!\b(?:agreed|reached|signed|that)\b)[^,;\"]){2,60}? (?:also |again )?"
    r"(?:urge[sd]?|call(?:s|ed)? (?:on|for)|demand(?:s|ed)?) |"
    r".*\b(?:held|hold|holds|holding|conduct\w*|stag(?:e[sd]?|ing)|launch\w*|began|begin) "
    r"(?:\w+ )?joint (?:\w+ ){0,2}(?:exercises?|drills?|man(?:oeuv|euv)\w+|patrols?)\b"
)
# What is not agreed (yet), by the line's own words: of 14 lines that readers judged none is right,
# of the experts' 206 none is such.
_NOT_YET = re.compile(
    r"(?:(?!\b(?:agreed|reached|signed|that|with)\b)[^,;\"]){2,60}? "
    r"(?:(?:is|are|was|were|(?:has|have|had) been) (?:\w+ly )?(?:expected|minded|likely|ready|"
    r"willing|poised|preparing|negotiating|discussing|considering)\b|must\b|(?:still )?needs? to\b|"
    r"fail(?:s|ed) to\b)|"
    r".*\b(?:(?:did|does|do)(?:n't| not) agree|(?:would|will) not renew|did nothing)\b"
)
# Who rejects a deal agrees on none: of four such passages of train and of the experts' 206 none is
# one, though readers let two of four such lines stand. Nor does who rejects what others call for;
# who agreed "after rejecting a bid" did.
_DEAL = (
    r"(?:deal|offer|settlement|agreement|accord|contract|proposal|treaty|terms|share|calls?|bid|"
    r"requests?|demands?|appeals?|pleas?|invitation)\b"
)
_REJECTS_DEAL = re.compile(
    rf".*\b(?<!after )(?:reject(?:s|ed|ing)?|refus(?:e[sd]?|ing)|rebuff(?:s|ed)?) "
    rf"(?:[\w'-]+ ){{0,3}}{_DEAL}|"
    rf".*\b{_DEAL}[^.;]{{0,60}} (?:was|were|been) rejected\b",
    re.IGNORECASE,
)
_VOTERS = re.compile(r"\bvoters?\b", re.IGNORECASE)  # no vote, though a stem of it


def lack(line: DraftLine) -> str:
    """What the line of an agreement lacks to tell of one; empty for one that does."""
    if _names_none(line.text):
        return "no word of it is about agreeing"
    if not line.passage.is_sure and _leaves_open(line.text):
        return "it does not say that anything was agreed"
    return ""


def _names_none(line: str) -> bool:
    """Whether no word of the line is about agreeing, or it only says what would follow from what.

    An election is none: those who vote agree on nothing with each other.
    """
    said = tokens(_VOTERS.sub(" ", line))
    is_of_else = any(one.match(line) for one in (_CONDITION, _ONE_SIDED, _NOT_YET, _REJECTS_DEAL))
    return _ANY.isdisjoint(said) or is_of_else


def _leaves_open(line: str) -> bool:
    """Whether the line does not plainly say that something was agreed."""
    said = set(tokens(line))
    return _PLAIN.isdisjoint(said) or not _OPEN.isdisjoint(said)
