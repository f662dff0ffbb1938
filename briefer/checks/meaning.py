"""Has a line kept "may", "not" and "plans to", and the direction of what happened?

Works on words near each other, not on syntax: where every mention of a word in the text stands
under a "not" or a "may", the line that uses the word must have its like somewhere.
Knows nothing of names, numbers or speakers.
"""

from __future__ import annotations

import re
from functools import lru_cache

from briefer import terms, text


def _stems(words: str) -> frozenset[str]:
    return frozenset(terms.stem(word) for word in words.split())


_BREAK = "|"
_CLAUSE_END = re.compile(r"[,;:!?\"()]|\.(?=\s)|\s-+\s")
# How many words before a word may say "not" or "may" of it: "may not have been fully informed".
_REACH = 4
# How far before a word the line may say it: a false alarm costs a right line.
_WIDE_REACH = 8
_NEGATIONS = _stems("not no never nobody nothing neither nor none cannot without")
_NEGATIVE = re.compile(r"(?:un|im|in|ir|il|dis|non|mis)\w{3,}")  # "impossible", "unpaid"
# What turns round the words that follow: "denied taking", "refused to sign", "failed to agree".
_TURNING = _stems(
    "deny refuse reject fail failure decline dispute oppose stop prevent avoid halt block ban "
    "bar unlikely doubt cease cancel cancelled suspend suspension postpone lack loss lost "
    "lose unable against withdraw withdrew drop dismiss overturn scrap abandon delay rule out "
    "hardly few little rarely end away off except instead rather contrary despite absence "
    "miss empty false wrong untrue reluctant only too beyond ignore neglect before longer "
    "unclear disagree differ question challenge less regardless exclude criticise criticism "
    "hide secret but"
)
_UNSURE = _stems(
    "may might could can possible possibly perhaps probably maybe if unless whether likely "
    "unlikely potential potentially chance risk"
)
_PLANNED = _stems(
    "will would shall plan propose proposal expect seek hope want intend aim prepare consider "
    "schedule due set going about pledge promise vow offer urge ask demand call request "
    "recommend order threaten threat warn should must need ought negotiate discuss try "
    "attempt yet next to"
)
_INTENDED = _PLANNED - _stems("will would shall must should need about going set due next yet to")
_MAY = _stems("may might could can possibly perhaps")
_SURE = _stems("will must shall")
# Words that make sure of something; the text must be as sure.
_STRONG = _stems(
    "proven proved confirmed decided certainly definitely guaranteed admitted conclusively"
)
# "Will sign", "to be signed", "would also have signed": the word that the future is said of.
_FUTURE = _stems("will would shall")
_BETWEEN = _stems("be have been also not soon then still now only") | {"be", "not", "hav", "been"}
_ALLEGED = _stems(
    "allege alleged allegedly reportedly apparent apparently suspect suspected purport"
)
_CLAIMED = _ALLEGED | _stems(
    "claim accuse report suppose supposed rumour rumor deny insist say said tell told according "
    "believe think thought argue assert contend suggest charge allegation call describe blame cite "
    "seem appear question investigate probe if whether trial suit sue lawsuit complaint"
)
_PRAISE = _stems(
    "praise praised applaud commend commended laud hail hailed welcome welcomed admire"
)
_FAVOUR = _stems(
    "support endorse back thank thanked congratulate congratulated tribute pleased happy glad "
    "proud good great excellent brilliant best love loved like right success successful "
    "delighted salute honour honor credit appreciate favourite wonderful amazing impressed "
    "positive"
)
_BLAME = _stems("accuse accused criticise criticised condemn condemned denounce slam blast lambast")
_DISFAVOUR = _stems(
    "deny reject refuse oppose protest fault against blame attack dispute dismiss question "
    "doubt challenge complain complaint object warn anger angry ire outrage wrong failed "
    "failure lie lying false illegal violate deplore decry allege charge critic criticism "
    "shame shameful disgrace unacceptable scandal betray betrayal bad worse worst threat "
    "dangerous unfair hypocrisy mistake regret concern worry problem lack insult mock"
)
# Words of which a text holds the one and a line the other: the line tells the opposite.
_OPPOSITES = tuple(
    (_stems(left), _stems(right))
    for left, right in (
        (
            "increase rise rose risen grow grew gain",
            "decrease decline fall fell fallen drop shrink",
        ),
        ("win won victory", "lose lost defeat defeated"),
        ("accept accepted approve approved", "reject rejected refuse refused"),
        ("support supported endorse", "oppose opposed"),
        ("confirm confirmed admit admitted", "deny denied"),
        ("arrest arrested detain", "release released freed"),
        ("open opened reopen", "close closed shut"),
        ("raise raised", "cut lower lowered reduce reduced"),
        ("guilty convict convicted", "acquit acquitted innocent cleared"),
        ("legal lawful", "illegal unlawful"),
        ("praise praised welcome welcomed", "criticise criticised condemn condemned denounce"),
        ("survive survived", "died killed"),
    )
)


def changed_modality(line: str, source: str) -> str:
    """The word of the line that lost its "not" or "may" (or got one); empty when none did."""
    said, heard = _tokens(line), _tokens(source)
    for lost in (
        _affirmed(said, heard),
        _lost(said, heard, _UNSURE, _UNSURE | _INTENDED | _CLAIMED),
        _lost(said, heard, _ALLEGED, _CLAIMED | _UNSURE),
        _hardened(said, heard),
        _happened(line, heard),
        min(_STRONG & set(said) - set(heard), default=""),
        _added_negation(said, heard),
    ):
        if lost:
            return lost
    return ""


def _lost(
    said: tuple[str, ...], heard: tuple[str, ...], marks: frozenset[str], equals: frozenset[str]
) -> str:
    """A word of the line that only stands under a mark in the text, where the line has no equal."""
    if not equals.isdisjoint(said):
        return ""
    for word in said:
        if len(word) > 3 and word.isalpha() and _always_under(word, heard, marks):
            return word
    return ""


def _always_under(word: str, heard: tuple[str, ...], marks: frozenset[str]) -> bool:
    """Whether every mention of the word has one of the marks shortly before it in its clause."""
    places = [place for place, other in enumerate(heard) if other == word]
    return bool(places) and all(not marks.isdisjoint(_before(place, heard)) for place in places)


def _before(place: int, heard: tuple[str, ...]) -> tuple[str, ...]:
    window = heard[max(0, place - _REACH) : place]
    breaks = [index for index, token in enumerate(window) if token == _BREAK]
    return window[breaks[-1] + 1 :] if breaks else window


def _affirmed(said: tuple[str, ...], heard: tuple[str, ...]) -> str:
    """A word that the text denies everywhere, and the line nowhere."""
    for word in said:
        if len(word) > 3 and word.isalpha() and _always_under(word, heard, _NEGATIONS):
            places = [place for place, other in enumerate(said) if other == word]
            windows = (set(said[max(0, place - _WIDE_REACH) : place]) for place in places)
            if not any(window & (_NEGATIONS | _TURNING) for window in windows):
                return word
    return ""


def _hardened(said: tuple[str, ...], heard: tuple[str, ...]) -> str:
    """A word that the text puts under a "may" everywhere and the line under a "will"."""
    for word in said:
        is_sure = len(word) > 3 and _always_under(word, said, _SURE)
        if is_sure and _always_under(word, heard, _MAY) and not _always_under(word, heard, _SURE):
            return word
    return ""


def _happened(line: str, heard: tuple[str, ...]) -> str:
    """A verb in the past tense of which the text only says that it will or would happen."""
    if not (_PLANNED | _UNSURE).isdisjoint(_tokens(line)):
        return ""
    for word in text.words(line):
        if word.endswith("ed") and _is_only_future(terms.stem(word), heard):
            return word
    return ""


def _is_only_future(stem: str, heard: tuple[str, ...]) -> bool:
    places = [place for place, other in enumerate(heard) if other == stem]
    return bool(places) and all(_is_future(place, heard) for place in places)


def _is_future(place: int, heard: tuple[str, ...]) -> bool:
    while place > 0 and heard[place - 1] in _BETWEEN:
        place -= 1
    return place > 0 and heard[place - 1] in _FUTURE


def _added_negation(said: tuple[str, ...], heard: tuple[str, ...]) -> str:
    denied = _NEGATIONS & set(said)
    turned = any(_NEGATIVE.match(token) for token in heard)
    if denied and not turned and (_NEGATIONS | _TURNING).isdisjoint(heard):
        return min(denied)
    return ""


def invented_stance(line: str, source: str) -> str:
    """A word of praise or blame in the line for which the text has nothing like it; or empty."""
    said, heard = set(_tokens(line)), set(_tokens(source))
    for marks, likes in ((_PRAISE, _PRAISE | _FAVOUR), (_BLAME, _BLAME | _DISFAVOUR)):
        if marks & said and likes.isdisjoint(heard):
            return min(marks & said)
    return ""


def opposite(line: str, source: str) -> str:
    """Two words that contradict each other, one of the line, one of the source; or empty."""
    said, heard = set(_tokens(line)), set(_tokens(source))
    for left, right in _OPPOSITES:
        for mine, theirs in ((left, right), (right, left)):
            if mine & said and not mine & heard and theirs & heard and not theirs & said:
                return f"{min(mine & said)} / {min(theirs & heard)}"
    return ""


@lru_cache(maxsize=256)
def _tokens(words: str) -> tuple[str, ...]:
    """All stems in order, a "not" after each verb with "n't", a mark where a clause breaks."""
    found: list[str] = []
    for clause in _CLAUSE_END.split(text.normalise(words)):
        for word in text.words(clause):
            found.append(terms.stem(word))
            if word.casefold().endswith("n't"):
                found.append("not")
        found.append(_BREAK)
    return tuple(found)
