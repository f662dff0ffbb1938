"""A page taken apart, for tests of what it shows."""

from __future__ import annotations

from html.parser import HTMLParser


class Parsed(HTMLParser):
    """The tags, attributes and text of a page, style sheets left out."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())
