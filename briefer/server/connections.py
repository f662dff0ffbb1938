"""Connections: how many there may be, how long each may ask nothing, and what is said to bad HTTP.

uvicorn's own would wait for ever for a request to begin or to go on, and refuses in plain text.
Knows nothing of requests.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.responses import Response
from uvicorn.protocols.http.h11_impl import H11Protocol

from briefer.server import problem
from briefer.server.headers import SecurityHeaders
from briefer.server.problem import Problem

HEAD_TIMEOUT_S = 10.0
"""A request's head is at most 64 KiB; with it begins the time that its body has."""
_RETRY_FULL_S = "10"


class Connection(H11Protocol):
    """As uvicorn's, but closed when no request comes in time, and refusing with problems.

    uvicorn's ``limit_concurrency`` is how many may be open; one more is answered 503 and closed.
    """

    head_timeout_s = HEAD_TIMEOUT_S

    def __init__(self, *given: Any, **named: Any) -> None:
        """As uvicorn calls it."""
        super().__init__(*given, **named)
        self._most, self.limit_concurrency = self.limit_concurrency, None
        self._closing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a request, or refuse it where there are connections enough."""
        super().connection_made(transport)
        if self._most is not None and len(self.connections) > self._most:
            self.logger.warning("more than %d connections", self._most)
            self.app = SecurityHeaders(_full(self._most))
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take a part of a request."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        super().connection_lost(exc)
        self._stop_waiting()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, unless it is of a request that was answered, and close."""
        if self.cycle is None or not (self.cycle.response_started and self.cycle.more_body):
            refusal = problem.response(Problem("bad-request", msg))
            refusal.headers["Connection"] = "close"
            lines = [b"HTTP/1.1 400 Bad Request", *map(b": ".join, refusal.raw_headers)]
            self.transport.write(b"\r\n".join([*lines, b"", bytes(refusal.body)]))
        self.transport.close()

    def _watch(self) -> None:
        """Close later where a request is waited for; also where one goes on that was refused."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        elif self._closing is None:
            self._closing = self.loop.call_later(
                self.head_timeout_s, self.timeout_keep_alive_handler
            )

    def _stop_waiting(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None


def _full(n_connections: int) -> Response:
    told = f"{n_connections} connections are open already."
    headers = {"Retry-After": _RETRY_FULL_S, "Connection": "close"}
    return problem.response(Problem("busy", told, headers=headers))
