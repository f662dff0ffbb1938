"""The role of an actor in the article's own words: an apposition, a title, an office.

Knows nothing of what a reader would like to hear: where the words are not plain there is no role.
"""

from __future__ import annotations

from spacy.tokens import Doc

from briefer.actors.candidates import Candidate
from briefer.schema import Span

_MAX_WORDS = 12


def choose(parse: Doc, candidate: Candidate) -> Span | None:
    """The longest usable description, or ``None``."""
    usable = [
        description
        for description in candidate.descriptions
        if 2 <= description.end - description.start <= _MAX_WORDS
    ]
    if not usable:
        return None
    longest = max(usable, key=lambda one: one.end - one.start)
    last = parse[longest.end - 1]
    return Span(parse[longest.start].idx, last.idx + len(last))
