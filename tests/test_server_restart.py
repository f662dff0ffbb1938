"""A server that is killed in mid-job: every accepted job ends, none is lost, none done twice."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from briefer import store as stores
from briefer.schema import Article
from tests.handmade import brief
from tests.serving import TEXT, FakeBriefer, app_of, listening, store_in

ROOT = Path(__file__).parent.parent
# A server whose model takes a while for each batch, and writes down what it did.
SERVER = """
import sys, time
from briefer import store
from briefer.server import Limits, Server, Surroundings
from tests.serving import FakeBriefer, app_of

url, port, log, pause = sys.argv[1:]
briefer = FakeBriefer()
def work(batch):
    time.sleep(float(pause))
    with open(log, "a") as file:
        file.writelines(f"{article.text}\\n" for article in batch)
briefer.on_batch = work
around = Surroundings(limits=Limits(job_lease_s=1.0))
Server(app_of(briefer, around, store.open(url)), port=int(port), log_level="critical").run()
"""


@contextmanager
def server(url: str, log: Path, pause_s: float) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "-c", SERVER, url, str(port), str(log), str(pause_s)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(process, address)
        yield process, address
    finally:
        process.kill()
        process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], address: str) -> None:
    ends_at = time.monotonic() + 200
    while time.monotonic() < ends_at:
        assert process.poll() is None, "the server ended"
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError("the server never got ready")


def accept(address: str, n: int) -> list[str]:
    return [
        httpx.post(
            f"{address}/v1/briefs",
            json={"text": f"{TEXT} {number}"},
            headers={"Prefer": "respond-async"},
        ).headers["location"]
        for number in range(n)
    ]


def outcomes(address: str, places: list[str], timeout_s: float = 120) -> list[int]:
    ends_at = time.monotonic() + timeout_s
    statuses = [202]
    while 202 in statuses and time.monotonic() < ends_at:
        statuses = [httpx.get(address + place).status_code for place in places]
        time.sleep(0.1)
    return statuses


def test_every_accepted_job_ends_although_its_server_was_killed(
    store_url: str, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with server(store_url, log, pause_s=0.2) as (process, address):
        places = accept(address, 24)
        while not log.exists():
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    n_before = len(log.read_text().splitlines())

    with server(store_url, log, pause_s=0.0) as (_, address):
        statuses = outcomes(address, places)

    done = log.read_text().splitlines()
    assert 0 < n_before < 24
    assert statuses == [200] * 24
    assert set(done) == {f"{TEXT} {number}" for number in range(24)}
    # Only what was in the model's hands when it was killed may have been begun again.
    assert len(done) <= 24 + 4


def test_stopped_server_ends_what_it_works_on_and_keeps_the_rest(tmp_path: Path) -> None:
    log, store = tmp_path / "log", str(tmp_path / "store")
    with server(store, log, pause_s=0.3) as (process, address):
        places = accept(address, 12)
        time.sleep(0.4)
        process.send_signal(signal.SIGTERM)
        code = process.wait(20)
    with server(store, log, pause_s=0.0) as (_, address):
        statuses = outcomes(address, places)

    done = log.read_text().splitlines()
    assert code in (0, -signal.SIGTERM)
    assert statuses == [200] * 12
    assert sorted(done) == sorted(f"{TEXT} {number}" for number in range(12))


def test_who_waits_is_told_at_once_that_the_server_stops_and_who_is_served_is_answered() -> None:
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(10), None)[1]

    def ask(words: str) -> httpx.Response:
        return httpx.post(f"{address}/v1/briefs", json={"text": words}, timeout=60)

    with ThreadPoolExecutor() as pool, listening(app_of(briefer)) as address:
        served = pool.submit(ask, TEXT)
        while briefer.batches != [1]:
            time.sleep(0.02)
        waiting = pool.submit(ask, f"{TEXT} Too late.")
        while "briefer_queue_articles 1.0" not in httpx.get(f"{address}/metrics").text:
            time.sleep(0.02)
        # The model goes on only when the other one has its answer; then the server may end.
        waiting.add_done_callback(lambda _: release.set())

    assert (waiting.result().status_code, served.result().status_code) == (503, 200)
    assert waiting.result().json()["type"] == "/problems/stopping"
    assert waiting.result().headers["retry-after"] == "30"


def test_sqlite_store_is_backed_up_while_it_is_used_and_restored(tmp_path: Path) -> None:
    """As docs/service.md says to do it."""
    used = store_in(tmp_path / "store")
    used.save(brief(), Article(text=TEXT))
    copy = tmp_path / "copy"
    copy.mkdir()
    code = (
        "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('VACUUM INTO ?', sys.argv[2:])"
    )

    paths = [str(tmp_path / "store" / "briefer.db"), str(copy / "briefer.db")]
    subprocess.run([sys.executable, "-c", code, *paths], check=True)

    assert code in (ROOT / "docs/service.md").read_text()
    assert store_in(copy).brief_for("harbour") == brief()


@pytest.mark.database
def test_postgresql_store_is_backed_up_and_restored(postgres_url: Callable[[], str]) -> None:
    """As docs/service.md says to do it; the tools are those of the server's version."""
    first, second = postgres_url(), postgres_url()
    stores.open(first).save(brief(), Article(text=TEXT))

    dump = subprocess.run([_tool("pg_dump"), first], check=True, capture_output=True).stdout
    subprocess.run([_tool("psql"), "-q", second], input=dump, check=True, capture_output=True)

    assert stores.open(second).brief_for("harbour") == brief()


def _tool(name: str) -> str:
    found = max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), default=None)
    return str(found or name)
