"""What a page says about itself as linked data: the schema.org article among its JSON-LD.

Knows nothing of what else stands in a page's head.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from briefer import text

MAX_VALUE_CHARS = 500
"""Longer values are cut."""

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|Analysis)$|^Article|Newspaper")
_MAX_LINKED_CHARS = 500_000


# For parsers that would take a bare "<" for markup: a comment or CDATA around the data.
_WRAPPER = re.compile(
    r"\A\s*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*\Z"
)


def article(tree: HtmlElement) -> Mapping[str, Any]:
    """The first schema.org article among the page's JSON-LD, or an empty mapping."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for item in _items(script.text or ""):
            kinds = item.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and _ARTICLE_TYPE.search(name) for name in names):
                return item
    return {}


def _items(written: str) -> Iterator[Mapping[str, Any]]:
    """The things that linked data describes, each before its main entity."""
    try:
        parsed = json.loads(_WRAPPER.sub("", written[:_MAX_LINKED_CHARS]), strict=False)
    except (ValueError, RecursionError):  # broken or hostile JSON-LD is no reason to fail a page
        return
    for root in _mappings(parsed):
        for item in (root, *_mappings(root.get("@graph"))):
            yield item
            yield from _mappings(item.get("mainEntity"))


def _mappings(value: object) -> list[Mapping[str, Any]]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, dict)]


def line_of(value: object) -> str | None:
    """A string on one line; ``None`` for anything else."""
    line = text.one_line(value) if isinstance(value, str) else None  # "\ud800" is valid JSON
    return line and line[:MAX_VALUE_CHARS]


def name_of(value: object) -> str | None:
    """The name of a person or organisation, of several the first one's."""
    if isinstance(value, list):
        value = value[0] if value else None
    return line_of(value.get("name") if isinstance(value, dict) else value)


def names_of(value: object) -> str | None:
    """The names of persons or organisations."""
    values = value if isinstance(value, list) else [value]
    return ", ".join(name for name in map(name_of, values) if name) or None
