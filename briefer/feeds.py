"""RSS, Atom, JSON Feed and OPML, from bytes: entries become articles, lists become addresses.

Malformed feeds give what can be read of them. Fetches nothing and follows no links or entities.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import struct_time
from typing import Any

from briefer import text
from briefer.articles import decoding, pages, records
from briefer.articles.dates import parse_moment
from briefer.articles.metadata import is_web_address
from briefer.errors import InputError, UnreadableInput
from briefer.schema import Article

SUFFIXES = frozenset((".xml", ".rss", ".atom", ".rdf"))
"""How the names of files end that are feeds and nothing else."""
_MIN_FULL_WORDS = 150
"""A description with at least as many words is taken for the article itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; ``is_summary`` when the feed carries only a teaser of the article.

    ``id`` is the feed's own name for it, else its address: what tells a new entry from a known.
    """

    article: Article
    id: str | None
    is_summary: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's entries in its own order; ``problem`` says what was malformed, if anything."""

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that an OPML list names."""

    url: str
    title: str | None


_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)\b", re.IGNORECASE)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_OPML = re.compile(rb"<opml\b", re.IGNORECASE)
_HEAD_BYTES = 10_000


def is_feed(content: bytes) -> bool:
    """Whether bytes look like RSS, Atom or JSON Feed."""
    head = _head(content)
    return bool(_FEED.search(head) or _JSON_FEED.search(head))


def is_opml(content: bytes) -> bool:
    """Whether bytes look like a list of feeds in OPML."""
    return _OPML.search(_head(content)) is not None


def _head(content: bytes) -> bytes:
    """The beginning, readable as ASCII in UTF-16 and UTF-32 too."""
    return content[:_HEAD_BYTES].replace(b"\x00", b"")


def read(content: bytes, *, name: str) -> Feed:
    """Read a feed; entries without any text or title are left out.

    An entry's ``ref`` is its id, else its address, else ``name:number``.

    Raises:
        UnreadableInput: the bytes are no feed at all.
    """
    if content.lstrip()[:1] == b"{":
        return _read_json_feed(decoding.decode(content, name=name), name)
    return _read_xml_feed(content, name)


def scan(content: bytes, *, name: str) -> Iterator[Article | InputError]:
    """The articles of a feed's entries, or the error that says why there are none."""
    try:
        feed = read(content, name=name)
    except InputError as error:
        yield error
        return
    yield from (entry.article for entry in feed.entries)


def read_opml(content: bytes, *, name: str) -> tuple[Subscription, ...]:
    """The feeds of an OPML list in its order, each address once.

    Raises:
        UnreadableInput: the bytes are no XML, or name no feed.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(content.strip(), parser=parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableInput(f"{name} is not OPML: {error.msg}.") from error
    outlines = root.iter("outline") if root is not None else ()
    found = {
        url: Subscription(url, text.one_line(outline.get("title") or outline.get("text")))
        for outline in outlines
        if (url := (outline.get("xmlUrl") or "").strip()) and is_web_address(url)
    }
    if not found:
        raise UnreadableInput(f"{name} names no feed: it has no outline with an xmlUrl.")
    return tuple(found.values())


def _read_xml_feed(content: bytes, name: str) -> Feed:
    import feedparser  # type: ignore[import-untyped]  # on use: it loads an HTML sanitiser, and most runs read no feed

    # As a stream: a string could be taken for an address or a path and be opened.
    stream = io.BytesIO(_REFERENCE.sub(_character, content))
    try:
        parsed = feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False)
    except (OverflowError, ValueError) as error:  # &#9999999999; where the XML is broken, too
        raise UnreadableInput(f"{name} is no feed that can be read: {error}.") from error
    if not parsed.get("version") and not parsed.entries:
        raise UnreadableInput(f"{name} is no feed: it has neither RSS, Atom nor JSON Feed entries.")
    about = _About(_title(parsed.feed), _string(parsed.feed, "language"), name)
    entries = (_xml_entry(entry, about, n) for n, entry in enumerate(parsed.entries, start=1))
    problem = str(parsed.get("bozo_exception", "malformed")) if parsed.bozo else None
    return Feed(about.title, about.language, tuple(e for e in entries if e), problem)


_REFERENCE = re.compile(rb"&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));")


def _character(reference: re.Match[bytes]) -> bytes:
    """The reference, if it is to a character; feedparser dies of others.

    An emoji is often written as two, each to half of it ("&#xD83D;&#xDE00;").
    """
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    is_character = code < 0xD800 or 0xDFFF < code <= 0x10FFFF
    return reference[0] if is_character else b"&#xFFFD;"


@dataclass(frozen=True, slots=True)
class _About:
    title: str | None
    language: str | None
    name: str


def _xml_entry(entry: Mapping[str, Any], about: _About, number: int) -> Entry | None:
    full = max((_body(part) for part in entry.get("content") or ()), key=len, default="")
    teaser = _body(entry.get("summary_detail") or {})
    source = entry.get("source")
    publisher = _title(source) if isinstance(source, Mapping) else None
    address = _string(entry, "link")
    return _entry(
        Article(
            text=full if len(full) >= len(teaser) else teaser,
            title=_title(entry),
            url=address,
            publisher=publisher or about.title,
            published_at=_moment(entry),
            language=about.language,
        ),
        own_id=_string(entry, "id"),
        has_content=bool(full.strip()),
        place=f"{about.name}:{number}",
    )


def _entry(article: Article, *, own_id: str | None, has_content: bool, place: str) -> Entry | None:
    if not article.text.strip() and not article.title:
        return None
    url = article.url if article.url and is_web_address(article.url) else None
    n_words = len(text.words(article.text))
    return Entry(
        article.model_copy(update={"url": url, "ref": own_id or url or place}),
        own_id or url,
        is_summary=not has_content and n_words < _MIN_FULL_WORDS,
    )


def _body(part: Mapping[str, Any]) -> str:
    """The text of an element with a type, as feedparser found or guessed it."""
    value = part.get("value")
    if not isinstance(value, str):
        return ""
    is_plain = part.get("type") == "text/plain" and "<" not in value
    return value if is_plain else pages.flatten(value)


def _title(element: Mapping[str, Any]) -> str | None:
    """The title, which feeds may write as HTML."""
    detail = element.get("title_detail")
    if isinstance(detail, Mapping):
        return text.one_line(_body(detail))
    return text.one_line(_string(element, "title"))


def _string(element: Mapping[str, Any], key: str) -> str | None:
    value = element.get(key)
    return (_writable(value).strip() or None) if isinstance(value, str) else None


def _writable(value: str) -> str:
    """The text without the lone surrogates that JSON can hold and no file."""
    return value.encode("utf-8", "ignore").decode()


_MOMENTS = ("published_parsed", "updated_parsed", "created_parsed")


def _moment(entry: Mapping[str, Any]) -> datetime | None:
    for key in _MOMENTS:
        parts = entry.get(key)
        if isinstance(parts, struct_time):
            try:
                return datetime.fromtimestamp(timegm(parts), UTC)
            except (ValueError, OverflowError, OSError):  # year 0 or 30000
                continue
    return None


def _read_json_feed(written: str, name: str) -> Feed:
    parsed = records.parse_json(written, name=name)
    items = parsed.get("items") if isinstance(parsed, dict) else None
    if not isinstance(items, list):
        raise UnreadableInput(f"{name} is no JSON Feed: it has no list of items.")
    about = _About(text.one_line(_string(parsed, "title")), _string(parsed, "language"), name)
    entries = (
        _json_entry(item, about, number)
        for number, item in enumerate(items, start=1)
        if isinstance(item, dict)
    )
    return Feed(about.title, about.language, tuple(entry for entry in entries if entry))


def _json_entry(item: Mapping[str, Any], about: _About, number: int) -> Entry | None:
    html, plain = _string(item, "content_html"), _string(item, "content_text")
    body = plain or (pages.flatten(html) if html else "")
    own_id = item.get("id")
    return _entry(
        Article(
            text=body or _string(item, "summary") or "",
            title=text.one_line(_string(item, "title")),
            url=_string(item, "url") or _string(item, "external_url"),
            publisher=about.title,
            published_at=parse_moment(
                _string(item, "date_published") or _string(item, "date_modified")
            ),
            language=_string(item, "language") or about.language,
        ),
        own_id=_writable(str(own_id)) if isinstance(own_id, str | int) else None,
        has_content=bool(body),
        place=f"{about.name}:{number}",
    )
