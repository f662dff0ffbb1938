"""Which parties the line of an agreement names: "Lee and the Selby union agreed …".

Code chose the parties by the passage, where "the company" and "its managers" may be all that
stands beside the verb; the line was written with the opening in view, has full names by now, and
tells who they are. Knows nothing of models, checks or evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefer import text
from briefer.schema import Character, DraftLine

_AGREED = re.compile(
    r"(?P<who>.{5,160}?) (?:(?:have|has|had) )?(?:(?:\w+ly|both|also) )?"
    r"(?:agreed?|sign(?:ed)?|reached|struck|settled|concluded|announced|pledged|approved|accepted|"
    r"ratified|inked|sealed|made|came to) (?!by\b)"
)
# What stands between the names of parties: "Both A, B and the C".
_BETWEEN = re.compile(r"(?:\b(?:and|the|both|as well as|with|a|an)\b|[\s,])*", re.IGNORECASE)
_FEWEST = 2


def resolve(line: DraftLine, characters: Sequence[Character]) -> DraftLine:
    """An agreement's line with the parties it opens with, if it names two and code found others."""
    if line.passage.kind != "agreement":
        return line
    agreed = _AGREED.match(text.normalise(line.text))
    told = _named(agreed["who"], characters) if agreed else ()
    if len(told) < _FEWEST or set(told) <= set(line.passage.parties):
        return line
    return replace(line, passage=replace(line.passage, parties=told))


def _named(who: str, characters: Sequence[Character]) -> tuple[str, ...]:
    """The parties, in order, if the words are their names and nothing else; else none."""
    names: dict[str, str] = {}
    for spelling, name in _spellings(characters):
        names.setdefault(spelling, name)
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    named = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
    if not names or _BETWEEN.fullmatch(named.sub("", who)) is None:
        return ()
    return tuple(dict.fromkeys(names[found[0]] for found in named.finditer(who)))


def _spellings(characters: Sequence[Character]) -> Iterator[tuple[str, str]]:
    for one in characters:
        for form in map(text.normalise, (one.name, *one.aliases)):
            if not form.islower():
                yield form, one.name
