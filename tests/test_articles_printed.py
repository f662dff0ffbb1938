"""PDFs with a text layer: headline, paragraphs, what is left out, what is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from weasyprint import HTML  # type: ignore[import-untyped]

from briefer import articles
from briefer.articles import printed
from briefer.errors import InputError, InputTooLarge, UnreadableInput
from briefer.schema import Article

HEADLINE = "Dockers walk out of Port Selby harbour after cuts"
PARAGRAPHS = (
    "Harbour workers in Port Selby walked out on Monday after the city council cut 120 jobs "
    "without notice, leaving eleven ships unloaded.",
    "“We had no money left for it,” Mayor Ruth Amari said. The union called the decision an "
    "insult and said that talks would not resume before the council withdrew it.",
    "Council leader Karim Lund rejected the claim. He said that the harbour had lost money for "
    "six years in a row and that nobody on the council had wanted the cuts.",
)
INDENTED = "p {margin: 0; text-indent: 1em; text-align: justify}"
APART = "p {margin: 1em 0}"
RUNNING_HEADS = (
    "@page {size: A6; margin: 2cm; @top-center {content: 'The Herald, 24 November 2026'}"
    "@bottom-center {content: 'Page ' counter(page) ' of ' counter(pages)}}"
)


def pdf(body: str, style: str = APART, title: str = "") -> bytes:
    html = f"<html lang=en><head><title>{title}</title><style>{style}</style></head>{body}</html>"
    made = HTML(string=html).write_pdf()
    assert isinstance(made, bytes)
    return made


def story(style: str = APART) -> bytes:
    told = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    return pdf(f"<h1>{HEADLINE}</h1>{told}", style)


@pytest.mark.parametrize(
    "style", [APART, INDENTED, f"{APART} body {{columns: 2}}", f"{INDENTED} {RUNNING_HEADS}"]
)
def test_headline_and_paragraphs_come_out_as_printed(style: str) -> None:
    found = printed.read_pdf(story(style), name="a.pdf")

    assert found.title == HEADLINE
    assert tuple(found.text.split("\n\n")) == PARAGRAPHS


def test_words_divided_at_the_end_of_a_line_are_whole_again() -> None:
    narrow = "@page {size: 6cm 20cm; margin: 5mm} p {hyphens: auto; font-size: 14pt}"

    found = printed.read_pdf(
        pdf("<p>Extraordinarily well-known representatives disagreed unconditionally.</p>", narrow),
        name="a.pdf",
    )

    assert found.text == "Extraordinarily well-known representatives disagreed unconditionally."


def test_hyphens_that_words_have_stay_at_the_end_of_a_line() -> None:
    told = (
        "The 30-|year-old Anglo-|American pact was signed by the U.S.-|led group in its well-|"
        "known way, with a 10-|day truce, short-|and long-term aims and COVID-|19 in the north-|"
        "east of Nor-|land, the north-east of old."
    )

    found = printed.read_pdf(pdf(f"<p>{told.replace('|', '<br>')}</p>"), name="a.pdf")

    assert found.text == (
        "The 30-year-old Anglo-American pact was signed by the U.S.-led group in its well-known "
        "way, with a 10-day truce, short- and long-term aims and COVID-19 in the north-east of "
        "Norland, the north-east of old."
    )


@pytest.mark.parametrize("quotation", ["", "“"])
@pytest.mark.parametrize("size", [18, 30, 44])
def test_an_initial_belongs_to_the_first_word(size: int, quotation: str) -> None:
    drop = f"h1 + p::first-letter {{font-size: {size}pt; float: left; line-height: 1}}"
    first = f"{quotation}{PARAGRAPHS[0]}"
    told = "".join(f"<p>{words}</p>" for words in (first, *PARAGRAPHS[1:]))

    found = printed.read_pdf(pdf(f"<h1>{HEADLINE}</h1>{told}", f"{APART} {drop}"), name="a.pdf")

    assert found.title == HEADLINE
    assert tuple(found.text.split("\n\n")) == (first, *PARAGRAPHS[1:])


def test_an_initial_that_is_a_word_stays_one() -> None:
    drop = "h1 + p::first-letter {font-size: 44pt; float: left; line-height: 1}"
    first = "A council cut 120 jobs on Monday, and harbour workers walked out."
    told = "".join(f"<p>{words}</p>" for words in (first, *PARAGRAPHS[1:]))

    found = printed.read_pdf(pdf(f"<h1>{HEADLINE}</h1>{told}", f"{APART} {drop}"), name="a.pdf")

    assert found.text.startswith(first)


@pytest.mark.parametrize("size", [24, 34])
def test_a_line_close_under_the_headline_is_none_of_it(size: int) -> None:
    style = f"{APART} h1 {{font-size: {size}pt; margin: 0}}"
    told = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)

    found = printed.read_pdf(
        pdf(f"<h1>{HEADLINE}</h1><div>By Ann Low</div>{told}", style), name="a.pdf"
    )

    assert found.title == HEADLINE
    assert tuple(found.text.split("\n\n")) == ("By Ann Low", *PARAGRAPHS)


def test_a_raised_figure_ends_no_line() -> None:
    raised = "<span style='font-size: 7pt; vertical-align: super'>1</span>"

    found = printed.read_pdf(pdf(f"<p>It cost 5{raised} crowns then.</p>"), name="a.pdf")

    assert found.text == "It cost 51 crowns then."


def test_the_papers_name_above_is_no_headline() -> None:
    name = "<div style='font-size: 40pt'>The Port Herald</div>"
    told = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)

    found = printed.read_pdf(pdf(f"{name}<h1>{HEADLINE}</h1>{told}"), name="a.pdf")

    assert found.title == HEADLINE
    assert tuple(found.text.split("\n\n")) == PARAGRAPHS


def test_what_a_browser_prints_around_one_page_is_no_text() -> None:
    edges = (
        "@page {margin: 2cm; @top-left {content: '5/3/26, 9:14 AM'}"
        f"@top-right {{content: '{HEADLINE} | Herald'}}"
        "@bottom-left {content: 'https://herald.example/2026/05/03/dockers'}"
        "@bottom-right {content: counter(page) '/' counter(pages)}}"
    )

    found = printed.read_pdf(story(f"{APART} {edges}"), name="a.pdf")

    assert found.title == HEADLINE
    assert tuple(found.text.split("\n\n")) == PARAGRAPHS


def test_an_address_in_the_text_stays() -> None:
    told = (*PARAGRAPHS[:2], "See<br>https://union.example/walkout")

    found = printed.read_pdf(pdf("".join(f"<p>{words}</p>" for words in told)), name="a.pdf")

    assert found.text.endswith("See https://union.example/walkout")


def test_running_lines_of_left_and_of_right_pages_are_no_text() -> None:
    sides = (
        "@page {size: A6; margin: 2cm} @page :left {@top-left {content: 'THE HERALD'}}"
        "@page :right {@top-right {content: 'News and politics'}}"
    )

    told = "".join(f"<p>{words}</p>" for words in PARAGRAPHS * 4)

    found = printed.read_pdf(pdf(told, f"{APART} {sides}"), name="a.pdf")

    assert "HERALD" not in found.text
    assert "News and politics" not in found.text


def test_a_byline_is_a_paragraph_of_its_own() -> None:
    told = "".join(f"<p>{words}</p>" for words in ("By Jane Doe", *PARAGRAPHS))

    found = printed.read_pdf(pdf(f"<h1>{HEADLINE}</h1>{told}", INDENTED), name="a.pdf")

    assert found.text.split("\n\n")[:2] == ["By Jane Doe", PARAGRAPHS[0]]


@pytest.mark.parametrize(
    ("own", "title"),
    [
        ("Dockers walk out", "Dockers walk out"),
        ("Microsoft Word - statement final", None),
        ("statement v2.docx", None),
        ("untitled", None),
    ],
)
def test_the_files_title_serves_where_no_headline_is_printed(own: str, title: str | None) -> None:
    found = printed.read_pdf(pdf(f"<p>{PARAGRAPHS[0]}</p>", title=own), name="a.pdf")

    assert found.title == title


def test_a_pdf_in_a_folder_is_an_article_like_others(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(story())
    (tmp_path / "b.txt").write_text(PARAGRAPHS[0])

    found = list(articles.read_path(tmp_path))

    assert [one.ref for one in found] == [str(tmp_path / name) for name in ("a.pdf", "b.txt")]
    assert found[0].title == HEADLINE


def test_a_pdf_under_another_name_is_one_too() -> None:
    (found,) = articles.read(story(), name="body")

    assert isinstance(found, Article)
    assert found.text.startswith("Harbour workers")


def test_a_scan_says_what_to_do() -> None:
    with pytest.raises(UnreadableInput, match="OCR"):
        printed.read_pdf(pdf("<div></div>"), name="scan.pdf")


def test_a_locked_file_says_so() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(story())))
    writer.encrypt("secret", algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)

    with pytest.raises(UnreadableInput, match="password"):
        printed.read_pdf(kept.getvalue(), name="a.pdf")


def test_a_book_is_too_large() -> None:
    book = pdf("<p style='break-after: page'>x</p>" * (printed.MAX_PAGES + 1))

    with pytest.raises(InputTooLarge, match="101 pages"):
        printed.read_pdf(book, name="book.pdf")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_ends_too_early_is_unreadable_and_nothing_else(share: float) -> None:
    whole = story()

    found = list(articles.scan(whole[: int(len(whole) * share)], name="a.pdf"))

    assert len(found) == 1
    assert isinstance(found[0], InputError)
    assert str(found[0]).startswith("a.pdf is a PDF")
