"""Who is shown twice."""

from __future__ import annotations

import pytest

from briefer.actors import doubles
from briefer.actors.candidates import Candidate
from briefer.mentions.kinds import Kind


def candidate(name: str, kind: Kind = "group", *aliases: str) -> Candidate:
    is_named = name[0].isupper() and kind in ("state", "person")
    return Candidate(name, kind, is_named, [], [], aliases=aliases)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (candidate("pilots"), candidate("pilot", "person")),
        (candidate("Iran", "state"), candidate("Iranian officials")),
        (candidate("Joan Hale", "person", "Hale"), candidate("Hale's staff")),
        (
            candidate("Joan Hale", "person", "Hale"),
            candidate("Hale administration", "organisation"),
        ),
    ],
)
def test_nameless_repeat_of_somebody_more_salient_is_a_double(
    more: Candidate, less: Candidate
) -> None:
    assert doubles.find([less, more], [0.5, 0.9]) == {0}


@pytest.mark.parametrize(
    "other", [candidate("Hale campaign", "organisation"), candidate("Selby officials")]
)
def test_who_acts_beside_somebody_is_none(other: Candidate) -> None:
    assert doubles.find([other, candidate("Joan Hale", "person", "Hale")], [0.5, 0.9]) == set()


def test_named_one_is_no_double_of_the_nameless() -> None:
    both = [candidate("Iran", "state"), candidate("Iranian officials")]

    assert doubles.find(both, [0.5, 0.9]) == set()


def test_those_of_another_state_are_no_double() -> None:
    both = [candidate("Turkish officials"), candidate("Iranian officials")]

    assert doubles.find(both, [0.5, 0.9]) == set()


def named(name: str, *aliases: str) -> Candidate:
    return Candidate(name, "organisation", is_named=True, names=[], places=[], aliases=aliases)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (named("Republicans"), named("GOP")),
        (named("Labour Party"), named("Labour")),
        (named("Eldon Air Force Base"), named("Eldon")),
        (named("Eldon"), named("Eldon Prison")),
        (named("Selby Record Searchlight"), named("Searchlight")),
    ],
)
def test_other_name_of_a_party_or_a_base_is_a_double(more: Candidate, less: Candidate) -> None:
    assert doubles.find([less, more], [0.5, 0.9]) == {0}


@pytest.mark.parametrize(
    "other", [named("Democrats"), named("Hale Industries"), named("Hale"), named("Parliament")]
)
def test_another_body_is_none(other: Candidate) -> None:
    shown = [other, named("Republicans"), named("Hale Group"), named("Union Parliament")]

    assert doubles.find(shown, [0.5, 0.9, 0.8, 0.7]) == set()


def test_nameless_part_of_the_nameless_is_a_double() -> None:
    both = [candidate("Military officials"), candidate("military")]

    assert doubles.find(both, [0.5, 0.9]) == {0}
