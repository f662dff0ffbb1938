"""Web servers on this machine, for tests that speak HTTP with somebody else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer


class Quiet:
    """Beside ``BaseHTTPRequestHandler``: logs nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def running(server: HTTPServer) -> Iterator[int]:
    """The port of a server that answers from a thread until the block ends."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def answering(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """The port of a server on loopback whose every request the handler answers in a thread."""
    with running(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as port:
        yield port
