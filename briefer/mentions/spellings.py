"""The ways to write one name: "UN Security Council", "Department of Justice", "Republican Low".

Works on keys (``lexicon.key``). Knows nothing of texts.
"""

from __future__ import annotations

import re

# How the names of their bodies open too.
_SHORTENED = (("united states", "us"), ("united nations", "un"), ("united kingdom", "uk"))
# What is written in several ways, as a name or within one.
_VARIANTS = (
    (re.compile(r"^(?:isil|daesh|islamic state(?: group)?)$"), "isis"),
    (re.compile(r"\bm[ou]hamm?[ae]d\b"), "mohamed"),
)
_PARTIES = frozenset(("conservative", "democrat", "labour", "liberal", "republican"))
_OFFICE = re.compile(r"^(?!(?:us|uk) )(?!.* of )(.+) (department|ministry)$")


def spell(key: str) -> str:
    """One form for all ways to write a name: "un security council", "department of justice"."""
    spelled = key.replace("-", " ")
    for long, short in _SHORTENED:
        spelled = re.sub(rf"^{long} (?=.)", f"{short} ", spelled)
    for variant, common in _VARIANTS:
        spelled = variant.sub(common, spelled)
    return _OFFICE.sub(r"\2 of \1", spelled)


def without_party(key: str) -> str:
    """The surname in "Republican Low"; anything else as it is."""
    party, _, surname = key.partition(" ")
    return surname if party in _PARTIES and surname and " " not in surname else key
