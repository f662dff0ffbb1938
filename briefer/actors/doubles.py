"""Who is shown twice: the nameless who are part of somebody shown beside them, or the same.

Knows nothing of how salience is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from briefer.actors.candidates import Candidate, are_others
from briefer.mentions import lexicon

_RULING = frozenset(("administration", "government"))
# One party, by the names that papers give to it and to its people.
_PARTIES = (
    frozenset(("gop", "grand old party", "republican party", "republicans")),
    frozenset(("democratic party", "democrats")),
    frozenset(("labour", "labour party")),
    frozenset(("conservative party", "conservatives", "tories")),
)
# What bears the name of where it is.
_SEATED = frozenset(("airport", "base", "camp", "hospital", "jail", "prison", "school", "stadium"))


def find(found: Sequence[Candidate], saliences: Sequence[float]) -> frozenset[int]:
    """The indexes of the nameless that only repeat somebody who is more salient.

    "Pilots" beside "pilot"; "Iranian officials" beside Iran, "Hale Air staff" beside Hale Air; not
    "Iranian officials" beside "Turkish officials".
    """
    order = sorted(range(len(found)), key=lambda number: -saliences[number])
    doubles: set[int] = set()
    nouns: list[tuple[str, frozenset[str]]] = []
    wholes: set[str] = set()
    for number in order:
        one = found[number]
        if one.is_named:
            if _is_other_name(lexicon.key(one.name), wholes) or _is_last_word(one, wholes):
                doubles.add(number)
            wholes.update(lexicon.key(name) for name in (one.name, *one.aliases))
            continue
        noun = lexicon.singular(one.name.split()[-1])
        is_own = one.kind == "organisation" and noun not in _RULING  # "the Hale campaign"
        is_told = any(noun == of and not are_others(states, one.states) for of, states in nouns)
        if is_told or not (is_own or wholes.isdisjoint(_owners(one.name))):
            doubles.add(number)
        nouns.append((noun, one.states))
        wholes.add(lexicon.key(one.name))
    return frozenset(doubles)


def _is_other_name(key: str, known: Collection[str]) -> bool:
    """Whether a name is another one's of a party, or of a base that is known by its town."""
    is_party = any(key in party and not party.isdisjoint(known) for party in _PARTIES)
    return is_party or any(_is_seat(key, other) or _is_seat(other, key) for other in known)


def _is_last_word(one: Candidate, known: Collection[str]) -> bool:
    """Whether a body is only the last word of a name: "Searchlight", of a "Hale Searchlight"."""
    is_word = one.kind == "organisation" and " " not in one.name and not one.name.isupper()
    if not is_word or lexicon.is_body(one.name):
        return False
    return any(other.endswith(f" {lexicon.key(one.name)}") for other in known)


def _is_seat(short: str, long: str) -> bool:
    return long.startswith(f"{short} ") and long.rpartition(" ")[2] in _SEATED


def _owners(phrase: str) -> Iterator[str]:
    """Whose a nameless one may be: what opens the phrase, its state."""
    yield from map(lexicon.key, lexicon.states_in(phrase))
    words = lexicon.key(phrase).split()
    for number in range(1, len(words)):
        yield " ".join(words[:number]).removesuffix("'s")
