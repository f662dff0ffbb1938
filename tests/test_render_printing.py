"""Paper and screens: tagged, repeatable, readable by day and by night."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest

from briefer import digest, render, resources
from briefer.render import pages, printing
from briefer.schema import Digest
from tests import sheets
from tests.handmade import (
    BROKEN,
    DAY,
    brief,
    day_of_two_stories,
    plain_brief,
    unbriefable,
)


@pytest.fixture(scope="module")
def day() -> Digest:
    return day_of_two_stories()


@pytest.fixture(scope="module")
def paper(day: Digest) -> bytes:
    return render.pdf(day)


@pytest.fixture(scope="module")
def reader(paper: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(paper))


def test_paper_has_a_bookmark_for_every_story_and_back_page(reader: pypdf.PdfReader) -> None:
    titles = [str(entry["/Title"]) for entry in reader.outline if isinstance(entry, dict)]

    assert titles == [
        "Port Selby's harbour workers strike over 120 lost jobs",
        "Scripts",
        "Not in this edition",
        "What was withheld",
        "How this was made",
    ]


def test_contents_name_the_page_of_a_story(reader: pypdf.PdfReader) -> None:
    (wanted,) = [
        reader.get_destination_page_number(entry)
        for entry in reader.outline
        if isinstance(entry, pypdf.generic.Destination) and entry.title == "Scripts"
    ]

    assert wanted is not None
    assert sheets.beside(reader.pages[0], "Scripts") == [f"p. {wanted + 1}"]


def test_text_of_the_paper_is_read_in_the_order_of_the_page(reader: pypdf.PdfReader) -> None:
    told = " ".join(reader.pages[0].extract_text().split())

    parts = (
        "TWO THINGS TO KNOW",
        "2 Scripts",
        "Harbour workers walked out on Monday over the loss of 120 jobs.1",
        "WHO Ruth Amari3 mayor of Port Selby",
        "Ruth Amari rejected the criticism of the cuts.3, 4",
        "3 Mayor Ruth Amari rejected the criticism.",
        "SOURCE Harbour workers walk out",
    )
    assert sorted(parts, key=told.index) == list(parts)


def test_paper_is_tagged_and_names_its_language_and_title(reader: pypdf.PdfReader) -> None:
    root: Any = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "The Morning Brief, Thursday 26 November 2026"
    assert reader.metadata.subject == "2 stories, every line with the sentences that carry it"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def structure(element: Any) -> Iterator[Any]:
    """The elements of a tagged paper below one of them."""
    below = element.get("/K", [])
    for one in below if isinstance(below, list) else [below]:
        found = one.get_object()
        if isinstance(found, dict):
            yield found
            yield from structure(found)


def test_rows_of_what_was_withheld_have_headers(reader: pypdf.PdfReader) -> None:
    root: Any = reader.trailer["/Root"]

    kinds = [one.get("/S") for one in structure(root["/StructTreeRoot"])]

    assert kinds.count("/TR") == kinds.count("/TH") > 0


def test_numbers_on_paper_are_links_and_only_web_addresses_leave_it(
    reader: pypdf.PdfReader,
) -> None:
    annotations = [
        annotation.get_object() for page in reader.pages for annotation in page.get("/Annots", [])
    ]
    inside = {str(one["/Dest"]) for one in annotations if "/Dest" in one}
    outside = {str(one["/A"]["/URI"]) for one in annotations if "/A" in one}

    assert {"story-1-note-1", "story-1-cite-1", "story-2", "colophon"} <= inside
    assert outside == {"https://news.example/harbour"}


def test_links_within_the_paper_are_described_in_words(reader: pypdf.PdfReader) -> None:
    annotations = [
        annotation.get_object() for page in reader.pages for annotation in page.get("/Annots", [])
    ]
    described = {str(one["/Contents"]) for one in annotations if "/Dest" in one}

    assert {"story 1 note 1", "story 1 cite 1", "story 2", "colophon"} <= described


def test_paper_has_letters_for_every_script(reader: pypdf.PdfReader) -> None:
    told = "".join(page.extract_text() for page in reader.pages)
    fonts = {name for page in reader.pages for name in sheets.fonts(page)}

    assert all(words in told for words in ("Вода не ждёт", "饮水思源", "محمد", "پ", "ہے"))
    assert fonts == {
        "Noto-Serif",
        "Noto-Serif-Bold",
        "Noto-Serif-Italic",
        "Noto-Serif-Display-Bold",
        "Noto-Sans",
        "Noto-Sans-Bold",
        "Noto-Nastaliq-Urdu",
        "Noto-Naskh-Arabic",
        "Noto-Serif-CJK-SC",
    }


def test_same_digest_gives_the_same_bytes_in_another_process(day: Digest, paper: bytes) -> None:
    program = (
        "import sys; from briefer import render, schema; "
        "day = schema.Digest.model_validate_json(sys.stdin.buffer.read()); "
        "sys.stdout.buffer.write(render.pdf(day))"
    )
    environment = os.environ | {
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "86400",
        "TZ": "Asia/Tokyo",
    }

    again = subprocess.run(
        [sys.executable, "-c", program],
        input=digest.dump(day).encode(),
        capture_output=True,
        check=True,
        env=environment,
        cwd=Path(__file__).parents[1],
    ).stdout

    assert again == paper


def test_printing_fetches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of the house")
    probe = (
        '<html lang="en"><head><title>probe</title>'
        f'<link rel="attachment" href="{secret.as_uri()}">'
        f'<link rel="stylesheet" href="{secret.as_uri()}">'
        f"<style>@import url({secret.as_uri()}); p {{ background: url({secret.as_uri()}) }}"
        f"@font-face {{ font-family: x; src: url({secret.as_uri()}) }}</style></head>"
        f'<body><p>shown</p><img src="{secret.as_uri()}" alt=""><object data="{secret.as_uri()}">'
    )

    reader = pypdf.PdfReader(io.BytesIO(printing.pdf(probe)))

    assert list(reader.attachments) == []
    assert reader.pages[0].extract_text().strip() == "shown"


def test_day_without_stories_is_one_page() -> None:
    broken = digest.build([unbriefable()], day=DAY, failures=[BROKEN])

    reader = pypdf.PdfReader(io.BytesIO(render.pdf(broken)))
    (page,) = reader.pages

    assert "scan.txt holds no text." in page.extract_text()
    assert reader.metadata is not None
    assert reader.metadata.subject == "No stories"


def test_one_story_is_told_as_one() -> None:
    page = render.html(digest.build([brief()], day=DAY))

    assert 'content="1 story, every line with the sentences that carry it"' in page


def test_very_long_words_stay_on_the_page() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render.pdf(plain_brief("a", "W" * 900))))
    right_edges: list[float] = []

    for page in reader.pages:
        page.extract_text(
            visitor_text=lambda _text, _cm, tm, _font, _size: right_edges.append(float(tm[4]))
        )

    assert max(right_edges) < float(reader.pages[0].mediabox.right)
    assert reader.pages[0].extract_text().count("W") > 800


def test_running_head_keeps_to_one_row_and_has_letters_for_other_scripts() -> None:
    told = ("ロイター通信によると計画は" * 5, "قال رئيس الوزراء")
    stories = "".join(
        f'<section class="story" data-running="{one}" style="break-before: page">told</section>'
        for one in told
    )
    page = f'<html lang="en"><head><title>probe</title><style>{pages.styles()}</style></head>'
    sheet = printing.pdf(f'{page}<body class="digest">first{stories}</body></html>')

    (_, *printed) = pypdf.PdfReader(io.BytesIO(sheet)).pages
    heads = [[row for height, row in sheets.rows(one).items() if height > 780] for one in printed]

    assert [len(head) for head in heads] == [1, 1]
    slanted = {"Noto-Naskh-Arabic-Oblique", "Noto-Serif-CJK-SC-Oblique"}
    assert sheets.fonts(printed[-1]) >= slanted


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", css))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("sheet", ["shared.css", "screen.css"])
def test_colours_of_day_and_night_have_enough_contrast(sheet: str) -> None:
    palette = colours((resources.root("templates") / sheet).read_text("utf-8"))

    for ink in ("ink", "soft", "accent", "accord"):
        for paper in ("paper", "tint"):
            light, dark = sorted((luminance(palette[ink]), luminance(palette[paper])))[::-1]
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)


def declared(css: str, selector: str) -> str:
    """All that the rules with this selector say."""
    told = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    rules = re.findall(r"^([^{}@]+)\{([^{}]*)\}", told, re.MULTILINE)
    return " ".join(
        said for whose, said in rules if selector in (one.strip() for one in whose.split(","))
    )


def test_what_a_browser_prints_holds_bullets_and_how_it_was_made() -> None:
    # Browsers print borders and no backgrounds, and what is closed stays so unless it is told.
    bullet = declared(pages.styles(), ".points li::before")
    opened = declared(pages.styles(), "details::details-content")

    assert "border-left: 0.34em solid" in bullet
    assert "background" not in bullet
    assert "content-visibility: visible" in opened


def test_links_in_texts_are_underlined_and_headlines_are_not() -> None:
    for links in ("main p a", "main li a", ".sources a", ".missing a", ".ways a"):
        said = declared(pages.styles(), links)
        assert "text-decoration: underline" in said
        assert "text-decoration-color: var(--soft)" in said
    for links in (".cites a", ".evidence .number", ".lead .headline a", ".next a"):
        assert "text-decoration: none" in declared(pages.styles(), links)


def test_number_of_views_stays_with_its_noun_in_the_contents() -> None:
    assert "white-space: nowrap" in declared(pages.styles(), ".contents .marks")


def test_style_sheet_loads_nothing_and_holds_no_markup() -> None:
    assert not re.search(r"url\(|@import|<", pages.styles())


def test_headings_go_down_one_level_at_a_time(day: Digest) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", render.html(day))]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
