"""Every way a request can fail, as RFC 9457 ``application/problem+json``.

The one table from briefer's errors to HTTP status codes. Messages about a caller's input are for
the caller; what went wrong inside is logged and not told.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Match

from briefer import errors

MEDIA_TYPE = "application/problem+json"
BASE = "/problems/"
_log = logging.getLogger("briefer.server")


@dataclass(frozen=True, slots=True)
class Kind:
    """A problem type: ``BASE + name`` is its URI, ``meaning`` what its page says."""

    name: str
    status: int
    title: str
    meaning: str


_KINDS = (
    Kind("not-json", 400, "Not JSON", "The body is not JSON in UTF-8; NaN and Infinity are none."),
    Kind("bad-request", 400, "Bad request", "The request is not valid HTTP or not complete."),
    Kind("no-key", 401, "No key", "The request has no API key, or one that does not work."),
    Kind("fetch-refused", 403, "Address refused", "The address may not be fetched from here."),
    Kind("cross-site", 403, "Cross-site request", "The form was sent from another site's page."),
    Kind("not-found", 404, "Not found", "There is nothing at this address."),
    Kind("method-not-allowed", 405, "Method not allowed", "The address has other methods."),
    Kind("not-acceptable", 406, "Not acceptable", "None of the media types asked for exists."),
    Kind("too-slow", 408, "Too slow", "The body did not arrive in time."),
    Kind("conflict", 409, "Conflict", "Another digest of this day is being made right now."),
    Kind("too-large", 413, "Too large", "The body or the text is longer than this server takes."),
    Kind("wrong-type", 415, "Wrong content type", "The body is of another type than asked for."),
    Kind("misdirected", 421, "Wrong host", "This server does not answer for that host name."),
    Kind("invalid", 422, "Invalid request", "The body is JSON, but not what the route takes."),
    Kind("unreadable", 422, "Unreadable input", "What was sent cannot be read as an article."),
    Kind("too-many", 429, "Too many requests", "The key has sent too much; wait a little."),
    Kind("internal", 500, "Internal error", "Something broke in here; the log says what."),
    Kind("no-model", 503, "No model", "The language model cannot be used right now."),
    Kind("busy", 503, "Busy", "Too many articles wait for the model; try again later."),
    Kind("timed-out", 503, "Timed out", "The brief was not ready in time; ask asynchronously."),
    Kind("stopping", 503, "Stopping", "The server is being stopped; try again."),
    Kind("no-store", 503, "No store", "The store cannot be reached right now."),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}

# First match counts, so that a class stands before its parents.
_OF_ERRORS: tuple[tuple[type[errors.BrieferError], str], ...] = (
    (errors.FetchRefused, "fetch-refused"),
    (errors.InputTooLarge, "too-large"),
    (errors.UnknownOption, "invalid"),
    (errors.InputError, "unreadable"),
    (errors.ModelError, "no-model"),
    (errors.StoreError, "no-store"),
)
_OF_STATUS = {404: "not-found", 405: "method-not-allowed"}
_RETRY_AFTER_S = "30"
"""About one article by the default model on two cores (findings: 15-45 s)."""


class Problem(Exception):
    """A request that gets no answer but this.

    ``name`` is a key of ``KINDS``; ``pointers`` say which fields are wrong, as RFC 6901 has it.
    """

    def __init__(
        self,
        name: str,
        detail: str,
        *,
        pointers: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = KINDS[name]
        self.detail = detail
        self.pointers = pointers
        self.headers = headers or {}


def of_error(error: BaseException) -> Problem:
    """The problem to tell a client whose request raised ``error``, foreseen or not."""
    names = (name for kind, name in _OF_ERRORS if isinstance(error, kind))
    kind = KINDS[next(names, "internal")]
    if kind.status < 500:
        return Problem(kind.name, str(error))
    _log.error("a request failed: %s", type(error).__name__, exc_info=error)
    headers = {"Retry-After": _RETRY_AFTER_S} if kind.status == 503 else {}
    return Problem(kind.name, kind.meaning, headers=headers)


def told(problem: Problem) -> dict[str, Any]:
    """The problem as RFC 9457 writes it."""
    kind = problem.kind
    members: dict[str, Any] = {
        "type": BASE + kind.name,
        "title": kind.title,
        "status": kind.status,
        "detail": problem.detail,
    }
    if problem.pointers:
        members["errors"] = list(problem.pointers)
    return members


def response(problem: Problem) -> Response:
    """The problem as an HTTP answer."""
    return Response(
        json.dumps(told(problem), ensure_ascii=True),
        status_code=problem.kind.status,
        media_type=MEDIA_TYPE,
        headers=dict(problem.headers),
    )


def install(app: FastAPI) -> None:
    """Answer every failure of ``app`` with a problem; before any middleware is added to it."""
    app.add_exception_handler(Problem, _answer_problem)
    app.add_exception_handler(errors.BrieferError, _answer_error)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(Exception, _answer_error)
    # Starlette answers what nobody foresaw outside of all middleware: without our headers, and
    # unseen by the log. So once more inside; its own stays for what middleware raises.
    app.add_middleware(ServerErrorMiddleware, handler=_answer_error)


async def _answer_problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - registered for this class
    return response(error)


async def _answer_error(_: Request, error: Exception) -> Response:
    return response(of_error(error))


async def _answer_invalid(_: Request, error: Exception) -> Response:
    """What FastAPI read itself, of the address: without what was sent."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
    pointers = [
        {"parameter": str(one["loc"][1])[:100], "detail": str(one["msg"])}
        for one in error.errors()[:20]
    ]
    return response(Problem("invalid", "The address has errors.", pointers=pointers))


async def _answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
    kind = KINDS[_OF_STATUS.get(error.status_code, "bad-request")]
    headers = dict(error.headers or {})
    if kind.status == 405:
        headers["Allow"] = ", ".join(_allowed(request))
    return response(Problem(kind.name, kind.meaning, headers=headers))


def _allowed(request: Request) -> list[str]:
    """The methods of an address; Starlette tells those of the first of its routes only."""
    routes: list[BaseRoute] = request.app.routes
    known = {
        method
        for method in ("GET", "POST", "DELETE")
        for route in routes
        if route.matches({**request.scope, "method": method})[0] is Match.FULL
    }
    return sorted(known | {"HEAD"} if "GET" in known else known)
