"""What a line calls "the team" gets the name that the article has for it before."""

from __future__ import annotations

import pytest

from briefer.naming.specifying import specify
from briefer.schema import DraftLine, Passage
from tests.fakes import cleaned


def specified(article: str, *lines: str, passage: int = 1) -> list[str]:
    drafts = [DraftLine(Passage("fact", (passage,), 0.9), words, "model") for words in lines]
    return [one.text for one in specify(drafts, cleaned(article))]


@pytest.mark.parametrize(
    ("before", "passage", "line", "expected"),
    [
        (
            "A Selby team opened a pump.",
            "The team stopped.",
            "The team stopped.",
            "The Selby team stopped.",
        ),
        (
            "Bo saw Lee's letter.",
            "The letter was long.",
            "The letter was long.",
            "Lee's letter was long.",
        ),
        (
            "Bo left Oru Island.",
            "He said the island was lost.",
            "Bo says the island was lost.",
            "Bo says Oru Island was lost.",
        ),
        (
            "The staff of Selby College met.",
            "Bo said the staff was ill.",
            "Bo said the staff was ill.",
            "Bo said the staff of Selby College was ill.",
        ),
        (
            "The Selby Rescue Board met.",
            "Later the rescue board left.",
            "Bo said the rescue board left.",
            "Bo said the Selby Rescue Board left.",
        ),
    ],
)
def test_thing_has_its_name(before: str, passage: str, line: str, expected: str) -> None:
    assert specified(f"{before} {passage}", line) == [expected]


@pytest.mark.parametrize(
    "article",
    [
        # Another name, another such thing, or a name of which the noun is only a part.
        "The Selby team met the Oru team. The team stopped.",
        "The Selby team met another team. The team stopped.",
        "The Selby team doctor left. The team stopped.",
        # Written large only because the sentence opens so; no name at all; never "the" team.
        "Winning team doctors left. The team stopped.",
        "A small team left. The team stopped.",
        "The Selby team left. A team stopped.",
        # Half of a name: what stands before it, within it or behind it is lost.
        "Bo met Lee's Moor team. The team stopped.",
        "Bo met the St. Oru team. The team stopped.",
        "Bo met the St. Louis-based Selby team. Bo met a Hale-Oru team. The team stopped.",
        "Aldermere Selby team doctors met. Aldermere Selby team met. The team stopped.",
        "Norwegian Selby Team met. The team stopped.",
        "Bo met the Selby Team of Hale. The team stopped.",
        "Bo met the Selby Rescue Team of Hale College. The rescue team stopped. The team stopped.",
        "The team of Selby's mayor left. The team stopped.",
        "Bo met the Selby team and the St. Oru team. The team stopped.",
        "Bo met the former Selby team. The team stopped.",
    ],
)
def test_thing_without_a_sure_name_stays(article: str) -> None:
    passage = len(cleaned(article).sentences) - 1

    assert specified(article, "The team stopped.", passage=passage) == ["The team stopped."]


def test_thing_is_named_once_and_not_where_the_line_has_the_name() -> None:
    article = "The Selby team met Bo. The team stopped."

    assert specified(article, "The team stopped.", "The team met Bo.") == [
        "The Selby team stopped.",
        "The team met Bo.",
    ]
    assert specified(article, "In Selby the team stopped.") == ["In Selby the team stopped."]


def test_line_tells_the_sentence_that_has_the_name() -> None:
    article = cleaned("The Selby team met Bo. The team stopped.")
    line = DraftLine(Passage("fact", (1,), 0.9), "The team stopped.", "model")

    (named,) = specify([line], article)

    assert named.named_in == (0,)


def test_what_everybody_knows_stays() -> None:
    assert specified("The Oru government met. The government fell.", "The government fell.") == [
        "The government fell."
    ]
