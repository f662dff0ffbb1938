"""A sentence of the article made shorter by code: what can go without changing what it says.

Only drops stretches between marks of punctuation, and none that holds a "not", an "if" or a "but".
Knows nothing of syntax, models or who speaks.
"""

from __future__ import annotations

import re

from briefer import text

MAX_WORDS = 25
"""The longest line an expert writes (train-briefs)."""
_MIN_WORDS = 6
# No sentence of an article is so long, whatever names are put in; in longer words each comma and
# bracket would be looked at again and again.
_MAX_CHARS = 4 * text.MAX_SENTENCE_CHARS

# "(CNN)", "Lagos, Nigeria (CNN)The", "Selby (AP) -", "SELBY, Sept. 26 (UPI) —". A place that is
# not all capitals is one only before an agency and a dash, or where the text goes on without a
# blank: "The Ministry of Defence (MoD) has" opens no report.
_DATELINE = re.compile(
    r"^(?:\([A-Z][\w. /]{1,30}\)\s*(?:[-–—]+\s*)?"
    r"|[A-Z][\w.'’-]*(?:,? [A-Z][\w.'’-]*){0,5}(?:,? \d{1,2})? ?"
    r"(?:\([A-Z][\w. /]{1,30}\)(?=[A-Z\"“‘'\d])"
    r"|\((?:AFP|AP|CNN|Reuters|UPI)\)\s*[-–—]+\s*)"
    r"|[A-Z][A-Z .'-]{2,40}(?:,[^-–—]{1,40})?\s*(?:\([^)]{1,40}\)\s*)?[-–—:]+\s+)"
)
# What goes on without a blank is part of a word or belongs to it: "[T]here", "(T)hey".
_PARENTHESIS = re.compile(r"\s*(?:\([^()]{1,120}\)|\[[^\[\]]{1,120}\])(?!\w)")
# No mark of an inch: '6" and 7"'.
_STRAIGHT_QUOTE = re.compile(r'(?<![\w.,!?])"\s*([^"]*[^"\s])\s*"(?!\w)')
_CURLY_GAP = re.compile(r"(?<=“)\s+|\s+(?=”)")
_SECOND_STOP = re.compile(r"(?<=[.!?][\"”])\s*\.$")
_LEAD = re.compile(
    r"^(?:meanwhile|however|in addition|moreover|furthermore|also|still|instead|nevertheless|"
    r"for (?:his|her|its|their) part|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|earlier|later|"
    r"(?:earlier|later) (?:on )?[\w ]{3,12}|in (?:a|an) (?:statement|interview)[^,]{0,60}),\s+",
    re.IGNORECASE,
)
# What a line alone goes on from nothing with.
_JOINER = re.compile(r"^(?:but|and|yet)\s+(?=[^\W\d_])", re.IGNORECASE)
# Between two commas, or from the last comma to the end. Before ", and" stands one of a list, before
# ", the" perhaps one of two: "in Oru, which is home to the Reds, the oldest club there". So do
# "Lebanon, was" and "storage and sale": the comma before them is one inside the apposition.
_APPOSITION = re.compile(
    r", (?:an?|the|who|which|whose|where|when|one of|himself|herself|formerly|aged?|\d+)"
    r"\b[^,;:\"()]{2,120},(?= (?!(?:and|or|nor|the|an?|who|which|whose|where)\b)"
    r"(?!(?!(?:\w+ed|said|says|is|are|was|were|has|have)\b)"
    r"(?:(?:[\w'’-]+ ){1,2}(?:and|or)\b|[\w-]+(?: [\w-]+)?,))[a-z\"])"
)
# A clause: "Of the 300, 27 percent were", "the boat, the ministry said, sank"; or one that runs on:
# "Lee, who sails from Oru said that, far from it, he stays".
_CLAUSE = re.compile(
    r", (?:an?|the|one of|\d+)\b(?:(?!\b(?:who|whom|which|whose|that|where|when)\b).)*?"
    r"\b(?:is|are|was|were|has|have|had|will|would|can|should|says?|said|told|came|took|went|"
    r"began|became|gave|seem(?:s|ed)|\w+ed(?:,$| (?:the|an?|that|its)\b))"
    r"|, (?:who|which|whose) (?!(?:\w+ )?s(?:aid|ays) ).*\bs(?:aid|ays) that\b"
)
_TAIL = re.compile(
    r", (?:which|who|whose|where|while|adding|noting|citing|including|with|following|amid|shortly|"
    r"just|hours|days|weeks|months|[a-z]+ing)\b(?! (?:and|or)\b)"
    r"[^,;\"()]{3,160}?(?=\.?$)"
)
# What opens a sentence so, up to its first comma, is followed by the main clause, no apposition.
_OPENER = re.compile(
    r"(?:following|after|before|while|when|as|although|though|despite|if|since|because|during|in|on|"
    r"at|to|with|without|by|for|of|under|over|through|between|from|among|amid|until|once|given|"
    r"unlike|like|according|already|inside|outside|\w+ing|\w+ed|\w+ly|"
    r"(?:\w+ ){0,3}(?:hours?|days?|weeks?|months?|years?))\b[^,]*$",
    re.IGNORECASE,
)
# So is what a source stands before: "Most covers, officials say, the firm replaced, are vented".
_SOURCE = re.compile(r", [^,]{2,60} (?:say|says|said|adds?|added)$")
# A stretch with one of these changes what the rest says.
_WEIGHTY = re.compile(
    r"\b(?:not|no|never|n't|if|unless|but|although|though|despite|except|without|until|only|may|"
    r"might|could|allegedly|reportedly|according|denie\w+|provided|pending|subject)\b|n't|\"",
    re.IGNORECASE,
)


def without_dateline(sentence: str) -> str:
    """The sentence without the place, day and agency that open a report."""
    return _DATELINE.sub("", sentence, count=1)


def without_gaps(line: str) -> str:
    """The line without blanks inside its quotation marks and a second stop after the last of them.

    Example: 'Lee said: " We left. ".' becomes 'Lee said: "We left."'
    """
    line = _CURLY_GAP.sub("", _STRAIGHT_QUOTE.sub(r'"\1"', line))
    return _SECOND_STOP.sub("", line)


def trim(sentence: str) -> str:
    """The sentence without clutter, at most ``MAX_WORDS`` long where that can be had."""
    whole = without_dateline(text.normalise(sentence))
    if len(whole) > _MAX_CHARS:
        return whole
    line = _without(whole, _PARENTHESIS)
    line = text.capitalised(_LEAD.sub("", _JOINER.sub("", line, count=1), count=1))
    for pattern in (_APPOSITION, _TAIL):
        if n_words(line) > MAX_WORDS:
            line = _without(line, pattern)
    return line


def n_words(line: str) -> int:
    """How many words a line has, as a reader counts."""
    return len(line.split())


def _without(line: str, pattern: re.Pattern[str]) -> str:
    """Drop what matches, last first, as long as enough is left; weighty stretches stay.

    So does what follows an opening clause: "Following a complaint, the board, which ..., said".
    """
    for match in reversed(list(pattern.finditer(line))):
        before = line[: match.start()]
        shorter = before + line[match.end() :]
        is_main = pattern is _APPOSITION and (
            _OPENER.match(before) or _SOURCE.search(before) or _CLAUSE.match(match[0])
        )
        if not is_main and not _WEIGHTY.search(match[0]) and n_words(shorter) >= _MIN_WORDS:
            line = shorter
    return line
