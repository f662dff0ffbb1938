"""Carries spans from a text as published to the same text cleaned.

Cleaning folds white space, composes letters and drops invisible characters; it never reorders, so
one walk over both texts finds for each character its place. Knows nothing of gold.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from briefer.schema import Span
from eval.errors import DataError


class Alignment:
    """The place in ``clean`` of every character of ``raw``."""

    def __init__(self, raw: str, clean: str) -> None:
        self._clean = clean
        self._places = _places(raw, clean)

    def span(self, start: int, end: int) -> Span:
        """The same stretch in the cleaned text, without white space at its edges."""
        first, last = self._places[start], self._places[end]
        stretch = self._clean[first:last]
        first += len(stretch) - len(stretch.lstrip())
        return Span(first, max(first, last - (len(stretch) - len(stretch.rstrip()))))

    def spans(self, pairs: Iterable[Iterable[int]]) -> tuple[Span, ...]:
        """Several stretches given as (start, end)."""
        return tuple(self.span(*pair) for pair in pairs)


def _places(raw: str, clean: str) -> list[int]:
    """For each offset of ``raw`` (its end included) the offset in ``clean``."""
    places: list[int] = []
    at = 0
    for offset, sign in enumerate(raw):
        while not sign.isspace() and clean[at : at + 1].isspace():
            at += 1
        places.append(at)
        if at < len(clean) and not sign.isspace() and _is_same(raw, offset, clean[at]):
            at += 1
    if clean[at:].strip():
        missing = clean[at : at + 40]
        raise DataError(
            f"the cleaned text is not the article's text: {missing!r} at {at} was not found in "
            "order. Is this the article the annotation belongs to?"
        )
    return [*places, len(clean)]


def _is_same(raw: str, offset: int, sign: str) -> bool:
    """Whether the raw character is the clean one, alone or composed with what follows it."""
    return raw[offset] == sign or any(
        unicodedata.normalize("NFC", raw[offset : offset + length]) == sign for length in (1, 2, 3)
    )
