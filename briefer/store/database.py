"""One database: connected, brought up to date, asked in short transactions.

SQLite in WAL mode, writers one after the other; PostgreSQL through psycopg. Knows nothing of what
the tables hold.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy import URL, Connection, Dialect, Engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from briefer.errors import ConfigError, StoreError

_FILE = "briefer.db"
_BUSY_TIMEOUT_S = 30
"""How long a writer waits for another one; each of our transactions takes milliseconds."""
_ERASING_TIMEOUT_S = 0.2
"""While SQLite waits for readers to cut its log, nobody else can do anything."""
_CONNECT_TIMEOUT_S = 10
_MIGRATION_LOCK = 0x6272696566  # "brief", the number of an advisory lock of ours
_HERE = Path(__file__).parent

# A password stands before the last "@", or in the query; what does not parse may have one too.
_SECRET = re.compile(r"(?<=://).*(?=@)|(?<=password=)[^&]*", re.IGNORECASE | re.DOTALL)

Clock = Callable[[], float]
"""Seconds since 1970, as ``time.time`` gives them."""


class Database:
    """A connected database; every method of the store is one transaction of it."""

    def __init__(self, engine: Engine, clock: Clock = time.time) -> None:
        self._engine = engine
        self._now = clock
        self._owes_erasing = True

    @property
    def is_postgresql(self) -> bool:
        """Whether this is PostgreSQL; SQLite otherwise."""
        return self._engine.dialect.name == postgresql.dialect.name

    def ping(self) -> None:
        """Ask for nothing.

        Raises:
            StoreError: the database does not answer.
        """
        with self._transaction() as connection:
            connection.execute(sqlalchemy.text("SELECT 1"))

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _erase(self) -> None:
        """Take what was just deleted out of SQLite's log too; PostgreSQL's own vacuum does that.

        Where somebody reads for long, as a backup does, ``erase_owed`` has to try again.
        """
        if self.is_postgresql:
            return
        # Outside of a transaction, where alone a log can be cut.
        with self._failing(), closing(self._engine.raw_connection()) as plain:
            cursor = plain.cursor()
            cursor.execute(_busy_timeout(_ERASING_TIMEOUT_S))
            try:
                is_busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                cursor.execute(_busy_timeout(_BUSY_TIMEOUT_S))
                cursor.close()
        self._owes_erasing = bool(is_busy)

    def erase_owed(self) -> None:
        """Erase what could not be when it was deleted, by this process or by one before it."""
        if self._owes_erasing:
            self._erase()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """All or nothing; what the database cannot do is a ``StoreError``."""
        with self._failing(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """What the database or its driver raises is a ``StoreError``."""
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            kind = type(error).__name__
            raise StoreError(
                f"the store at {self._engine.url!r} failed ({kind}). Is the database there, "
                "writable and not full?"
            ) from error


def connect(url: str) -> Engine:
    """An engine for a database URL or a folder, which is made when it is not there.

    Raises:
        ConfigError: no database of ours has such a URL.
    """
    at = address(url)
    if "://" not in url:
        _make(Path(url))
    engine = patient_engine(at)
    if is_sqlite(at):
        _tame(engine)
    return engine


def address(url: str) -> URL:
    """The database that a URL or a folder means; nothing is made.

    Raises:
        ConfigError: no database of ours has such a URL.
    """
    plain = f"sqlite:///{Path(url) / _FILE}"
    try:
        at = sqlalchemy.make_url(url if "://" in url else plain)
        if at.drivername in ("postgresql", "postgres"):
            at = at.set(drivername="postgresql+psycopg")
        name = at.get_dialect().name
    except (ArgumentError, NoSuchModuleError, ValueError) as error:  # of a port that is no number
        raise _no_store(url) from error
    if name not in (sqlite.dialect.name, postgresql.dialect.name):
        raise ConfigError(f"BRIEFER_STORE={_shown(url)}: the store is SQLite or PostgreSQL.")
    return at


def is_sqlite(at: URL) -> bool:
    """Whether this is SQLite; PostgreSQL otherwise."""
    return at.get_dialect().name == sqlite.dialect.name


def patient_engine(at: URL) -> Engine:
    """An engine that connects when it is first used, and gives up after some seconds.

    Raises:
        ConfigError: the driver is not installed.
    """
    # One that does not answer must not hold a thread for minutes; the URL may say otherwise.
    waits = not is_sqlite(at) and "connect_timeout" not in at.query
    patience = {"connect_timeout": _CONNECT_TIMEOUT_S} if waits else {}
    try:
        return sqlalchemy.create_engine(at, pool_pre_ping=True, connect_args=patience)
    except ImportError as error:
        raise _no_store(str(at)) from error


def _shown(url: str) -> str:
    return repr(_SECRET.sub("***", url))


def _no_store(url: str) -> ConfigError:
    return ConfigError(
        f"BRIEFER_STORE={_shown(url)} is neither a folder nor a URL like sqlite:////srv/briefer.db "
        "or postgresql://user@host/name; for the latter, install the extra “postgres”."
    )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the store's folder {folder} cannot be made: {error.strerror or error}. Set "
            "BRIEFER_STORE to one that can."
        ) from error


def _tame(engine: Engine) -> None:
    """Make SQLite wait for locks, write ahead and begin transactions when we say so."""

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        for pragma in (
            _busy_timeout(_BUSY_TIMEOUT_S),
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",  # a job that was accepted survives a power cut
            "PRAGMA secure_delete=ON",  # what was deleted is not left in the file
        ):
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later would fail where another wrote between.
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _busy_timeout(seconds: float) -> str:
    return f"PRAGMA busy_timeout={seconds * 1000:.0f}"


def migrate(engine: Engine) -> None:
    """Bring the tables up to date; several processes may try at once.

    Raises:
        StoreError: the database cannot be reached or changed.
    """
    try:
        with _one_at_a_time(engine), engine.connect() as connection:
            config = _migrations()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
    except CommandError as error:
        raise StoreError(
            f"the store at {engine.url!r} was made by a newer briefer. Upgrade this one, or "
            "restore a backup from before."
        ) from error
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(
            f"the store at {engine.url!r} could not be opened: {error}. Is the database there "
            "and writable?"
        ) from error


def revisions() -> list[str]:
    """The forms that the tables had, the present one first."""
    scripts = ScriptDirectory.from_config(_migrations())
    return [script.revision for script in scripts.walk_revisions()]


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE / "migrations").replace("%", "%%"))
    return config


@contextmanager
def _one_at_a_time(engine: Engine) -> Iterator[None]:
    name = engine.url.database
    if engine.dialect.name == sqlite.dialect.name:
        if name in (None, "", ":memory:"):
            yield
            return
        with FileLock(f"{name}.lock"):
            yield
        return
    with engine.connect() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({_MIGRATION_LOCK})")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_MIGRATION_LOCK})")
            connection.commit()


def upsert(dialect: Dialect, table: sqlalchemy.Table) -> Any:
    """``INSERT`` with ``on_conflict_…``, which both databases have and SQLAlchemy's own lacks."""
    is_postgresql = dialect.name == postgresql.dialect.name
    return (postgresql if is_postgresql else sqlite).insert(table)


def put(connection: Connection, table: Any, key: Mapping[str, Any], row: Mapping[str, Any]) -> None:
    """Write a row in the place of the one with its key, if there is one."""
    adding = upsert(connection.dialect, table).values(**key, **row)
    connection.execute(adding.on_conflict_do_update(index_elements=list(key), set_=row))
