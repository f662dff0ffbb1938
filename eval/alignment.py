"""Carries spans from a text as published to the same text prepared for briefing.

Preparing folds white space, composes letters, drops invisible characters and leaves out lines
that are no part of the article; it never reorders. So the words of both texts are laid over each
other, and a span goes where its words went. Knows nothing of gold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from briefer.schema import Span
from eval.errors import DataError

_WORD = re.compile(r"\S+")
# Below this share of words found again, the two are not one article.
_MIN_FOUND = 0.5


class Alignment:
    """Where the words of ``published`` stand in ``prepared``."""

    def __init__(self, published: str, prepared: str) -> None:
        self._before = [Span(*match.span()) for match in _WORD.finditer(published)]
        after = [Span(*match.span()) for match in _WORD.finditer(prepared)]
        old = [span.of(published) for span in self._before]
        new = [span.of(prepared) for span in after]
        places = _places(old, new)
        if len(places) < _MIN_FOUND * len(new):
            raise DataError(
                f"of the {len(new)} words of the prepared text {len(places)} are in the article "
                f"that begins {published[:60]!r}; is this the article the gold belongs to?"
            )
        self._after = {place: after[target] for place, target in places.items()}

    def span(self, start: int, end: int) -> Span | None:
        """The same stretch in the prepared text; ``None`` where it was left out."""
        touched = [
            number
            for number, word in enumerate(self._before)
            if word.start < end and start < word.end and number in self._after
        ]
        if not touched:
            return None
        first, last = touched[0], touched[-1]
        cut_before = max(0, start - self._before[first].start)
        cut_after = max(0, self._before[last].end - end)
        return Span(
            self._edge(first, self._after[first].start + cut_before, self._after[first].start),
            self._edge(last, self._after[last].end - cut_after, self._after[last].end),
        )

    def _edge(self, number: int, cut: int, whole: int) -> int:
        """The cut inside a word, if the word is as long as it was; else the whole word."""
        before, after = self._before[number], self._after[number]
        is_same = before.end - before.start == after.end - after.start
        return cut if is_same and after.start <= cut <= after.end else whole

    def spans(self, pairs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
        """Several stretches given as (start, end); those left out are missing."""
        found = (self.span(start, end) for start, end in pairs)
        return tuple(span for span in found if span is not None)


def _places(old: list[str], new: list[str]) -> dict[int, int]:
    """Index of a word in the old list -> its index in the new one."""
    if old == new:
        return {number: number for number in range(len(old))}
    places: dict[int, int] = {}
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and i_end - i == j_end - j):
            places |= dict(zip(range(i, i_end), range(j, j_end), strict=True))
    return places
