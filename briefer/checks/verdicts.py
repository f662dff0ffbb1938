"""Does a line convict somebody of whom the text only says that he is accused?

Knows nothing of who is accused, and of what.
"""

from __future__ import annotations

from briefer.checks.clauses import NEGATIONS, before, stems, tokens

_CONVICTED = stems("convict convicted conviction guilty")
_ACCUSED = stems(
    "accuse accused charge charged charges suspect suspected indict indicted indictment arrest "
    "arrested alleged allegedly trial"
)
# What stands where somebody was found guilty, whatever word the text has for it.
_SENTENCED = _CONVICTED | stems(
    "sentence sentenced jail jailed imprison imprisoned prison convicts verdict plead pleaded"
)
# "Pleaded not guilty", "if convicted", "deny that they are guilty".
_OPEN = NEGATIONS | stems(
    "if unless whether until once when could may might would deny denied denies"
)


def hastened(line: str, source: str) -> str:
    """A "convicted" of a line where the source only has charges; empty where there is none."""
    said, heard = tokens(line), frozenset(tokens(source))
    if not _SENTENCED.isdisjoint(heard) or _ACCUSED.isdisjoint(heard):
        return ""
    told = (
        word
        for place, word in enumerate(said)
        if word in _CONVICTED and _OPEN.isdisjoint(before(place, said))
    )
    return next(told, "")
