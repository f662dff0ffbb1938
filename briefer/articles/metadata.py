"""What a page says about itself in its head: title, byline, date, publisher, address, language.

Reads meta elements, JSON-LD (``linked``) and ``<time>``; never the body's prose.
Sources disagree, so each fact has its order of trust, best first. Knows nothing of files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from briefer.articles import blocks, linked
from briefer.articles.dates import parse_moment
from briefer.articles.linked import MAX_VALUE_CHARS


@dataclass(frozen=True, slots=True)
class Description:
    """A page's own description; what it does not say is ``None``."""

    title: str | None = None
    byline: str | None = None
    published_at: datetime | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None


def describe(tree: HtmlElement) -> Description:
    """Read a page's description of itself."""
    metas = _metas(tree)
    described = linked.article(tree)
    publisher = _first(linked.name_of(described.get("publisher")), *_values(metas, _PUBLISHER))
    return Description(
        title=_title(tree, metas, described, publisher),
        byline=_byline(tree, metas, described),
        published_at=_published_at(tree, metas, described),
        publisher=publisher,
        url=_url(tree, metas),
        language=_first(tree.get("lang"), *_values(metas, ("og:locale", "content-language"))),
    )


# Order of trust. Bylines: parsely and Dublin Core are set by the newsroom's system; "author" is
# often the site's name; article:author is often an address, which _byline refuses.
_BYLINE_FIRST = ("dc:creator", "dcterm:creator", "parsely-author")
_BYLINE = ("author", "byl", "byline", "sailthru.author", "article:author")
_TITLES = (
    "dc:title",
    "dcterm:title",
    "og:title",
    "weibo:article:title",
    "parsely-title",
    "twitter:title",
    "title",
)
_PUBLISHER = ("og:site_name", "application-name", "dc:publisher", "citation_publisher")
_DATES = (
    "article:published_time",
    "og:published_time",
    "parsely-pub-date",
    "datepublished",
    "pubdate",
    "publishdate",
    "dc:date",
    "dcterm:created",
    "dcterm:issued",
    "dc:date.issued",
    "sailthru.date",
    "date",
)


_KEYS = ("property", "name", "itemprop", "http-equiv")


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Meta names, lower case and with ``:`` for ``.`` in Dublin Core, to their first value."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        value = " ".join((meta.get("content") or "").split())[:MAX_VALUE_CHARS]
        keys = " ".join(meta.get(name) or "" for name in _KEYS)
        for key in keys.lower().split():
            if value:
                found.setdefault(re.sub(r"^(dc|dcterms?)[.:]", r"\1:", key), value)
    return {key.replace("dcterms:", "dcterm:"): value for key, value in found.items()}


def _values(metas: Mapping[str, str], names: Iterable[str]) -> Iterator[str | None]:
    return (metas.get(name) for name in names)


def _first(*values: str | None) -> str | None:
    return next((value.strip() for value in values if value and value.strip()), None)


_SEPARATORS = re.compile(r"\s+[|\-–—·»:_]\s+|\s*[|»]\s*|\s*_(?=\S)")


def _title(
    tree: HtmlElement,
    metas: Mapping[str, str],
    described: Mapping[str, Any],
    publisher: str | None,
) -> str | None:
    element = tree.find(".//title")
    written = " ".join((element.text_content() if element is not None else "").split())
    headings = _headings(tree)
    # Wikipedia's headline is a description and its name the title, which stands over the text.
    headline, name = (linked.line_of(described.get(key)) for key in ("headline", "name"))
    title = _first(*_values(metas, _TITLES), name if name in headings else headline, written)
    return title and _without_site(title[:MAX_VALUE_CHARS], headings, publisher)


def _headings(tree: HtmlElement) -> frozenset[str]:
    return frozenset(map(blocks.opening, tree.iter("h1", "h2"))) - {""}


def _without_site(title: str, headings: Collection[str], publisher: str | None) -> str:
    """The title without " | The Daily Site": told by a heading, else by the publisher's name."""
    pieces = _SEPARATORS.split(title)
    if len(pieces) < 2 or title in headings:
        return title
    for match in reversed(list(_SEPARATORS.finditer(title))):
        front, back = title[: match.start()].strip(), title[match.end() :].strip()
        if front in headings or (publisher and back.casefold() == publisher.casefold()):
            return front or title
    front, back = pieces[0], pieces[-1]
    is_site = len(pieces) == 2 and len(front.split()) > len(back.split()) + 2 and back[:1].isupper()
    return front.strip() if is_site and len(back.split()) <= _MAX_SITE_WORDS else title


_MAX_SITE_WORDS = 3  # "The Daily Telegraph"; more is a subtitle


_BY = re.compile(
    r"^(?:(?:written|posted|reported)\s+)?(?:by|par|von|por|di|af|av|door)\b:?\s+", re.IGNORECASE
)
_TRAILING_DATE = re.compile(
    r"[\s,|•·-]+(?:on\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+\d.*)?"
    r"|\d{1,4}[./-].*|\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*"
    r"|(?:updated|published|posted)\b.*)$",
    re.IGNORECASE,
)


def _byline(
    tree: HtmlElement, metas: Mapping[str, str], described: Mapping[str, Any]
) -> str | None:
    stated = (
        *_values(metas, _BYLINE_FIRST),
        linked.names_of(described.get("author")),
        *_values(metas, _BYLINE),
    )
    names = (_names_of(value) for value in (*stated, *_shown_bylines(tree)) if value)
    return next((name for name in names if name), None)


_BYLINE_MARK = re.compile(
    r"(?<![a-z])(?:byline|author|dateline|writtenby|p-author)(?:[-_ ]?name)?(?![a-z])",
    re.IGNORECASE,
)
_MAX_BYLINE_CHARS = 100  # as Readability: longer elements are boxes about the author


def _shown_bylines(tree: HtmlElement) -> Iterator[str]:
    """Texts of elements that are marked as the author's name, in the order of the page."""
    for element in tree.iter("a", "span", "p", "div", "address", "cite", "b", "strong", "li"):
        marks = " ".join(element.get(name) or "" for name in ("rel", "itemprop", "class", "id"))
        if _BYLINE_MARK.search(marks):
            shown = blocks.opening(element)
            if 0 < len(shown) < _MAX_BYLINE_CHARS:
                yield shown


def _names_of(value: str) -> str | None:
    """The names without "By" and without the date after them; an address is no byline."""
    if "://" in value or value.startswith("@"):
        return None
    return _TRAILING_DATE.sub("", _BY.sub("", value.strip())).strip(" ,;|-–•") or None


def _published_at(
    tree: HtmlElement, metas: Mapping[str, str], described: Mapping[str, Any]
) -> datetime | None:
    stated = (linked.line_of(described.get("datePublished")), *_values(metas, _DATES))
    written = (*stated, *_shown_moments(tree), _only_moment(tree))
    return next((moment for moment in map(parse_moment, written) if moment), None)


# Microformats, WordPress and schema.org mark so when an article was published.
_PUBLISHED_MARK = re.compile(r"(?<![\w-])(?:(?:dt-)?published|pubdate|datePublished)(?![\w-])")


def _shown_moments(tree: HtmlElement) -> Iterator[str | None]:
    """Moments of ``<time>`` elements that are marked as that of publishing."""
    for time in tree.iter("time"):
        marks = f"{time.get('class') or ''} {time.get('itemprop') or ''}"
        if time.get("pubdate") is not None or _PUBLISHED_MARK.search(marks):
            yield time.get("datetime") or time.get("content") or blocks.opening(time)


_MIN_PROSE_WORDS = 12


def _only_moment(tree: HtmlElement) -> str | None:
    """The moment over a page's first paragraph of prose, if there is one and no other."""
    found: set[str] = set()
    for element in tree.iter("time", "p"):
        if element.tag == "time":
            found.add(element.get("datetime") or "")
        elif len(blocks.opening(element).split()) >= _MIN_PROSE_WORDS:
            found.discard("")
            return found.pop() if len(found) == 1 else None
    return None


def _url(tree: HtmlElement, metas: Mapping[str, str]) -> str | None:
    links = (
        link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "")
    )
    for address in (*links, metas.get("og:url")):
        if address and is_web_address(address):
            return str(address).strip()
    return None


_NO_ADDRESS = re.compile("[\x00-\x1f\x7f]")


def is_web_address(address: str) -> bool:
    """Whether an address is absolute http or https, without control characters."""
    if _NO_ADDRESS.search(address.strip()):
        return False
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
