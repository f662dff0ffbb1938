"""Puts load on a service on loopback and says what came of it: rates, latencies, memory, losses.

    python scripts/load.py                     the whole pipeline around the fake engine
    python scripts/load.py --engine auto --clients 1,8 --requests 24      a real model

Starts ``briefer serve`` with an empty store, sends every client's articles one after the other, all
of them different, and compares each brief with the article it is of. Ends the server again.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

import httpx
import psutil  # type: ignore[import-untyped]

_PLACES = ("Tellmouth", "Vesk", "Ondria", "Crannoch", "Almarenza", "Zarmeen", "Port Selby")
_DEEDS = ("close two pools", "repair the old pier", "raise the ferry fares", "sell the archive")
_READY_S = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """One request. ``is_own`` says whether the brief was of the article that was sent."""

    status: int
    seconds: float
    is_own: bool
    id: str


def article(number: int) -> dict[str, str]:
    """An article of some 80 words, unlike all others."""
    chance = random.Random(number)  # noqa: S311 - no secret
    place, deed = chance.choice(_PLACES), chance.choice(_DEEDS)
    cost, jobs = chance.randrange(2, 900), chance.randrange(10, 5000)
    text = (
        f"The council of {place} voted on Monday to {deed}, in its decision number {number}. "
        f"The plan will cost {cost} million crowns and touch {jobs} jobs. "
        f'"We had no choice," said its chair, Ingrid Vass, after a debate of three hours.\n\n'
        f"The shopkeepers' league rejected the plan and said it would go to court. "
        f"The mayor and the league agreed to meet again on Friday under a mediator. "
        f"A report on the harbour is due in the spring, and the works would begin a month later."
    )
    return {"text": text, "title": f"{place} to {deed}", "ref": str(number)}


@contextmanager
def serving(engine: str) -> Iterator[tuple[str, psutil.Process]]:
    """The address of a new service that is ready, and its process."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with tempfile.TemporaryDirectory() as store, tempfile.TemporaryFile() as log:
        command = [sys.executable, "-m", "briefer", "serve", "--engine", engine]
        environment = {**os.environ, "BRIEFER_STORE": store}
        process = subprocess.Popen(
            [*command, "--port", str(port)], env=environment, stdout=log, stderr=log
        )
        _end_with_us(process)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, process)
            yield address, psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(120)


def _end_with_us(process: subprocess.Popen[bytes]) -> None:
    """Who ends this script early, as ``timeout`` does, must not leave the service behind."""

    def end(*_: object) -> NoReturn:
        process.terminate()
        os._exit(143)

    signal.signal(signal.SIGTERM, end)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    ends_at = time.monotonic() + _READY_S
    while time.monotonic() < ends_at and process.poll() is None:
        try:
            if httpx.get(f"{address}/readyz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    sys.exit("the service did not get ready; run briefer serve to see why.")


def send(address: str, numbers: range) -> list[Outcome]:
    """One client: its articles, one after the other; a full queue is waited for."""
    outcomes = []
    with httpx.Client(base_url=address, timeout=600) as client:
        for number in numbers:
            began = time.monotonic()
            answer = client.post("/v1/briefs", json=article(number))
            while answer.status_code == 503:
                time.sleep(0.5)
                answer = client.post("/v1/briefs", json=article(number))
            took_s = time.monotonic() - began
            told = answer.json()
            is_own = str(told.get("source", {}).get("ref")) == str(number)
            outcomes.append(Outcome(answer.status_code, took_s, is_own, str(told.get("id"))))
    return outcomes


def run(address: str, n_clients: int, first: int, n_requests: int) -> tuple[list[Outcome], float]:
    """All clients at once; their outcomes and how long it took."""
    each = n_requests // n_clients
    shares = [range(first + i * each, first + (i + 1) * each) for i in range(n_clients)]
    began = time.monotonic()
    with ThreadPoolExecutor(n_clients) as pool:
        outcomes = [
            one for many in pool.map(lambda share: send(address, share), shares) for one in many
        ]
    return outcomes, time.monotonic() - began


class MemoryWatch:
    """Looks at a process's resident memory once a second."""

    def __init__(self, process: psutil.Process) -> None:
        self._process = process
        self._ended = threading.Event()
        self.mib: list[float] = []
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._ended.wait(1):
            self.mib.append(self._process.memory_info().rss / 2**20)

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()


def row(n_clients: int, outcomes: list[Outcome], took_s: float) -> str:
    """One line of the table."""
    seconds = sorted(one.seconds for one in outcomes)
    n_good = sum(one.status == 200 and one.is_own for one in outcomes)
    n_ids = len({one.id for one in outcomes})
    p50, p95 = statistics.median(seconds), seconds[int(len(seconds) * 0.95)]
    return (
        f"| {n_clients} | {len(outcomes)} | {len(outcomes) / took_s:.3g} | {p50:.3f} | {p95:.3f} "
        f"| {len(outcomes) - n_good} | {len(outcomes) - n_ids} |"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--engine", default="fake")
    parser.add_argument("--clients", default="1,8,32")
    parser.add_argument("--requests", type=int, default=672, help="requests a row")
    given = parser.parse_args()
    print("| clients | requests | a second | p50 s | p95 s | lost or wrong | doubled |")  # noqa: T201
    print("|---|---|---|---|---|---|---|", flush=True)  # noqa: T201
    with serving(given.engine) as (address, process):
        watch, first = MemoryWatch(process), 0
        for n_clients in map(int, given.clients.split(",")):
            outcomes, took_s = run(address, n_clients, first, given.requests)
            print(row(n_clients, outcomes, took_s), flush=True)  # noqa: T201
            first += given.requests
        watch.stop()
    marks = [watch.mib[int(share * (len(watch.mib) - 1))] for share in (0.1, 0.25, 0.5, 0.75, 1)]
    told = ", ".join(f"{mib:.0f}" for mib in marks)
    print(f"\nResident MiB at 10, 25, 50, 75 and 100 % of the time: {told}")  # noqa: T201


if __name__ == "__main__":
    main()
