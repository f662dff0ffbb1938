"""A digest or a brief becomes a document: HTML, PDF, Markdown or plain text.

One view of the record (``edition``), four forms of it. Article text is hostile: it is cleaned on
its way into the view and escaped on its way out. Knows nothing of files, clocks or HTTP.
"""

from __future__ import annotations

from briefer.render import edition as editions
from briefer.render import pages, plain, printing
from briefer.render.views import Edition
from briefer.schema import Brief, Digest

Document = Digest | Brief


def html(document: Document) -> str:
    """A page that stands alone: no script, nothing fetched, only http(s) links."""
    name = "digest.html" if isinstance(document, Digest) else "brief.html"
    return pages.page(name, edition=_edition(document))


def pdf(document: Document) -> bytes:
    """The page on A4, tagged as PDF/UA-1; the same document gives the same bytes.

    Raises:
        RenderError: a native library is missing.
    """
    return printing.pdf(html(document))


def markdown(document: Document) -> str:
    """CommonMark; text of the article can neither mark up nor link anything."""
    return plain.markdown(_edition(document))


def text(document: Document) -> str:
    """Plain text for a terminal or an e-mail, 78 columns wide."""
    return plain.text(_edition(document))


def _edition(document: Document) -> Edition:
    if isinstance(document, Digest):
        return editions.of_digest(document)
    return editions.of_brief(document)
