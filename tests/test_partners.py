"""The parties of an agreement are those that its line names, where code found others."""

from __future__ import annotations

import pytest

from briefer import partners
from briefer.schema import ActorKind, Character, DraftLine, Passage, PassageKind


def actor(name: str, *aliases: str, kind: ActorKind = "organisation") -> Character:
    return Character(name, kind, aliases, (), None, 0.5)


CAST = (
    actor("Seafarers' and Dockers' Union", "the union", "SDU"),
    actor("Sula Line", "the company"),
    actor("Ministry of Defence"),
    actor("Quillon Partners", "Quillon"),
)


def parties(text: str, *found: str, kind: PassageKind = "agreement") -> tuple[str, ...]:
    line = DraftLine(Passage(kind, (0,), 0.9, parties=found), text, "model")
    return partners.resolve(line, CAST).passage.parties


@pytest.mark.parametrize(
    ("text", "found", "told"),
    [
        (
            "Sula Line and the Seafarers’ and Dockers’ Union agreed to scrap the rule.",
            ("company", "managers"),
            ("Sula Line", "Seafarers' and Dockers' Union"),
        ),
        ("The SDU and Sula Line have reached a deal.", ("SDU members",), None),
        ("Both Quillon, Sula Line and the SDU signed a pact.", ("Quillon Partners",), None),
    ],
)
def test_line_that_opens_with_two_names_tells_the_parties(
    text: str, found: tuple[str, ...], told: tuple[str, ...] | None
) -> None:
    names = ("Seafarers' and Dockers' Union", "Sula Line")

    if told is None:
        assert set(names) <= set(parties(text, *found))
    else:
        assert parties(text, *found) == told


@pytest.mark.parametrize(
    "text",
    [
        "Sula Line agreed with its managers to scrap the rule.",  # one name
        "Sula Line and its managers agreed to scrap the rule.",
        "Managers of Sula Line and the SDU agreed to scrap the rule.",  # not these themselves
        "The company and the union agreed to scrap the rule.",
        "Sula Line and the SDU met on Tuesday.",
        "Sula Line and the SDU deal signed by Quillon ended the strike.",
        "A deal between Sula Line and the SDU was signed by both.",
    ],
)
def test_other_lines_keep_what_code_found(text: str) -> None:
    assert parties(text, "managers") == ("managers",)


def test_more_parties_than_the_line_names_stay() -> None:
    found = ("Sula Line", "Quillon Partners", "Seafarers' and Dockers' Union")

    assert parties("Sula Line and the SDU agreed on pay.", *found) == found


def test_only_agreements_have_parties() -> None:
    assert parties("Sula Line and the SDU agreed on pay.", kind="fact") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Quillon agreed to sell its stake.", ("Quillon Partners",)),
        ("Aracuy and the Valdoro League signed a treaty.", ("Aracuy", "Valdoro League")),
        ("Sula Line and Aracuy voted to share it.", ("Sula Line", "Aracuy")),
        ("Drivers at Sula Line agreed to a rise.", ("board",)),
        ("They agreed to a rise.", ("board",)),
        ("On Monday, Aracuy and Valdoro signed a treaty.", ("board",)),
        ("Last Friday, Aracuy and Valdoro signed a treaty.", ("board",)),
        ("He and Ann Lee agreed to a rise.", ("board",)),
        ("No Republicans voted for it.", ("board",)),
        ("Sula Line and Quillon voted against a rise.", ("board",)),
    ],
)
def test_line_that_tells_of_none_whom_code_found_is_of_whoever_opens_it(
    text: str, told: tuple[str, ...]
) -> None:
    assert parties(text, "board") == told


def test_lone_name_beside_one_whom_code_found_is_no_other_party() -> None:
    assert parties("Quillon agreed with the board to sell its stake.", "board") == ("board",)
