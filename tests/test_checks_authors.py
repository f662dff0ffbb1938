"""Lines that tell of "the author": whose words they are, and whether there is one."""

from __future__ import annotations

import pytest

from briefer.checks import authors
from briefer.schema import DraftLine, Genre, Passage, Voice
from tests.fakes import cleaned

LINE = "The author says the harbour is too small."


@pytest.mark.parametrize(
    ("article", "genre", "is_unknown"),
    [
        ("I think the harbour is too small.", "news", True),
        ("I think the harbour is too small.", "interview", True),
        ("I think the harbour is too small.", "opinion", False),
        ("I think the harbour is too small.", None, False),
        ("The harbour is too small, the author Ann Lee says.", "news", False),
    ],
)
def test_only_an_opinion_piece_has_an_author_who_speaks(
    article: str,
    genre: Genre | None,
    is_unknown: bool,  # noqa: FBT001
) -> None:
    line = DraftLine(Passage("fact", (0,), 0.9), LINE, "model")

    assert bool(list(authors.unknown(line, cleaned(article, genre=genre)))) == is_unknown


@pytest.mark.parametrize(
    ("name", "line", "is_unknown"),
    [
        ("Ann Low", LINE, False),
        ("Ann Low", "Low says the harbour is too small.", False),
        ("Ann Low", "The harbour is too small.", True),
        (None, LINE, True),
    ],
)
def test_answer_is_told_of_whoever_gives_it(
    name: str | None,
    line: str,
    is_unknown: bool,  # noqa: FBT001
) -> None:
    voice = Voice(name, sentences=frozenset({0}))
    article = cleaned("I think the harbour is too small.", genre="interview", voice=voice)
    drafted = DraftLine(Passage("fact", (0,), 0.9), line, "model")

    assert bool(list(authors.unknown(drafted, article))) == is_unknown


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("The author says his father closed the harbour.", ["“his” is not said of the author"]),
        ("The author says her father closed the harbour.", []),
        ("Ann Lee says his father closed the harbour.", []),
    ],
)
def test_author_is_no_he_where_the_text_only_says_i(line: str, found: list[str]) -> None:
    read = "My father closed the harbour. Her brother opened it."

    assert list(authors.gendered(line, read)) == found


@pytest.mark.parametrize(
    ("line", "read", "flaws"),
    [
        (
            "The author attacks the mayor.",
            "Meanwhile, it attacked the mayor.",
            ["“attacks” is said of it there"],
        ),
        (
            "The author calls the fee a tax.",
            "Ann Lee and Bo Vass call the fee a tax.",
            ["“calls” is said of Vass there"],
        ),
        (
            "The author attacks the mayor.",
            "Meanwhile, I attacked the mayor, as it attacked me.",
            [],
        ),
        ("The author attacks the mayor.", "To attack the mayor is right.", []),
        ("The author says the port is small.", "The port is small.", []),
    ],
)
def test_deed_of_another_is_not_the_authors(line: str, read: str, flaws: list[str]) -> None:
    assert list(authors.mistaken(line, read)) == flaws
