"""What a longer name of a body may be cut down to, and where a name can only be a place's.

Knows nothing of persons or of the other names of a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefer.mentions import acronyms, lexicon
from briefer.mentions.names import Name

if TYPE_CHECKING:
    from spacy.tokens import Doc

# What a firm calls itself besides its name.
_FORMS = frozenset(
    ("ag", "co", "company", "corp", "corporation", "group", "holdings", "inc", "limited", "llc",
     "ltd", "plc", "sa", "se")
)  # fmt: skip
TRADES = _FORMS | lexicon.words("trades")
"""What firms do, by the last word of their names."""
# "The House" is not the White House.
_NO_TAILS = frozenset(("house", "the"))
_HOLDINGS = frozenset(("interest", "share", "shares", "stake", "stakes"))
_INSIDE = frozenset(("in", "across", "throughout", "outside", "near"))
_PREPOSITIONS = frozenset(("of", "for", "in", "at", "on", "and"))


def edges(name: Name) -> Iterator[str]:
    """What a longer name may be cut down to: its first words, its last ones."""
    parts = name.parts
    for number in range(1, len(parts)):
        if not _is_other_body(name, number):
            yield " ".join(parts[:number])
        if (
            parts[number] not in _NO_TAILS
            and not {*parts[max(number - 2, 0) : number]} & _PREPOSITIONS
        ):
            yield " ".join(parts[number:])
    for state in (1, 2):  # "House", of "United States House of Representatives"
        if " ".join(parts[:state]) in lexicon.state_names():
            yield from (
                " ".join(parts[state:number])
                for number in range(state + 1, len(parts))
                if not _is_other_body(name, number)
            )


def lies_around(parse: Doc, name: Name) -> bool:
    """Whether things lie in, near or outside what is named here: "in Selby"."""
    is_owner = name.end < len(parse) and parse[name.end].tag_ == "POS"
    before = [token.lower_ for token in parse[max(name.start - 2, 0) : name.start]]
    is_held = bool(before) and before[0] in _HOLDINGS  # "shares in Hale"
    return bool(before) and before[-1] in _INSIDE and not is_owner and not is_held


def _is_other_body(name: Name, n_parts: int) -> bool:
    """Whether what opens a name stands for another body ("BBC Newsbeat", "Senate Committee")."""
    first, *rest = name.text.replace(".", "").split()
    is_acronym = n_parts == 1 and first.isupper() and 2 <= len(first) <= acronyms.MAX_LETTERS
    things = lexicon.words("thing_nouns") | lexicon.words("thing_names")
    is_thing = rest[-1].casefold() in things or name.label == "PRODUCT"
    is_branch = " ".join(name.parts[n_parts:]) in lexicon.state_names()  # "Hale Japan"
    is_body = lexicon.is_body(name.parts[n_parts - 1])
    is_whole = is_acronym or (is_body and name.parts[n_parts] not in _PREPOSITIONS)
    return is_thing or is_branch or (is_whole and not any(one.casefold() in _FORMS for one in rest))
