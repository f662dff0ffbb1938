"""Fixtures that several test files share."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from briefer import store as stores
from briefer.store import Store
from tests import wheels
from tests.databases import fresh_database, postgres_cluster
from tests.fakes import Clock
from tests.handmade import PIER_TEXT

_numbers = itertools.count(1)


@pytest.fixture
def anyio_backend() -> str:
    """Asynchronous tests run on what the service runs on."""
    return "asyncio"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A file with an article that can be briefed."""
    path = tmp_path / "story.txt"
    path.write_text(PIER_TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A running PostgreSQL of this session's own; started when the first test asks for it."""
    with postgres_cluster() as url:
        yield url


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.database)],
)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty store: once a folder with SQLite, once a database of a real PostgreSQL."""
    if request.param == "sqlite":
        return str(tmp_path / "store")
    cluster: str = request.getfixturevalue("postgres")
    return fresh_database(cluster, f"store{next(_numbers)}")


@pytest.fixture
def postgres_url(postgres: str) -> Callable[[], str]:
    """Makes empty databases of the real PostgreSQL."""
    return lambda: fresh_database(postgres, f"store{next(_numbers)}")


@pytest.fixture
def clock() -> Clock:
    """The clock of ``store``."""
    return Clock()


@pytest.fixture
def store(store_url: str, clock: Clock) -> Iterator[Store]:
    """An open store, on both databases."""
    opened = stores.open(store_url, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with the wheels of a tiny model in three parts."""
    return wheels.stock(tmp_path / "shelf")


@pytest.fixture
def pip(shelf: Path) -> Sequence[str]:
    """The command that stands for pip and takes wheels from the shelf."""
    return (sys.executable, str(shelf / "pip.py"))
