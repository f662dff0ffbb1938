"""Quotation marks: where they open and close."""

from __future__ import annotations

import pytest

from briefer import text
from briefer.mentions import quotes


def quoted(words: str) -> list[str]:
    return [one.span.of(words) for one in quotes.find(words, text.sentences(words))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('He said "no" twice.', ['"no"']),
        ("He said “no” twice.", ["“no”"]),
        ("He said «no» twice.", ["«no»"]),
        ("He said ‘not today’ twice.", ["‘not today’"]),
        ("He said 'not today' twice.", ["'not today'"]),
        ("The workers' pay and the city's money.", []),
        ("It’s Ann’s and the workers’ money.", []),
        ('"One," he said, "and two."', ['"One,"', '"and two."']),
        ("\"She called it 'mad' again,\" he said.", ["\"She called it 'mad' again,\""]),
        ("Rock 'n' roll is a '60s thing.", []),
    ],
)
def test_marks_are_paired(words: str, expected: list[str]) -> None:
    assert quoted(words) == expected


def test_open_quotation_ends_with_its_paragraph() -> None:
    words = '"We had no money, he said.\n\nThe meeting lasted two hours.'

    (found,) = quotes.find(words, text.sentences(words))

    assert found.span.of(words) == '"We had no money, he said.'
    assert not found.is_closed


def test_quotation_of_several_paragraphs_continues() -> None:
    words = '"We had no money.\n\n"We had no choice," he said.'

    first, second = quotes.find(words, text.sentences(words))

    assert (first.is_closed, first.continues) == (False, False)
    assert (second.is_closed, second.continues) == (True, True)


def test_clipped_quotation_does_not_swallow_the_next() -> None:
    words = 'He said "no money and left. Then "We had no choice," she said.'

    assert quoted(words) == ['"no money and left. Then ', '"We had no choice,"']


def test_covering_finds_the_quotation_of_a_character() -> None:
    words = 'He said "no" twice.'
    found = quotes.find(words, text.sentences(words))

    assert quotes.covering(found, words.index("no")) == 0
    assert quotes.covering(found, 0) is None
    assert quotes.covering(found, len(words) - 1) is None


def test_a_megabyte_of_marks_takes_a_moment() -> None:
    words = "\" ' “ ‘ " * 130_000

    assert quotes.find(words, text.sentences(words)[:1000])
