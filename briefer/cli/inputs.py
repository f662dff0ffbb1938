"""Arguments become articles: files, folders, JSON Lines, feeds, ``-`` for standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefer import articles, feeds
from briefer.errors import InputError, UnreadableInput
from briefer.schema import Article

_FEED_SUFFIXES = frozenset({".xml", ".rss", ".atom", ".rdf", ".opml"})
_SUFFIXES = _FEED_SUFFIXES | articles.SUFFIXES.keys()
STDIN = "-"


def scan(paths: Iterable[str], *, language: str | None) -> Iterator[Article | InputError]:
    """The articles of all arguments in order; what cannot be read comes as an error.

    ``language`` is what articles are said to be in that do not say it themselves.
    """
    for path in paths:
        for item in _scan_one(path):
            if isinstance(item, Article) and item.language is None and language:
                yield item.model_copy(update={"language": language})
            else:
                yield item


def _scan_one(path: str) -> Iterator[Article | InputError]:
    if path == STDIN:
        yield from _scan_content(sys.stdin.buffer.read(), STDIN)
        return
    for content, name in articles.scan_files(path, suffixes=_SUFFIXES):
        if isinstance(content, InputError):
            yield content
        else:
            yield from _scan_content(content, name)


def _scan_content(content: bytes, name: str) -> Iterator[Article | InputError]:
    suffix = Path(name).suffix.lower()
    is_free = suffix in _FEED_SUFFIXES or suffix not in articles.SUFFIXES or suffix == ".json"
    if is_free and feeds.is_opml(content):
        yield UnreadableInput(
            f"{name} is a list of feeds (OPML), not articles; save the feeds it names and give "
            "those."
        )
    elif suffix in _FEED_SUFFIXES or (is_free and feeds.is_feed(content)):
        yield from feeds.scan(content, name=name)
    else:
        yield from articles.scan(content, name=name)
