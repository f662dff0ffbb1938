"""A printed page read as rows of text, for tests of what stands where."""

from __future__ import annotations

from collections.abc import Mapping

import pypdf

FOOT_PT = 57
"""The page numbers stand below, in the bottom margin."""
_ONE_ROW_PT = 4


def rows(page: pypdf.PageObject) -> Mapping[float, str]:
    """The page's text by its height above the foot, page numbers left out, highest first."""
    found: dict[float, str] = {}

    def visit(words: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        height = round(tm[4] * cm[1] + tm[5] * cm[3] + cm[5], 1)
        if words.strip() and height > FOOT_PT:
            found[height] = found.get(height, "") + words

    page.extract_text(visitor_text=visit)
    return dict(sorted(found.items(), reverse=True))


def fonts(page: pypdf.PageObject) -> set[str]:
    """The names of the page's fonts, without the letters before a subset's."""
    held = page["/Resources"]["/Font"].values()  # type: ignore[index]
    return {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in held}


def beside(page: pypdf.PageObject, words: str) -> list[str]:
    """What else stands in the row of ``words``, in letters of another size."""
    found = rows(page)
    (at,) = [height for height, row in found.items() if words in row]
    return [
        " ".join(row.split())
        for height, row in found.items()
        if height != at and abs(height - at) < _ONE_ROW_PT
    ]
