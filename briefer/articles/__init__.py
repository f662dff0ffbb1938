"""Whatever holds an article - text, Markdown, HTML, JSON, ninjs, PDF - becomes an ``Article``.

``read`` and ``read_path`` take bytes and paths, ``from_html`` a page, ``prepare`` makes of an
``Article`` the cleaned one that the pipeline reads. Knows nothing of models, HTTP or documents.
"""

from __future__ import annotations

from briefer.articles.decoding import checked, decode
from briefer.articles.languages import SUPPORTED as SUPPORTED_LANGUAGES
from briefer.articles.pages import Page, read_article, read_page
from briefer.articles.preparing import prepare
from briefer.articles.printed import is_pdf, read_pdf
from briefer.articles.reading import SUFFIXES, read, read_path, scan, scan_files, scan_path
from briefer.articles.records import read_record
from briefer.schema import Article

__all__ = [
    "SUFFIXES",
    "SUPPORTED_LANGUAGES",
    "Page",
    "checked",
    "decode",
    "from_html",
    "is_pdf",
    "prepare",
    "read",
    "read_page",
    "read_path",
    "read_pdf",
    "read_record",
    "scan",
    "scan_files",
    "scan_path",
]


def from_html(html: str | bytes, *, name: str = "HTML", url: str | None = None) -> Article:
    """The article of a page, with what the page says of itself; ``text`` is empty if it has none.

    ``url`` overrides the page's canonical address.

    Raises:
        UnreadableInput: the bytes are no text.
    """
    written = decode(html, name=name) if isinstance(html, bytes) else html
    article = read_article(written)
    return article.model_copy(update={"url": url}) if url else article
