"""Words put into a line in place of others."""

from __future__ import annotations

from briefer.naming.putting import put
from briefer.schema import DraftLine, Passage


def line(words: str) -> DraftLine:
    return DraftLine(Passage("fact", (3,), 0.9), words, "model", named_in=(1,))


def test_words_that_open_a_line_get_a_capital() -> None:
    told = put(line("She left."), 0, 3, "the mayor of Selby", 2)

    assert told.text == "The mayor of Selby left."


def test_words_within_a_line_stay_as_they_are() -> None:
    told = put(line("Then she left."), 5, 8, "the mayor", 2)

    assert told.text == "Then the mayor left."


def test_sentences_that_have_the_words_become_evidence() -> None:
    assert put(line("She left."), 0, 3, "Ann Lee", 2).named_in == (1, 2)
    assert put(line("The report left."), 0, 3, "a").named_in == (1,)
