"""One form for all ways to write a name."""

from __future__ import annotations

import pytest

from briefer.mentions import spellings
from tests.parsing import cast


@pytest.mark.parametrize(
    ("key", "other"),
    [
        ("united nations security council", "un security council"),
        ("justice department", "department of justice"),
        ("isil", "isis"),
        ("mohammed amari", "mohamed amari"),
        ("al-qaeda", "al qaeda"),
    ],
)
def test_two_ways_to_write_a_name_are_spelled_alike(key: str, other: str) -> None:
    assert spellings.spell(key) == spellings.spell(other)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("republican low", "low"),
        ("republican ruth low", "republican ruth low"),
        ("ruth low", "ruth low"),
        ("labour", "labour"),
        ("prosecutor low", "low"),
        ("norwegian low", "low"),
        ("native americans", "native americans"),
        ("mom b.", "mom b."),
    ],
)
def test_party_office_or_people_goes_before_a_surname_only(key: str, expected: str) -> None:
    assert spellings.without_party(key) == expected


@pytest.mark.parametrize(
    ("key", "surname", "expected"),
    [
        ("bornsten", "bornstein", True),
        ("netanayhu", "netanyahu", True),
        ("begdahl", "bergdahl", True),
        ("sharia", "sharif", False),
        ("callison", "allison", False),
        ("walters", "walter", False),
        ("lowe", "low", False),
        ("bornstein", "bornstein", False),
    ],
)
def test_one_letter_off_is_a_misspelt_surname(key: str, surname: str, *, expected: bool) -> None:
    assert spellings.is_misspelt(key, surname) is expected


def test_misspelt_surname_is_found_among_many() -> None:
    many = [f"harold {chr(97 + n % 26)}ornst{chr(97 + n // 26)}in" for n in range(600)]
    slips = spellings.slips([*many, "harold bergdahl", "ann bergdahl"])

    assert spellings.meant("begdahl", slips) == ["harold bergdahl", "ann bergdahl"]
    assert spellings.meant("bornstenn" * 100_000, slips) == []
    assert spellings.meant("bergdahl", slips) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("John Huston was born in Selby. He moved to Houston in May. It was hot in Houston.",
         "Houston"),
        ("The singer Frank Ocean was ill. He lives by the Indian Ocean.", "Indian Ocean"),
        ("Hans Christian sued the board on Monday. Christina left the town.", "Christina"),
    ],
)  # fmt: skip
def test_place_and_given_name_are_nobodys_surname(words: str, name: str) -> None:
    assert name in cast(words)


@pytest.mark.model
def test_misspelt_surname_and_one_after_an_office_are_the_persons() -> None:
    found = cast(
        "Selby's coroner, Harold Bornstein, wrote to the mayor. Bornsten said he was well. "
        "The mayor thanked Coroner Bornstein for it."
    )

    assert len(found["Harold Bornstein"].entity.names) == 3


@pytest.mark.model
def test_party_itself_keeps_its_name() -> None:
    found = cast("The Labour Party met in Hale. Labour lost the vote, and Labour blamed Ruth Holt.")

    assert "Labour Party" in found
