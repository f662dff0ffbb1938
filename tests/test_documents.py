"""What the documents name is there: commands with their options, files and folders."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pydantic import BaseModel
from typer.core import TyperGroup

from briefer.cli import app
from briefer.nightly import config

ROOT = Path(__file__).parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / name for name in ("eval/README.md", "training/card.md")),
]
SHELL = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+(?:\n[^`\n]+)?)`")
FOLDERS = (
    "briefer",
    "deploy",
    "docs",
    "eval",
    "prompts",
    "scripts",
    "templates",
    "tests",
    "training",
)
PLACE = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]+)`")
MADE_BY_RUNNING = "eval/out/"


def commands(page: str) -> Iterator[str]:
    """Every ``briefer …`` of a page, in shell blocks and between backticks."""
    blocks = [block.replace("\\\n", " ") for block in SHELL.findall(page)]
    lines = [line for block in blocks for line in block.splitlines()]
    spans = [" ".join(span.split()) for span in SPAN.findall(SHELL.sub("", page))]
    for written in (*lines, *spans):
        if re.match(r"briefer [^A-Z]", written):
            yield written


def unknown(command: str) -> list[str]:
    """The words of a command line that briefer's command line does not know."""
    at: Any = typer.main.get_command(app)
    missing = []
    for word in shlex.split(command, comments=True)[1:]:
        if word.startswith("-"):
            known = {
                name for option in at.params for name in (*option.opts, *option.secondary_opts)
            }
            missing += [] if word.partition("=")[0] in known | {"--help"} else [word]
        elif isinstance(at, TyperGroup):
            inner = at.commands.get(word)
            missing += [] if inner else [word]
            at = inner or at
    return missing


def test_unknown_words_are_found() -> None:
    assert unknown("briefer keys invent --host") == ["invent", "--host"]
    assert unknown("briefer serve --host x # and --more") == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_of_the_documents_exist(page: Path) -> None:
    text = page.read_text("utf-8")

    assert {one: words for one in commands(text) if (words := unknown(one))} == {}


def test_commands_are_found_in_the_documents() -> None:
    named = [one.split()[1] for page in PAGES for one in commands(page.read_text("utf-8"))]

    assert {"brief", "digest", "nightly", "serve", "model", "keys"} <= set(named)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_the_documents_name_are_there(page: Path) -> None:
    named = PLACE.findall(page.read_text("utf-8"))

    assert [
        one for one in named if not one.startswith(MADE_BY_RUNNING) and not (ROOT / one).exists()
    ] == []


def test_example_of_a_night_has_every_option() -> None:
    night = tomllib.loads((ROOT / "deploy/night.toml").read_text("utf-8"))
    parts: dict[type[BaseModel], dict[str, Any]] = {
        config.Config: night,
        config.Fetching: night["fetching"],
        config.SectionTerms: night["sections"][0],
        config.Delivery: night["delivery"],
        config.Mail: night["delivery"]["mail"],
    }

    assert {kind: set(kind.model_fields) - set(part) for kind, part in parts.items()} == {
        kind: set() for kind in parts
    }
