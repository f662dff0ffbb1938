"""Where words of a parse stand in the text."""

from __future__ import annotations

import spacy

from briefer.mentions import places
from briefer.schema import Span


def test_words_stand_from_the_first_letter_to_behind_the_last() -> None:
    parse = spacy.blank("en")("Mayor Ann Lee  sailed.")

    assert places.span(parse, 1, 3) == Span(6, 13)
    assert places.span(parse, 4, 6) == Span(15, 22)
