"""Has a line lost the condition, the guess or the "we" that its text has?

By the words beside each other in one sentence. Knows nothing of names, numbers or speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer import terms, text
from briefer.checks import quoting

# "Fees will rise unless the council acts": what the line tells hangs on it.
_CONDITION = re.compile(
    r"(?<!even )(?<!as )\b(?P<cue>unless|only if|provided that|as long as|if)\b"
    r"(?P<clause> (?!necessary|possible|needed|anything|any\b|at all|ever\b|not all|we\b|you\b)"
    r"[^,;.:\"?]{6,120})",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"\b(?:unless|if|only|until|except|without|provided|could|would|conditions?|conditional|when|"
    r"once|pending|(?-i:may)|might|depend\w*|whether|otherwise|in case|or (?:it|they|s?he|else))\b",
    re.IGNORECASE,
)
# "They will see if it works" asks, "X or, if not, Y" goes on.
_ASKING = re.compile(
    r"\b(?:see|ask\w*|examin\w+|know\w*|wonder\w*|determin\w+|decid\w+|check\w*|tell|find out|"
    r"unclear|sure|and|but|or|that)\W*$"
)
_JOINS = re.compile(r"\b(?:and|but)$")  # "and, if not reformed, it should go"
_CLAUSE_END = re.compile(r"[;:\"]|, | and | but | that ")
# How much of the main clause the line must tell, and at most of the condition.
_TOLD, _UNTOLD = 0.6, 0.25
_LEAST = 2  # content words of a clause that says something
_GUESS = re.compile(
    r"\bwhat (?:appear|seem)\w* to (?:be|have been) (?:an? |the )?(?P<what>[\w'-]+(?: [\w'-]+)?)"
)
_GUESSING = re.compile(
    r"\b(?:appear\w*|apparent\w*|seem\w*|believ\w*|suspect\w*|likely|alleg\w*|possibl\w*|(?-i:may)|might|"
    r"probabl\w*)\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(r"\bexpect(?:s|ed|ing)?\b(?: [\w'-]+){0,5}? to (?:be |have )?(?P<verb>\w+)")
_COMING = re.compile(r"\b(?:will|would) (?:be |have )?(?P<verb>\w+)")
_EXPECTING = re.compile(
    r"\b(?:expect|doubt|hope|likely|could|(?-i:may)|might|plan|set to|due|predict|forecast|"
    r"anticipat|aim|intend|schedul)",
    re.IGNORECASE,
)
# "He has to" and "he is paying", said of himself, where he said "we".
_HIS_DUTY = re.compile(
    r"\b(?:said|says|told \w+|argue[sd]|insist(?:s|ed)|add(?:s|ed)|believes|claim(?:s|ed)|thinks) "
    r"(?:that )?(?P<duty>s?he (?:(?:has|have|had|needs?|needed|ought) to|must|should|cannot|can't|"
    r"(?:is|was|has been) (?:not )?(?:allowed|\w+ing)))\b"
)
_OUR = re.compile(r"\bwe\b", re.IGNORECASE)
_HIS = re.compile(r"\b(?:I|me|my|s?he|himself|herself)\b")


def lost(line: str, read: str) -> Iterator[str]:
    """What the text read makes less sure, or says of more people, than the line does.

    .1 % of the experts' lines (5,188 of train-briefs) would be taken for such.
    """
    plain, heard = text.normalise(line), text.normalise(read)
    if not _CONDITIONAL.search(plain):
        yield from _conditions(plain, heard)
    if not _GUESSING.search(plain):
        told = terms.content(plain)
        yield from (m[0] for m in _GUESS.finditer(heard) if terms.content(m["what"]) <= told)
    if not _EXPECTING.search(plain):
        coming = {terms.stem(match["verb"]) for match in _COMING.finditer(plain)}
        yield from (m[0] for m in _EXPECTED.finditer(heard) if terms.stem(m["verb"]) in coming)
    duty = _HIS_DUTY.search(quoting.blanked(line))
    if duty and _OUR.search(heard) and not _HIS.search(heard):
        yield duty["duty"]


def _conditions(line: str, heard: str) -> Iterator[str]:
    """The conditions left out of a line that tells what hangs on them."""
    told = terms.content(line)
    for match in _CONDITION.finditer(heard):
        condition = terms.content(match["clause"])
        main = terms.content(_main_clause(match, heard))
        is_left_out = bool(condition) and len(condition & told) <= _UNTOLD * len(condition)
        if is_left_out and len(main) >= _LEAST and len(main & told) >= _TOLD * len(main):
            yield match[0]


def _main_clause(condition: re.Match[str], heard: str) -> str:
    """What hangs on a condition: the words before it, or after its comma where it opens."""
    before = _sentence_before(heard[: condition.start()]).rstrip(" ,")
    if before and not _ASKING.search(before):
        return _CLAUSE_END.split(before)[-1]
    after = heard[condition.end() :]
    is_opening = after.startswith(",") and (not before or _JOINS.search(before) is not None)
    return _CLAUSE_END.split(after[1:].partition(". ")[0])[0] if is_opening else ""


def _sentence_before(words: str) -> str:
    return re.split(r"[.!?]\s+|\n", words)[-1]
