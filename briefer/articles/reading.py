"""Files and bytes become articles, whatever their format: told by suffix, else by content.

Formats: plain text, Markdown, HTML, JSON, JSON Lines, ninjs, PDF. Feeds are the business of
``briefer.feeds``. Fetches nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Literal

from briefer.articles import decoding, markdown, pages, printed, records
from briefer.articles.dates import parse_moment
from briefer.errors import InputError, InputTooLarge, UnreadableInput
from briefer.schema import Article

Format = Literal["text", "markdown", "html", "json", "jsonl", "pdf"]

SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".ninjs": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".pdf": "pdf",
}

MAX_ARTICLE_BYTES = 32 * 2**20
"""A million words are 6 MB; pages with inlined pictures reach 20."""


def read(content: bytes, *, name: str) -> list[Article]:
    """The articles of a file's or body's bytes; ``name`` tells the format by its suffix.

    ``ref`` is ``name`` for a file that holds one article; articles of JSON Lines and lists keep
    their own and else get ``name:number``.

    Raises:
        UnreadableInput: the bytes are no text, or one of the articles is none.
        InputTooLarge: there are more than ``MAX_ARTICLE_BYTES`` of them.
    """
    found = list(scan(content, name=name))
    for item in found:
        if isinstance(item, InputError):
            raise item
    return [item for item in found if isinstance(item, Article)]


def scan(content: bytes, *, name: str) -> Iterator[Article | InputError]:
    """As ``read``, but what cannot be read comes as an error among the others, in order."""
    kind = SUFFIXES.get(Path(name).suffix.lower())
    if len(content) > MAX_ARTICLE_BYTES and kind != "jsonl":
        yield InputTooLarge(_too_large(name, len(content)))
        return
    try:
        if kind == "pdf" or printed.is_pdf(content):
            yield printed.read_pdf(content, name=name).model_copy(update={"ref": name})
            return
        written = decoding.decode(content, name=name)
        kind = kind or _sniff(written)
        if kind == "jsonl":
            yield from records.scan_lines(written, name=name)
            return
        found = _articles(kind, written, name)
    except InputError as error:
        yield error
        return
    yield from _with_refs(found, name)


def _too_large(name: str, n_bytes: int) -> str:
    return f"{name} has {n_bytes:,} bytes; an article may have {MAX_ARTICLE_BYTES:,}. Split it."


def _with_refs(found: Sequence[Article | InputError], name: str) -> Iterator[Article | InputError]:
    for number, item in enumerate(found, start=1):
        if isinstance(item, InputError):
            yield item
        elif len(found) == 1:
            yield item.model_copy(update={"ref": name})
        else:
            yield item if item.ref else item.model_copy(update={"ref": f"{name}:{number}"})


def _sniff(written: str) -> Format:
    """The format of a text without a telling name."""
    start = written[:2000].lstrip("\ufeff \t\r\n").lower()
    if _HTML_START.match(start):
        return "html"
    if start.startswith("{"):
        lines = [line for line in written.splitlines() if line.strip()]
        is_lines = len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines)
        return "jsonl" if is_lines else "json"
    return "json" if _LIST_START.match(start) else "text"


# Of a page, or of a fragment that somebody copied out of one.
_HTML_START = re.compile(
    r"<(?:!doctype html|html|head|body|!--|\?xml"
    r"|(?:article|section|main|header|div|p|h[1-6]|figure|blockquote)(?=[\s>]))"
)
_LIST_START = re.compile(r"\[\s*\{")


def _articles(kind: Format, written: str, name: str) -> Sequence[Article | InputError]:
    if kind == "json":
        return records.read_json(written, name=name)
    if kind == "markdown":
        return [_from_markdown(written)]
    if kind == "html" or written.lstrip()[:9].lower().startswith(("<!doctype", "<html")):
        return [pages.read_article(written)]
    return [Article(text=written)]


def _from_markdown(written: str) -> Article:
    document = markdown.read_markdown(written)
    fields = document.fields
    return Article(
        text=document.text,
        title=document.title,
        published_at=parse_moment(fields.get("published_at") or fields.get("date")),
        url=fields.get("url"),
        publisher=fields.get("publisher"),
        language=fields.get("language") or fields.get("lang"),
    )


def read_path(path: str | Path) -> Iterator[Article]:
    """The articles of a file, or of a folder's files in the order of their names.

    Raises:
        UnreadableInput: as ``read``, or the file or folder is missing or may not be read.
    """
    for item in scan_path(path):
        if isinstance(item, InputError):
            raise item
        yield item


def scan_path(path: str | Path) -> Iterator[Article | InputError]:
    """As ``read_path``, but what cannot be read comes as an error among the others, in order."""
    for content, name in scan_files(path, suffixes=SUFFIXES):
        if isinstance(content, InputError):
            yield content
        else:
            yield from scan(content, name=name)


def scan_files(
    path: str | Path, *, suffixes: Container[str]
) -> Iterator[tuple[bytes | InputError, str]]:
    """The bytes and name of a file, or of a folder's files that have one of the suffixes.

    Names begin as the path was given. In a folder hidden files are left out, and those that
    describe a folder and are no articles (README, LICENSE and the like).
    """
    given = str(path)
    try:
        names = _files(given, suffixes) if Path(given).is_dir() else [given]
    except OSError as error:
        yield _unreadable(given, error), given
        return
    for name in names:
        try:
            yield _bytes_of(name), name
        except InputError as error:
            yield error, name
        except OSError as error:
            yield _unreadable(name, error), name


def _bytes_of(name: str) -> bytes:
    file = Path(name)
    if not file.exists():
        raise UnreadableInput(f"{name} does not exist.")
    if not file.is_file():
        raise UnreadableInput(f"{name} is neither a file nor a folder.")
    return file.read_bytes()


def _unreadable(name: str, error: OSError) -> UnreadableInput:
    failure = UnreadableInput(f"{name} cannot be read: {error.strerror or error}.")
    failure.__cause__ = error
    return failure


_NO_ARTICLES = frozenset({"readme", "license", "licence", "changelog", "contributing", "notice"})


def _files(folder: str, suffixes: Container[str]) -> list[str]:
    found: list[str] = []
    for parent, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            os.path.join(parent, name)  # noqa: PTH118 - a Path would drop a leading "./"
            for name in sorted(names)
            if _is_article_file(Path(name), suffixes)
        ]
    return found


def _is_article_file(name: Path, suffixes: Container[str]) -> bool:
    is_hidden = name.name.startswith(".")
    return (
        name.suffix.lower() in suffixes and not is_hidden and name.stem.lower() not in _NO_ARTICLES
    )


def _raise(error: OSError) -> None:
    raise error
