"""What an opinion piece judges is told as its author's."""

from __future__ import annotations

import pytest

from briefer.naming import attribute
from briefer.schema import AUTHOR, DraftLine, Passage
from tests.fakes import cleaned

ARTICLE = cleaned("The council failed. Prices rose because the council failed to build.")


def attributed(words: str, speaker: str | None = AUTHOR) -> str:
    line = DraftLine(Passage("fact", (0,), 0.9, speaker=speaker), words, "model")
    return attribute(line, ARTICLE).text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The council failed the town.", "The author says the council failed the town."),
        ("Ann Lee must resign.", "The author says Ann Lee must resign."),
        ("Oru foolishly sold its port.", "The author says Oru foolishly sold its port."),
    ],
)
def test_judgement_gets_its_author(words: str, expected: str) -> None:
    assert attributed(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "The council met in public.",
        "The council failed on 3 May.",
        "The author argues the council must go.",
        "Ann Lee warned that the council failed.",
    ],
)
def test_plain_fact_or_attributed_judgement_stays(words: str) -> None:
    assert attributed(words) == words


def test_judgement_in_a_report_stays() -> None:
    assert attributed("The council failed the town.", None) == "The council failed the town."
