"""The lines of a PDF's page as printed: their words, their size and where they stand.

In the order of the file, which is that of reading in all but odd ones. Knows nothing of
paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed; ``x`` and ``y`` in points from the left and from below."""

    page: int
    x: float
    y: float
    size: float
    words: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of characters in one size, as pypdf hands it over."""

    words: str
    x: float
    y: float
    size: float


def lines_of(page: PageObject, number: int) -> Iterator[Line]:
    """The lines of a page; ``number`` is that of the page."""
    pieces: list[_Piece] = []

    def visit(
        words: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float
    ) -> None:
        del font
        scale = abs(inner[3] * outer[3]) or abs(inner[0] * outer[0]) or 1.0
        x = inner[4] * outer[0] + outer[4]
        y = inner[5] * outer[3] + outer[5]
        parts = re.split(r"(?<=\n)", words)
        pieces.extend(_Piece(part, x, y, size * scale) for part in parts if part)

    page.extract_text(visitor_text=visit)
    begun: list[_Piece] = []
    for piece in pieces:
        if begun and piece.words.strip() and _is_below(begun, piece):
            yield from _line(begun, number)
            begun = []
        begun.append(piece)
        if piece.words.endswith("\n"):
            yield from _line(begun, number)
            begun = []
    yield from _line(begun, number)


_BELOW, _FAR_BELOW = 0.3, 0.8
"""Of the smaller letters' size. A raised figure stands .5 to .7 above its line, to the right."""


def _is_below(begun: Sequence[_Piece], piece: _Piece) -> bool:
    """Whether a piece stands in another line than those before it: pypdf may miss the break."""
    before = next((one for one in reversed(begun) if one.words.strip()), piece)
    away = abs(before.y - piece.y) / (min(before.size, piece.size) or 1.0)
    return away > _FAR_BELOW or (away > _BELOW and piece.x <= before.x)


def _line(pieces: Sequence[_Piece], page: int) -> Iterator[Line]:
    words = " ".join("".join(piece.words for piece in pieces).split())
    if words:
        first = next(piece for piece in pieces if piece.words.strip())
        yield Line(page, first.x, first.y, first.size, words)
