"""The holder that a condensed line names, believed only where the passage says it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer import holders
from briefer.schema import DraftLine, Passage
from tests.fakes import character, cleaned

ARTICLE = cleaned(
    "Trustees of the pension scheme met in Oru. "
    "In a letter they warn that the plan would weaken it. "
    "The mayor, Ann Lee, was criticised for her silence. "
    "Harbour workers and the Seamen's Union also turned the offer down. "
    "It is a lie, Secretary of State Oru said. "
    "Mayor Ann Lee, a Selby Liberal, had warned of it."
)
LEE = character(ARTICLE, "Ann Lee")


def holder(line: str, *sentences: int, speaker: str | None = None) -> str | None:
    passage = Passage("dissent", sentences, 0.9, speaker=speaker)
    resolved = holders.resolve(DraftLine(passage, line, "model"), ARTICLE, [LEE])
    return resolved.passage.speaker


@pytest.mark.parametrize(
    ("line", "sentence", "expected"),
    [
        (
            "Trustees of the pension scheme warn that the plan weakens it.",
            1,
            "Trustees of the pension scheme",
        ),
        (
            "Harbour workers and the Seamen's Union rejected the offer.",
            3,
            "Harbour workers and the Seamen's Union",
        ),
        ("The mayor is silent, it says.", 2, "mayor"),
        ("Ann Lee rejected the offer.", 2, "Ann Lee"),
        ("Secretary of State Oru denied it.", 4, "Secretary of State Oru"),
        ("Critics fault Lee for her silence.", 2, "critics"),
        ("Mayor Ann Lee, a Selby Liberal, warned of it.", 5, "Ann Lee"),
        ("Lee has sometimes been criticised for her silence.", 2, "critics"),
        ("Lee was criticised for her silence.", 2, "critics"),
        ("Unnamed critics fault Lee for her silence.", 2, "critics"),
        (
            "Harbour workers, including Oru, Lom and Selby, rejected the offer.",
            3,
            "Harbour workers",
        ),
    ],
)
def test_holder_is_what_the_line_opens_with_before_its_verb(
    line: str, sentence: int, expected: str
) -> None:
    assert holder(line, sentence) == expected


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Dockers rejected the offer.", 3),
        ("They warn that the plan weakens it.", 1),
        ("Critics rejected the offer.", 1),
        ("Her silence weakened it.", 2),
        ("The letter warns that the plan weakens it.", 1),
        ("", 3),
    ],
)
def test_holder_that_the_passage_does_not_name_is_not_believed(line: str, sentence: int) -> None:
    assert holder(line, sentence) is None


def test_word_that_is_capital_only_as_the_first_is_no_holder() -> None:
    article = cleaned("Violent protests over the levy called for Lee to resign.")
    line = DraftLine(Passage("dissent", (0,), 0.9), "Violent protests called for it.", "model")

    assert holders.resolve(line, article, [LEE]).passage.speaker is None


@pytest.mark.parametrize(("trust", "expected"), [(0.5, None), (0.7, "Harbour workers")])
def test_nameless_holder_is_believed_of_a_trusted_line_only(
    trust: float, expected: str | None
) -> None:
    passage = Passage("dissent", (3,), 0.9)
    line = DraftLine(passage, "Harbour workers rejected the offer.", "model", trust=trust)

    assert holders.resolve(line, ARTICLE, [LEE]).passage.speaker == expected


def test_named_holder_needs_less_trust() -> None:
    line = DraftLine(Passage("dissent", (5,), 0.9), "Ann Lee warned of it.", "model", trust=0.2)

    assert holders.resolve(line, ARTICLE, [LEE]).passage.speaker == "Ann Lee"


def test_holder_that_code_found_stays() -> None:
    assert holder("Harbour workers rejected the offer.", 3, speaker="Ann Lee") == "Ann Lee"


def test_only_views_have_holders() -> None:
    line = DraftLine(Passage("fact", (3,), 0.9), "Harbour workers rejected the offer.", "model")

    assert holders.resolve(line, ARTICLE, [LEE]) is line


@pytest.mark.parametrize(
    ("words", "is_named"),
    [
        ("Mayor Lee", True),
        ("Ann Lee and two officials", True),
        ("harbour workers and the Seamen's Union", True),
        ("the Seamen's Union", True),
        ("Oru", True),
        ("Oru couple", False),
        ("a couple from Oru", False),
        ("harbour workers", False),
        ("mayors", False),
        ("critics", False),
    ],
)
def test_holder_has_a_name_where_one_of_them_is_known_by_it(words: str, *, is_named: bool) -> None:
    union = replace(character(ARTICLE, "The Seamen's Union"), kind="organisation")
    town = replace(character(ARTICLE, "Oru"), kind="place")
    workers = replace(character(ARTICLE, "Harbour workers"), kind="group")
    couple = replace(character(ARTICLE, "Oru couple"), kind="group")
    mayor = character(ARTICLE, "mayor")

    assert holders.has_name(words, (LEE, union, town, workers, couple, mayor)) is is_named


def test_suffix_of_a_name_is_no_surname() -> None:
    low = character(ARTICLE, "Tom Low Jr.")

    assert holders.has_name("Senator Low", (low,))
    assert not holders.has_name("Jr.", (low,))


@pytest.mark.parametrize(
    ("line", "speaker", "expected"),
    [
        ("Oru police Lt. Ann Lee called it a hoax.", "Oru", "Ann Lee"),
        ("Oru's legal representative Ann Lee said it was a lie.", "Oru", "Ann Lee"),
        ("Selby Liberal Ann Lee called it a lie.", "Selby Liberal", "Ann Lee"),
        ("Friends of the presenter Ann Lee called it a lie.", "Friends of the presenter", None),
        ("Oru and Ann Lee called it a lie.", "Oru", None),
        ("Mayor Ann Lee called it a lie.", "Mayor Lee", None),
        ("Ann Lee called it a lie.", "Oru", None),
    ],
)
def test_person_whom_the_speaker_describes_is_the_holder(
    line: str, speaker: str, expected: str | None
) -> None:
    assert holder(line, 3, speaker=speaker) == (expected or speaker)


def test_author_named_by_the_line_is_the_holder_in_an_opinion_piece() -> None:
    passage = Passage("dissent", (0,), 0.9, speaker="country")
    line = DraftLine(passage, "The author criticises the country's silence.", "model")
    opinion = replace(ARTICLE, genre="opinion")

    assert holders.resolve(line, opinion, [LEE]).passage.speaker == "the author"
    assert holders.resolve(line, ARTICLE, [LEE]) == line
