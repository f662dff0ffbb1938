"""Render a prompt file; say its name, version and hash.

A file is ``prompts/<name>.v<N>.jinja``: a ``{# #}`` head, a block ``instruction`` without variables
(the part that all prompts of a kind share, so its key/value cache is computed once) and a block
``text``. Every variable is put in as one line with markup characters made harmless, so an article
can change nothing outside its own line.
Knows nothing of articles, models or the environment.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from briefer import resources
from briefer.errors import PromptError

_FILE_NAME = re.compile(r"(?P<name>[a-z_]+)\.v(?P<number>\d{1,4})\.jinja")
# Angle brackets open chat tokens ("<|im_start|>") and tags; the look-alikes are only signs.
_HARMLESS = str.maketrans({"<": "‹", ">": "›"})


@dataclass(frozen=True, slots=True)
class RenderedPrompt:
    """What is sent: ``instruction`` first, then ``text``. ``sha256`` is of the prompt file."""

    instruction: str
    text: str
    name: str
    version: str
    sha256: str

    @property
    def label(self) -> str:
        """``name@version``, the key under which a brief's provenance lists the prompt."""
        return f"{self.name}@{self.version}"


def render(name: str, version: str, /, **variables: Any) -> RenderedPrompt:
    """Fill in ``prompts/<name>.<version>.jinja``.

    Example: ``render("condense", "v1", kind="fact", title="…", before="", passage="…",
    speaker=None, parties=[])``.

    Raises:
        PromptError: no such file, a variable is missing, or the file lacks a block.
    """
    path = _path(name, version)
    template, sha256 = _load(path)
    return RenderedPrompt(
        instruction=_block(template, "instruction", {}),
        text=_block(template, "text", variables),
        name=name,
        version=version,
        sha256=sha256,
    )


def identify(name: str, version: str) -> tuple[str, str]:
    """A prompt's ``name@version`` and the SHA-256 of its file, without rendering it."""
    _, sha256 = _load(_path(name, version))
    return f"{name}@{version}", sha256


def versions(name: str) -> tuple[str, ...]:
    """The versions of a prompt on disk, oldest first; empty for an unknown name."""
    found = (_FILE_NAME.fullmatch(path.name) for path in resources.root("prompts").iterdir())
    numbers = sorted(int(match["number"]) for match in found if match and match["name"] == name)
    return tuple(f"v{number}" for number in numbers)


def _path(name: str, version: str) -> Path:
    path = resources.root("prompts") / f"{name}.{version}.jinja"
    if not _FILE_NAME.fullmatch(path.name) or not path.is_file():
        known = ", ".join(versions(name)) or "none"
        raise PromptError(
            f"prompts/{name}.{version}.jinja not found; versions on disk: {known}. "
            "Ask for one of these."
        )
    return path


@lru_cache(maxsize=32)
def _load(path: Path) -> tuple[jinja2.Template, str]:
    content = path.read_bytes()
    try:
        template = _environment().from_string(content.decode("utf-8"))
    except jinja2.TemplateSyntaxError as error:
        raise PromptError(f"{path.name}, line {error.lineno}: {error.message}") from error
    return template, hashlib.sha256(content).hexdigest()


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - a prompt is plain text; _one_line makes values harmless
        finalize=_one_line,
    )


def _one_line(value: object) -> object:
    """A value as it stands in a prompt: one line, no control characters, no angle brackets."""
    if not isinstance(value, str):
        return value
    printable = "".join(sign if sign.isprintable() else " " for sign in value)
    return " ".join(printable.split()).translate(_HARMLESS)


def _block(template: jinja2.Template, block: str, variables: dict[str, Any]) -> str:
    if block not in template.blocks:
        raise PromptError(f"a prompt file lacks its block {block!r}; write {{% block {block} %}}.")
    try:
        return "".join(template.blocks[block](template.new_context(variables)))
    except jinja2.UndefinedError as error:
        raise PromptError(f"block {block!r} of a prompt: {error.message}; pass it.") from error
