"""Briefs made elsewhere, in a file: each is put beside the gold of its article.

A brief names its article by ``source.ref``: the article's id, or a file named after it. Where it
was made from a text cleaned in another way, its evidence is looked up by its words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any

from pydantic import ValidationError

from briefer.schema import Brief, Evidence
from eval.errors import DataError
from eval.gold import GoldBrief
from eval.metrics.whole import Judged


def contents(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Article id and brief of every line of a JSON Lines file.

    Raises:
        DataError: no such file, or a line is no brief with a ``source.ref``.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise DataError(f"{path.name} cannot be read: {error.strerror}.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                content = json.loads(line)
                ref = PurePath(content["source"]["ref"])
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                raise DataError(
                    f"{path.name}, line {number} is no brief with a source.ref."
                ) from error
            yield (ref.stem if ref.suffix in (".json", ".txt") else ref.name), content


def read(path: Path) -> dict[str, Brief]:
    """The briefs of a file by article id.

    Raises:
        DataError: as ``contents``, or a brief does not keep the schema.
    """
    found = {}
    for ref, content in contents(path):
        try:
            found[ref] = Brief.model_validate(content)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise DataError(f"{path.name}: the brief of {ref}: {field}: {first['msg']}.") from error
    return found


def beside(given: dict[str, Brief], golds: Sequence[GoldBrief]) -> list[Judged]:
    """The briefs of these articles beside their gold, evidence on gold's own text."""
    return [Judged(gold, rebased(given[gold.id], gold)) for gold in golds if gold.id in given]


def rebased(brief: Brief, gold: GoldBrief) -> Brief:
    """The brief with its evidence where its words stand in gold's text.

    Evidence whose words are not there keeps no place: it comes to stand on nothing.
    """
    if brief.source.sha256 == gold.clean.sha256:
        return brief
    content = brief.model_dump(mode="json")
    for piece in pieces(content):
        piece.update(_found(piece["text"], gold).model_dump())
    return Brief.model_validate(content)


def _found(words: str, gold: GoldBrief) -> Evidence:
    start = gold.text.find(" ".join(words.split()))
    if start < 0:
        return Evidence(start=0, end=0, text="")
    end = start + len(" ".join(words.split()))
    return Evidence(start=start, end=end, text=gold.text[start:end])


def pieces(content: Any) -> Iterator[dict[str, Any]]:
    """Every piece of evidence anywhere in a brief's JSON."""
    if isinstance(content, dict):
        for name, value in content.items():
            yield from value if name == "evidence" else pieces(value)
    elif isinstance(content, list):
        for one in content:
            yield from pieces(one)
