"""A tree of markup becomes paragraphs of plain text, without scripts, styles or hidden matter.

Understands HTML and the small vocabulary that trafilatura returns. Recursion is safe: the parser
nests no deeper than 256 elements.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from briefer import text

# Elements that start and end a paragraph: HTML's, and trafilatura's head, item, row and lb.
_BLOCKS = text.forms(
    "address article aside blockquote body br caption cell center dd details dialog div dl dt "
    "fieldset figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html item lb "
    "legend li list main nav ol option p pre quote row section summary table tbody td tfoot th "
    "thead tr ul"
)
# What no reader takes for the article's text; captions are about the picture.
_SILENT = text.forms(
    "applet audio button canvas datalist embed figcaption iframe input math meta nav noembed "
    "noframes noscript object script select style svg template textarea title video"
)
_ROWS = frozenset({"row", "tr"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
CELL_SEPARATOR = " | "
_OPENING_CHARS, _OPENING_STEPS = 10_000, 2_000


def paragraphs(root: etree._Element) -> list[str]:
    """The paragraphs of a tree in order; the cells of a plain table row share one."""
    collector = _Collector()
    collector.visit(root)
    parts = "".join(collector.pieces).split(_BREAK)
    return [folded for part in parts if (folded := " ".join(part.split()))]


def opening(element: etree._Element) -> str:
    """How an element's text begins, on one line; read as far as no byline or title goes.

    Elements nest 256 deep: with the whole text of each a page would be read as often.
    """
    walk = etree.iterwalk(element, events=("start", "end", "comment"))
    pieces: list[str] = []
    left = _OPENING_CHARS
    for event, inner in islice(walk, _OPENING_STEPS):
        words = inner.text if event == "start" else inner.tail if inner is not element else ""
        pieces.append((words or "")[:left])
        left -= len(pieces[-1])
        if not left:
            break
    return " ".join("".join(pieces).split())


_BREAK = "\x1d"  # ASCII's group separator; in hostile text it ends a paragraph, no more


class _Collector:
    """Gathers the text of a tree, with marks where paragraphs end."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def visit(self, element: etree._Element) -> None:
        """Gather an element and what is inside, but not the text after it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT or is_hidden(element):
            return
        if tag in _ROWS and _is_plain_row(element):
            self.pieces += [_BREAK, _row(element), _BREAK]
        elif tag == "pre":
            self.pieces += [_BREAK, _BLANK_LINE.sub(_BREAK, _content(element)), _BREAK]
        else:
            self.visit_inside(element, _BREAK if tag in _BLOCKS else "")

    def visit_inside(self, element: etree._Element, edge: str) -> None:
        """Gather what is inside, with ``edge`` before and after it."""
        self.pieces += [edge, element.text or ""]
        for child in element:
            self.visit(child)
            self.pieces.append(child.tail or "")
        self.pieces.append(edge)


def is_hidden(element: etree._Element) -> bool:
    """Whether the element's own attributes hide it from readers."""
    return element.get("hidden") is not None or bool(
        _HIDDEN_STYLE.search(element.get("style") or "")
    )


def _is_plain_row(row: etree._Element) -> bool:
    return len(row) > 1 and not any(
        inner.tag in _BLOCKS for cell in row for inner in cell.iterdescendants()
    )


def _row(row: etree._Element) -> str:
    cells = (" ".join(_content(cell).split()) for cell in row)
    return CELL_SEPARATOR.join(cell for cell in cells if cell)


def _content(element: etree._Element) -> str:
    collector = _Collector()
    collector.visit_inside(element, edge="")
    return "".join(collector.pieces)
