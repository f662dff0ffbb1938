"""Who runs a night: one process, by a lease that it renews; the dead are taken over from.

Knows nothing of what a night does.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from briefer.errors import StoreError
from briefer.store import Store

LEASE_S = 120.0
_RENEW_S = 20.0


def holder_name() -> str:
    """This process, so that others on this machine can see whether it lives."""
    pid = os.getpid()
    return f"{_host()}:{pid}:{_started_at(pid) or ''}:{secrets.token_hex(4)}"


def _host() -> str:
    return socket.gethostname()[:30]


@contextmanager
def held(store: Store, day: date, holder: str) -> Iterator[threading.Event | None]:
    """Hold a night for as long as the block runs; ``None`` when another one has it.

    The event is set when the lease was lost.
    """
    _bury_dead(store, day)
    if not store.begin_run(day, holder, lease_s=LEASE_S):
        yield None
        return
    lost, ended = threading.Event(), threading.Event()

    def renew() -> None:
        while not ended.wait(_RENEW_S):
            try:
                is_ours = store.renew_run(day, holder, lease_s=LEASE_S)
            except StoreError:  # the database is away for a moment: the lease outlives that
                continue
            if not is_ours:
                lost.set()
                return

    thread = threading.Thread(target=renew, name="lease", daemon=True)
    thread.start()
    is_over = False
    try:
        yield lost
        is_over = True
    finally:
        ended.set()
        thread.join()
        if not is_over:  # let the next start go on at once
            with suppress(StoreError):
                store.drop_lease(day, holder)


def _bury_dead(store: Store, day: date) -> None:
    """Free a night whose process on this machine is gone, so that nobody waits for its lease."""
    had = store.holder_of(day)
    if had is None or had.state != "running":
        return
    host, *known = had.name.split(":")
    pid, started_at = known[:2] if len(known) == 3 else ("", "")
    if host == _host() and pid.isdigit() and not _lives(int(pid), started_at):
        store.drop_lease(day, had.name)


def _lives(pid: int, started_at: str) -> bool:
    """Whether a process is there and, where both are known, began then.

    In a container that is started again another process has the same number, often this one.
    """
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    now_there = _started_at(pid)
    return not started_at or now_there is None or now_there == started_at


def _started_at(pid: int) -> str | None:
    """When a process began, in ticks since the machine did (proc(5)); ``None`` if unknown."""
    try:
        said = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return None
    return said.rpartition(b")")[2].split()[19].decode()  # the name before may hold anything
