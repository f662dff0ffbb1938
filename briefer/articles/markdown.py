"""A Markdown document becomes plain text, with its title and what its front matter says.

CommonMark with tables, front matter in YAML or TOML; raw HTML inside is flattened, scripts and
markup never survive.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from briefer.articles import pages
from briefer.articles.blocks import CELL_SEPARATOR

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(
    r"\A(?:[ \t]*\n)*(?:---[ \t]*\n(?P<yaml>.{0,20000}?)\n(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*\n(?P<toml>.{0,20000}?)\n\+\+\+)[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_KEY_VALUE = re.compile(r"^(\w[\w -]{0,40}):[ \t]+(\S.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """Plain text with a paragraph a block; ``title`` is the first heading of level one."""

    text: str
    title: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


def read_markdown(written: str) -> Document:
    """Render a Markdown document as plain text."""
    written = written.replace("\r\n", "\n")
    match = _FRONT_MATTER.match(written)
    fields = _fields(match) if match else {}
    blocks = list(_blocks(written[match.end() :] if match else written))
    title = fields.get("title")
    if title is None and blocks and blocks[0].tag == "h1":
        title = blocks.pop(0).text
    return Document("\n\n".join(block.text for block in blocks), title, fields)


def _fields(matter: re.Match[str]) -> dict[str, str]:
    """What the front matter says in single values, on one line each; what is null is left out."""
    parsed = _toml(matter["toml"]) if matter["yaml"] is None else _yaml(matter["yaml"])
    lines = {
        str(key).strip().lower(): " ".join(str(value).split())
        for key, value in parsed.items()
        if isinstance(value, str | int | date)
    }
    return {key: line for key, line in lines.items() if line.lower() not in _NULL}


_NULL = frozenset({"", "~", "null"})


def _yaml(front_matter: str) -> Mapping[Any, Any]:
    """The keys and values as they are written; line by line where it is no YAML ("a: b: c")."""
    import yaml  # type: ignore[import-untyped]  # on use: most runs read no front matter

    try:
        # The base loader makes strings and nothing else: no objects, no "Norway: no".
        parsed = yaml.load(front_matter, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError):
        parsed = None
    if isinstance(parsed, Mapping):
        return parsed
    pairs = _KEY_VALUE.findall(front_matter)
    return {key: value.strip().strip("\"'") for key, value in pairs}


def _toml(front_matter: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(front_matter)
    except (ValueError, RecursionError):
        return {}


@dataclass(frozen=True, slots=True)
class _Block:
    tag: str
    text: str


def _blocks(written: str) -> Iterator[_Block]:
    """The blocks of a document in order, empty ones left out; a table row is one block."""
    tag = "p"
    row: list[str] | None = None
    references: dict[str, Any] = {}
    for token in _parser(written.count("|") <= _MAX_PIPES).parse(written, references):
        words = _words(token, references)
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield _Block("tr", CELL_SEPARATOR.join(row))
            row = None
        elif token.nesting == 1:
            tag = token.tag
        elif words and row is not None:
            row.append(words)
        elif words:
            yield _Block(tag, words)


def _words(token: Token, references: dict[str, Any]) -> str:
    if token.type == "inline":
        return " ".join(_inline(token.content, references).split())
    if token.type == "html_block":
        return pages.flatten(token.content)
    return token.content.strip() if token.type in {"fence", "code_block"} else ""


# markdown-it's inline rules and its tables take quadratic time on hostile input; a megabyte of
# "[" ran for minutes. Real paragraphs and tables are far smaller than these.
_MAX_INLINE_CHARS = 20_000
_MAX_MARKS = 120
_MAX_BRACKETS = 20
_MARKS = re.compile(r"[\[<&`*_!\\]")
_MAX_PIPES = 10_000
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\n]{0,1000}\)")


@cache
def _parser(tables: bool) -> MarkdownIt:  # noqa: FBT001 - a cache key, not a choice of behaviour
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").disable("inline")
    return parser.enable("table") if tables else parser


def _inline(content: str, references: dict[str, Any]) -> str:
    """The words of a paragraph: no emphasis, no pictures, of links only their words."""
    if _is_hostile(content):
        return _LINK.sub(r"\1", content)
    tokens: list[Token] = []
    parser = _parser(tables=True)
    parser.inline.parse(content, parser, references, tokens)
    return "".join(_spoken(tokens))


def _is_hostile(content: str) -> bool:
    return (
        len(content) > _MAX_INLINE_CHARS
        or content.count("[") > _MAX_BRACKETS
        or len(_MARKS.findall(content)) > _MAX_MARKS
    )


_SILENT = re.compile(r"<\s*(/?)\s*(?:script|style|iframe|object|template)\b", re.IGNORECASE)


def _spoken(tokens: Sequence[Token]) -> Iterator[str]:
    is_silent = False
    for token in tokens:
        if token.type == "html_inline":
            if match := _SILENT.match(token.content):
                is_silent = not match[1]
        elif token.type in {"softbreak", "hardbreak"}:
            yield " "
        elif not is_silent and token.type != "image":
            yield token.content
