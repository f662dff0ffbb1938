"""Facts in the mouth of somebody else who speaks in the same sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer import checks
from briefer.schema import Character, DraftLine, Passage, PassageKind, Statement
from tests.fakes import character, cleaned, says

BRIDGE = cleaned(
    "Mayor Bo Vass said the town would sell the old bridge, but Ann Low said she had not been "
    "asked."
)
SALE, ASKED = "the town would sell the old bridge", "she had not been asked"
BOTH = (says(BRIDGE, "Bo Vass", SALE), says(BRIDGE, "Ann Low", ASKED))
PEOPLE = (character(BRIDGE, "Bo Vass"), character(BRIDGE, "Ann Low"))


def reason(
    words: str,
    statements: tuple[Statement, ...] = BOTH,
    cast: tuple[Character, ...] = PEOPLE,
    kind: PassageKind = "fact",
) -> str | None:
    line = DraftLine(Passage(kind, (0,), 1.0), words, "model")
    return checks.review(line, (0,), BRIDGE, statements, cast).reason


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ann Low said the town would sell the old bridge.", "wrong_speaker"),
        ("The town would sell the old bridge, Ann Low said.", "wrong_speaker"),
        ("Bo Vass said the town would sell the old bridge.", None),
        ("Ann Low said she had not been asked.", None),
        ("Ann Low said Bo Vass would sell the old bridge of the town.", None),
    ],
)
def test_fact_is_told_by_the_one_who_says_it(line: str, expected: str | None) -> None:
    assert reason(line) == expected


def test_headline_is_told_by_the_one_who_says_it() -> None:
    assert reason("Ann Low says town would sell old bridge", kind="headline") == "wrong_speaker"


def test_somebody_who_says_nothing_there_may_have_said_it() -> None:
    assert reason("Ann Low said the town would sell the old bridge.", BOTH[:1]) is None


def test_person_may_speak_for_a_group() -> None:
    line = "Ann Low said the town would sell the old bridge."
    group = replace(PEOPLE[1], kind="organisation")

    assert reason(line, cast=(PEOPLE[0], group)) is None
    assert reason(line, cast=(replace(PEOPLE[0], kind="place"), group)) == "wrong_speaker"


FUND = cleaned(
    "Comment after comment chided the parents for letting children climb on the Selby Memorial's "
    "statue, and the Selby Memorial Fund was told. Ann Low is a fraud by any definition!"
)


def view(words: str, holder: str, number: int = 0) -> str | None:
    cast = (character(FUND, "Selby Memorial Fund"), character(FUND, "Ann Low"))
    line = DraftLine(Passage("dissent", (number,), 1.0, speaker=holder), words, "model")
    return checks.review(line, (number,), FUND, (), cast).reason


def test_view_that_opens_with_somebody_else_is_not_the_holders() -> None:
    told = "chided the parents for letting children climb on the Selby Memorial's statue."

    assert view(f"Many comments from everywhere {told}", "Selby Memorial Fund") == "wrong_speaker"
    assert view(f"The Selby Memorial Fund {told}", "Selby Memorial Fund") is None


def test_view_may_close_with_its_holder() -> None:
    told = "Parents must not let children climb on that statue, the Selby Memorial Fund said."

    assert view(told, "Selby Memorial Fund") != "wrong_speaker"


def test_view_in_quotation_marks_may_close_with_its_holder() -> None:
    told = "“Parents must not let children climb on that statue,” the Selby Memorial Fund said."
    article = cleaned(told)
    passage = Passage("dissent", (0,), 1.0, speaker="Selby Memorial Fund")
    cast = (character(article, "Selby Memorial Fund"),)

    verdict = checks.review(DraftLine(passage, told, "model"), (0,), article, (), cast)

    assert verdict.reason is None


def test_what_somebody_else_writes_of_the_holder_is_not_the_holders() -> None:
    told = "Ann Low is a fraud by any definition, a commentator wrote."

    assert view(told, "Ann Low", number=1) == "wrong_speaker"
