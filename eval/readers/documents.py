"""Readers of the sets for whole documents: stories, highlights, pages, feeds.

Knows nothing of measures.
"""

from __future__ import annotations

import ast
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.errors import DataError
from eval.readers.given import text_hash
from eval.readers.lines import Record, records


class Excerpt(Record):
    """One outlet's text of an event."""

    title: str
    text: str


class SharedEvent(Record):
    """Excerpts of one event by left, centre and right outlets (NeuS)."""

    id: str
    articles: tuple[Excerpt, ...]


class Highlighted(Record):
    """A CNN or Daily Mail article with its editor's highlights."""

    id: str
    text: str
    reference: tuple[str, ...]


class _ExpectedPage(Record):
    id: str
    html: str
    title: str | None = None
    byline: str | None = None
    publishedTime: str | None = None  # noqa: N815 - the set's own key
    expected_text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A real web page and what of it is the article."""

    id: str
    html: bytes
    title: str | None
    byline: str | None
    published: str | None
    body: str


_FIRST_ENTRY = re.compile(r"entries\[0\]\['(?:title|description|summary)'\] == (u?'.*'|u?\".*\")$")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed file of feedparser's tests. ``expects_bozo``: the file is ill-formed on purpose.

    ``expected`` holds what the comment at its head says about entries and feed, as written there.
    """

    id: str
    content: bytes
    expected: str

    @property
    def expected_words(self) -> str | None:
        """What the head says the first entry's title or text is, where it says so plainly."""
        match = _FIRST_ENTRY.search(self.expected)
        if match is None:
            return None
        try:
            literal: object = ast.literal_eval(match[1])
        except (SyntaxError, ValueError):  # an expression, not a string
            return None
        return literal if isinstance(literal, str) else None

    @property
    def expects_bozo(self) -> bool:
        """Whether the head says that the feed is broken."""
        return re.match(r"bozo\b", self.expected) is not None


# How many of the CNN/DM articles that are not in train-briefs make the fixed sample.
N_HIGHLIGHTED = 30


def neus(data: Path) -> Iterator[SharedEvent]:
    """``neus/val``: 307 events."""
    return records(data / "neus" / "val.jsonl", SharedEvent)


def cnndm(data: Path, leave_out: frozenset[str]) -> list[Highlighted]:
    """The fixed sample of ``cnndm/dev_300``: the first 30 by id that are not left out."""
    found = records(data / "cnndm" / "dev_300.jsonl", Highlighted)
    free = [article for article in found if text_hash(article.text) not in leave_out]
    return sorted(free, key=lambda article: article.id)[:N_HIGHLIGHTED]


def pages(data: Path) -> Iterator[Page]:
    """``html_readability``: 130 pages with the article body that Readability's authors expect."""
    folder = data / "html_readability"
    for expected in records(folder / "expected.jsonl", _ExpectedPage):
        yield Page(
            id=expected.id,
            html=_unzipped(folder / expected.html),
            title=expected.title,
            byline=expected.byline,
            published=expected.publishedTime,
            body=expected.expected_text,
        )


def _unzipped(path: Path) -> bytes:
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError) as error:
        raise DataError(f"{path.parent.name}/{path.name} cannot be unpacked: {error}.") from error


# The head of a test file, "Expect:" on one line of a comment.
_EXPECT = re.compile(rb"^\s*Expect:\s*(.+?)\s*$", re.MULTILINE)


def feeds(data: Path) -> Iterator[Feed]:
    """``feeds_feedparser``: every XML file, in the order of their paths."""
    folder = data / "feeds_feedparser"
    paths = sorted(folder.rglob("*.xml"))
    if not paths:
        raise DataError(f"{folder.name} holds no feed; copy the data set again.")
    for path in paths:
        content = path.read_bytes()
        head = _EXPECT.search(content)
        expected = head[1].decode("utf-8", "replace") if head else ""
        yield Feed(path.relative_to(folder).as_posix(), content, expected)
