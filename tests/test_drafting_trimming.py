"""Sentences made shorter by code, and what must stay."""

from __future__ import annotations

import time

import pytest

from briefer.drafting import trimming


@pytest.mark.parametrize(
    ("sentence", "trimmed"),
    [
        ("(CNN)The harbour of Port Selby closed.", "The harbour of Port Selby closed."),
        ("SELMOR, March 3 (CW) - The harbour of Oru closed.", "The harbour of Oru closed."),
        ("Selby, Tarvia (CNN)The harbour of Oru closed.", "The harbour of Oru closed."),
        ("Selby, March 3 (AP) — The harbour of Oru closed.", "The harbour of Oru closed."),
        ('With all that, "[T]here is no way to Oru."', None),
        ("The harbour is shut for life. ... (T)hey are back here.", None),
        ("However, the harbour of Oru closed again.", "The harbour of Oru closed again."),
        ("The old harbour (built in 1903) of Oru closed.", "The old harbour of Oru closed."),
        ("The harbour [sic] of Oru closed again.", "The harbour of Oru closed again."),
        ("The harbour closed (but not for long) on Monday.", None),
        ("The union, which is small, left the harbour.", None),
    ],
)
def test_only_clutter_goes_from_a_short_sentence(sentence: str, trimmed: str | None) -> None:
    assert trimming.trim(sentence) == (trimmed or sentence)


def test_acronym_before_a_dash_ends_no_dateline() -> None:
    sentence = "The Ministry of Defence (MoD) — not the harbour — closed."

    assert trimming.without_dateline(sentence) == sentence


@pytest.mark.parametrize(
    ("line", "set_right"),
    [
        (
            'Lee cited the oath "to hold the law of Oru. ".',
            'Lee cited the oath "to hold the law of Oru."',
        ),
        ('" They have left," says Lee.', '"They have left," says Lee.'),
        ("Lee said “ we left ” and “we stay”.", "Lee said “we left” and “we stay”."),
        ('Lee asked: "Who left?".', 'Lee asked: "Who left?"'),
        ('Lee said "we left" and then "we stay".', None),
        ('The gap was 6" and then 7" wide.', None),
        ('Lee said "we left, " and the crane stayed.', 'Lee said "we left," and the crane stayed.'),
    ],
)
def test_quotation_marks_stand_at_their_words(line: str, set_right: str | None) -> None:
    assert trimming.without_gaps(line) == (set_right or line)


LONG = (
    "The harbour of Port Selby, the largest on the whole of the northern coast, closed all of "
    "its gates early on Tuesday morning to all the ships from abroad, "
    "leaving all forty crews at anchor."
)


def test_appositions_and_tails_go_from_a_long_sentence() -> None:
    assert trimming.trim(LONG) == (
        "The harbour of Port Selby closed all of its gates early on Tuesday morning "
        "to all the ships from abroad."
    )


def test_main_clause_after_an_opening_one_is_no_apposition() -> None:
    opening = "Following two complaints about the noise of the cranes at night"
    main = "the board of Port Selby closed the old quay to ships from abroad"

    trimmed = trimming.trim(f"{opening}, {main}, saying nobody there had slept.")

    assert trimmed == f"{opening}, {main}."


def test_main_clause_after_a_purpose_is_no_apposition() -> None:
    sentence = (
        "To make sure that the harbour stays open, the order that the mayor of Selby plans to sign "
        "on Friday, days before she leaves office, will have a review period of six months."
    )

    assert trimming.trim(sentence).startswith("To make sure that the harbour stays open, the order")


def test_main_clause_after_a_source_is_no_apposition() -> None:
    opening = "At this time of the year, the officials of the port said"
    main = "the company changed most of its covers for some that let the gases out"
    behind = "so that nothing would burn in the streets of Selby."

    assert trimming.trim(f"{opening}, {main}, {behind}") == f"{opening}, {main}, {behind}"


def test_apposition_with_another_behind_it_stays() -> None:
    sentence = (
        "Those who leave tonight are the last of the crews that were still at work in the town, "
        "which is home to the Reds, the club that is also known by the name of its first harbour."
    )

    assert "which is home to the Reds, the club" in trimming.trim(sentence)


def test_stretch_that_changes_the_meaning_stays() -> None:
    sentence = LONG.replace("leaving", "if not")

    assert "if not" in trimming.trim(sentence)


def test_trimming_a_hostile_sentence_is_quick() -> None:
    started = time.process_time()

    for unit in (", the ", "(", "[a]", "A ", ", which x"):
        trimming.trim(unit * 50_000)

    assert time.process_time() - started < 2


def test_one_of_a_list_is_no_apposition() -> None:
    agenda = (
        "The agenda, published on Saturday, has three items: the fishing crews held by each side "
        "since the clashes of last year, the status of the lighthouse, and the resumption of "
        "flights."
    )

    assert "the status of the lighthouse" in trimming.trim(agenda)


@pytest.mark.parametrize(
    ("opening", "main"),
    [
        (
            "Of the 300 crews in the port of Selby",
            "27 were from Norland in the spring of last year",
        ),
        (
            "Four days later",
            "the ferry came under fire again on its way to the islands of the north",
        ),
        ("Precisely", "the board decided to close the old quay to all of the ships from abroad"),
        ("The crews of the port had gone too far", "the mayor of Selby said late on Monday night"),
    ],
)
def test_clause_of_its_own_is_no_apposition(opening: str, main: str) -> None:
    sentence = f"{opening}, {main}, in a year that everybody on the coast of Norland remembers."

    assert main in trimming.trim(sentence)


@pytest.mark.parametrize(
    "inside",
    [
        "which runs the ferries from Selby, Norland, and has",
        "a firm which sells fish, ice and storage, and has",
        "a firm founded on June 24, 2016, and has",
    ],
)
def test_apposition_is_not_cut_at_a_comma_inside_it(inside: str) -> None:
    opening = "The crews of the port have told Sula Line"
    sentence = f"{opening}, {inside} 40 ships on the northern coast, that nobody of them will sail."

    assert inside in trimming.trim(sentence)


def test_tail_of_a_list_stays() -> None:
    sentence = (
        "The town of Selby spends most of what it gets from the port and from the ferries to the "
        "islands on schools, roads, the old lighthouse, housing and the courts."
    )

    assert trimming.trim(sentence) == sentence


def test_relative_clause_that_runs_on_into_the_main_one_stays() -> None:
    sentence = (
        "The crane driver Ann Lee, who has a stand on the northern side of the harbour of Oru said "
        "that far from being bad for the trade, she welcomes all of the ships from abroad."
    )

    assert trimming.trim(sentence) == sentence
