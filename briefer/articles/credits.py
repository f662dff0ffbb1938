"""Sentences about an article itself: who wrote it, who owns it, what else to read and do.

Anchored at both ends and tried on short sentences only: each names a known formula, in any
place of a text. Knows nothing of paragraphs.
"""

from __future__ import annotations

import re

MAX_CHARS = 400
_CAPITALS = "".join(letter for letter in map(chr, range(0x1F00)) if letter.isupper())
NAME = rf"[{_CAPITALS}][\w.'’-]*"
_PARTICLE = r"(?:de la|del?|van(?: de[nr]?)?|von(?: der)?|der|bin|[ae]l|da|dos|di)"
_JOINT = rf"(?:,| and| &|, and| of| in| for| the| /|/| {_PARTICLE})"
NAMES = rf"{NAME}(?:{_JOINT}?[ /]{NAME}){{0,20}}"
_WORKED = r"(?:(?:also |further )?(?:contributed|reported|wrote)(?: and (?:reported|wrote))?)"
# "King wrote from Birmingham Jail" is news, "Lee wrote this story from Oru" is none.
_FIRST = (
    r"(?:(?:also |further )?(?:contributed|reported)(?: and (?:reported|wrote))?"
    r"|wrote(?: and reported| this (?:report|story|article)))"
)
_ON_IT = r"(?: (?:to )?this (?:report|story|article))?"
_FROM = rf" from {NAMES}"
_STAFF = rf"(?:(?:[Jj]ournalists?|[Rr]eporters?|[Ff]reelance \w+) )?{NAMES}"
_ROLE = r"(?:[Rr]eporting|[Ee]diting|[Ww]riting|[Cc]ompiled|[Ww]ritten|[Ee]dited)"

# Who worked on the report, in the words of agencies and networks.
_WORK = (
    r"\(?.{3,250}\bcontributed (?:to this (?:report|story|article)|(?:reporting|research))"
    rf"(?:{_FROM})?(?:(?:,| and|, and) {_STAFF} {_WORKED}{_ON_IT}{_FROM})?",
    rf"\(?{_STAFF} {_FIRST}{_ON_IT}{_FROM}"
    rf"(?:(?:,| and|, and) {_STAFF}(?: {_WORKED}{_ON_IT})?{_FROM}){{0,3}}",
    rf"\(?(?:(?:[Aa]dditional|[Ff]urther) [Rr]eporting|{_ROLE})(?: and \w+)? by {NAMES}"
    rf"(?:[;.] ?\w+(?: \w+){{0,2}} by {NAMES}){{0,3}}\.?",
    r"\((?:AP|AFP|Reuters)\)",
)
# Whose it is.
_RIGHTS = (
    r"(?:copyright ?|©|\(c\)) ?(?:©|\(c\))? ?\d{4}\b.{0,120}",
    r"(?:copyright \d{4}\b.{0,80})?(?:all|some) rights reserved",
    r"this material may not be published, broadcast,? rewritten.{0,60}",
    r"this (?:article|story|post|piece) (?:originally|first) (?:appeared|ran|was published)"
    r" (?:on|in|at|by) .{2,80}",
    r"(?:the )?content is produced solely by .{3,80}",
    r"(?:the )?(?:opinions?|views?) expressed (?:in|by|here|are)\b.{0,100}"
    r"\b(?:own|solely|not necessarily|alone|those of)\b.{0,100}",
    r"information from ?: .{3,200}",
    r"our standards ?: the thomson reuters trust principles",
    r"editor['’]?s? note ?[:.–—-].{0,300}",
    r"(?:his|her|their|the (?:author|writer)['’]s) views are (?:personal|(?:his|her|their) own)",
)
# What a page asks its reader to do.
_ORDERS = (
    r"(?:read|see|watch|hear|listen)(?: (?:more|also|next|now|it|this))?(?: from [\w ,&]{2,40})?"
    r" ?: .{0,200}",
    r"(?:related|see also|photos?|video|gallery|photo gallery|read more about) ?: .{0,200}",
    r"(?:click|tap) here\b.{0,150}|for (?:the latest|more(?! than\b))\b.{0,120}"
    r"\b(?:click here|visit \S+\.\w\S*).{0,60}",
    r"(?:e-?mail|send) (?:us |your )[^.]{0,80}(?:\S+@\S+|to a friend).{0,40}",
    r"e-?mail to a friend.{0,10}",
    rf"(?:(?:you can )?follow|reach|contact) (?:us|me|him|her|them|@\w+|(?:the )?(?-i:{NAMES}))"
    r"(?: directly)? (?:on|at|via) .{0,20}(?:twitter|facebook|instagram|@\w).{0,100}",
    r"(?:share your (?:thoughts|story|views|experience)s?|weigh in|join (?:us|the conversation)"
    r"|tell us|let us know)\b.{0,150}\b(?:facebook|twitter|instagram|comments?|below)\b.{0,60}",
    r"(?:subscribe to|sign up (?:now )?for|download|get) .{0,80}"
    r"\b(?:newsletter|magazine|app|inbox|podcast|gift)\b.{0,80}",
    r"(?:have an opinion|what do you think)\b.{0,80}\b(?:comments?|below)\b.{0,40}",
)
_PATTERN = re.compile(
    rf"^\W{{0,3}}(?:{'|'.join(_WORK)}|(?i:{'|'.join((*_RIGHTS, *_ORDERS))}))[\s.!?)”\"]*$"
)


def is_credit(sentence: str) -> bool:
    """Whether a sentence tells of the article or its page and nothing of the news."""
    return len(sentence) <= MAX_CHARS and _PATTERN.match(sentence) is not None
