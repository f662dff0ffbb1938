"""Whether a name is a man's, a woman's or a thing's, as far as the article tells.

Knows nothing of pronouns to be resolved; these are read only where they stand right by a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from briefer.mentions import lexicon
from briefer.mentions.descriptions import Description
from briefer.mentions.entities import Entity
from briefer.mentions.kinds import Kind
from briefer.mentions.lexicon import Gender

if TYPE_CHECKING:
    from spacy.tokens import Doc


def tell(parse: Doc, entity: Entity, kind: Kind, descriptions: Iterable[Description]) -> Gender:
    """The gender: ``n`` for bodies and states, ``?`` for people of whom none is told."""
    if kind != "person":
        return "n"
    votes: Counter[Gender] = Counter()
    for description in descriptions:
        for token in parse[description.start : description.end]:
            votes[_of_word(token.lower_)] += 3
    for name in entity.names:
        votes[lexicon.given_names().get(name.parts[0], "?")] += 2 if len(name.parts) > 1 else 0
    votes["?"] = 0
    best, count = votes.most_common(1)[0]
    return best if count else "?"


def _of_word(word: str) -> Gender:
    for form in (word.rstrip("."), lexicon.singular(word)):
        if form in lexicon.words("female_words"):
            return "f"
        if form in lexicon.words("male_words"):
            return "m"
    return "?"
