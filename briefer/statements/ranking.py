"""How likely each candidate is meant by a pronoun or description.

Knows nothing of where candidates come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from briefer.mentions.lexicon import Gender, Number
from briefer.statements.referents import Referent

_WINDOW = 400


@dataclass(frozen=True, slots=True)
class Wanted:
    """A pronoun (``noun`` is ``None``) or description at token ``place``."""

    place: int
    gender: Gender
    number: Number
    noun: str | None


def best(
    parse: Doc, wanted: Wanted, candidates: Sequence[Referent], spoken: Sequence[Referent]
) -> Referent | None:
    scored = [
        (score(parse, wanted, candidate, spoken), -number, candidate)
        for number, candidate in enumerate(candidates)
        if _fits(wanted, candidate)
    ]
    if not scored:
        return None
    value, _, winner = max(scored, key=lambda row: row[:2])
    return winner if value > 0 else None


def _fits(wanted: Wanted, candidate: Referent) -> bool:
    before = [place for place in candidate.places if place < wanted.place]
    if not before and candidate.last_said < 0:
        return False
    if wanted.noun is not None:
        return wanted.noun in candidate.nouns
    if wanted.number == "p":
        return candidate.number == "p" or candidate.kind in ("organisation", "group")
    if wanted.gender == "n":
        return candidate.kind != "person" and candidate.number == "s"
    return (
        candidate.kind == "person"
        and candidate.number == "s"
        and ("?" in (candidate.gender, wanted.gender) or candidate.gender == wanted.gender)
    )


def score(parse: Doc, wanted: Wanted, candidate: Referent, spoken: Sequence[Referent]) -> float:
    last = max(
        [place for place in candidate.places if place < wanted.place] + [candidate.last_said]
    )
    if wanted.place - last > _WINDOW:
        return 0.0
    value = 1.0 / (1.0 + (wanted.place - last) / 20)
    if spoken and spoken[-1] is candidate:
        value += 0.5
    if parse[last].dep_.startswith("nsubj"):
        value += 0.3
    return value
