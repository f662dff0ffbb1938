"""A PDF with a text layer becomes an article: lines, then paragraphs, without running heads.

pypdf reads the characters and where they stand; what is a paragraph is told here, from gaps,
indents and sizes. No page is looked at as a picture: a scan has no text. Knows nothing of files.
"""

from __future__ import annotations

import io
import logging
import re
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from briefer.errors import InputTooLarge, UnreadableInput
from briefer.schema import Article

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 100
"""No article is longer; a book is not one."""
_TIMEOUT_S = 30.0
"""For all pages. Looked at between pages, so that one page may take longer."""
_GAP = 1.35
"""Times the usual distance of lines: above it a paragraph ends. Leading varies by a tenth."""
_INDENT = 0.6
"""Of the letters' size: half of what printers indent by."""
_HEADING = 1.2
"""Times the size of most letters: above it a line is a heading."""
_MAX_TITLE_LINES = 5

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


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as printed; ``x`` and ``y`` in points from the left and from below."""

    page: int
    x: float
    y: float
    size: float
    words: str


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
    printed = _without_furniture(lines)
    heading, body = _headed(printed)
    text = "\n\n".join(_joined(part) for part in _paragraphs(body))
    if not text.strip():
        raise UnreadableInput(
            f"{name} is a PDF without text, a scan perhaps; make it searchable (OCR) first."
        )
    return Article(text=text, title=heading or title)


def _read(content: bytes, name: str) -> tuple[list[_Line], str | None]:
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
    lines: list[_Line] = []
    for number, page in enumerate(reader.pages):
        if time.monotonic() > deadline:
            raise UnreadableInput(f"{name} took more than {_TIMEOUT_S:g} seconds to read.")
        lines += _lines(page, number)
    return lines, _own_title(reader)


def _lines(page: PageObject, number: int) -> Iterator[_Line]:
    """The lines in the order of the file, which is that of reading in all but odd ones."""
    pieces: list[tuple[str, float, float, float]] = []

    def visit(
        words: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float
    ) -> None:
        del font
        scale = abs(inner[3] * outer[3]) or abs(inner[0] * outer[0]) or 1.0
        x = inner[4] * outer[0] + outer[4]
        y = inner[5] * outer[3] + outer[5]
        pieces.append((words, x, y, size * scale))

    page.extract_text(visitor_text=visit)
    begun: list[tuple[str, float, float, float]] = []
    for piece in pieces:
        for part in re.split(r"(\n)", piece[0]):
            if part == "\n":
                yield from _line(begun, number)
                begun = []
            elif part:
                begun.append((part, *piece[1:]))
    yield from _line(begun, number)


def _line(pieces: Sequence[tuple[str, float, float, float]], page: int) -> Iterator[_Line]:
    words = " ".join("".join(piece[0] for piece in pieces).split())
    if words:
        _, x, y, size = next(piece for piece in pieces if piece[0].strip())
        yield _Line(page, x, y, size, words)


def _own_title(reader: PdfReader) -> str | None:
    """The title that the file gives itself, unless a program gave it the name of a file."""
    title = reader.metadata.title if reader.metadata else None
    if not title or " " not in title.strip() or _FILE_NAME.search(title):
        return None
    return " ".join(title.split())


_FILE_NAME = re.compile(r"^Microsoft Word|\.(?:docx?|odt|pdf|indd|qxd|tex|rtf)$", re.IGNORECASE)


_PAGE_NUMBER = re.compile(r"(?:page |p\. ?)?\d{1,3}(?: ?(?:of|/) ?\d{1,3})?", re.IGNORECASE)


def _without_furniture(lines: Sequence[_Line]) -> list[_Line]:
    """Without page numbers, and without what stands at one height of most pages."""
    n_pages = len({line.page for line in lines})
    seen = Counter(place for place, _ in {(_place(line), line.page) for line in lines})
    running = {place for place, n in seen.items() if n > max(1, n_pages // 2)}
    return [
        line
        for line in lines
        if _place(line) not in running and not _PAGE_NUMBER.fullmatch(line.words)
    ]


def _place(line: _Line) -> tuple[int, str]:
    return round(line.y), re.sub(r"\d+", "#", line.words)


def _headed(lines: Sequence[_Line]) -> tuple[str | None, list[_Line]]:
    """The largest lines of the first page as the headline, and all the others."""
    usual = _usual_size(lines)
    first = [line for line in lines if line.page == lines[0].page]
    largest = max((line.size for line in first), default=0.0)
    found = [line for line in first if line.size > 0.95 * largest]
    if largest < _HEADING * usual or len(found) > _MAX_TITLE_LINES:
        return None, list(lines)
    return _joined(found), [line for line in lines if line not in found]


def _usual_size(lines: Sequence[_Line]) -> float:
    counted: Counter[float] = Counter()
    for line in lines:
        counted[round(line.size, 1)] += len(line.words)
    return counted.most_common(1)[0][0] if counted else 0.0


def _paragraphs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    leading = _usual_leading(lines)
    begun: list[_Line] = []
    for place, line in enumerate(lines):
        below = lines[place + 1] if place + 1 < len(lines) else line
        if begun and (_begins(begun[-1], line, leading) or _is_indented(line, below)):
            yield begun
            begun = []
        begun.append(line)
    if begun:
        yield begun


def _usual_leading(lines: Sequence[_Line]) -> float:
    gaps = [round(above.y - line.y) for above, line in pairwise(lines) if above.page == line.page]
    below = Counter(gap for gap in gaps if gap > 0)
    return float(below.most_common(1)[0][0]) if below else 0.0


_ENDS = (".", "!", "?", ":", "”", '"', "’", ")")


def _begins(above: _Line, line: _Line, leading: float) -> bool:
    """Whether a line begins a paragraph."""
    if abs(above.size - line.size) > 0.15 * max(above.size, line.size):
        return True
    gap = above.y - line.y
    if above.page != line.page or gap < 0:  # the next page or column
        return above.words.endswith(_ENDS)
    return gap > _GAP * leading or _is_indented(line, above)


def _is_indented(line: _Line, beside: _Line) -> bool:
    is_in_column = beside.page == line.page and abs(beside.y - line.y) < 3 * line.size
    return is_in_column and _INDENT * line.size < line.x - beside.x < 5 * line.size


def _joined(lines: Sequence[_Line]) -> str:
    """The lines as running text; a word that was divided at a line's end is whole again."""
    text = ""
    spelled = _hyphenated(lines)
    for line in lines:
        divided = _DIVIDED.search(text)
        if divided is None or not line.words[:1].islower():
            text = f"{text} {line.words}" if text else line.words
            continue
        whole = divided[1] + "-" + line.words.split()[0].rstrip(".,;:!?")
        text = text if whole.casefold() in spelled else text[:-1]
        text += line.words
    return text


_DIVIDED = re.compile(r"(\w{1,40})[-\u2010\u00ad]$")


def _hyphenated(lines: Sequence[_Line]) -> Mapping[str, None]:
    """The words with a hyphen that stand inside lines."""
    inside = (word for line in lines for word in re.findall(r"\w{1,40}-\w{1,40}", line.words))
    return dict.fromkeys(word.casefold() for word in inside)
