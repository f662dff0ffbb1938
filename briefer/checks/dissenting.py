"""Does a view's line oppose anything: by the sentences that carry it, and by its own words?

A passage is chosen by all its sentences together; what the line tells of it may be the part that
opposes nothing. Knows nothing of the tagger, of holders or of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefer import terms, text
from briefer.checks import meaning, opposing, reporting
from briefer.schema import DraftLine

# Of the experts' 1,194 views of train and val one is praise by these four patterns, of 994 facts
# that somebody says 28.
_PRAISES = re.compile(
    r"\b(?:prais\w+|applaud\w*|commend\w*|laud(?:s|ed)|hail(?:s|ed)|welcom(?:es?|ed|ing)|admir\w+|"
    r"thank\w*|congratulat\w+|salut(?:es?|ed)|pleased|glad|happy|proud|thrilled|delighted|excited|"
    r"honou?red|grateful|hop(?:es?|ed|ing|eful)|optimistic|confident|endors(?:es?|ed|ing|ement)|"
    r"excellent|great|brilliant|wonderful|amazing|impressive|good|fair|best|better|success\w*|"
    r"victory|triumph|milestone|appropriate|reasonable|responsible(?! for)|justified|legitimate|"
    r"positive|wise|temperament|experienced?|qualified|talented|vindicat\w+|progress|opportunity|"
    r"improve\w*|win)\b"
)
# What is praised in reply, or beside something worse, may oppose.
_REPLIES = re.compile(
    r"\b(?:answer|repl(?:y|i)|respond|defend|insist|counter|retort|maintain|rebut|argu|contend|claim)"
    r"\w*"
)
_WEIGHS = re.compile(
    r"\b(?:should|must|needs?|ought|demand\w*|urg\w+|call(?:s|ed|ing)? (?:for|on)|warn\w*|"
    r"concern\w*|fear\w*|worr\w+|danger\w*|than|more|instead|still|even|while|though|"
    r"because|stop|whether|why|how|un\w+)\b"
)
# What somebody else finds fault with: "Lee is confident despite critics who call it unfair".
_DESPITE = re.compile(r"\b(?:despite|although|even though|in the face of)\b.*")
_OWNS_UP = re.compile(
    r"\b(?P<name>[\w'.-]+) (?:has |have |had )?(?:admit(?:s|ted)?|acknowledge[sd]?|conceded?s?|"
    r"apologi[sz]e[sd]?|regret(?:s|ted)?|expresse[sd] regret|"
    r"(?:do|does|did)(?:n't| not) (?:deny|dispute|contest|oppose|object))\b(?!.*\bbut\b)"
)
# Readers let one in eight such quotations stand that have only a "not".
_BARE = re.compile(r"[^\":]{2,60} said: \"(?P<words>.+)\"\W*")


def lack(line: DraftLine, sentences: Sequence[int]) -> str:
    """What a view's line lacks to oppose anything; empty for one that does."""
    words = text.normalise(line.text)
    doubt = opposing.lack(line, sentences)
    if doubt:
        return doubt
    if _is_praise(words):
        return "it only speaks well of something"
    if _is_of_itself(words, line.passage.speaker or ""):
        return "whoever says it finds fault with nobody else"
    if reporting.only_reports(words):
        return "it only reports"
    bare = _BARE.fullmatch(words)
    if bare and not meaning.takes_issue(bare["words"]):
        return "the bare quotation does not say what it is against"
    return ""


def _is_praise(words: str) -> bool:
    """Whether a line speaks well of something, and of nothing ill."""
    words = _DESPITE.sub("", words)
    is_weighed = _REPLIES.search(words) or _WEIGHS.search(words)
    return bool(_PRAISES.search(words)) and not is_weighed and not opposing.finds_fault(words)


def _is_of_itself(words: str, holder: str) -> bool:
    """Whether the holder admits something."""
    admits = _OWNS_UP.search(words)
    admitting = terms.content(admits["name"]) if admits else frozenset()
    return bool(admitting) and admitting <= terms.content(holder)
