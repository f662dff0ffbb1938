"""Does a line put the words in the right mouth, and in a mouth at all?

Knows nothing of how the speaker was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefer import terms, text
from briefer.checks import names
from briefer.checks.cases import Case
from briefer.schema import ActorKind, Character, DraftLine, Statement

# A line opens with its subject up to the first verb; what stands in front of it may be longer.
_OPENING_WORDS = 6
_ATTRIBUTES = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|tells?|told|accord\w+|claim\w*|accus\w+|report\w*|announc\w+|argu\w+|"
    r"believ\w+|think\w*|thought|warn\w*|den(?:y|ie)\w*|critic\w+|condemn\w*|call\w*|describ\w+|"
    r"urg\w+|promis\w+|pledg\w+|expect\w*|plan\w*|want\w*|insist\w*|suggest\w*|predict\w*|"
    r"estimat\w+|f(?:ou|i)nd\w*|show\w*|confirm\w*|wr(?:ote|ites?)|hop(?:e|es|ed)|fear\w*|prais\w+|"
    r"blam\w+|reject\w*|ask\w*|stat(?:e|es|ed|ing)|add\w*|alleg\w+|vow\w*|demand\w*|propos\w+|"
    r"consider\w*|se(?:e|es|en)|views?|oppos\w+|support\w*|welcom\w+|intend\w*|ruled?|order\w*|"
    r"expla\w+|not(?:e|es|ed)|agree\w*|suspect\w*|charg\w+|forecast\w*|put|recall\w*|hear\w*|"
    r"assur\w+|admit\w*|reaffirm\w*|express\w*|credit\w*|cit(?:e|es|ed|ing)|accept\w*|"
    r"concern\w*|doubt\w*|declar\w+|acknowledg\w+|seem\w*|appear\w*|disclos\w+|reveal\w*)\b",
    re.IGNORECASE,
)
# What a paper lays down or records is told as a fact: "according to protocol, …".
_PAPERS = re.compile(
    r"\b(?:statement|order|records?|protocol|papers?|documents?|terms|stories|list|announcement|"
    r"text|minutes|schedule|law|rules?|bill|contract|agreement)\b",
    re.IGNORECASE,
)
_OPENS_A_QUOTATION = re.compile(r'["“]')
# A sentence counts as somebody's words when the content takes this share of it.
_MOSTLY = 0.6


# Whom a line opens with as the one who says it.
_OPENS_SAYING = re.compile(
    r"(?P<who>[^,;:\"“]{2,60}?) (?:said|says|say|told|tells|argue[sd]?|claim(?:s|ed)?|"
    r"warn(?:s|ed)?|believes?|thinks?)\b"
)
# Who is accused blames nobody: "the governor, criticised for his silence".
_SUFFERS = re.compile(
    r"(?P<who>[^,;:\"“]{2,60}?) (?:(?:is|are|was|were|has been|have been|had been|being) )?"
    r"(?:(?:\w+ly|also|often|sometimes) )?(?:(?:accus|critici[sz]|blam|condemn|denounc)ed "
    r"(?:as|of|for|over|by)|(?:comes?|came|coming) under (?:fire|attack|criticism))\b"
)
# "Al-Iraqiya believed the election" is no name of anybody.
_CLAUSE = re.compile(
    r"\w (?:said|says|believe[sd]|told|argue[sd]|claim(?:s|ed)|denie[sd]|warn(?:s|ed)|thinks|"
    r"thought|insist(?:s|ed)) \w"
)
_CLOSES_SAYING = re.compile(r", (?P<who>[^,;:\"“]{2,60}?) (?:said|says)\.?$")
# Somebody else's statement holds so much of what a fact's speaker is told to have said, and the
# speaker's own less than that.
_ANOTHERS, _OWN = 0.7, 0.5
# "In a letter to the mayor of Selby, Ann Lee says …".
_LEADS_IN = re.compile(
    r"(?:After|Although|As|Asked|At|Before|By|Despite|During|For|From|If|In|On|Since|Under|Unlike|"
    r"When|While|With)\b"
)
# Who wrote it stands behind a view that is put in so many words.
_CLOSES = re.compile(
    r",[”\"’']? (?P<who>[^,;:\"“]{2,60}?) (?:said|says|wr(?:ote|ites)|argue[sd]|added|tweeted)\.?$"
)
_IS_SOMETHING = re.compile(r"(?P<who>[^,;:\"“]{2,60}?) (?:is|are|was|were) (?:a|an|the) \w")


def mismatch(line: DraftLine, characters: Sequence[Character]) -> Iterator[str]:
    """What speaks against the line's holder: it never names the speaker, or opens with another.

    None of the right views that readers judged (772) nor of the experts' opens with somebody else,
    or has somebody else say at its end what its holder is.
    """
    speaker = line.passage.speaker
    if line.passage.kind != "dissent" or not speaker:
        return
    if _CLAUSE.search(speaker):
        yield f"“{speaker}” is a clause, no holder"
        return
    holder = next((one for one in characters if speaker in (one.name, *one.aliases)), None)
    spellings = (speaker, *(holder.aliases if holder else ()))
    if not any(_share_a_word(line.text, spelling) for spelling in spellings):
        yield f"{speaker} is not named"
        return
    if _is_of_another(line.text, spellings):
        yield f"these are not the words of {speaker}"
        return
    opening = " ".join(line.text.split()[:_OPENING_WORDS])
    if any(_share_a_word(opening, spelling) for spelling in spellings):
        return
    others = [one for one in characters if one is not holder]
    known = next((one for one in others if opening.startswith((one.name, *one.aliases))), None)
    if known or not (_LEADS_IN.match(opening) or _closes_with(line.text, spellings)):
        yield f"it is not {speaker} who speaks, but {known.name if known else 'somebody else'}"


def borrowed(case: Case) -> Iterator[str]:
    """Who says what a fact or headline puts in the mouth of somebody else who speaks there too.

    A person may speak for a group. Of 770 of the experts' facts that somebody says three are taken
    for such.
    """
    line = case.line.text
    says = _OPENS_SAYING.match(line) or _CLOSES_SAYING.search(line)
    if says is None or case.line.passage.kind not in ("fact", "headline"):
        return
    told = terms.content(line.replace(says[0], " "))
    own = [one for one in case.spoken if _speaks(one, says["who"], case)]
    if not own or _share_said(told, own, case) >= _OWN:
        return
    is_group = any(_kind(one, case) not in (None, "person") for one in own)
    for other in case.spoken:
        name = other.speaker or ""
        may_be = other in own or not other.is_named or _share_a_word(line, name)
        for_group = is_group and _kind(other, case) == "person"
        if not may_be and not for_group and _share_said(told, [other], case) >= _ANOTHERS:
            yield f"it is {name} who says so"


def _speaks(statement: Statement, who: str, case: Case) -> bool:
    """Whether a statement may be that of somebody, by any name of his."""
    holder = _holder(statement, case)
    spellings = (holder.name, *holder.aliases) if holder else (statement.speaker or "",)
    return any(_share_a_word(who, spelling) for spelling in spellings)


def _kind(statement: Statement, case: Case) -> ActorKind | None:
    holder = _holder(statement, case)
    return holder.kind if holder else None


def _holder(statement: Statement, case: Case) -> Character | None:
    return next(
        (one for one in case.characters if statement.speaker in (one.name, *one.aliases)), None
    )


def _share_said(told: frozenset[str], statements: Sequence[Statement], case: Case) -> float:
    """How many of the terms told the statements hold, as a share."""
    heard = " ".join(
        span.of(case.article.text) for statement in statements for span in statement.content
    )
    return len(told & terms.content(heard)) / max(len(told), 1)


def _is_of_another(line: str, spellings: Sequence[str]) -> bool:
    """Whether somebody else says it, "Lee said growers are tired", or it is said of the holder."""
    says = _OPENS_SAYING.match(line)
    if says:
        return not any(_share_a_word(says["who"], spelling) for spelling in spellings)
    suffers = _SUFFERS.match(line)
    if suffers:
        return _is_holder(suffers["who"], spellings)
    states = _IS_SOMETHING.match(line)
    if states is None or _closes_with(line, spellings) or _ATTRIBUTES.search(_CLOSES.sub("", line)):
        return False
    return _is_holder(states["who"], spellings)


def _closes_with(line: str, spellings: Sequence[str]) -> bool:
    """Whether a line ends with the holder as the one who says it."""
    closes = _CLOSES.search(line)
    return closes is not None and any(_share_a_word(closes["who"], one) for one in spellings)


def _is_holder(words: str, spellings: Sequence[str]) -> bool:
    """Whether words at the opening of a line say no more than the holder's name."""
    return any(terms.content(words) <= terms.content(spelling) for spelling in spellings)


def lost_attribution(line: DraftLine, evidence: str, spoken: Sequence[Statement]) -> Iterator[str]:
    """Whether a line tells as a fact what the evidence only gives as somebody's words.

    Where nobody is known to have said it, only words between quotation marks are somebody's.
    """
    if line.passage.kind == "dissent" or not spoken or _ATTRIBUTES.search(line.text):
        return
    speaker = line.passage.speaker
    if speaker is None and not _OPENS_A_QUOTATION.match(evidence):
        return
    said_by = speaker or next((one.speaker for one in spoken if one.speaker), "")
    if _PAPERS.search(said_by) or _share_a_word(line.text, said_by):
        return
    if sum(span.end - span.start for one in spoken for span in one.content) >= _MOSTLY * len(
        evidence
    ):
        yield f"told as a fact, said by {said_by or 'somebody'}"


def _share_a_word(line: str, name: str) -> bool:
    """Whether a content word of the name stands in the line, in any form ("Iran", "Iranian")."""
    wanted = terms.content(name) or frozenset(map(terms.stem, text.words(name)))
    if not wanted.isdisjoint(map(terms.stem, text.words(line))):
        return True
    return bool(names.capitalised(name)) and not names.missing(name, line, line)
