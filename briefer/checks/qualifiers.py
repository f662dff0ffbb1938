"""Has a line lost the "former" of an office, or told as true what the text says was rated so?

By the words beside each other in one sentence. Knows nothing of who holds an office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from briefer import terms, text
from briefer.checks import quoting
from briefer.mentions import lexicon

_PART_END = re.compile(r"[.,;:!?()]\s")
_FORMER = frozenset(("former", "formerly", "ex", "onetime", "one-time"))
_REACH = 4  # words: "former Selby parish council leader"
# A line that tells of the past in other words.
_PAST = re.compile(
    r"\b(?:former\w*|ex|once|previous\w*|was|were|had been|one-?time|retired|then|ousted|late|"
    r"served)\b|\bex-",
    re.IGNORECASE,
)
_IS = r"\b(?:is|are|was|were|be|been|being|'s|'re)"
_DEGREES = r"(?:(?:an?|the|its|their|or|more|most|very|too|so|one|not|also|\w+ly) )*"
_RATED = re.compile(
    rf"{_IS} (?:\w+ly |also |often |now )?(?:rated|deemed|considered|described|regarded|seen|"
    r"viewed|billed|labell?ed|branded|believed|thought|judged|perceived|classified|touted|"
    r"portrayed|characteri[sz]ed|alleged|rumou?red|suspected|presumed|assumed|said|reported|"
    rf"hailed|dubbed) (?:as |to (?:be|have been) |by [\w ]{{2,30}}? as ){_DEGREES}"
    r"(?P<what>[\w'-]+)",
    re.IGNORECASE,
)
# A line that leaves open whether it is so, or tells who thinks so.
_RATING = re.compile(
    r"\b(?:consider|regard|rat(?:ed|ings?|es)\b|deem|describ|sa(?:id|ys?)\b|accord|report|claim|"
    r"se(?:en|es?|ems?)\b|view|label|brand|accus|judg|call|perceiv|th(?:ink|ought)|expect|fear|"
    r"hail|dub|bill|believ|alleg|suspect|appear|apparent|likely|might|could|(?-i:may)\b)",
    re.IGNORECASE,
)
# "A fire was reported Monday": not what is hearsay, but when or where it was.
_WHEN = (
    r"(?:yesterday|today|tonight|tomorrow|last|this|next|early|earlier|late|later|nationwide|"
    rf"(?-i:{'|'.join(text.DAYS_AND_MONTHS)}))"
)
# "Lee is said to have left", "the poor reportedly live on rice": nobody knows it.
_HEARSAY = re.compile(
    rf"(?:{_IS} (?:\w+ly |also )?(?:believed|said|thought|alleged|reported|rumou?red|suspected|"
    r"presumed|accused of|suspected of)(?: to)?(?: have been| have| be)?"
    rf"|\b(?:reportedly|allegedly|purportedly|supposedly)) (?!{_WHEN}\b)(?P<verb>\w+)",
    re.IGNORECASE,
)
_HEARD = re.compile(
    r"\b(?:purport|rumou?r|suppos|blam|charg|indict|suggest|presum|acquit|cleared\b|"
    r"den(?:y|ie[sd])\b|trial\b)",
    re.IGNORECASE,
)


def lost(line: str, read: str) -> Iterator[str]:
    """What the text read says of an office or a judgement, and the line does not.

    Four of the condenser's lines that readers judged, none of those right (1,269) and none of the
    experts' (4,279 of train-briefs).
    """
    plain, heard = quoting.blanked(line), text.normalise(read)
    if not _PAST.search(plain):
        told = {noun for noun, _ in _offices(plain)}
        known = list(_offices(heard))
        for noun in sorted(told):
            is_past = [past for other, past in known if other == noun]
            if is_past and all(is_past):
                yield f"former {noun}"
    if not _RATING.search(plain):
        yield from (match[0] for match in _RATED.finditer(heard) if _is_told(match["what"], plain))
        yield from () if _HEARD.search(plain) else _hearsay(plain, heard)


def _hearsay(line: str, heard: str) -> Iterator[str]:
    """What is told as done in the verb of which the text only has it from others.

    Five of the lines that readers judged, none right; none of the experts'.
    """
    told = frozenset(map(terms.stem, text.words(line)))
    for match in _HEARSAY.finditer(heard):
        if not terms.is_stop_word(match["verb"]) and terms.stem(match["verb"]) in told:
            yield match[0]


def _offices(words: str) -> Iterator[tuple[str, bool]]:
    """Each office with whether it is called a former one."""
    for part in _PART_END.split(words):
        found = [word.casefold() for word in text.words(part)]
        for place, word in enumerate(found):
            noun = lexicon.singular(word.removeprefix("ex-"))
            if noun in _titles():
                yield (
                    noun,
                    word.startswith("ex-") or _is_former(found[max(0, place - _REACH) : place]),
                )


def _is_former(before: Sequence[str]) -> bool:
    """Whether a "former" stands before an office, and no article between."""
    articles = [place for place, word in enumerate(before) if word in ("a", "an", "the")]
    return not _FORMER.isdisjoint(before[articles[-1] + 1 :] if articles else before)


def _is_told(what: str, line: str) -> bool:
    """Whether a line says that something is such."""
    if terms.is_stop_word(what):
        return False
    return re.search(rf"{_IS} {_DEGREES}{re.escape(what)}\b", line, re.IGNORECASE) is not None


@cache
def _titles() -> frozenset[str]:
    """The nouns for offices, no "Dr"."""
    spelled = (word for word in lexicon.words("titles") if len(word) > 3)  # no "Sen"
    return frozenset(spelled) - lexicon.words("honorifics")
