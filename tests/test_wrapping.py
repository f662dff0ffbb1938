"""Hard-wrapped lines become paragraphs, whatever stands between them."""

from __future__ import annotations

import pytest

from briefer import wrapping

WRAPPED = (
    "The council voted late on Tuesday night to close the two\n"
    "oldest swimming pools of the city, although a petition\n"
    "with nine thousand names had asked it to wait for the\n"
    "audit of the long-running repairs. A spokesman said that\n"
    "there was no money. The league will go to court, and it\n"
    "wants all the papers of the council by the end of next\n"
    "month, when the new budget is due. Both pools were built\n"
    "in 1931 and have been repaired four times since then, at\n"
    "a cost of nine million crowns to the taxpayer."
)


@pytest.mark.parametrize(
    "long",
    [
        "Council votes to close the two oldest swimming pools of the city in spite of a petition "
        "with nine thousand names against it",
        "https://herald.example/2024/05/31/city/council-votes-to-close-the-two-oldest-swimming-"
        "pools-of-the-city?utm_source=mail&utm_medium=newsletter",
    ],
    ids=["title", "address"],
)
def test_one_long_line_does_not_hide_that_the_others_are_wrapped(long: str) -> None:
    joined = WRAPPED.replace("\n", " ")

    found = wrapping.unwrapped(f"{long}\n\n{WRAPPED}".split("\n"))

    assert found.split("\n\n") == [long, joined]


def test_long_address_inside_a_wrapped_paragraph_does_not_cut_it() -> None:
    address = f"https://herald.example/{'a' * 120}"
    lines = WRAPPED.split("\n")
    written = "\n".join([*lines[:4], address, *lines[4:]])

    assert wrapping.unwrapped(written.split("\n")) == " ".join([*lines[:4], address, *lines[4:]])


def test_compound_wrapped_at_its_hyphen_has_no_blank_in_it() -> None:
    written = (
        "The council voted late on Tuesday night to end the long-\n"
        "running repairs, and asked the league for its short-\n"
        "and long-term plans."
    )

    assert wrapping.unwrapped(written.split("\n")) == (
        "The council voted late on Tuesday night to end the long-running repairs, and asked the "
        "league for its short- and long-term plans."
    )
