"""How a store stands, without making or changing anything that stays.

Knows nothing of what is in it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import sqlalchemy
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from briefer.errors import StoreError
from briefer.store.database import address, is_sqlite, patient_engine, revisions

Standing = Literal["absent", "empty", "old", "current", "newer"]


@dataclass(frozen=True, slots=True)
class Look:
    """``place`` is a path or a URL without its password; ``absent`` ones are made when opened."""

    kind: Literal["SQLite", "PostgreSQL"]
    place: str
    standing: Standing


def look(url: str) -> Look:
    """How the store at a URL or in a folder stands.

    Raises:
        ConfigError: there is no such kind of database.
        StoreError: the database cannot be reached, read or written.
    """
    at = address(url)
    if not is_sqlite(at):
        return Look("PostgreSQL", repr(at), _standing(patient_engine(at)))
    file = Path(at.database or "")
    if not file.exists():
        _check_room(next(place for place in file.absolute().parents if place.exists()))
        return Look("SQLite", str(file), "absent")
    _check_writable(file)
    _check_room(file.parent)
    reading = at.set(database=f"file:{file.absolute()}", query={"mode": "ro", "uri": "true"})
    return Look("SQLite", str(file), _standing(sqlalchemy.create_engine(reading)))


def _check_writable(file: Path) -> None:
    if not os.access(file, os.W_OK):
        raise StoreError(f"the store's {file} cannot be written by this user.")


def _check_room(folder: Path) -> None:
    """Try it with a folder that is gone at once: some systems' permissions promise too much."""
    try:
        TemporaryDirectory(prefix=".briefer-", dir=folder).cleanup()
    except OSError as error:
        why = error.strerror or error
        raise StoreError(f"the store's {folder} cannot be written by this user: {why}.") from error


def _standing(engine: Engine) -> Standing:
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        kind = type(error).__name__
        raise StoreError(f"the store at {engine.url!r} cannot be read ({kind}).") from error
    finally:
        engine.dispose()
    known = revisions()
    if found is None:
        return "empty"
    if found not in known:
        return "newer"
    return "current" if found == known[0] else "old"
