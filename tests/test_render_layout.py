"""How a printed edition falls on its pages: a front page that fits, no page left nearly empty."""

from __future__ import annotations

import io
import re
from functools import cache
from itertools import pairwise

import pypdf
import pytest

from briefer import digest, render, text
from briefer.render import wording
from briefer.schema import Actor, Agreements, Brief, Digest, Dissent, Dissents, Line
from tests import sheets
from tests.handmade import DAY, brief, evidence, plain_brief, source

_PLACES = ("Tellmouth", "Port Selby", "Vennbridge", "Upper Harrow", "Castle Orrin", "Lowmarsh")


def article(n: int) -> str:
    """A long article about a town, other in every sentence."""
    place = _PLACES[n % len(_PLACES)]
    return "\n\n".join(
        f"The council of {place} heard in its session number {n}{k} that the harbour, the old "
        f"market and {k + 2} of its schools would need repairs worth {n + k + 3} million crowns"
        + (", which none of its members had expected so soon after the storm." if k % 2 else ".")
        for k in range(8 + n % 5)
    )


def busy_brief(n: int) -> Brief:
    """A brief with a headline of two lines, many bullets, actors and ``n % 4`` views."""
    told = article(n)
    first, *others = (one.text for one in text.sentences(told))
    place = _PLACES[n % len(_PLACES)]
    lines = tuple(
        Line(text=f"Repair number {k} of {place}: {one}", kind="abstractive", evidence=carried)
        for k, one in enumerate(others[:7])
        if (carried := evidence(told, one))
    )
    views = tuple(
        Dissent(
            holder=f"Councillor {name}",
            text=f"Councillor {name} said that the town could not afford any of the repairs.",
            against="the council",
            quote=None,
            kind="abstractive",
            evidence=evidence(told, others[k]),
        )
        for k, name in enumerate(("Adair", "Brandt", "Corey")[: n % 4])
    )
    return plain_brief(
        f"{n:02}",
        told,
        headline=Line(
            text=f"The council of {place} learned in session {n} that its harbour, its market and "
            "several schools need repairs that nobody had planned for",
            kind="abstractive",
            evidence=evidence(told, first),
        ),
        summary=lines,
        actors=tuple(
            Actor(name=f"{one}", kind="person", role="member of the council", aliases=(),
                  evidence=evidence(told, first))
            for one in ("Ines Adair", "Jon Brandt", "Kit Corey")
        ),
        dissent=Dissents(status="found" if views else "none_found", items=views),
        source=source(told, title=f"Repairs {n}", publisher="The Selby Herald"),
    )  # fmt: skip


def edition(n_stories: int) -> Digest:
    return digest.build([busy_brief(n) for n in range(n_stories)], day=DAY)


@cache
def printed(n_stories: int) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(render.pdf(edition(n_stories))))


def starts(reader: pypdf.PdfReader) -> list[tuple[int, float]]:
    """Page (from 0) and height of every story's first line."""
    found = [one for one in reader.outline if isinstance(one, pypdf.generic.Destination)]
    return [
        (reader.get_destination_page_number(one) or 0, float(one.top or 0))
        for one in found
        if str(one.title).startswith("The council")
    ]


def test_front_page_of_twelve_stories_holds_all_that_leads_into_them() -> None:
    reader = printed(12)

    front = " ".join(reader.pages[0].extract_text().split())

    assert "FIVE THINGS TO KNOW" in front
    assert "ALSO IN THIS EDITION" in front
    assert "12 stories" in front
    assert front.count("p. ") == 12 + len(("withheld", "made"))
    assert min(page for page, _ in starts(reader)) == 1


@pytest.mark.parametrize("n_stories", [2, 12])
def test_no_page_but_the_last_is_left_nearly_empty(n_stories: int) -> None:
    reader = printed(n_stories)

    filled = [
        1 - min(sheets.rows(page)) / float(page.mediabox.height) for page in reader.pages[:-1]
    ]  # fmt: skip

    assert min(filled) > 0.6, filled


@pytest.mark.parametrize("n_stories", [2, 12])
def test_story_begins_only_where_there_is_room_for_its_first_lines(n_stories: int) -> None:
    begun = starts(printed(n_stories))

    assert len(begun) == n_stories
    assert min(height for _, height in begun) > sheets.FOOT_PT + 130


@pytest.mark.parametrize("n_stories", [12])
def test_no_heading_stands_at_the_end_of_a_page(n_stories: int) -> None:
    headings = ("WHO", "AGREEMENTS", "DISSENTING VIEWS", "EVIDENCE" + wording.EVIDENCE_IS)

    last_rows = [list(sheets.rows(page).values())[-1] for page in printed(n_stories).pages]

    assert not [row for row in last_rows if row.strip().replace("  ", "") in headings]


def test_contents_that_do_not_fit_on_the_front_page_are_followed_by_the_first_story() -> None:
    reader = printed(20)

    first_page, height = starts(reader)[0]

    assert first_page == 1
    assert height < 700  # the rest of the contents stands above it


def test_front_page_counts_the_day_and_its_contents_leave_no_entry_alone() -> None:
    front, second, *_ = (" ".join(page.extract_text().split()) for page in printed(20).pages)

    assert "20 stories · 0 agreements" in front
    assert wording.HOW_TO_READ in front
    assert second.count("p. ") >= 2 + len(("withheld", "made"))


def test_pages_of_the_contents_are_those_of_the_stories() -> None:
    reader = printed(12)
    begun = [page + 1 for page, _ in starts(reader)]

    named = [
        int(word)
        for before, word in pairwise(reader.pages[0].extract_text().split())
        if before == "p."
    ]

    assert sorted(named)[:12] == sorted(begun)


def test_very_long_headline_leaves_room_for_the_first_lines() -> None:
    long = "The " + "very long headline about things that a sentence without an end told " * 6
    briefs = [
        one.model_copy(update={"headline": one.headline.model_copy(update={"text": long})})
        for one in (busy_brief(n) for n in range(2))
        if one.headline
    ]
    made = digest.build(briefs, day=DAY)

    reader = pypdf.PdfReader(io.BytesIO(render.pdf(made)))

    highest = max(
        height
        for page in reader.pages[1:]
        for height, row in sheets.rows(page).items()
        if "Repair" in row
    )
    assert highest < 790  # above it stands the running head
    assert len(long) > 400
    assert f'data-label="{long.strip()}"' in render.html(made)


def test_numbers_of_a_line_never_stand_alone_on_a_line() -> None:
    told = "Rain fell. Snow fell. Hail fell."
    carried = tuple(one for each in text.sentences(told) for one in evidence(told, each.text))
    lines = tuple(
        Line(text=f"It {'i' * n} rained", kind="abstractive", evidence=carried)
        for n in range(60, 84)
    )
    reader = pypdf.PdfReader(io.BytesIO(render.pdf(plain_brief("a", told, summary=lines))))

    found = sheets.rows(reader.pages[0])
    numbers = [row for row in found.values() if re.fullmatch(r"[123, ]+", row)]
    assert numbers == ["1,2,3"] * len(lines)


def test_empty_sections_take_one_line_each() -> None:
    told = plain_brief("a", "Rain fell.", agreements=Agreements(status="none_found"))
    reader = pypdf.PdfReader(io.BytesIO(render.pdf(digest.build([told, brief()], day=DAY))))

    lines = "".join(page.extract_text() for page in reader.pages)

    assert "AGREEMENTS The article reports none." in " ".join(lines.split())
