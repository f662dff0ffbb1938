"""Log lines as JSON, one request a line, each with its request's id; no word of an article.

What a client sent reaches a line only as JSON strings, so nothing of it can begin a new one. Knows
nothing of what requests mean.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from briefer.server.headers import ASKED_WITH

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)

_SAFE_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_UNKNOWN = "unmatched"
_log = logging.getLogger("briefer.server.requests")

Answered = Callable[[str, str, int, float], None]
"""Told the method, route, status and seconds of each request."""


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; of an exception the type and the places, never its message or values."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": REQUEST_ID.get(),
        }
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = _places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True, default=str)


def _places(error: BaseException) -> list[str]:
    """The chain of exceptions: types and lines of code. Messages might quote an article."""
    told: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(told) < 10:
        frames = traceback.extract_tb(cause.__traceback__)[-5:]
        places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
        told.append(f"{type(cause).__name__} at {places}")
        cause = cause.__cause__
    return told


def install(level: int = logging.INFO) -> None:
    """Write the service's and uvicorn's logs to stderr as JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    for name in ("briefer", "uvicorn", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers = [handler] if name != "uvicorn.error" else []
        logger.propagate = name == "uvicorn.error"
        logger.setLevel(level)
    logging.getLogger("uvicorn.access").disabled = True


class RequestLog:
    """ASGI middleware: gives each request an id, and logs and measures its answer."""

    def __init__(self, app: ASGIApp, answered: Answered) -> None:
        self._app = app
        self._answered = answered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note what came of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _SAFE_ID.fullmatch(given) else secrets.token_hex(8)
        mark = REQUEST_ID.set(request_id)
        began, status = time.monotonic(), 499  # the client left before there was an answer

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            self._note(scope, status, time.monotonic() - began)
            REQUEST_ID.reset(mark)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", _UNKNOWN)
        asked_with = scope.get(ASKED_WITH, scope["method"])
        method = asked_with if asked_with in _METHODS else "other"
        self._answered(method, route, status, seconds)
        fields = {
            "method": method,
            "route": route,
            "status": status,
            "seconds": round(seconds, 4),
            "owner": scope.get("state", {}).get("owner"),
        }
        _log.info("answered", extra={"fields": fields})


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
