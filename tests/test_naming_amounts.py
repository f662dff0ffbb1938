"""An amount that drops its "at least" gets it back."""

from __future__ import annotations

from time import process_time

import pytest

from briefer.naming import amounts
from briefer.schema import DraftLine, Passage
from tests.fakes import cleaned


def limited(sentence: str, words: str) -> str:
    line = DraftLine(Passage("fact", (0,), 0.9), words, "model")
    return amounts.limit(line, cleaned(sentence)).text


@pytest.mark.parametrize(
    ("sentence", "line", "expected"),
    [
        ("At least 14 died in Selby.", "14 died in Selby.", "At least 14 died in Selby."),
        (
            "It struck less than two weeks after the vote.",
            "It struck two weeks after the vote.",
            "It struck less than two weeks after the vote.",
        ),
        (
            "Lee got up to $3.5 million and a car.",
            "Lee got $3.5 million.",
            "Lee got up to $3.5 million.",
        ),
        (
            "He taught nearly 40 years, more than 10 years as head.",
            "He taught 40 years, 10 years as head.",
            "He taught nearly 40 years, more than 10 years as head.",
        ),
        (
            "The port grew by more than 8%, no more than half of it paid.",
            "The port grew 8%.",
            "The port grew more than 8%.",
        ),
    ],
)
def test_limit_is_put_back(sentence: str, line: str, expected: str) -> None:
    assert limited(sentence, line) == expected


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("At least 14 died in Selby.", "At least 14 died in Selby."),
        ("At least 14 died in Selby.", "More than 14 died in Selby."),
        ("At least 14 died; the 14 were miners.", "14 died in Selby."),
        ("At least 14 died in Selby.", "The 14 died in Selby."),
        ("Lee wants at least $600 million for it.", "Lee wants a $600 million fund."),
        ("At least 14 died in Selby.", "14 died and 14 ships sank in Selby."),
        ("At least 14 died in Selby.", "140 died in Selby."),
        ("At least 14 died in Selby.", 'Lee said: "14 died in Selby."'),
        ("At least two ships sank.", "Two-thirds of the ships sank."),
    ],
)
def test_amount_told_otherwise_stays_as_it_is(sentence: str, line: str) -> None:
    assert limited(sentence, line) == line


@pytest.mark.parametrize(
    "limits",
    [["at least 4711 x"] * 4_000, [f"at least {number} x" for number in range(10_000, 14_000)]],
)
@pytest.mark.parametrize("words", ["4711 x died", " ".join(map(str, range(10_000, 20_000)))])
def test_passage_of_nothing_but_limits_takes_no_time(limits: list[str], words: str) -> None:
    article = cleaned(" ".join(limits))
    everywhere = tuple(sentence.index for sentence in article.sentences)
    line = DraftLine(Passage("headline", everywhere, 0.9), words, "sentence")
    began = process_time()

    amounts.limit(line, article)

    assert process_time() - began < 1
