"""A PDF with a text layer becomes an article: lines, then paragraphs, without running heads.

pypdf reads the characters and where they stand (``lines``); what is a paragraph is told from gaps,
indents and sizes (``layout``). No page is looked at as a picture: a scan has no text. Knows
nothing of files.
"""

from __future__ import annotations

import io
import logging
import re
import time
import zlib
from typing import TYPE_CHECKING

from briefer.articles import furniture, hyphens, layout
from briefer.articles.lines import Line, lines_of
from briefer.errors import InputTooLarge, UnreadableInput
from briefer.schema import Article

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 100
"""No article is longer; a book is not one."""
_TIMEOUT_S = 30.0
"""For all pages. Looked at between pages, so that one page may take longer."""

# What pypdf lets through of a broken file, beside its own errors: it reads whatever it is given.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)


def is_pdf(content: bytes) -> bool:
    """Whether bytes say that they are a PDF."""
    return content.startswith(b"%PDF-")


def read_pdf(content: bytes, *, name: str) -> Article:
    """The article of a PDF, without a ``ref``.

    The file's own date tells when it was made, not when the article appeared: none is given.

    Raises:
        UnreadableInput: it is broken, locked or has no text in it.
        InputTooLarge: it has more than ``MAX_PAGES`` pages.
    """
    from pypdf.errors import PyPdfError  # on use: most runs read no PDF

    try:
        lines, title = _read(content, name)
    except (PyPdfError, *_BROKEN) as error:
        why = f"{type(error).__name__}: {error}"[:200]
        raise UnreadableInput(f"{name} is a PDF that cannot be read ({why}).") from error
    heading, body = layout.headed(layout.with_initials(furniture.without(lines)))
    spelled = hyphens.spelled(line.words for line in lines)
    text = "\n\n".join(
        hyphens.joined([line.words for line in part], spelled) for part in layout.paragraphs(body)
    )
    if not text.strip():
        raise UnreadableInput(
            f"{name} is a PDF without text, a scan perhaps; make it searchable (OCR) first."
        )
    title = hyphens.joined([line.words for line in heading], spelled) or title
    return Article(text=text, title=title)


def _read(content: bytes, name: str) -> tuple[list[Line], str | None]:
    from pypdf import PdfReader

    # Its warnings are about the file's bytes and say nothing that the errors do not.
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableInput(f"{name} is locked by a password; save it without one.")
    if len(reader.pages) > MAX_PAGES:
        raise InputTooLarge(
            f"{name} has {len(reader.pages)} pages; an article may have {MAX_PAGES}. Split it."
        )
    deadline = time.monotonic() + _TIMEOUT_S
    lines: list[Line] = []
    for number, page in enumerate(reader.pages):
        if time.monotonic() > deadline:
            raise UnreadableInput(f"{name} took more than {_TIMEOUT_S:g} seconds to read.")
        lines += lines_of(page, number)
    return lines, _own_title(reader)


def _own_title(reader: PdfReader) -> str | None:
    """The title that the file gives itself, unless a program gave it the name of a file."""
    title = reader.metadata.title if reader.metadata else None
    if not title or " " not in title.strip() or _FILE_NAME.search(title):
        return None
    return " ".join(title.split())


_FILE_NAME = re.compile(r"^Microsoft Word|\.(?:docx?|odt|pdf|indd|qxd|tex|rtf)$", re.IGNORECASE)
