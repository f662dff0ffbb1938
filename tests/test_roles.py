"""Roles that say what somebody is, not what others think of him."""

from __future__ import annotations

import pytest

from tests.parsing import actors_in, article

pytestmark = pytest.mark.model


def role(words: str, name: str) -> str | None:
    found = next(one.role for one in actors_in(words) if one.name == name)
    return None if found is None else found.of(article(words).text)


@pytest.mark.parametrize(
    "described",
    [
        "a 40-year-old unarmed man",
        "the other woman mentioned in the suit",
        "the notorious banker",
        "then-candidate for mayor",
    ],
)
def test_description_or_verdict_is_no_role(described: str) -> None:
    words = f"Ruth Amari, {described}, left the town on Monday. Amari said little."

    assert role(words, "Ruth Amari") is None


def test_office_goes_before_a_former_one() -> None:
    words = (
        "Ruth Amari, a former teacher, left the town on Monday. The mayor of Selby, Ruth Amari, "
        "said little."
    )

    assert role(words, "Ruth Amari") == "The mayor of Selby"


def test_former_office_is_told_where_there_is_no_other() -> None:
    words = "Ruth Amari, a former teacher, left the town on Monday. Amari said little."

    assert role(words, "Ruth Amari") == "a former teacher"


def test_role_is_not_what_somebody_else_is() -> None:
    words = (
        "Neither the clerk nor the mediator, retired Judge Enos Amari, said a word on Monday. "
        "Amari left."
    )

    assert "nor" not in (role(words, "Enos Amari") or "")
