"""The store opens on SQLite and on a real PostgreSQL, migrated, or says why not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from briefer import store as stores
from briefer.errors import ConfigError, StoreError
from briefer.schema import Article
from briefer.store.database import connect
from briefer.store.tables import METADATA
from tests.handmade import HARBOUR_TEXT, brief

ARTICLE = Article(text=HARBOUR_TEXT, title="Harbour workers walk out", ref="a-1")


def test_migrations_make_exactly_the_tables_that_the_code_uses(store_url: str) -> None:
    stores.open(store_url).close()

    with connect(store_url).connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)

    assert differences == []


def test_store_that_is_opened_again_holds_what_it_held(store_url: str) -> None:
    first = stores.open(store_url)
    first.save(brief(), ARTICLE)
    first.close()

    again = stores.open(store_url)

    assert again.brief_for("harbour") == brief()


def test_many_processes_may_open_an_empty_store_at_once(store_url: str) -> None:
    code = "import sys; from briefer import store; store.open(sys.argv[1]).ping()"
    started = [
        subprocess.Popen([sys.executable, "-c", code, store_url], env={**os.environ})
        for _ in range(3)
    ]

    assert [process.wait(200) for process in started] == [0, 0, 0]


def test_sqlite_writes_ahead(tmp_path: Path) -> None:
    stores.open(str(tmp_path)).close()

    with connect(str(tmp_path)).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense://x", "sqlite//x://"])
def test_other_databases_are_refused_by_name(url: str) -> None:
    with pytest.raises(ConfigError, match="BRIEFER_STORE="):
        stores.open(url)


@pytest.mark.parametrize(
    "url",
    [
        "mysql://briefer:SECRET@host/name",
        "nonsense://briefer:SECRET@host/name",
        "postgresql://briefer:SECRET@host:port/name",
        "postgresql://briefer:SECRET@one@host:port/name",
        "postgresql://briefer:SEC/SECRET@host:port/name",
        "mysql://briefer:SEC?SECRET@host/name",
        "mysql://host/name?user=briefer&password=SECRET&x=y",
        "my sql://briefer:SECRET@host/name",
    ],
)
def test_password_of_a_wrong_store_is_not_told(url: str) -> None:
    with pytest.raises(ConfigError, match=r"BRIEFER_STORE=.*\*\*\*") as caught:
        stores.open(url)

    assert "SECRET" not in str(caught.value)
    assert "host" in str(caught.value)


def test_database_that_is_not_there_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(StoreError, match=r"folder .*: Not a directory\. Set BRIEFER_STORE to"):
        stores.open(str(tmp_path / "file" / "store"))
    with pytest.raises(StoreError, match="could not be opened"):
        stores.open("postgresql://nobody@/none?host=/nowhere")


def test_log_that_cannot_be_cut_is_a_store_error(tmp_path: Path) -> None:
    store = stores.open(str(tmp_path))
    store.close()
    (tmp_path / "briefer.db").write_bytes(b"no database" * 1000)

    with pytest.raises(StoreError, match="DatabaseError"):
        store._erase()


def test_password_of_a_database_is_in_no_message() -> None:
    with pytest.raises(StoreError) as caught:
        stores.open("postgresql://nobody:hunter2@127.0.0.1:1/none?connect_timeout=2")

    assert "hunter2" not in str(caught.value)
