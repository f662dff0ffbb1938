"""Is what a line tells as done only to come in its text, or only wanted: "sold" for "will sell"?

By the words right before a verb. Knows nothing of "not".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from briefer import terms, text
from briefer.checks.clauses import BREAK, clause_words, is_after_to, stems, tokens

UNSURE = stems(
    "may might could can possible possibly perhaps probably maybe if unless whether likely "
    "unlikely potential potentially chance risk"
)
PLANNED = stems(
    "will would shall plan propose proposal expect seek hope want intend aim prepare consider "
    "schedule due set going about pledge promise vow offer urge ask demand call request "
    "recommend order threaten threat warn should must need ought negotiate discuss try "
    "attempt yet next to"
)
INTENDED = PLANNED - stems("will would shall must should need about going set due next yet to")
# What is said "to" follow them did not happen yet, or not at all.
_AIMED = INTENDED | stems(
    "try tried trying attempt struggle strive wish threaten decline refuse fail failed failure "
    "agree agreed bid effort fight push motion mission chance opportunity power right permission "
    "invite invited tell told deadline"
) - stems("order force")
# "Will sign", "to be signed", "would also have signed": the word that the future is said of.
_FUTURE = stems("will would shall")
_BETWEEN = stems("be have been also not soon then still now only") | {"be", "not", "hav", "been"}
# "It would be postponed, they announced": with that it is; "I want to thank" thanks.
_SETTLED = stems("announce announced decide decided decision agree agreed")
_DONE = "did", BREAK  # "It would try her at home. On Monday, it did."
_PERFORMED = PLANNED | stems("thank apologise apologize congratulate invite remind wish stress")

_MARKS = (PLANNED | UNSURE) - stems("to about set next")
_MODAL = stems("will would shall should must may might could can need ought")
_WANTING = stems("want seek wish hope expect propose")
_NOTHING = frozenset({"no", "nothing", "none", "little"})
_REACH = 6  # words before a verb in which a "will" or "plan to" is said of it
_DETERMINERS = text.forms(
    "a an the this that these those its his her their our my no any every each some"
)
_PAST = text.forms("was were been has have had being got")
_NOT_FINITE_BEFORE = _DETERMINERS | {"", BREAK, "with", "of", "in", "on", "at", "by", "for", "to"}
_NOT_FINITE_AFTER = text.forms(
    "by in on at for to from with under of as if that than over into through"
) | {"", BREAK}
# "Gave" and "he resigned" are no participles, whatever follows.
_PRONOUNS = text.forms("i he she it they we who which")
_WITH = 5  # words before a participle in which its "with" stands
# Verbs whose past is no "-ed": the base, the past, and the participle where it is another one.
_LISTED = """
become became become, begin began begun, bring brought, build built, buy bought, choose chose
chosen, draw drew drawn, drive drove driven, fall fell fallen, fight fought, find found, fly flew
flown, get got, give gave given, go went gone, grow grew grown, hear heard, hold held, keep kept,
lead led, leave left, lose lost, make made, meet met, pay paid, rise rose risen, run ran run, see
saw seen, seek sought, sell sold, send sent, speak spoke spoken, spend spent, stand stood, take
took taken, teach taught, throw threw thrown, win won, withdraw withdrew withdrawn, write wrote
written
"""
_VERBS = tuple(verb.split() for verb in _LISTED.split(","))
_BASES: Mapping[str, str] = {
    form: verb[0] for verb in _VERBS for form in verb[1:] if form != verb[0]
}
_FINITE = frozenset(verb[1] for verb in _VERBS if len(verb) > 2)


def hastened(line: str, source: str) -> str:
    """A verb in the past tense that the text only has as what will, should or is to happen."""
    heard = tokens(source)
    words = tuple(clause_words(line))
    for place, verb in enumerate(words):
        forms = _forms(verb)
        if not forms or not _is_told_as_done(place, words):
            continue
        places = [at for at, other in enumerate(heard) if other in forms]
        if places and _is_only_to_come(places, heard, forms):
            return verb
    return ""


def _forms(verb: str) -> frozenset[str]:
    """The stems by which a text may have the verb of a past form; none where it is no past form."""
    if verb in _BASES:
        return frozenset({terms.stem(verb), terms.stem(_BASES[verb])})
    if not verb.endswith("ed"):
        return frozenset()
    return frozenset({terms.stem(verb), terms.stem(verb[:-1]), terms.stem(verb[:-2])})


def _is_only_to_come(places: Sequence[int], heard: tuple[str, ...], forms: frozenset[str]) -> bool:
    if not _SETTLED.isdisjoint(heard) or _DONE in pairwise(heard):
        return False
    if all(_is_future(place, heard) for place in places):
        return True
    is_aimed = all(is_after_to(place, heard, _AIMED) for place in places)
    return is_aimed and _PERFORMED.isdisjoint(forms)


def _is_future(place: int, heard: tuple[str, ...]) -> bool:
    while place > 0 and heard[place - 1] in _BETWEEN:
        place -= 1
    return place > 0 and heard[place - 1] in _FUTURE


def _is_told_as_done(place: int, words: Sequence[str]) -> bool:
    """Whether a past form is the verb of its clause, and nothing before it makes it less sure."""
    before = [word.casefold() for word in _clause(place, words)]
    if _is_less_sure(before) or not _WANTING.isdisjoint(map(terms.stem, words[:place])):
        return False
    near = [word for word in before if not word.endswith("ly") and word not in _BETWEEN]
    last = near[-1] if near else ""
    after = [word.casefold() for word in words[place + 1 : place + 3]]
    if last in _PAST or last in _PRONOUNS:
        return True
    if last in _NOT_FINITE_BEFORE or after[0] in _NOTHING:
        return False
    is_participle = after[0] in _NOT_FINITE_AFTER or "by" in after or "with" in near[-_WITH:]
    return words[place] in _FINITE or not is_participle


def _clause(place: int, words: Sequence[str]) -> Sequence[str]:
    """The words shortly before a place, those of its clause."""
    start = max(0, place - _REACH)
    return words[
        max((at + 1 for at in range(start, place) if words[at] == BREAK), default=start) : place
    ]


def _is_less_sure(before: Sequence[str]) -> bool:
    """Whether a "may", a "to be" or a "plans to" is there; "the plan" is none."""
    is_to_be = ("to", "be") in pairwise(before) or ("to", "have") in pairwise(before)
    return is_to_be or any(
        terms.stem(word) in _MARKS and (terms.stem(word) in _MODAL or not _is_noun(place, before))
        for place, word in enumerate(before)
    )


def _is_noun(place: int, words: Sequence[str]) -> bool:
    previous = words[place - 1] if place else ""
    return previous in _DETERMINERS or previous.endswith("'s")
