"""Who has a night: the living keep it, the dead are taken over from."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from briefer import store as stores
from briefer.nightly import lease
from briefer.store import Store

DAY = date(2026, 11, 24)
HERE = socket.gethostname()[:30]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = stores.open(str(tmp_path / "store"))
    yield opened
    opened.close()


def is_taken_from(store: Store, holder: str) -> bool:
    assert store.begin_run(DAY, holder, lease_s=120.0)
    with lease.held(store, DAY, lease.holder_name()) as lost:
        return lost is not None


def test_a_living_process_keeps_its_night(store: Store) -> None:
    assert not is_taken_from(store, lease.holder_name())


def test_a_process_that_is_gone_is_taken_over_from(store: Store) -> None:
    assert is_taken_from(store, f"{HERE}:{2**22 + 1}:1:0a0b0c0d")


def test_another_process_of_the_same_number_is_not_the_one_that_died(store: Store) -> None:
    """A container that is started again: its first process is number 1 as before."""
    host, pid, began, token = lease.holder_name().split(":")

    assert is_taken_from(store, f"{host}:{pid}:{int(began) - 1}:{token}")


def test_a_process_on_another_machine_keeps_its_night(store: Store) -> None:
    assert not is_taken_from(store, f"not-{HERE[:20]}:{2**22 + 1}:1:0a0b0c0d")


@pytest.mark.parametrize("name", [f"{HERE}:{os.getpid()}::0a0b0c0d", "somebody", f"{HERE}:x:1:a"])
def test_who_does_not_say_when_it_began_is_believed(store: Store, name: str) -> None:
    assert not is_taken_from(store, name)


def test_a_holders_name_fits_into_the_store() -> None:
    assert len(lease.holder_name()) <= 64
