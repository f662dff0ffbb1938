"""Reads JSON Lines and JSON files into checked records; says what is wrong where.

Knows nothing of what the records mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.errors import DataError


class Record(BaseModel):
    """A record of a data file; keys it does not name are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


AnyRecord = TypeVar("AnyRecord", bound=BaseModel)


def records(path: Path, form: type[AnyRecord]) -> Iterator[AnyRecord]:
    """The records of a JSON Lines file, in order; blank lines are skipped.

    Raises:
        DataError: the file is missing or empty, or a line is not JSON or lacks a field.
    """
    n_records = 0
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line.strip():
            n_records += 1
            yield _record(line, form, f"{_short(path)}, line {number}")
    if n_records == 0:
        raise DataError(f"{_short(path)} holds no record; copy the data set again.")


def record(path: Path, form: type[AnyRecord]) -> AnyRecord:
    """The one record of a JSON file.

    Raises:
        DataError: the file is missing, not JSON or lacks a field.
    """
    return _record(_text(path), form, _short(path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DataError(
            f"{_short(path)} not found; give the folder that holds the gold sets by --data."
        ) from error
    except UnicodeDecodeError as error:
        raise DataError(f"{_short(path)} is not UTF-8: {error.reason} at {error.start}.") from error
    except OSError as error:
        raise DataError(f"{_short(path)} cannot be read: {error.strerror}.") from error


def _record(line: str, form: type[AnyRecord], where: str) -> AnyRecord:
    try:
        content: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise DataError(f"{where} is not JSON: {error.msg} at column {error.colno}.") from error
    try:
        return form.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the record"
        raise DataError(f"{where}: {field}: {first['msg']}.") from error


def _short(path: Path) -> str:
    """The last two parts of a path, enough to find the file."""
    return "/".join(path.parts[-2:])
