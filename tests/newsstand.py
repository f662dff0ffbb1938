"""A town's papers on a local web server, and a desk that briefs without a model."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from http.server import BaseHTTPRequestHandler

from briefer import text
from briefer.errors import GenerationFailed
from briefer.schema import Article, Brief
from tests import loopback
from tests.handmade import plain_brief, source, unbriefable

ROBOTS = "User-agent: *\nDisallow: /private/\n"


@dataclass
class Newsstand:
    """What each path answers with, or where it ``moved``; a change changes the next answer.

    A path among the ``statuses`` answers with that and nothing else.
    """

    pages: dict[str, bytes] = field(default_factory=lambda: {"/robots.txt": ROBOTS.encode()})
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    url: str = ""

    def feed(self, path: str, paper: str, items: Iterable[tuple[str, str]]) -> str:
        """An RSS feed of (link, title); its address."""
        listed = "".join(
            f"<item><title>{escape(title)}</title><link>{self.url}{link}</link>"
            "<description>Read more.</description></item>"
            for link, title in items
        )
        rss = f'<rss version="2.0"><channel><title>{paper}</title>{listed}</channel></rss>'
        self.pages[path] = rss.encode()
        return self.url + path

    def page(self, path: str, paper: str, title: str, words: str) -> None:
        """An article's page."""
        body = "".join(f"<p>{escape(part)}</p>" for part in words.split("\n\n"))
        self.pages[path] = (
            f"<!doctype html><html lang=en><head><title>{escape(title)}</title>"
            f'<meta property="og:site_name" content="{paper}">'
            f"<meta property='og:title' content='{escape(title)}'></head>"
            f"<body><article><h1>{escape(title)}</h1>{body}</article></body></html>"
        ).encode()


@contextmanager
def newsstand() -> Iterator[Newsstand]:
    stand = Newsstand()

    class Handler(loopback.Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            stand.asked[path] += 1
            if path in stand.moved:
                self.send_response(302)
                self.send_header("Location", stand.moved[path])
                self.end_headers()
                return
            content = stand.pages.get(path) if path not in stand.statuses else None
            tag = f'"{hashlib.sha256(content or b"").hexdigest()[:16]}"'
            if content is not None and self.headers.get("If-None-Match") == tag:
                stand.unchanged[path] += 1
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(stand.statuses.get(path, 404 if content is None else 200))
            for name, value in stand.headers.get(path, {}).items():
                self.send_header(name, value)
            self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(content or b"")

    with loopback.answering(Handler) as port:
        stand.url = f"http://127.0.0.1:{port}"
        yield stand


@dataclass
class FirstSentences:
    """A desk whose brief is the article's first two sentences; counts what it made of what."""

    made: Counter[str] = field(default_factory=Counter)
    fails_on: str | None = None
    breaks_on: str | None = None
    n_at_once: int = 1

    def identify(self, article: Article) -> str:
        return text.fingerprint(text.clean(article.text))[:32]

    def brief(self, article: Article) -> Brief:
        if self.fails_on is not None and self.fails_on in article.text:
            raise GenerationFailed(f"no answer about {self.fails_on}")
        if self.breaks_on is not None and self.breaks_on in article.text:
            raise ZeroDivisionError("a library broke")
        id_ = self.identify(article)
        self.made[id_] += 1
        words = text.clean(article.text)
        if not words:
            return unbriefable("too_short", id_)
        first = text.sentences(words)[0].text
        about = source(
            words,
            ref=article.ref,
            title=article.title,
            url=article.url,
            publisher=article.publisher,
            published_at=article.published_at or datetime(2026, 11, 25, 12, tzinfo=UTC),
        )
        return plain_brief(id_, first, source=about)


@dataclass
class Crowd(FirstSentences):
    """A desk at which several articles lie: each waits for as many others, ``n_together``."""

    n_together: int = 1
    most_at_once: int = 0

    def __post_init__(self) -> None:
        self._n_here = 0
        self._changed = threading.Condition()

    def brief(self, article: Article) -> Brief:
        with self._changed:
            self._n_here += 1
            self.most_at_once = max(self.most_at_once, self._n_here)
            self._changed.notify_all()
            self._changed.wait_for(lambda: self.most_at_once >= self.n_together, timeout=10)
            self._n_here -= 1
            return super().brief(article)
