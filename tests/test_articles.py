"""Bytes and files become articles, or errors that name what could not be read and why."""

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer import articles
from briefer.articles import markdown
from briefer.errors import InputError, InputTooLarge, UnreadableInput
from briefer.schema import Article

PROSE = (
    "The harbour board of Tellmouth voted on Monday to close the old pier. "
    "Its chair, Ingrid Vass, said repairs would cost 4 million crowns."
)


def only(content: bytes | str, name: str) -> Article:
    (article,) = articles.read(content.encode() if isinstance(content, str) else content, name=name)
    return article


def test_a_text_file_is_one_article_named_by_its_path() -> None:
    article = only(PROSE, "in/pier.txt")

    assert article == Article(text=PROSE, ref="in/pier.txt")


def test_markdown_becomes_plain_text_with_its_first_heading_as_title() -> None:
    written = (
        "# Pier to close\n\nThe board *voted* to close the [old pier](http://x.example).\n\n"
        "![a pier](pier.png)\n\n- Repairs cost `4` million\n- Work starts in May\n\n"
        "| Year | Visitors |\n|---|---|\n| 2023 | 410 |\n\n> It is a loss.\n\n"
        "<script>alert(1)</script>\n\n<div>The <b>mayor</b> objected.</div>\n"
    )

    article = only(written, "pier.md")

    assert article.title == "Pier to close"
    assert article.text.split("\n\n") == [
        "The board voted to close the old pier.",
        "Repairs cost 4 million",
        "Work starts in May",
        "Year | Visitors",
        "2023 | 410",
        "It is a loss.",
        "The mayor objected.",
    ]


def test_front_matter_of_markdown_gives_title_date_and_publisher() -> None:
    written = (
        "---\ntitle: 'Pier: closed'\ndate: 2024-05-31\npublisher: Tellmouth Post\n---\nText.\n"
    )

    article = only(written, "pier.md")

    assert article.title == "Pier: closed"
    assert article.published_at == datetime(2024, 5, 31, tzinfo=UTC)
    assert article.publisher == "Tellmouth Post"
    assert article.text == "Text."


@pytest.mark.parametrize(
    ("matter", "title"),
    [
        ("---\ntitle: >\n  Pier to\n  close\n---", "Pier to close"),
        ("---\ntitle: 'It''s over for pier'\n---", "It's over for pier"),
        ('---\ntitle: "Pier \\"to close\\""  # draft\n---', 'Pier "to close"'),
        ("---\ntitle: Pier: closed\n---", "Pier: closed"),
        ("---\ntitle: null\n---", "Heading"),
        ("\n---\ntitle: Pier to close\n---", "Pier to close"),
        ('+++\ntitle = "Pier to close"\n[params]\na = 1\n+++', "Pier to close"),
        ("+++\ntitle = \n+++", "Heading"),
        (f"---\ntitle: {'[' * 2_000}\n---", "[" * 2_000),
    ],
)
def test_title_of_front_matter_is_read_as_yaml_or_toml(matter: str, title: str) -> None:
    document = markdown.read_markdown(f"{matter}\n\n# Heading\n\nText.")

    assert document.title == title
    assert document.text.endswith("Text.")
    assert "+++" not in document.text


def test_date_of_toml_front_matter_is_the_articles() -> None:
    written = '+++\ntitle = "Pier"\ndate = 2024-05-31T08:00:00+02:00\n+++\nText.\n'

    assert only(written, "pier.md").published_at == datetime(2024, 5, 31, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "unit", ["[", "![", "*a ", "`a", "[a](", "<", "&", "- ", "> ", "a|b\n", "[" * 20 + "\n\n"]
)
def test_long_hostile_markdown_takes_seconds(unit: str) -> None:
    written = "a|b\n-|-\n" + unit * (200_000 // len(unit))
    started = time.process_time()

    markdown.read_markdown(written)

    # The slowest takes 4 s; markdown-it alone needs minutes for a megabyte of some.
    assert time.process_time() - started < 30


def test_a_json_article_keeps_what_is_known_and_ignores_other_keys() -> None:
    record = {
        "text": PROSE,
        "title": " Pier to\nclose ",
        "url": "https://post.example/pier",
        "publisher": "Tellmouth Post",
        "published_at": "2024-05-31T08:00:00+02:00",
        "language": "en-GB",
        "ref": "own",
        "urgency": {"level": 3},
    }

    article = only(json.dumps(record), "pier.json")

    assert article == Article(
        text=PROSE,
        title="Pier to close",
        url="https://post.example/pier",
        publisher="Tellmouth Post",
        published_at=datetime(2024, 5, 31, 6, tzinfo=UTC),
        language="en-GB",
        ref="pier.json",
    )


def test_a_moment_without_a_zone_is_utc() -> None:
    article = only('{"text": "A b c.", "published_at": "2024-05-31T08:00:00"}', "a.json")

    assert article.published_at == datetime(2024, 5, 31, 8, tzinfo=UTC)


def test_given_facts_override_those_of_the_html() -> None:
    html = (
        "<html><head><title>Old title</title><meta property='og:site_name' content='Post'></head>"
        f"<body><article><p>{PROSE}</p><p>{PROSE}</p></article></body></html>"
    )

    article = only(json.dumps({"html": html, "title": "New title"}), "a.json")

    assert article.title == "New title"
    assert article.publisher == "Post"
    assert PROSE in article.text


def test_json_lines_keep_their_refs_and_else_get_their_line_number() -> None:
    written = '{"text": "One."}\n\n{"text": "Two.", "ref": "b"}\n'

    found = articles.read(written.encode(), name="day.jsonl")

    assert [(article.text, article.ref) for article in found] == [
        ("One.", "day.jsonl:1"),
        ("Two.", "b"),
    ]


def test_a_bad_line_of_json_lines_does_not_lose_the_others() -> None:
    written = b'{"text": "One."}\n{"text": \n{"text": "Three."}\n'

    found = list(articles.scan(written, name="day.jsonl"))

    assert [type(item).__name__ for item in found] == ["Article", "UnreadableInput", "Article"]
    assert "day.jsonl:2 is not JSON" in str(found[1])


def test_a_json_list_holds_several_articles() -> None:
    found = articles.read(b'[{"text": "One."}, {"text": "Two."}]', name="two.json")

    assert [article.ref for article in found] == ["two.json:1", "two.json:2"]


def test_one_bad_object_of_a_json_list_does_not_lose_the_others() -> None:
    written = b'[{"text": "One."}, {"title": "Two"}, {"text": "Three."}]'

    found = list(articles.scan(written, name="three.json"))

    assert [type(item).__name__ for item in found] == ["Article", "UnreadableInput", "Article"]
    assert "three.json, article 2 has no article" in str(found[1])
    assert [item.ref for item in found if isinstance(item, Article)] == [
        "three.json:1",
        "three.json:3",
    ]


def test_ninjs_of_both_generations_is_understood() -> None:
    first = {
        "uri": "urn:a",
        "headline": "Pier to close",
        "body_xhtml": "<p>The board voted.</p><p>It was close.</p><script>x()</script>",
        "versioncreated": "2024-05-31T08:00:00Z",
        "language": "en",
        "infosource": [{"name": "Northern Wire"}],
        "type": "text",
    }
    second = {
        "uri": "urn:b",
        "headlines": [{"role": "main", "value": "Pier to close"}],
        "bodies": [{"contenttype": "text/plain", "value": "The board voted."}],
        "contentcreated": "2024-05-31T08:00:00Z",
    }

    found = articles.read(json.dumps([first, second]).encode(), name="wire.json")

    assert found[0].text == "The board voted.\n\nIt was close."
    assert found[0].title == found[1].title == "Pier to close"
    assert found[0].publisher == "Northern Wire"
    assert found[0].published_at == found[1].published_at == datetime(2024, 5, 31, 8, tzinfo=UTC)
    assert found[1].text == "The board voted."
    assert [article.ref for article in found] == ["urn:a", "urn:b"]


def test_headlines_and_publishers_of_ninjs_can_be_written_down() -> None:
    record = {"body_text": PROSE, "headline": "Pier \ud800to \x00close", "source": "The \udfffWire"}

    article = only(json.dumps(record).encode(), "wire.json")

    assert (article.title, article.publisher) == ("Pier to close", "The Wire")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f'{{"text": "{PROSE}"}}', PROSE),
        (f"<!DOCTYPE html><html><body><p>{PROSE}</p></body></html>", PROSE),
        (json.dumps([{"text": PROSE}], indent=2), PROSE),
        (f"<article>\n<h1>Pier to close</h1><p>{PROSE}</p></article>", f"Pier to close\n\n{PROSE}"),
        (f'<p class="lead">{PROSE}</p>', PROSE),
        (f"<div><p>{PROSE}</p></div>", PROSE),
        ("<pier> is a word here.", "<pier> is a word here."),
        (PROSE, PROSE),
    ],
)
def test_the_format_of_unnamed_bytes_is_told_by_their_beginning(content: str, text: str) -> None:
    assert only(content, "-").text == text


@pytest.mark.parametrize(
    "content",
    [
        "Zoë’s café".encode(),
        b"\xef\xbb\xbf" + "Zoë’s café".encode(),
        b"\xff\xfe" + "Zoë’s café".encode("utf-16-le"),
        b"\xfe\xff" + "Zoë’s café".encode("utf-16-be"),
        "Zoë’s café".encode("cp1252"),
        f"Zoë’s café. {PROSE}".encode("cp1252"),
    ],
)
def test_text_is_decoded_whatever_its_encoding(content: bytes) -> None:
    assert only(content, "a.txt").text.startswith("Zoë’s café")


def test_utf_16_without_a_mark_is_told_by_its_zero_bytes() -> None:
    assert only(PROSE.encode("utf-16-le"), "a.txt").text == PROSE


def test_a_wrong_declaration_does_not_garble_utf_8() -> None:
    html = "<html><meta charset='iso-8859-1'><body><p>Zoë’s café is open.</p></body></html>"

    assert only(html.encode(), "a.html").text == "Zoë’s café is open."


def test_a_declared_encoding_is_used_where_utf_8_fails() -> None:
    html = "<html><meta charset='windows-1251'><body><p>Министр подал в отставку.</p></body></html>"

    assert only(html.encode("cp1251"), "a.html").text == "Министр подал в отставку."


def test_an_undeclared_encoding_is_detected() -> None:
    text = "Министр сообщил, что правительство пересмотрит закон. Оппозиция недовольна."

    assert only(text.encode("cp1251"), "a.txt").text == text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "a.txt is empty"),
        ("a.txt", b" \n\t ", "a.txt is empty"),
        ("a.txt", b"abc\x00def", "a.txt is binary"),
        ("a.txt", b"\x01\x02\x03abc", "3 of its 6 characters are control characters"),
        ("a.pdf", b"%PDF-1.7 ...", "a.pdf is a PDF"),
        ("a.docx", b"PK\x03\x04...", "a.docx is a zip archive or office document"),
        ("a.json", b"{", "a.json is not JSON: Expecting property name"),
        ("a.json", b'{"text": NaN}', "NaN is no JSON value"),
        ("a.json", b'{"text": "a", "n": -Infinity}', "-Infinity is no JSON value"),
        ("a.json", b'{"text": "a\\u0000b"}', "a.json: text holds NUL characters"),
        ("a.json", b'{"text": "a\\ud800b"}', "a.json: text holds lone surrogates"),
        ("a.json", b'{"text": "a", "title": "\\udfff"}', "a.json: title holds lone surrogates"),
        ("a.json", b'{"text": " "}', "a.json: text is empty"),
        ("a.json", b'{"titel": "a"}', "it lacks text and html"),
        ("a.json", b'{"text": "a", "html": "b"}', "both text and html"),
        ("a.json", b'{"text": 5}', "text must be a string, not int"),
        ("a.json", b'"text"', "must be a JSON object"),
        ("a.json", b'{"text": "a", "published_at": "last week"}', "is not ISO 8601"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.json", b'{"headline": "a", "type": "picture"}', "ninjs without a body"),
        ("a.json", b'{"body_text": "a", "url": "\\ud800"}', "url holds lone surrogates"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_reason(
    name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableInput) as raised:
        articles.read(content, name=name)

    assert reason in str(raised.value)
    assert name in str(raised.value)


def test_an_article_beyond_the_limit_is_refused_by_its_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("briefer.articles.reading.MAX_ARTICLE_BYTES", 1000)

    with pytest.raises(InputTooLarge, match=r"big\.txt has 1,001 bytes"):
        articles.read(b"a" * 1001, name="big.txt")


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a.json", "a", "-"]))
def test_any_bytes_give_articles_or_an_input_error(content: bytes, name: str) -> None:
    for item in articles.scan(content, name=name):
        assert isinstance(item, Article | InputError)
        assert isinstance(item, Article) or name in str(item)


def test_a_folder_gives_its_files_by_name_and_skips_what_is_none(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", "picture.png", "README.md"):
        (tmp_path / name).write_text(f"About {name}.")

    found = list(articles.read_path(tmp_path))

    assert [article.ref for article in found] == [
        str(tmp_path / name) for name in ("a.md", "b.txt", "sub/c.txt")
    ]


def test_names_begin_as_the_path_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    monkeypatch.chdir(tmp_path)

    assert [article.ref for article in articles.read_path("./a.txt")] == ["./a.txt"]
    assert [article.ref for article in articles.read_path(".")] == ["./a.txt"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"nowhere\.txt does not exist"):
        list(articles.read_path(tmp_path / "nowhere.txt"))


def test_one_unreadable_file_of_a_folder_does_not_lose_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    (tmp_path / "b.txt").write_bytes(b"\x00\x01")
    (tmp_path / "c.txt").write_text(PROSE)

    found = list(articles.scan_path(tmp_path))

    assert [isinstance(item, Article) for item in found] == [True, False, True]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_an_unreadable_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0)
    if os.geteuid() == 0:  # root reads everything but a link to itself
        closed.rmdir()
        closed.symlink_to(closed)

    (error,) = articles.scan_path(closed)

    assert isinstance(error, UnreadableInput)
    assert str(closed) in str(error)
