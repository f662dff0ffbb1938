"""Where words of a parse stand in the text.

Knows nothing of what they mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefer.schema import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


def span(parse: Doc, start: int, end: int) -> Span:
    """A range of tokens, at least one, in characters."""
    words = parse[start:end]
    return Span(words.start_char, words.end_char)
