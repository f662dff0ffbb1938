"""Documents: what they show, that hostile text stays text, that paper is tagged and repeatable."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from datetime import datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefer import digest, errors, render, resources, schema
from briefer.render import edition, pages, printing, safety, wording
from briefer.schema import Digest, Failure, Reason
from tests.handmade import (
    DAY,
    HOSTILE,
    SCRIPTS_TEXT,
    brief,
    hostile_brief,
    line,
    plain_brief,
    source,
    unbriefable,
)

GOLDEN = Path(__file__).parent / "golden"
BROKEN = Failure(ref="scan.txt", reason="unreadable", message="scan.txt holds no text.")
HOSTILE_SHOWN = HOSTILE.replace("\u202e", "").replace("\u202c", "").replace("\x1b", "")[:-1]
RULES = (resources.root("templates") / "shared.css").read_text("utf-8")


@pytest.fixture(scope="module")
def day() -> Digest:
    """Two stories, an article that cannot be briefed and one that failed."""
    briefs = [brief(), plain_brief("Scripts", SCRIPTS_TEXT), unbriefable()]
    return digest.build(briefs, day=DAY, failures=[BROKEN])


@pytest.fixture(scope="module")
def paper(day: Digest) -> bytes:
    return render.pdf(day)


@pytest.fixture(scope="module")
def reader(paper: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(paper))


class Parsed(HTMLParser):
    """The tags, attributes and text of a page, style sheets left out."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


# ── what is shown ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ["md", "txt"])
def test_documents_read_as_the_golden_ones(day: Digest, form: str) -> None:
    made = render.markdown(day) if form == "md" else render.text(day)

    assert made == (GOLDEN / f"digest.{form}").read_text("utf-8")


def test_page_shows_every_part_of_a_story(day: Digest) -> None:
    told = Parsed(render.html(day)).text

    for words in (
        "The Morning Brief",
        "Thursday 26 November 2026",
        "News · The Selby Herald · 25 November 2026",
        "Harbour workers walked out on Monday over the loss of 120 jobs.",
        "Ruth Amari3 mayor of Port Selby",
        "The city · dockers' union",
        "Ruth Amari against the harbour workers",
        "“We had no money left”",
        "3 drafted lines, 2 because it gave a figure that its sentences do not give; "
        "1 because it put words in the wrong mouth.",
        "scan.txt: could not be read scan.txt holds no text.",
        "We value your privacy: not an article",
        "Harbour workers walk out, The Selby Herald, 25 November 2026, 18:30 UTC (news.example)",
        "example/tiny-1b, revision f86cb2c1fa58",
    ):
        assert words in told


def test_sentence_cited_twice_keeps_its_number() -> None:
    (chapter,) = edition.of_brief(brief()).chapters

    cited = [[cite.number for cite in point.cites] for point in chapter.points]

    assert [cite.number for cite in chapter.title_cites] == [1]
    assert cited == [[1], [2]]
    assert [cite.number for cite in chapter.opinions[0].cites] == [3, 4]
    assert [(note.number, note.text[:13]) for note in chapter.notes] == [
        (1, "Harbour worke"),
        (2, "The city and "),
        (3, "Mayor Ruth Am"),
        (4, '"We had no mo'),
    ]


def test_every_number_leads_to_its_sentence_and_back(day: Digest) -> None:
    parsed = Parsed(render.html(day))
    ids = [value for name, value in parsed.attributes if name == "id"]
    targets = {value[1:] for name, value in parsed.attributes if name == "href" and value[0] == "#"}

    assert targets <= set(ids)
    assert {"story-1-note-4", "story-1-cite-4"} <= targets
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ("Harbour workers strike.", "Harbour workers strike"),
        ("Will they strike?", "Will they strike?"),
        ("Strike spreads to the U.S.", "Strike spreads to the U.S."),
        ("Harbour workers walk out.", "Harbour workers walk out"),
        ("Strike reaches a Sen.", "Strike reaches a Sen."),
        ("Bread, milk etc.", "Bread, milk etc."),
        ("And then …", "And then …"),
    ],
)
def test_headline_ends_without_a_stop(headline: str, shown: str) -> None:
    made = plain_brief("a", "Rain fell.", headline=line(headline, "Rain fell."))

    assert edition.of_brief(made).chapters[0].title == shown


def test_what_may_not_be_quoted_is_named_in_one_line_and_links_still_lead_there() -> None:
    made = digest.build([brief()], day=DAY, failures=[]).model_copy(update={"max_quoted_words": 26})

    told = " ".join(Parsed(render.html(made)).words).split()
    words, written = " ".join(told), render.markdown(made)

    assert "1 Harbour workers in Port Selby walked out" in words
    # The second sentence has 17 words, of which 11 may be quoted: the rest is cut.
    assert "The city and the dockers' union agreed on Tuesday to talk […]" in words
    rest = "not quoted: this edition quotes at most 26 words of an article as evidence."
    assert f"3 , 4 {rest}" in words.replace(" ,", " , ").replace("  ", " ")
    assert f"3, 4: {rest}" in written
    assert {("id", "story-1-note-3"), ("href", "#story-1-note-3")} <= set(
        Parsed(render.html(made)).attributes
    )


def test_front_page_adds_what_a_headline_does_not_say() -> None:
    made = brief()
    first, second = made.summary
    headline = first.model_copy(update={"text": "Harbour workers walk out over loss of 120 jobs"})
    repeating, other = (
        made.model_copy(update={"headline": headline, "summary": lines})
        for lines in ((first,), (first, second))
    )

    gists = [edition.of_brief(one).chapters[0].gist for one in (repeating, other)]

    assert gists == [(), (second.text,)]


def test_contents_repeat_nothing_of_what_the_front_page_tells() -> None:
    briefs = [plain_brief(f"{n}", f"Town {n} voted on its harbour.") for n in range(7)]
    made = edition.of_digest(digest.build(briefs, day=DAY, failures=[]))

    page = render.html(digest.build(briefs, day=DAY, failures=[]))

    contents = page[page.index('<nav class="contents"') : page.index("</nav>")]
    listed = re.findall(r'href="#(story-\d+)"', contents)
    assert len(made.front) == 5
    assert sorted([*listed, *(chapter.anchor for chapter in made.front)]) == sorted(
        chapter.anchor for chapter in made.chapters
    )


def test_story_of_two_articles_says_which_outlet_a_sentence_is_from() -> None:
    day = digest.build(
        [
            brief(),
            plain_brief("b", "Rain fell.", source=source("Rain fell.", publisher="Rain Post")),
        ],
        day=DAY,
    )
    both = tuple(one.id for one in day.briefs)
    first, second = day.stories
    merged = first.model_copy(update={"articles": both, "summary": first.summary + second.summary})

    (chapter,) = edition.of_digest(day.model_copy(update={"stories": (merged,)})).chapters

    assert {note.outlet for note in chapter.notes} == {"The Selby Herald", "Rain Post"}
    assert [one.outlet for one in chapter.sources] == [
        day.briefs[0].source.publisher,
        day.briefs[1].source.publisher,
    ]


@pytest.mark.parametrize("status", ["none_found", "not_checked", "not_requested"])
def test_empty_section_says_why_it_is_empty(status: Any) -> None:
    made = plain_brief(
        "a",
        "Rain fell.",
        agreements=schema.Agreements(status=status),
        dissent=schema.Dissents(status=status),
    )
    said = {
        "none_found": "The article reports none.",
        "not_checked": "Could not be looked for.",
        "not_requested": "Not asked for.",
    }[status]

    told = Parsed(render.html(made)).text

    assert f"Agreements {said} Dissenting views {said}" in told


def test_broken_day_does_not_look_like_a_day_without_news() -> None:
    broken = digest.build([], day=DAY, failures=[BROKEN])
    quiet = digest.build([], day=DAY)

    assert "Something broke, so there are no stories today: 1 article could" in render.text(broken)
    assert "Nothing to report: no articles came in. Nothing failed." in render.text(quiet)
    assert "scan.txt holds no text." in render.text(broken)


DEAD = Failure(
    kind="source", ref="feed https://b.example/rss", reason="unreadable", message="It is gone."
)


@pytest.mark.parametrize(
    ("failures", "n_sources", "notice"),
    [
        ([DEAD], 6, "1 of 6 sources could not be read."),
        ([DEAD], None, "1 source could not be read."),
        ([BROKEN], 6, "1 article could not be processed."),
        (
            [BROKEN, DEAD, BROKEN],
            6,
            "1 of 6 sources could not be read and 2 articles could not be processed.",
        ),
    ],
)
def test_what_is_missing_is_told_as_sources_and_as_articles(
    failures: list[Failure], n_sources: int | None, notice: str
) -> None:
    layout = digest.Layout(n_sources=n_sources)

    told = render.text(digest.build([brief()], day=DAY, failures=failures, layout=layout))

    assert f"This edition is incomplete: {notice}" in " ".join(told.replace("\n! ", " ").split())


def test_sources_that_could_not_be_read_have_a_list_of_their_own_in_every_form() -> None:
    made = digest.build([brief()], day=DAY, failures=[BROKEN, DEAD])

    for told in (Parsed(render.html(made)).text, render.markdown(made), render.text(made)):
        unread, failed = told.index("Sources that could not be read"), told.rindex("Failed")
        assert unread < told.index("It is gone.") < failed < told.index("scan.txt holds no text.")


def test_article_read_in_part_says_so() -> None:
    partly = brief(source=brief().source.model_copy(update={"share_read": 0.62}))

    assert "only 62% of the text was read" in Parsed(render.html(partly)).text


def test_text_that_cannot_be_briefed_gets_a_page_that_says_why() -> None:
    told = Parsed(render.html(unbriefable("too_short"))).text

    assert "No brief: the text is too short to brief." in told


def test_reader_has_words_for_every_code() -> None:
    assert set(wording.WITHHELD) == set(get_args(Reason))
    assert set(wording.FAILED) == set(get_args(schema.FailureReason))
    assert set(wording.NOT_BRIEFED) == set(get_args(schema.Status))
    assert set(wording.GENRES) == set(get_args(schema.Genre))


# ── hostile text ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("made", [hostile_brief(), digest.build([hostile_brief()], day=DAY)])
def test_markup_of_an_article_stays_text_on_the_page(made: Any) -> None:
    parsed = Parsed(render.html(made))

    assert parsed.tags.isdisjoint({"script", "img", "iframe", "b", "link", "object"})
    assert not [name for name, _ in parsed.attributes if name.startswith("on")]
    assert not [name for name, _ in parsed.attributes if name in ("src", "style", "srcset")]
    assert " ".join(HOSTILE_SHOWN.split()) in parsed.text


def test_page_links_nothing_but_the_web_and_itself() -> None:
    made = digest.build([hostile_brief(), brief()], day=DAY)

    links = {value for name, value in Parsed(render.html(made)).attributes if name == "href"}

    assert {link for link in links if not link.startswith("#")} == {"https://news.example/harbour"}


def test_template_syntax_of_an_article_is_not_carried_out() -> None:
    for form in (render.html, render.markdown, render.text):
        made = form(hostile_brief()).replace("\\", "")
        assert "{{ 7*7 }} {% raw %}" in made
        assert "49" not in re.sub(r"[0-9a-f]{12}|<style>.*?</style>", "", made, flags=re.DOTALL)


@pytest.mark.parametrize("preset", ["commonmark", "gfm-like"])
def test_markdown_of_an_article_stays_text(preset: str) -> None:
    html = MarkdownIt(preset, {"linkify": False}).render(render.markdown(hostile_brief()))
    parsed = Parsed(html)

    assert parsed.tags <= {"h1", "h2", "h3", "p", "strong", "em", "ul", "li", "blockquote", "ol"}
    assert parsed.attributes == []
    assert " ".join(HOSTILE_SHOWN.split()) in parsed.text


@given(st.text(alphabet="ab1 \\`*_{}[]()<>#+-.!|~$&=:;\"'/@^%\n", max_size=60))
def test_any_text_survives_markdown_unchanged(words: str) -> None:
    words = safety.shown(words)
    line = safety.markdown_start(safety.markdown(words))

    parsed = Parsed(MarkdownIt("commonmark").render(f"- {line}\n"))

    assert parsed.tags <= {"ul", "li", "p"}
    assert parsed.text == words


def test_characters_that_mislead_are_not_shown() -> None:
    shown = safety.shown("a\u202eb\u2066c\u200b\x00\x1b[31m\nd\u200f\U000e0041")

    assert shown == "abc[31m d"


def test_plain_text_holds_no_terminal_escapes() -> None:
    told = render.text(digest.build([hostile_brief()], day=DAY))

    assert [char for char in told if not char.isprintable() and char != "\n"] == []


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://news.example/a?b=1&c=2", "https://news.example/a?b=1&c=2"),
        ("http://news.example:8080/", "http://news.example:8080/"),
        ("https://news.example/ü", "https://news.example/%C3%BC"),
        ('https://news.example/"><script>', "https://news.example/%22%3E%3Cscript%3E"),
        ("https://news.example/a)b", "https://news.example/a%29b"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("//news.example/", None),
        ("https://", None),
        ("https://user:secret@news.example/", None),
        ("https://news.example/\n", None),
        ("https://[::1", None),
        ("https://news.example/\u202egpj", None),
        ("https://news.example/" + "a" * 3000, None),
        ("", None),
        (None, None),
    ],
)
def test_only_plain_web_addresses_are_linked(url: str | None, shown: str | None) -> None:
    assert safety.link(url) == shown


@pytest.mark.parametrize(
    ("tag", "kept"),
    [("de", "de"), ("zh-Hans-CN", "zh-Hans-CN"), ('en"><b>', None), ("", None), (None, None)],
)
def test_language_tag_must_have_the_form_of_one(tag: str | None, kept: str | None) -> None:
    assert safety.language(tag) == kept


def test_long_text_ends_in_an_ellipsis_at_a_word() -> None:
    assert safety.shown("word " * 1000, 20) == "word word word word …"
    assert safety.shown("x" * 10_000, 20) == "x" * 20 + " …"


def test_huge_hostile_texts_are_shown_in_good_time() -> None:
    huge = "<b>{{" * 200_000 + "字" * 100_000
    began = time.process_time()

    made = render.html(plain_brief("a", huge)) + render.markdown(plain_brief("a", huge))

    assert time.process_time() - began < 2
    assert len(made) < 200_000


def test_missing_variable_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(errors.RenderError, match=r"templates/digest\.html could not be rendered"):
        pages.page("digest.html")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-25T00:00:00+00:00", "25 November 2026"),
        ("2026-11-25T23:30:00+05:00", "25 November 2026, 18:30 UTC"),
        ("0001-01-01T00:00:00+14:00", "1 January 1"),
        ("9999-12-31T23:59:59-12:00", "31 December 9999"),
    ],
)
def test_moments_are_told_in_utc_even_at_the_ends_of_time(moment: str, words: str) -> None:
    assert wording.moment_words(datetime.fromisoformat(moment)) == words


# ── scripts and languages ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("plain words", [("plain words", None)]),
        ("say «Вода не ждёт».", [("say «", None), ("Вода не ждёт", "und-Cyrl"), ("».", None)]),
        ("“پانی سب کا ہے”", [("“", None), ("پانی سب کا ہے", "ur"), ("”", None)]),
        ("محمد", [("محمد", "ar")]),
        ("饮水思源", [("饮水思源", "zh-Hans")]),
        ("日本語、です", [("日本語、です", "ja")]),
        ("서울 시", [("서울 시", "ko")]),
        ("שלום", [("שלום", "he")]),
    ],
)
def test_stretches_of_other_scripts_are_marked(
    words: str, marked: list[tuple[str, str | None]]
) -> None:
    assert list(safety.runs(words)) == marked


@given(st.text())
def test_marking_scripts_loses_no_character(words: str) -> None:
    assert "".join(part for part, _ in safety.runs(words)) == words


def test_article_in_another_language_is_marked_as_such() -> None:
    german = plain_brief("a", "Es regnet.", source=source("Es regnet.", language="de"))

    assert ("lang", "de") in Parsed(render.html(german)).attributes


# ── paper ────────────────────────────────────────────────────────────────────────────────────


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

    contents = reader.pages[0].extract_text().split("Also in this edition".upper())[1]

    assert wanted is not None
    assert re.search(rf"Scripts\nThe Selby Herald\n{wanted + 1}\n", contents)


def test_paper_is_tagged_and_names_its_language_and_title(reader: pypdf.PdfReader) -> None:
    root: Any = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "The Morning Brief, Thursday 26 November 2026"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


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


def test_paper_has_letters_for_every_script(reader: pypdf.PdfReader) -> None:
    told = "".join(page.extract_text() for page in reader.pages)
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }

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

    (page,) = pypdf.PdfReader(io.BytesIO(render.pdf(broken))).pages

    assert "scan.txt holds no text." in page.extract_text()


def test_very_long_words_stay_on_the_page() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render.pdf(plain_brief("a", "W" * 900))))
    right_edges: list[float] = []

    for page in reader.pages:
        page.extract_text(
            visitor_text=lambda _text, _cm, tm, _font, _size: right_edges.append(float(tm[4]))
        )

    assert max(right_edges) < float(reader.pages[0].mediabox.right)
    assert reader.pages[0].extract_text().count("W") > 800


# ── screens ──────────────────────────────────────────────────────────────────────────────────


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


def test_style_sheet_loads_nothing_and_holds_no_markup() -> None:
    assert not re.search(r"url\(|@import|<", pages.styles())


def test_headings_go_down_one_level_at_a_time(day: Digest) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", render.html(day))]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
