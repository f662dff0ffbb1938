"""Has a line kept "may", "not" and "plans to"?

Works on words near each other, not on syntax: where every mention of a word in the text stands
under a "not" or a "may", the line that uses the word must have its like somewhere.
Knows nothing of names, numbers or speakers.
"""

from __future__ import annotations

import re
from itertools import pairwise

from briefer import text
from briefer.checks import clauses, denial, happening
from briefer.checks.clauses import (
    NEGATIONS,
    TURNING,
    before,
    can_be_meant,
    clause_before,
    stems,
    tokens,
)
from briefer.checks.happening import INTENDED, UNSURE

_ABLE = stems(
    "may might could can possibly perhaps able unable allow allowed let lets permit permitted "
    "eligible"
)
_MAYBE = _ABLE | stems("possible perhaps potentially potential possibility if likely chance")
# What a "will" of the line may stand for, and how it is written short.
_WILL = "will"
_COMING = stems(
    "will shall would going plan planned expected expect due set must ought should to intend "
    "promise vow pledge determined about ready ll wo"
) | {"'ll", "won't"}
_TO = "to"
_AFTER_WILL = stems("not be also have no longer likely soon still then now only")
# How far a "will" or a "can" reaches: "will be allowed to join", "can, from May on, be used".
_NEAR, _FAR = 3, 6
# Words that make sure of something; the text must be as sure.
_STRONG = stems(
    "proven proved confirmed decided certainly definitely guaranteed admitted conclusively agreed"
)
# "If confirmed", "once agreed"; "proved to be false" and "proved fatal" prove nothing.
_NOT_YET = stems("if once until unless")
_TURNED_OUT = re.compile(
    r"\bprov(?:e[sdn]?|ing) (?:to be\b|(?:too|so|very|more|most|less|as|in)\b|"
    r"(?!\w+ment\b|innocent\b)(?:\w+(?:ful|ous|al|ive|able|ible|ant|ent|less|ary|ic|ly)|false|wrong|right|hard|tough|"
    r"popular|deadly|unfounded|unsafe|untrue)\b)",
    re.IGNORECASE,
)
# What in the text is as sure as they are.
_AS_SURE = tuple(
    (stems(word), stems(equals))
    for word, equals in (
        ("decided", "decision choose chose verdict ruling vote elect resolve refuse mutual"),
        ("admitted", "acknowledge acknowledged confess guilty concede sorry mistake"),
        ("proven proved", "proof evidence"),
        (
            "agreed",
            "agree agreement deal accord pact treaty settle settlement truce ceasefire compromise "
            "contract sign terms accept consensus unanimous unanimously mutual mutually vote "
            "voted pledge promise commit undertake undertook approve concur share support endorse",
        ),
    )
)
_ALLEGED = stems(
    "allege alleged allegedly reportedly apparent apparently suspect suspected purport"
)
_CLAIMED = _ALLEGED | stems(
    "claim accuse report suppose supposed rumour rumor deny insist say said tell told according "
    "believe think thought argue assert contend suggest charge allegation call describe blame cite "
    "seem appear question investigate probe if whether trial suit sue lawsuit complaint"
)
_BLAME = stems("accuse accused criticise criticised condemn condemned denounce slam blast lambast")
_DISFAVOUR = stems(
    "deny reject refuse oppose protest fault against blame attack dispute dismiss question "
    "doubt challenge complain complaint object warn anger angry ire outrage wrong failed "
    "failure lie lying false illegal violate deplore decry allege charge critic criticism "
    "shame shameful disgrace unacceptable scandal betray betrayal bad worse worst threat "
    "dangerous unfair hypocrisy mistake regret concern worry problem lack insult mock"
)


def changed_modality(line: str, source: str) -> str:
    """The word of the line that lost its "not" or "may" (or got one); empty when none did."""
    said, heard = tokens(line), tokens(source)
    named = clauses.names(line, source)
    idle = clauses.idle(named)
    for lost in (
        denial.affirmed(said, heard, idle),
        denial.dropped(said, heard, named),
        denial.undone(said, heard),
        _lost(said, heard, idle, UNSURE, UNSURE | INTENDED | _CLAIMED),
        _lost(said, heard, idle, _ALLEGED, _CLAIMED | UNSURE),
        _promised(said, heard),
        _enabled(said, heard),
        happening.hastened(line, source),
        _made_sure(line, heard),
        _added_negation(said, heard),
    ):
        if lost:
            return lost
    return ""


def _lost(
    said: tuple[str, ...],
    heard: tuple[str, ...],
    idle: frozenset[str],
    marks: frozenset[str],
    equals: frozenset[str],
) -> str:
    """A word of the line that only stands under a mark in the text, where the line has no equal."""
    for word in said:
        is_meant = can_be_meant(word, idle) and len(word) > 3
        if is_meant and (equals - {word}).isdisjoint(said) and _always_under(word, heard, marks):
            return word
    return ""


def _always_under(word: str, heard: tuple[str, ...], marks: frozenset[str]) -> bool:
    """Whether every mention of the word has one of the marks shortly before it in its clause."""
    places = [place for place, other in enumerate(heard) if other == word]
    return bool(places) and all(not marks.isdisjoint(before(place, heard)) for place in places)


def _made_sure(line: str, heard: tuple[str, ...]) -> str:
    """A "proven" or "decided" for which the text has nothing as sure."""
    said = tokens(_TURNED_OUT.sub(" ", text.normalise(line)))
    excused = {word for words, equals in _AS_SURE if not equals.isdisjoint(heard) for word in words}
    told = {
        word
        for place, word in enumerate(said)
        if word in _STRONG and _NOT_YET.isdisjoint(before(place, said))
    }
    return min(told - set(heard) - excused, default="")


def _promised(said: tuple[str, ...], heard: tuple[str, ...]) -> str:
    """A "will" where the text only says "may" or "cannot" and plans nothing."""
    if _WILL not in said or not (_COMING - {_TO}).isdisjoint(heard):
        return ""
    is_refusal = (_WILL, "not") in pairwise(said) and _TO not in heard
    told = _told_to_come(said)
    is_aimed = any((_TO, verb) in pairwise(heard) for verb in told)
    is_open = bool(told) and not is_aimed and not _MAYBE.isdisjoint(heard)
    return _WILL if is_refusal or is_open else ""


def _enabled(said: tuple[str, ...], heard: tuple[str, ...]) -> str:
    """What the line says will be, and the text only that somebody may or can do it."""
    near = [
        word
        for place, word in enumerate(said)
        if can_be_meant(word) and _WILL in clause_before(place, said, _NEAR)
    ]
    for word in dict.fromkeys((*_told_to_come(said), *near)):
        places = [place for place, other in enumerate(heard) if other == word]
        windows = [frozenset(clause_before(place, heard, _FAR)) for place in places]
        is_open = all(not _ABLE.isdisjoint(window) for window in windows)
        is_coming = any(not (_COMING - {_TO}).isdisjoint(window) for window in windows)
        if windows and is_open and not is_coming:
            return word
    return ""


def _told_to_come(said: tuple[str, ...]) -> list[str]:
    """The words that follow a "will" of a line."""
    found: dict[str, None] = {}
    is_after = False
    for word in said:
        if is_after and word not in _AFTER_WILL:
            found[word] = None
            is_after = False
        is_after = is_after or word == _WILL
    return [word for word in found if word.isalpha()]


def _added_negation(said: tuple[str, ...], heard: tuple[str, ...]) -> str:
    denied = NEGATIONS & set(said)
    turned = any(denial.NEGATIVE.match(token) for token in heard)
    if denied and not turned and (NEGATIONS | TURNING).isdisjoint(heard):
        return min(denied)
    return ""


def takes_issue(line: str) -> bool:
    """Whether a word of the line is one of blame or opposition."""
    return not (_BLAME | _DISFAVOUR).isdisjoint(tokens(line))
