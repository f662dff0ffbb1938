"""Keys in the store: only their hashes, and nothing that merely looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy

from briefer import store as stores
from briefer.errors import StoreError, UnknownOption
from briefer.store import Store
from briefer.store.database import connect


def test_key_is_recognised_until_it_is_revoked(store: Store) -> None:
    key, token = store.create_key("Newsroom")

    known = store.owner_of(token)
    revoked = store.revoke_key(key.id)

    assert (known, revoked, store.owner_of(token)) == (key.id, True, None)
    assert store.revoke_key(key.id) is False
    assert store.has_keys()


def test_key_itself_is_nowhere_in_the_store(tmp_path: Path) -> None:
    store = stores.open(str(tmp_path))

    _, token = store.create_key("Newsroom")

    secret = token.split("_", 2)[2].encode()
    assert all(secret not in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize("change", ["x", "bk_", "", "bk_00000000_" + "A" * 43])
def test_what_only_looks_like_a_key_is_none(store: Store, change: str) -> None:
    _, token = store.create_key("Newsroom")

    assert store.owner_of(change) is None
    assert store.owner_of(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert store.owner_of(token + "\n") is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_key_needs_a_name(store: Store, name: str) -> None:
    with pytest.raises(UnknownOption, match="1 to 200 characters"):
        store.create_key(name)


def test_failing_database_is_a_store_error(tmp_path: Path) -> None:
    store = stores.open(str(tmp_path))
    with connect(str(tmp_path)).begin() as connection:
        connection.execute(sqlalchemy.text("DROP TABLE briefs"))

    with pytest.raises(StoreError, match="failed"):
        store.brief_for("harbour")
