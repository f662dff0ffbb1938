"""What of a person's full name stands for it, and whose a surname with a title cannot be.

Knows nothing of bodies or of who is who.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefer.mentions import lexicon
from briefer.mentions.lexicon import Gender
from briefer.mentions.names import Name

if TYPE_CHECKING:
    from spacy.tokens import Doc

SUFFIXES = frozenset(("ii", "iii", "iv", "jr", "kc", "mp", "qc", "sr"))
"""What follows a person's surname."""


def short_forms(parts: Sequence[str]) -> Iterator[str]:
    """What a person's full name may be cut down to: either name, "Ann Low" of "Ann B. Low Jr."."""
    yield " ".join(parts[:-1])
    whole = parts[:-1] if parts[-1] in SUFFIXES else parts
    yield whole[0]
    for number in range(1, len(whole)):
        yield " ".join(whole[number:])
        yield " ".join(parts[number:])  # "Low Jr."
    if "-" in whole[-1]:
        yield whole[-1].rpartition("-")[2]
    if all(len(part) == 1 for part in whole[1:-1]):  # middle names may be another's
        yield f"{whole[0]} {whole[-1]}"


def initialled(parts: Sequence[str]) -> str:
    """A name with its given names as initials, without spaces: "rtamari"."""
    return "".join(part[0] for part in parts[:-1]) + parts[-1]


def cannot_be(parse: Doc, names: Sequence[Name]) -> tuple[Gender, ...]:
    """The gender that a surname alone cannot be: women's, where all of its titles are men's."""
    titles = {token.lower_.rstrip(".") for one in names for token in parse[one.title : one.start]}
    is_man = not titles.isdisjoint(lexicon.words("male_words"))
    is_woman = not titles.isdisjoint(lexicon.words("female_words"))
    if is_man == is_woman:
        return ()
    return ("f",) if is_man else ("m",)
