"""Papers and sources told as known that no line before tells of: "the report" becomes "a report".

By the words of the lines alone. Knows nothing of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefer import terms
from briefer.mentions import lexicon
from briefer.naming import descriptions
from briefer.naming.putting import put
from briefer.schema import DraftLine

_PAPERS = (
    "report study survey poll letter statement lawsuit complaint memo document indictment filing "
    "audit image video photograph photo source spokesman spokeswoman spokesperson panel"
)
_KNOWN = re.compile(
    rf"\b[Tt]he (?P<noun>(?:{'|'.join(_PAPERS.split())})(?P<many>s)?) (?=(?P<verb>[a-z]+)\b)"
)
_SHOWING = frozenset(("shows", "showed", "show", "depicts", "depicted", "ranked", "held", "put"))


def make_unknown(lines: Sequence[DraftLine]) -> tuple[DraftLine, ...]:
    """The lines in order; a paper that says or shows something is "a" paper when first told of."""
    told: frozenset[str] = frozenset()
    made: list[DraftLine] = []
    for line in lines:
        made.append(_made(line, told))
        told |= terms.content(line.text)
    return tuple(made)


def _made(line: DraftLine, told: frozenset[str]) -> DraftLine:
    plain = descriptions.blanked(line.text)
    for match in _KNOWN.finditer(plain):
        before = told | terms.content(line.text[: match.start()])
        is_saying = match["verb"] in lexicon.cue_verbs() or match["verb"] in _SHOWING
        if is_saying and terms.content(match["noun"]).isdisjoint(before):
            words = match["noun"] if match["many"] else f"{_article(match['noun'])} {match['noun']}"
            return put(line, match.start(), match.end("noun"), words)
    return line


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"
