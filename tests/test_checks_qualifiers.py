"""A "former" and a "rated as" that a line leaves out."""

from __future__ import annotations

import pytest

from briefer.checks import qualifiers


@pytest.mark.parametrize(
    ("line", "text", "lost"),
    [
        (
            "Oru minister Ann Lee opposes the port.",
            "Ann Lee, a former Oru minister, opposes the port.",
            ["former minister"],
        ),
        ("Two mayors oppose it.", "Two ex-mayors oppose it.", ["former mayor"]),
        (
            "The answers were mostly true.",
            "The answers were rated as mostly true.",
            ["were rated as mostly true"],
        ),
        (
            "The port is safe.",
            "The port is widely considered to be safe.",
            ["is widely considered to be safe"],
        ),
        (
            "Ann Lee learned of it from a clerk.",
            "Ann Lee is said to have learned of it from a clerk.",
            ["is said to have learned"],
        ),
        (
            "Two mayors praised the raid.",
            "Two mayors are accused of praising the raid.",
            ["are accused of praising"],
        ),
        ("Growers live on rice.", "Growers reportedly live on rice.", ["reportedly live"]),
    ],
)
def test_what_qualifies_the_text_is_missed(line: str, text: str, lost: list[str]) -> None:
    assert list(qualifiers.lost(line, text)) == lost


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Former minister Ann Lee opposes it.", "Ann Lee, a former minister, opposes it."),
        ("A clerk said growers live on rice.", "Growers reportedly live on rice."),
        ("Two mayors were charged with praising it.", "They are accused of praising it."),
        ("A fire broke out Monday in Selby.", "A fire was reported Monday in Selby."),
        ("Four cases surfaced last week.", "Four cases were reported last week."),
        ("A jury acquitted two mayors of praising it.", "They were accused of praising it."),
        ("Growers eat rice.", "Growers reportedly live on rice."),
        ("Ann Lee was a minister.", "Ann Lee, a former minister, opposes it."),
        ("The minister met Ann Lee.", "The minister met Ann Lee, a former minister."),
        ("The minister left.", "The former mayor met the minister."),
        ("PolitiFact rated the claims mostly true.", "The answers were rated as mostly true."),
        ("The claims are said to be true.", "The claims were rated as true."),
        ("The claims were made in May.", "The claims were rated as true."),
    ],
)
def test_line_that_keeps_it_misses_nothing(line: str, text: str) -> None:
    assert list(qualifiers.lost(line, text)) == []


def test_a_row_of_adverbs_is_read_once() -> None:
    told = f"The port is {'mostly ' * 60}shut."

    assert list(qualifiers.lost(told, f"The port is rated as {'mostly ' * 60}good.")) == []
