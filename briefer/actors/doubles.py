"""Who is shown twice: the nameless who are part of somebody shown beside them, or the same.

Knows nothing of how salience is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefer.actors.candidates import Candidate
from briefer.mentions import lexicon

_RULING = frozenset(("administration", "government"))


def find(found: Sequence[Candidate], saliences: Sequence[float]) -> frozenset[int]:
    """The indexes of the nameless that only repeat somebody who is more salient.

    "Pilots" beside "pilot"; "Iranian officials" beside Iran, "Hale Air staff" beside Hale Air.
    """
    order = sorted(range(len(found)), key=lambda number: -saliences[number])
    doubles: set[int] = set()
    nouns: set[str] = set()
    wholes: set[str] = set()
    for number in order:
        one = found[number]
        if one.is_named:
            wholes.update(lexicon.key(name) for name in (one.name, *one.aliases))
            continue
        noun = lexicon.singular(one.name.split()[-1])
        is_own = one.kind == "organisation" and noun not in _RULING  # "the Hale campaign"
        if noun in nouns or not (is_own or wholes.isdisjoint(_owners(one.name))):
            doubles.add(number)
        nouns.add(noun)
    return frozenset(doubles)


def _owners(phrase: str) -> Iterator[str]:
    """Whose a nameless one may be: what opens the phrase, its state."""
    yield from map(lexicon.key, lexicon.states_in(phrase))
    words = lexicon.key(phrase).split()
    for number in range(1, len(words)):
        yield " ".join(words[:number]).removesuffix("'s")
