"""A paper that no line before tells of is told as unknown."""

from __future__ import annotations

import pytest

from briefer.naming import make_unknown
from briefer.schema import DraftLine, Passage


def made(*words: str) -> list[str]:
    lines = [DraftLine(Passage("fact", (0,), 0.9), line, "model") for line in words]
    return [one.text for one in make_unknown(lines)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The report said prices rose.", "A report said prices rose."),
        ("Prices rose, the audit found.", "Prices rose, an audit found."),
        ("The sources said prices rose.", "Sources said prices rose."),
        ("The report of the council said no.", "The report of the council said no."),
        ("Lee liked the report.", "Lee liked the report."),
        ('Lee said: "The report said no."', 'Lee said: "The report said no."'),
    ],
)
def test_paper_that_speaks_first_is_unknown(words: str, expected: str) -> None:
    assert made(words) == [expected]


def test_paper_told_of_before_is_known() -> None:
    lines = ("A new report is out", "The report said prices rose.")

    assert made(*lines) == list(lines)
