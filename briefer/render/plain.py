"""Blocks as Markdown and as plain text.

Knows nothing of digests.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from itertools import pairwise

from briefer.render import outline, safety
from briefer.render.outline import Block, Kind, Words
from briefer.render.views import Edition

WIDTH = 78
"""Columns of plain text, as e-mail wants it (RFC 5322, section 2.1.1)."""
_TIGHT: frozenset[tuple[Kind, Kind]] = frozenset(
    {("item", "item"), ("note", "note"), ("item", "quote"), ("quote", "item")}
)
_MARKDOWN: dict[Kind, tuple[str, str]] = {  # before the first line, before further lines
    "title": ("# ", ""),
    "heading": ("## ", ""),
    "subheading": ("### ", ""),
    "paragraph": ("", ""),
    "notice": ("> ", "> "),
    "item": ("- ", "  "),
    "quote": ("  > ", "  > "),
    "note": ("- \\[{}\\] ", "  "),  # CommonMark counts an ordered list itself, gaps or not
}
_TEXT: dict[Kind, tuple[str, str]] = {
    **_MARKDOWN,
    "title": ("", ""),
    "heading": ("", ""),
    "subheading": ("", ""),
    "notice": ("! ", "! "),
    "quote": ("    ", "    "),
    "note": ("  [{}] ", "      "),
}
_UNDERLINES: dict[Kind, str] = {"title": "=", "heading": "-"}


def markdown(edition: Edition) -> str:
    """The edition as CommonMark."""
    return _joined(outline.of_edition(edition), _as_markdown)


def text(edition: Edition) -> str:
    """The edition as plain text."""
    return _joined(outline.of_edition(edition), _as_text)


def _joined(blocks: Iterable[Block], form: Callable[[Block], str]) -> str:
    row = list(blocks)
    parts = [form(row[0])]
    for before, block in pairwise(row):
        parts.append("\n" if (before.kind, block.kind) in _TIGHT else "\n\n")
        parts.append(form(block))
    return "".join(parts) + "\n"


def _as_markdown(block: Block) -> str:
    first, _ = _MARKDOWN[block.kind]
    content = "".join(_marked(words) for words in block.words if words.text)
    if block.kind in ("paragraph", "item", "quote", "note", "notice"):
        content = safety.markdown_start(content)
    return first.format(block.number) + content.replace(outline.HARD_SPACE, " ")


def _marked(words: Words) -> str:
    shown = safety.markdown(words.text)
    if words.url:
        return f"[{shown}](<{words.url}>)"
    return {"plain": "{}", "strong": "**{}**", "soft": "*{}*"}[words.weight].format(shown)


def _as_text(block: Block) -> str:
    content = "".join(_told(words) for words in block.words)
    if block.kind == "subheading":
        return content.upper()
    first, further = (indent.format(block.number) for indent in _TEXT[block.kind])
    lines = textwrap.wrap(
        content, WIDTH, initial_indent=first, subsequent_indent=further, break_on_hyphens=False
    )
    if block.kind in _UNDERLINES:
        lines.append(_UNDERLINES[block.kind] * max(map(len, lines), default=0))
    return "\n".join(lines).replace(outline.HARD_SPACE, " ")


def _told(words: Words) -> str:
    return f"{words.text} <{words.url}>" if words.url else words.text
