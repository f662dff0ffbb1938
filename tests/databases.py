"""Databases for tests: SQLite in a folder, a PostgreSQL of its own on a socket, what goes in."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from briefer.schema import Article
from briefer.store import Job, Store
from briefer.store.tables import ARTICLES, DIGESTS

_NO_POSTGRES = "PostgreSQL's initdb is not installed here (apt-get install postgresql)"


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


def _as_postgres(command: list[str]) -> None:
    """PostgreSQL refuses to run as root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # Files and not pipes: the server would keep a pipe open for as long as it lives.
    with tempfile.TemporaryFile() as log:
        done = subprocess.run([*prefix, *command], stdout=log, stderr=log, check=False, cwd="/")
        log.seek(0)
        assert done.returncode == 0, log.read().decode()


@contextmanager
def postgres_cluster() -> Iterator[str]:
    """The URL of an empty database in a cluster that ends with the block; no port is opened."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip(_NO_POSTGRES)
    home = Path(tempfile.mkdtemp(prefix="briefer-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    data = str(home / "data")
    init = [str(binaries / "initdb"), "--pgdata", data, "--username=briefer", "--auth=trust"]
    options = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off"
    control = [str(binaries / "pg_ctl"), "--pgdata", data, "--wait"]
    try:
        _as_postgres([*init, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
        _as_postgres([*control, "--log", str(home / "log"), "--options", options, "start"])
        yield f"postgresql://briefer@/postgres?host={home}"
        _as_postgres([*control, "--mode", "immediate", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def fresh_database(cluster: str, name: str) -> str:
    """The URL of a new, empty database of the cluster."""
    import psycopg

    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return cluster.replace("/postgres?", f"/{name}?")


def kept_articles(store: Store) -> list[Article]:
    """All articles whose text the store has, whoever's."""
    with store._transaction() as connection:
        found = connection.scalars(select(ARTICLES.c.document)).all()
    return [Article.model_validate_json(document) for document in found]


def n_editions(store: Store, day: date) -> int:
    """How many editions of a day's digest the store has."""
    of_day = select(func.count()).select_from(DIGESTS).where(DIGESTS.c.day == day.isoformat())
    with store._transaction() as connection:
        return connection.scalar(of_day) or 0


def job(number: int, owner: str = "") -> Job:
    """A job that waits."""
    return Job(id=f"j{number}", kind="brief", payload=f"payload {number}", owner=owner)
