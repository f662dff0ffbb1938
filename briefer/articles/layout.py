"""Printed lines become a headline and paragraphs: told by their sizes, gaps and indents.

Of the words it knows bylines only. Knows nothing of files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from briefer import text
from briefer.articles import boilerplate
from briefer.articles.lines import Line

_GAP = 1.35
"""Times the usual distance of lines: above it a paragraph ends. Leading varies by a tenth."""
_INDENT = 0.6
"""Of the letters' size: half of what printers indent by."""
_HEADING = 1.2
"""Times the size of most letters: above it a line is a heading."""
_MAX_TITLE_LINES = 5
_MIN_TITLE_WORDS = 4
"""Larger lines with fewer words are the paper's name or a rubric, if such a headline follows."""
_INITIAL = re.compile(r"[\"'“‘«]?[^\W\d_]")
_MAX_INITIALS = 50
_DROP, _LINE_DROP = 0.5, 1.2
"""Of an initial's and of a line's size: how far below its foot a line beside it may stand."""


def with_initials(lines: Sequence[Line]) -> list[Line]:
    """The lines with a large first letter put before the word that it begins.

    The lines beside the letter are indented for it alone; they begin where it stands.
    """
    usual = _usual_size(lines)
    found = list(lines)
    for initial in [line for line in lines if _is_initial(line, usual)][:_MAX_INITIALS]:
        beside = [n for n, line in enumerate(found) if _is_beside(line, initial, usual)]
        if not beside or not found[beside[0]].words[:1].islower():
            continue
        first = found[beside[0]]
        found[beside[0]] = replace(first, words=_whole(initial.words, first.words, lines))
        for n in beside:
            found[n] = replace(found[n], x=min(initial.x, found[n].x))
        found.remove(initial)
    return found


def _is_initial(line: Line, usual: float) -> bool:
    is_large = line.size > _HEADING * usual and line.words[-1:].isupper()
    return is_large and _INITIAL.fullmatch(line.words) is not None


def _is_beside(line: Line, initial: Line, usual: float) -> bool:
    is_usual = line.page == initial.page and abs(line.size - usual) < 0.15 * usual
    height = line.y - initial.y
    is_level = -max(_DROP * initial.size, _LINE_DROP * usual) < height < initial.size
    return is_usual and is_level and 0 <= line.x - initial.x < 2 * initial.size


def _whole(letter: str, rest: str, lines: Sequence[Line]) -> str:
    """The words after an initial with it: "T" begins "he", "A" no word that stands elsewhere."""
    if letter[-1] in "AI":
        first = text.folded_words(rest)[:1]
        elsewhere = (text.folded_words(line.words) for line in lines if line.words != rest)
        if any(first[0] in words for words in elsewhere if first):
            return f"{letter} {rest}"
    return letter + rest


def headed(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the headline, and all the others.

    The headline is what is largest on the first page, under the paper's name if that is larger.
    """
    headings = _headings(lines)
    titles = [found for found in headings if _is_title(found, lines)]
    title = next(iter(titles or headings), [])
    if len(title) > _MAX_TITLE_LINES:
        return [], list(lines)
    above = headings[: headings.index(title)] if titles else []
    names = [line for found in above for line in found if line.y > title[0].y]
    return title, [line for line in lines if line not in title and line not in names]


def _headings(lines: Sequence[Line]) -> list[list[Line]]:
    """The headings of the first page by their sizes, largest first."""
    usual = _usual_size(lines)
    rest = [line for line in lines if line.page == lines[0].page and line.size >= _HEADING * usual]
    found: list[list[Line]] = []
    while rest:
        largest = max(line.size for line in rest)
        found.append([line for line in rest if line.size > 0.95 * largest])
        rest = [line for line in rest if line.size <= 0.95 * largest]
    return found


def _is_title(found: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether lines have words enough for a headline, and text of the usual size below."""
    n_words = sum(len(text.words(line.words)) for line in found)
    usual = _usual_size(lines)
    below = (line for line in lines if line.page == found[0].page and line.y < found[-1].y)
    return n_words >= _MIN_TITLE_WORDS and any(line.size < _HEADING * usual for line in below)


def _usual_size(lines: Sequence[Line]) -> float:
    counted: Counter[float] = Counter()
    for line in lines:
        counted[round(line.size, 1)] += len(line.words)
    return counted.most_common(1)[0][0] if counted else 0.0


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines by paragraphs, told by gaps, indents and sizes."""
    leading = _usual_leading(lines)
    begun: list[Line] = []
    for place, line in enumerate(lines):
        below = lines[place + 1] if place + 1 < len(lines) else line
        if begun and (_begins(begun[-1], line, leading) or _is_indented(line, below)):
            yield begun
            begun = []
        begun.append(line)
    if begun:
        yield begun


def _usual_leading(lines: Sequence[Line]) -> float:
    gaps = [round(above.y - line.y) for above, line in pairwise(lines) if above.page == line.page]
    below = Counter(gap for gap in gaps if gap > 0)
    return float(below.most_common(1)[0][0]) if below else 0.0


_ENDS = (".", "!", "?", ":", "”", '"', "’", ")")


def _begins(above: Line, line: Line, leading: float) -> bool:
    """Whether a line begins a paragraph."""
    if boilerplate.is_byline(above.words):
        return True
    if abs(above.size - line.size) > 0.15 * max(above.size, line.size):
        return True
    gap = above.y - line.y
    if above.page != line.page or gap < 0:  # the next page or column
        return above.words.endswith(_ENDS)
    return gap > _GAP * leading or _is_indented(line, above)


def _is_indented(line: Line, beside: Line) -> bool:
    is_in_column = beside.page == line.page and abs(beside.y - line.y) < 3 * line.size
    return is_in_column and _INDENT * line.size < line.x - beside.x < 5 * line.size
