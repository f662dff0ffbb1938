"""Which parties the line of an agreement names: "Lee and the Selby union agreed …".

Code chose the parties by the passage, where "the company" and "its managers" may be all that
stands beside the verb, or by another sentence of it; the line was written with the opening in
view, has full names by now, and tells who they are. Knows nothing of models, checks or evidence.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from briefer import terms, text
from briefer.schema import Character, DraftLine

_AGREED = re.compile(
    r"(?P<who>.{5,160}?) (?:(?:have|has|had) )?(?:(?:\w+ly|both|also) )?"
    r"(?:agreed?|sign(?:ed)?|reached|struck|settled|concluded|announced|pledged|approved|accepted|"
    r"ratified|inked|sealed|made|came to|voted|passed|adopted|backed|endorsed|decided|elected) "
    r"(?!(?:by|against|down|no)\b)"
)
# What stands between the names of parties: "Both A, B and the C".
_BETWEEN = re.compile(r"(?:\b(?:and|the|both|as well as|with|a|an)\b|[\s,])*", re.IGNORECASE)
_FEWEST = 2
_OPENINGS = frozenset((*calendar.day_name, "Last", "Next", "Every", "Many", "Several", "Two"))
_LINK = re.compile(r"^(?:both |the )+|(?:, and|,| and| as well as)(?: the)? ", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w’'.&-]*(?: (?:of (?:the )?)?[A-Z][\w’'.&-]*)*")


def resolve(line: DraftLine, characters: Sequence[Character]) -> DraftLine:
    """An agreement's line with the parties it opens with, if code found others.

    It must open with two that are known; or, of a line that tells of none whom code found, with
    names of anybody, even one alone.
    """
    if line.passage.kind != "agreement":
        return line
    agreed = _AGREED.match(text.normalise(line.text))
    who, known = agreed["who"] if agreed else "", _by_spelling(characters)
    told = _named(who, known)
    if len(told) < _FEWEST:
        told = () if _tells_of(line, characters) else told or _of_anybody(who, known)
    if not told or set(told) <= set(line.passage.parties):
        return line
    return replace(line, passage=replace(line.passage, parties=told))


def _tells_of(line: DraftLine, characters: Sequence[Character]) -> bool:
    """Whether the line has one of its passage's parties, by any name or the last word of one."""
    known = {one.name: (one.name, *one.aliases) for one in characters}
    forms = [form for name in line.passage.parties for form in known.get(name, (name,))]
    said = text.normalise(line.text).casefold()
    return any(text.normalise(form).casefold().split()[-1] in said for form in forms)


def _of_anybody(who: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The parties, in order, if the words are nothing but proper names, known or not."""
    names = [one for one in _LINK.split(who) if one]
    # "They" and "Members" open lines too, and name nobody.
    is_a_word = len(names) == 1 and " " not in names[0]
    if is_a_word or not all(map(_is_name, names)):
        return ()
    return tuple(dict.fromkeys(known.get(one, one) for one in names))


def _is_name(words: str) -> bool:
    """Whether words may be a name; "On Monday", "He" and "No Republicans" are capitalised too."""
    first = words.partition(" ")[0]
    is_word = first.istitle() and (terms.is_stop_word(first) or first in _OPENINGS)
    return not is_word and _NAME.fullmatch(words) is not None


def _named(who: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The parties, in order, if the words are their names and nothing else; else none."""
    longest_first = sorted(map(re.escape, known), key=len, reverse=True)
    named = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
    if not known or _BETWEEN.fullmatch(named.sub("", who)) is None:
        return ()
    return tuple(dict.fromkeys(known[found[0]] for found in named.finditer(who)))


def _by_spelling(characters: Sequence[Character]) -> dict[str, str]:
    """Who is called so; the first where several are."""
    names: dict[str, str] = {}
    for spelling, name in _spellings(characters):
        names.setdefault(spelling, name)
    return names


def _spellings(characters: Sequence[Character]) -> Iterator[tuple[str, str]]:
    for one in characters:
        for form in map(text.normalise, (one.name, *one.aliases)):
            if not form.islower():
                yield form, one.name
