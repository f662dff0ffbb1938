"""What is a language tag, and how it is written."""

from __future__ import annotations

import pytest

from briefer import language_tags

LONGEST = "abc" + 7 * "-abcdefgh"


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("en", "en"),
        (" EN_gb ", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("EN-us-U-CA-gregory", "en-US-u-ca-gregory"),
        (LONGEST, LONGEST),
    ],
)
def test_tag_is_written_in_the_usual_case(given: str, written: str) -> None:
    assert language_tags.normalise(given) == written


@pytest.mark.parametrize("given", [None, "", "English", "e", "en-", "en GB", f"{LONGEST}-x"])
def test_what_is_no_tag_is_none(given: str | None) -> None:
    assert language_tags.normalise(given) is None


def test_no_tag_is_longer_than_the_longest_is_said_to_be() -> None:
    assert len(LONGEST) == language_tags.MAX_CHARS
