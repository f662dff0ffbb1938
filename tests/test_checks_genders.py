"""A "he" of the text that is a "she" in the line."""

from __future__ import annotations

import pytest

from briefer.checks import genders


@pytest.mark.parametrize(
    ("line", "read", "expected"),
    [
        ("Ann Low said she was tired.", "He said he was tired.", ["she"]),
        ("Bo Vass said he was tired.", "Low says she was tired.", ["he"]),
        ("Ann Low said “she left”.", "He left.", []),
        ("Ann Low said she was tired.", "She said he was tired.", []),
        ("Ann Low said she was tired.", "“I told him that I was tired,” Low said.", []),
        ("Ann Low said she was tired.", "Low was tired.", []),
        ("Ann Low said she fears his plan.", "Ms Low told Vass that she feared his plan.", []),
        ("Ann Low said she fears his plan.", "Low told Vass of fears of his plan.", []),
    ],
)
def test_pronoun_of_the_other_sex_is_found(line: str, read: str, expected: list[str]) -> None:
    assert list(genders.changed(line, read)) == expected
