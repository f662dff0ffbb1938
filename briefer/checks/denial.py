"""Has a line dropped a "not"?

Two ways to see it: every mention of a word in the text is denied and none in the line; or the line
tells what stands right after a "not", and no "not". Knows nothing of "may" and "will".
"""

from __future__ import annotations

import re

from briefer.checks.clauses import (
    BREAK,
    NEGATIONS,
    TURNING,
    before,
    can_be_meant,
    is_after_to,
    stems,
)

# How far before a word the line may say it, and how far after ("injured no one", "accept or
# not"): a false alarm costs a right line.
_WIDE_REACH, _REACH_AFTER = 8, 5
# What a "not" stands before, up to the clause's end, is meant by it; a line that holds this share
# of it, the first word included, tells the same.
_SCOPE, _SCOPE_SHARE = 5, 0.75
NEGATIVE = re.compile(r"(?:un|im|in|ir|il|dis|non|mis)\w{3,}")  # "impossible", "unpaid"
# They turn round what a "that" brings, however far behind: "denied that the mayor had promised it".
_DENYING = stems(
    "deny denies denied denial reject rejects dismiss doubt doubts dispute disputes contradict "
    "contradicts rebut rebuts disagree refute unlike unclear question"
)
# Too loose where the very words after a "not" come again: "but only".
LOOSELY_TURNING = stems(
    "but only too before end off away long longer little less beyond miss against criticise "
    "criticism challenge question ignore"
)
_JOINING = stems("and but although while because so since whereas") | {BREAK}
_UNDOING = stems("decline refuse fail failed failure unable reluctant unwilling")
_NOTS = stems("not cannot never")
# "Nothing but a hoax" is a hoax, "nothing against it" is for it.
_NO_MORE_THAN = stems("but against short less more")


def affirmed(said: tuple[str, ...], heard: tuple[str, ...], idle: frozenset[str]) -> str:
    """A word that the text denies everywhere, and the line nowhere."""
    for word in dict.fromkeys(said):
        places = [place for place, other in enumerate(heard) if other == word]
        if not places or not can_be_meant(word, idle):
            continue
        if not all(_is_denied(place, heard) for place in places):
            continue
        is_next = any(heard[place - 1] in _NOTS for place in places if place)
        # The words that a "not" stands right before are short too: "not say", "not end".
        if is_next and not _denies(said, word, TURNING, _JOINING):
            return word
        if len(word) > 3 and not is_next and not _denies(said, word, TURNING, frozenset()):
            return word
    return ""


def _is_denied(place: int, heard: tuple[str, ...]) -> bool:
    window = before(place, heard)
    return any(
        token in NEGATIONS and not (token not in _NOTS and after in _NO_MORE_THAN)
        for token, after in zip(window, [*window[1:], ""], strict=False)
    )


def _denies(
    said: tuple[str, ...], word: str, turning: frozenset[str], ends: frozenset[str]
) -> bool:
    """Whether the line says a "not" or its like of some mention of the word."""
    return any(
        _is_turned(said, place, turning, ends) for place, other in enumerate(said) if other == word
    )


def _is_turned(
    said: tuple[str, ...], place: int, turning: frozenset[str], ends: frozenset[str]
) -> bool:
    for token in said[max(0, place - _WIDE_REACH) : place][::-1]:
        if token in ends:
            break
        if token in NEGATIONS or token in turning or NEGATIVE.match(token):
            return True
    is_denied = not _DENYING.isdisjoint(said[:place])
    return is_denied or not NEGATIONS.isdisjoint(said[place + 1 : place + 1 + _REACH_AFTER])


def undone(said: tuple[str, ...], heard: tuple[str, ...]) -> str:
    """A verb that the text has only after "declined to" or its like, and the line without it."""
    for word in dict.fromkeys(said):
        places = [place for place, other in enumerate(heard) if other == word]
        is_undone = all(is_after_to(place, heard, _UNDOING) for place in places)
        if (
            places
            and is_undone
            and can_be_meant(word)
            and not _denies(said, word, TURNING, frozenset())
        ):
            return word
    return ""


def dropped(said: tuple[str, ...], heard: tuple[str, ...], named: frozenset[str]) -> str:
    """The word after a "not" of the text, where the line tells the rest of it without the "not"."""
    for place, token in enumerate(heard):
        scope = _scope(place, heard) if token in _NOTS else ()
        common = [word for word in scope if word in said]
        is_meant = bool(scope) and scope[0] in said and scope[0] not in named
        is_told = is_meant and len(common) >= _SCOPE_SHARE * len(scope)
        if is_told and not _denies(said, scope[0], TURNING - LOOSELY_TURNING, _JOINING):
            return scope[0]
    return ""


def _scope(place: int, heard: tuple[str, ...]) -> tuple[str, ...]:
    """The words that a "not" stands before: "not only" denies nothing."""
    after = heard[place + 1 : place + 1 + _SCOPE]
    if after and after[0] in stems("only just merely"):
        return ()
    ends = [index for index, token in enumerate(after) if token in _JOINING]
    meant = after[: ends[0]] if ends else after
    return tuple(word for word in meant if can_be_meant(word))
