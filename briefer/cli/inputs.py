"""Arguments become articles: files, folders, JSON Lines, feeds, ``-`` for standard input."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from briefer import articles, feeds
from briefer.errors import InputError, UnreadableInput
from briefer.schema import Article

_FEED_SUFFIXES = feeds.SUFFIXES | {".opml"}
_SUFFIXES = _FEED_SUFFIXES | articles.SUFFIXES.keys()
KINDS = " ".join(sorted(_SUFFIXES))
"""The endings of the files that are read of a folder."""
STDIN = "-"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


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


def scan_filled(paths: Iterable[str], *, language: str | None) -> Iterator[Article | InputError]:
    """As ``scan``, where a path without any article is an error too."""
    for path in paths:
        items = scan([path], language=language)
        first = next(items, None)
        if first is None:
            kinds = f" that briefer reads ({KINDS})"
            yield UnreadableInput(
                f"{path} holds no articles{kinds if Path(path).is_dir() else ''}."
            )
        else:
            yield from chain([first], items)


def _scan_one(path: str) -> Iterator[Article | InputError]:
    if path == STDIN:
        yield from _scan_content(sys.stdin.buffer.read(), STDIN)
        return
    if path.startswith(("http://", "https://")):
        yield UnreadableInput(
            f"{path} is an address, and files are read here: give its page with curl -L URL | "
            'briefer brief -, or name it as a source of briefer nightly (kind = "url").'
        )
        return
    for content, name in articles.scan_files(path, suffixes=_SUFFIXES):
        if name != path and _is_of_edition(Path(name)):
            continue
        if isinstance(content, InputError):
            yield content
        else:
            yield from _scan_content(content, name)


def _is_of_edition(file: Path) -> bool:
    """Whether a folder's file is a document that ``briefer digest`` left there."""
    record = file.with_suffix(".json")
    if not _DAY.fullmatch(record.stem):
        return False
    try:
        written = json.loads(record.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(written, dict) and {"schema_version", "day"} <= written.keys()


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
