"""What a printed page has around its text: page numbers, running lines, what a browser prints.

Told by where it stands and by its form. Knows nothing of paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from briefer.articles.lines import Line

_PAGE_NUMBER = re.compile(r"(?:page |p\. ?)?\d{1,3}(?: ?(?:of|/) ?\d{1,3})?", re.IGNORECASE)
# What browsers print at the edges: "5/3/26, 9:14 AM The page's title" above, its address below.
_BROWSERS_LINE = re.compile(
    r"(?:\d{1,3} ?(?:of|/) ?\d{1,3} )?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d\d\b.*"
    r"|(?:https?://|www\.)\S+(?: \d{1,3}/\d{1,3})?",
    re.IGNORECASE,
)
_APART = 3.0
"""Times a line's size: an edge's line stands farther from the text than its lines do."""


def without(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers, lines of a browser, and what runs through the pages."""
    running = _running(lines)
    edges = [edge for edge in _edges(lines) if any(map(_is_browsers, edge))]
    browsers = {line for edge in edges for line in edge}
    return [
        line
        for line in lines
        if _place(line) not in running
        and line not in browsers
        and not _PAGE_NUMBER.fullmatch(line.words)
    ]


def _is_browsers(line: Line) -> bool:
    return _BROWSERS_LINE.fullmatch(line.words) is not None


def _running(lines: Sequence[Line]) -> set[tuple[int, str]]:
    """What stands at one height of most pages, or of most left or most right ones."""
    pages = {line.page for line in lines}
    seen = {(_place(line), line.page) for line in lines}
    found: set[tuple[int, str]] = set()
    for side in (pages, {page for page in pages if page % 2}, {p for p in pages if not p % 2}):
        places = Counter(place for place, page in seen if page in side)
        found |= {place for place, n in places.items() if n > max(1, len(side) // 2)}
    return found


def _place(line: Line) -> tuple[int, str]:
    return round(line.y), re.sub(r"\d+", "#", line.words)


def _edges(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The highest and lowest lines of the pages that stand apart, with those at their height."""
    for _, page in groupby(sorted(lines, key=lambda one: (one.page, one.y)), lambda one: one.page):
        found = list(page)
        for edge, others in ((found[0], found[1:]), (found[-1], found[:-1])):
            gaps = (abs(other.y - edge.y) for other in others)
            if min((gap for gap in gaps if gap > 1), default=0.0) > _APART * edge.size:
                yield [one for one in found if abs(one.y - edge.y) <= 1]
