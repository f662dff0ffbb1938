"""Hostile text of an article stays text in every form of a document."""

from __future__ import annotations

import re
import time
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefer import digest, errors, render
from briefer.render import origins, pages, safety, wording
from tests.handmade import (
    DAY,
    HOSTILE,
    brief,
    hostile_brief,
    plain_brief,
)
from tests.markup import Parsed

HOSTILE_SHOWN = HOSTILE.replace("\u202e", "").replace("\u202c", "").replace("\x1b", "")[:-1]


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


def test_addresses_in_text_are_not_linked_by_a_reader_of_gfm() -> None:
    line = safety.markdown("See https://evil.example, WWW.evil.example. Note: 3:1, a.b")

    assert line == "See https&#58;//evil.example, WWW&#46;evil.example. Note: 3:1, a.b"
    assert Parsed(MarkdownIt("commonmark").render(line)).text == (
        "See https://evil.example, WWW.evil.example. Note: 3:1, a.b"
    )


def test_characters_that_mislead_are_not_shown() -> None:
    shown = safety.shown("a\u202eb\u2066c\u200b\x00\x1b[31m\nd\u200f\U000e0041")

    assert shown == "abc[31m d"


def test_marks_are_not_stacked_into_other_lines() -> None:
    assert safety.shown("Z" + "\u0316" * 30 + "algo, ở") == "Z" + "\u0316" * 3 + "algo, ở"
    assert safety.shown("Z" + "\u20d0" * 30) == "Z" + "\u20d0" * 3


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
    [("de", "de"), ("zh_hans-CN", "zh-Hans-CN"), ("EN-gb", None), ('de"><b>', None), (None, None)],
)
def test_language_tag_must_have_the_form_of_one(tag: str | None, kept: str | None) -> None:
    told = brief()
    source = told.source.model_copy(update={"language": tag})

    assert origins.language([told.model_copy(update={"source": source})]) == kept


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
