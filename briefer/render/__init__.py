"""A digest or a brief becomes a document: HTML, PDF, Markdown or plain text.

One view of the record (``edition``), four forms of it. Article text is hostile: it is cleaned on
its way into the view and escaped on its way out. Knows nothing of files, clocks or HTTP.
"""

from __future__ import annotations

from briefer.render import edition as editions
from briefer.render import pages, plain, printing
from briefer.render.pages import styles_hash
from briefer.render.views import Edition, Form
from briefer.schema import Brief, Digest

__all__ = ["Document", "Form", "html", "markdown", "paste", "pdf", "styles_hash", "text"]

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
    """CommonMark; text of the article can neither mark up nor link anything.

    Shown as GFM it links no web address either; e-mail addresses and "@name" it may.
    """
    return plain.markdown(_edition(document))


def text(document: Document) -> str:
    """Plain text for a terminal or an e-mail, 78 columns wide."""
    return plain.text(_edition(document))


def paste(form: Form, brief: Brief | None = None, problem: str | None = None) -> str:
    """The page where an article is pasted, with its brief or with what was wrong."""
    edition = editions.of_brief(brief) if brief else None
    return pages.page("paste.html", form=form, edition=edition, problem=problem)


def _edition(document: Document) -> Edition:
    if isinstance(document, Digest):
        return editions.of_digest(document)
    return editions.of_brief(document)
