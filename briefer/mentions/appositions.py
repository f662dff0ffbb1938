"""The noun that a mention stands with: "Novak" in "the chairman, Paul Novak".

By syntax alone. Knows nothing of names.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

BESIDE = frozenset(("appos", "compound", "flat", "nmod"))
"""How a noun hangs on another that stands for the same one, or that it is a part of."""


def outermost(token: Token, links: Collection[str] = BESIDE) -> Token:
    """The token that a mention hangs on by ``links``, itself where it hangs on none."""
    while token.dep_ in links and token.head.i != token.i:
        token = token.head
    return token
