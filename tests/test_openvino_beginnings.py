"""Which beginnings several prompts share, in whole blocks, and which of them were read before."""

from __future__ import annotations

from briefer.models.openvino.beginnings import BLOCK, Beginnings, Row, shared

TITLE, START, OTHER = 1, 2, 3


def row(*blocks: int, rest: int = 0) -> Row:
    """A row of blocks that each hold one token many times, and some tokens more."""
    return tuple(token for block in blocks for token in [block] * BLOCK) + tuple(
        range(90, 90 + rest)
    )


def test_what_all_rows_begin_with_is_read_once() -> None:
    rows = [row(TITLE, START, 7, rest=3), row(TITLE, START, 8), row(TITLE, START, 9, rest=1)]

    assert shared(rows) == [[row(TITLE, START)]]


def test_what_fewer_rows_share_is_read_after_what_more_share() -> None:
    rows = [
        row(TITLE, START, 7, 1),
        row(TITLE, START, 7, 2),
        row(TITLE, 5),
        row(OTHER),
        row(OTHER, 4),
    ]

    assert shared(rows) == [[row(TITLE), row(OTHER)], [row(TITLE, START, 7)]]


def test_beginning_ends_with_a_block() -> None:
    rows = [(*row(TITLE, rest=9), 1), (*row(TITLE, rest=9), 2)]

    assert shared(rows) == [[row(TITLE)]]


def test_same_row_twice_and_rows_shorter_than_a_block_share_nothing() -> None:
    assert shared([row(TITLE, START), row(TITLE, START), row(rest=9), row(rest=9)]) == []


def test_what_was_read_as_a_prompt_is_not_read_ahead() -> None:
    beginnings = Beginnings(n_blocks=100)

    first = beginnings.ahead([row(TITLE, 7), row(TITLE, 8)])
    questions = beginnings.ahead([row(TITLE, 7, rest=5), row(TITLE, 8, rest=6)])

    assert first == [[row(TITLE)]]
    assert questions == []


def test_what_was_read_long_ago_is_read_again() -> None:
    beginnings = Beginnings(n_blocks=3)
    rows = [row(TITLE, 7), row(TITLE, 8)]

    beginnings.ahead(rows)
    beginnings.ahead([row(OTHER, 4)])

    assert beginnings.ahead(rows) == [[row(TITLE)]]
