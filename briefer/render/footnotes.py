"""The sentences behind the lines of a story get their numbers.

Knows nothing of how a number or a note looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefer.render import safety
from briefer.render.views import Cite, Note
from briefer.schema import Evidence, StoryEvidence

_CUT = "[…]"
"""Stands for words that an edition does not quote."""
_MIN_WORDS = 8
"""Fewer words of a sentence tell nobody what it says: then none of it are quoted."""


class Footnotes:
    """Gives the sentences of a story their numbers, in the order in which they are first cited."""

    def __init__(
        self, outlets: Mapping[str, str | None], max_quoted_words: int | None = None
    ) -> None:
        """``outlets`` by brief id; evidence that names no article belongs to the first.

        Of each article at most ``max_quoted_words`` are shown; a sentence beyond is cut short, or
        its note left empty.
        """
        self._outlets = outlets
        self._left = dict.fromkeys(outlets, max_quoted_words)
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._notes: list[Note] = []

    def cite(self, evidence: Iterable[Evidence]) -> tuple[Cite, ...]:
        """The numbers behind a line, ascending."""
        cites = {self._cite(one) for one in evidence}
        return tuple(sorted(cites, key=lambda cite: cite.number))

    def notes(self) -> tuple[Note, ...]:
        """The notes so far, by number."""
        return tuple(self._notes)

    def _cite(self, one: Evidence) -> Cite:
        article = one.article if isinstance(one, StoryEvidence) else next(iter(self._outlets))
        key = (article, one.start, one.end)
        if key in self._numbers:
            return Cite(self._numbers[key], is_first=False)
        number = self._numbers[key] = len(self._numbers) + 1
        outlet = self._outlets[article] if len(set(self._outlets.values())) > 1 else None
        self._notes.append(Note(number, self._quoted(article, safety.shown(one.text)), outlet))
        return Cite(number, is_first=True)

    def _quoted(self, article: str, sentence: str) -> str:
        """The sentence, or what of it may still be quoted."""
        left = self._left[article]
        if left is None:
            return sentence
        words = sentence.split()
        self._left[article] = max(0, left - len(words))
        if len(words) <= left:
            return sentence
        return " ".join([*words[:left], _CUT]) if left >= _MIN_WORDS else ""
