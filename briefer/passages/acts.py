"""Acts of opposition told without speech: a vote, a protest, a lawsuit, a refusal.

The holder is the subject that opens the sentence. Knows nothing of tags or statements.
"""

from __future__ import annotations

import re
from functools import cache

from briefer.passages import cues
from briefer.schema import Sentence

_MAX_HOLDER_WORDS = 8
LEAD_IN = (
    r"(?:(?:but|and|so|yet) |(?:meanwhile|however|still|also|earlier|later|(?:on |last )?\w+day)"
    r"(?: \w+){0,2}, )?"
)
"""What may stand before the subject of a sentence, as a pattern."""
_DEEDS = (
    r"voted (?:down|against|to reject)|voted no|protest(?:ed|s? against)|marched|"
    r"demonstrated|rallied against|walked out|went on strike|boycott(?:ed)?|"
    r"sued|vetoed|abstained|filed (?:an? )?(?:\w+ )?(?:lawsuit|suit|complaint|"
    r"appeal|petition|objection|injunction)|appealed|resigned in protest|blocked|threw out|"
    r"turned down|pulled out|clashed with|stands? against|want(?:s|ed)? to (?:stop|block|ban|end)"
)
_DOING = "protesting marching demonstrating boycotting suing rallying appealing blocking"
_ALSO_NOUNS = (
    "attack attacks blame challenge challenges doubt doubts fear fears object objects protest "
    "protests question questions"
)
# A subject with one of these is more than a subject.
_CLAUSE = re.compile(
    r"\b(?:he|she|it|they|we|i|you|this|that|which|who|has|have|had|is|are|was|were|be|been|not|"
    r"will|would|as|after|if|when|there|what)\b|\band$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^[Tt]he ")
# "No senator", "few residents", "Lee never": the sentence tells who does not oppose.
# But "No. 10", "the No campaign" and "No Labels" are somebody.
_NOBODY = re.compile(
    r"^(?:[Nn]o (?!campaign\b)[a-z]|(?i:none|nobody|neither|few)\b)|\b(?:never|no longer)$"
)
_DAY = r"(?: (?:on |last )?[A-Z]\w+day)?"
_ADVERBS = "also|strongly|repeatedly|publicly|continues? to"
_AUXILIARIES = rf"(?:(?:has|have|had|{_ADVERBS}) ){{0,3}}"
# "is suing"; who "is sued" or "was accused" suffers it.
_BE = rf"(?:is|are|was|were|(?:has|have|had) been) (?:(?:{_ADVERBS}) )?"


def holder(sentence: Sentence) -> str | None:
    """Who opposes something in the sentence, in the article's words; ``None`` if nobody does.

    Example: "39 Democrats voted against the bill." -> ``"39 Democrats"``.
    """
    match = _pattern().match(sentence.text)
    if match is None:
        return None
    holder = _ARTICLE.sub("", match["holder"])
    is_other = _CLAUSE.search(holder) is not None or is_nobody(holder)
    return None if is_other or len(holder.split()) > _MAX_HOLDER_WORDS else holder


def is_denied(sentence: Sentence) -> bool:
    """Whether the sentence tells who did not oppose something: "Lee never voted against it"."""
    match = _pattern().match(sentence.text)
    return match is not None and is_nobody(match["holder"])


def is_nobody(holder: str) -> bool:
    """Whether the words mean nobody, or hardly anybody: "no senator", "few residents"."""
    return _NOBODY.search(_ARTICLE.sub("", holder)) is not None


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(cues.forms(cues.OPPOSING) - set(_ALSO_NOUNS.split()))
    verbs = "|".join(form for form in forms if not form.endswith("ing"))
    doing = "|".join(form for form in (*forms, *_DOING.split()) if form.endswith("ing"))
    return re.compile(
        rf"(?i:{LEAD_IN})(?P<holder>(?:[A-Z\d]|(?i:some|many|several|most|the|a|an) )"
        rf"[^,;:()\"“”.!?]{{1,80}}?){_DAY} "
        rf"(?:{_BE}(?:opposed|{doing})|{_AUXILIARIES}(?:{_DEEDS}|{verbs}))\b"
    )
