"""Which of the named a noun without a name means."""

from __future__ import annotations

import pytest

from tests.parsing import actors_in

pytestmark = pytest.mark.model


def names(words: str) -> set[str]:
    return {found.name for found in actors_in(words)}


def test_school_is_the_university_named_before() -> None:
    words = (
        "The University of Selby dismissed two students on Monday. A lawyer said the school "
        "refused to hear them. The school rejected that."
    )

    found = names(words)

    assert "University of Selby" in found
    assert "school" not in found


def test_couple_is_the_two_who_are_named_side_by_side() -> None:
    words = (
        "A Selby couple is suing a builder. Ruth Amari and Paul Novak paid him in April. "
        "The couple said that the roof leaks."
    )

    found = names(words)

    assert {"Ruth Amari", "Paul Novak"} <= found
    assert not any("couple" in name for name in found)


def test_couple_without_names_is_somebody() -> None:
    words = "A couple is suing a builder. The couple said that the roof leaks."

    assert "couple" in names(words)


def test_tourist_of_the_lead_is_the_one_named_next() -> None:
    words = (
        "A tourist who collected 40 shells is going to jail. Judge Earl Low sentenced Ruth Amari "
        "on Monday. Amari said that she did not know the law. Amari will appeal."
    )

    assert "tourist" not in names(words)


def test_our_correspondent_is_nobody() -> None:
    words = "Ruth Amari reports from the border. Our correspondent says that few cross it."

    assert "correspondent" not in names(words)
