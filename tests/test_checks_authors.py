"""Lines that tell of "the author": whose words they are, and whether there is one."""

from __future__ import annotations

import pytest

from briefer.checks import authors
from briefer.schema import Genre

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
    assert bool(list(authors.unknown(LINE, article, genre))) == is_unknown


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
