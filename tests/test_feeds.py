"""Feeds of every kind become entries; malformed and hostile ones neither crash nor leak."""

import json
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer import feeds
from briefer.errors import InputError, UnreadableInput
from briefer.schema import Article

FEEDS = Path(__file__).parents[2] / "shared" / "data" / "feeds_feedparser"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Tellmouth Post</title><language>en-gb</language>
<item><title>Pier &amp;amp; stalls to close</title><link>https://post.example/pier</link>
<guid>tag:1</guid><pubDate>Fri, 31 May 2024 08:00:00 +0200</pubDate>
<description>A teaser.</description>
<content:encoded><![CDATA[<p>The board voted.</p><script>x()</script>
<p>It was close.</p>]]></content:encoded>
</item>
<item><title>Ferry late</title><link>javascript:alert(1)</link>
<description>&lt;b&gt;Only&lt;/b&gt; a teaser.</description></item>
<item><description>&lt;img src="x"/&gt;</description></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>Northern Wire</title>
<entry><id>urn:1</id><title type="html">Pier &lt;i&gt;closed&lt;/i&gt;</title>
<link href="https://wire.example/1"/><updated>2024-05-31T08:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content>
</entry></feed>"""


def test_an_rss_entry_with_content_is_a_whole_article() -> None:
    feed = feeds.read(RSS.encode(), name="post.xml")

    entry = feed.entries[0]
    assert (feed.title, feed.language, feed.problem) == ("Tellmouth Post", "en-gb", None)
    assert entry.article.text == "The board voted.\n\nIt was close."
    assert entry.article.title == "Pier & stalls to close"
    assert entry.article.url == "https://post.example/pier"
    assert entry.article.publisher == "Tellmouth Post"
    assert entry.article.published_at == datetime(2024, 5, 31, 6, tzinfo=UTC)
    assert entry.article.ref == entry.id == "tag:1"
    assert not entry.is_summary


def test_a_teaser_is_marked_and_its_script_address_dropped() -> None:
    entry = feeds.read(RSS.encode(), name="post.xml").entries[1]

    assert entry.article.text == "Only a teaser."
    assert entry.is_summary
    assert entry.article.url is None
    assert entry.article.ref == "post.xml:2"


def test_entries_without_words_are_left_out() -> None:
    assert len(feeds.read(RSS.encode(), name="post.xml").entries) == 2


def test_an_atom_entry_keeps_its_paragraphs() -> None:
    (entry,) = feeds.read(ATOM.encode(), name="wire.xml").entries

    assert entry.article.text == "One.\n\nTwo."
    assert entry.article.title == "Pier closed"
    assert entry.article.language == "en"
    assert entry.article.published_at == datetime(2024, 5, 31, 8, tzinfo=UTC)
    assert not entry.is_summary


def test_a_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Post",
        "items": [
            {
                "id": 7,
                "url": "https://post.example/7",
                "title": "Pier",
                "content_html": "<p>One.</p><p>Two.</p>",
                "date_published": "2024-05-31T08:00:00Z",
            },
            {"id": "8", "summary": "Teaser."},
            "nonsense",
        ],
    }
    content = json.dumps(feed).encode()

    first, second = feeds.read(content, name="feed.json").entries

    assert feeds.is_feed(content)
    assert first.article.text == "One.\n\nTwo."
    assert (first.id, first.article.publisher) == ("7", "Post")
    assert second.article.text == "Teaser."
    assert (first.is_summary, second.is_summary) == (False, True)


def test_opml_names_each_feed_once_and_only_web_addresses() -> None:
    opml = b"""<opml version="2.0"><body><outline text="News">
    <outline text="Post" xmlUrl="https://post.example/rss"/>
    <outline title="Post again" xmlUrl="https://post.example/rss"/>
    <outline text="File" xmlUrl="file:///etc/passwd"/>
    <outline text="Wire" xmlUrl="https://wire.example/atom"/></outline></body></opml>"""

    found = feeds.read_opml(opml, name="list.opml")

    assert feeds.is_opml(opml)
    assert [feed.url for feed in found] == [
        "https://post.example/rss",
        "https://wire.example/atom",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "x is no feed"),
        (b"just text", "x is no feed"),
        (b"<html><body><p>page</p></body></html>", "x is no feed"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "it has no list of items"),
        (b'{"items": [', "x is not JSON"),
        (b"<rss><channel><item><title>&#9999999999;", "x is no feed that can be read"),
    ],
)
def test_what_is_no_feed_is_named(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        feeds.read(content, name="x")


def test_opml_without_feeds_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="names no feed"):
        feeds.read_opml(b"<opml><body/></opml>", name="list.opml")


def test_a_broken_feed_gives_what_can_be_read_and_says_so() -> None:
    broken = RSS.replace("</channel></rss>", "").replace("Ferry late", "Ferry & late")

    feed = feeds.read(broken.encode(), name="x")

    assert [entry.article.title for entry in feed.entries] == [
        "Pier & stalls to close",
        "Ferry & late",
    ]
    assert feed.problem


@pytest.mark.parametrize(
    "written", ["&#xD83D;&#xDE00;", "&#55357;&#56832;", "&#1114112;&#xFFFFFF;"]
)
def test_references_to_no_character_cost_themselves(written: str) -> None:
    odd = RSS.replace("Ferry late", f"Ferry {written} late")

    feed = feeds.read(odd.encode(), name="x")

    assert [entry.article.title for entry in feed.entries] == [
        "Pier & stalls to close",
        "Ferry \ufffd\ufffd late",
    ]


def test_lone_surrogates_of_a_json_feed_are_left_out() -> None:
    half = "\ud83d"
    item = {"id": f"7{half}", "title": f"Pier {half}", "content_text": f"One. {half}Two."}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": half, "items": [item]}

    (entry,) = feeds.read(json.dumps(feed).encode(), name="feed.json").entries

    assert (entry.id, entry.article.title, entry.article.text) == ("7", "Pier", "One. Two.")
    assert Article.model_validate_json(entry.article.model_dump_json()) == entry.article


def test_an_address_with_control_characters_is_dropped() -> None:
    item = {"id": "7", "title": "Pier", "url": "https://post.example/\x00pier"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}

    (entry,) = feeds.read(json.dumps(feed).encode(), name="feed.json").entries

    assert entry.article.url is None


def test_external_entities_are_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2")
    hostile = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]><rss><channel>'
        "<item><title>A&s;</title><description>B &s;</description></item></channel></rss>"
    )
    outlines = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]><opml><body>'
        '<outline text="&s;" xmlUrl="https://a.example/&s;"/></body></opml>'
    )

    found = repr(feeds.read(hostile.encode(), name="x"))
    listed = repr(feeds.read_opml(outlines.encode(), name="x"))

    assert "hunter2" not in found + listed


def test_entities_that_multiply_do_not_exhaust_time_or_memory() -> None:
    names = "abcdefghij"
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    bomb = f"<!DOCTYPE x [{entities}]><rss><channel><item><title>&j;</title></item></channel></rss>"
    started = time.process_time()

    found = feeds.read(bomb.encode(), name="x")

    assert len(repr(found)) < 100_000
    assert time.process_time() - started < 20


@given(st.binary(max_size=200).map(lambda junk: RSS.encode()[:600] + junk))
def test_any_bytes_after_a_feed_begins_give_entries_or_an_input_error(content: bytes) -> None:
    for item in feeds.scan(content, name="x"):
        assert isinstance(item, Article | InputError)


@pytest.mark.skipif(not FEEDS.exists(), reason="../shared/data is not here")
def test_a_thousand_odd_feeds_are_read_without_a_crash() -> None:
    files = sorted(FEEDS.rglob("*.xml"))

    n_entries, refused, unrecognised = 0, [], []
    for file in files:
        content = file.read_bytes()
        unrecognised += [] if feeds.is_feed(content) else [file.name]
        try:
            n_entries += len(feeds.read(content, name=file.name).entries)
        except UnreadableInput:
            refused.append(file.name)

    assert len(files) > 1000
    assert refused == ["rss_empty_document.xml"]
    assert unrecognised == refused
    assert n_entries >= 280  # 285 have words; two are nothing but a broken tag
