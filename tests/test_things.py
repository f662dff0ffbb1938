"""Names of laws, illnesses and what is made, which never act."""

from __future__ import annotations

import pytest

from tests.parsing import assembled

pytestmark = pytest.mark.model


def things_in(words: str) -> set[str]:
    return {one.entity.name for one in assembled(words).members if one.is_thing}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The school violated Title IX, the students said.", "Title IX"),
        ("He wants to repeal Obamacare, and Obamacare is popular.", "Obamacare"),
        ("The rival of Mozilla Firefox is growing.", "Mozilla Firefox"),
        ("Nobody buys the Orell Phone 7, the shops said.", "Orell Phone 7"),
        ("She raises money for Amari Spectrum Disorder in May.", "Amari Spectrum Disorder"),
    ],
)
def test_known_numbered_and_named_by_their_last_words_are_things(words: str, name: str) -> None:
    assert name in things_in(words)


def test_what_there_are_many_of_is_a_thing() -> None:
    words = "Police found a Wristo on her arm. The Wristo stopped at noon, the report said."

    assert "Wristo" in things_in(words)


def test_make_of_a_helicopter_is_a_thing() -> None:
    words = "Two Grey Heron helicopters were near the coast. The second Grey Heron came back."

    assert "Grey Heron" in things_in(words)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("A Google spokesman declined to comment. Google is growing.", "Google"),
        ("Their Supreme Court rejected it. The Supreme Court was split.", "Supreme Court"),
        ("It was told in a Human Rights Watch (HRW) statement.", "Human Rights Watch"),
        ("They fear a weakened Hezbollah. It was founded by clerics.", "Hezbollah"),
        ("Freddie Mercury sang in London. Mercury was ill.", "Freddie Mercury"),
    ],
)
def test_body_or_person_is_none(words: str, name: str) -> None:
    assert name not in things_in(words)


def test_maker_is_not_folded_into_what_it_makes() -> None:
    words = "Microsoft confirmed that it will ship Microsoft Windows in May. Microsoft is late."

    assert things_in(words) <= {"Microsoft Windows"}
