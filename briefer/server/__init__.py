"""The service: an API for programs and pages for people, around one loaded model.

    service.py    the parts that the routes share, and the way from a request to its brief
    desk.py       a stored brief, or a place in the queue      queue.py   fair and bounded
    worker.py     the one thread that owns the model           runner.py  does promised jobs
    briefs.py, digests.py, watching.py, pages.py               the routes
    bodies.py     what a client sends becomes articles, strictly
    answers.py    documents in the form asked for              streaming.py  server-sent events
    access.py     keys and rates        headers.py, logs.py    what every answer and line carries
    connections.py  how long they may ask nothing
    problem.py    every failure as problem+json
    documentation.py, examples.py                              OpenAPI
    measures.py   figures for Prometheus                       limits.py  how much is taken

Knows nothing of how a brief is made.
"""

from __future__ import annotations

import errno
import functools
import ipaddress
import logging
import socket
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from importlib import metadata
from typing import Any

import uvicorn
from anyio import to_thread
from fastapi import FastAPI, Request
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from briefer import fetching, store, stories
from briefer.briefing import Briefer
from briefer.errors import ConfigError
from briefer.server import (
    briefs,
    digests,
    documentation,
    logs,
    pages,
    problem,
    watching,
)
from briefer.server.access import Access, RateLimiter
from briefer.server.connections import Connection
from briefer.server.desk import Desk
from briefer.server.headers import LOOPBACK_HOSTS, HeadAsGet, SecurityHeaders
from briefer.server.limits import Limits
from briefer.server.measures import Measures
from briefer.server.runner import Runner
from briefer.server.service import ClientGone, Fetch, Service
from briefer.server.worker import Briefs
from briefer.settings import Settings
from briefer.store import Keeping, Store

__all__ = [
    "Limits",
    "Server",
    "Surroundings",
    "create_app",
    "open_store",
    "serve",
    "surroundings_of",
]

_STOP_TIMEOUT_S = 60
"""A batch of long articles on two cores; what waits behind it is given back or refused."""
# Store and templates take milliseconds; more threads would take the model's cores from it.
_THREADS = 8
# More connections than may wait, so that health and metrics are answered when the queue is full.
_MAX_CONNECTIONS = 500


_log = logging.getLogger("briefer.server")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the service stands: what differs between loopback, the open net, and a test.

    ``hosts`` are the names it answers for, ``None`` for any; ``fetch`` replaces the fetching that
    the settings ask for.
    """

    needs_key: bool = False
    hosts: Collection[str] | None = None
    limits: Limits = field(default_factory=Limits)
    fetch: Fetch | None = None


def create_app(
    settings: Settings,
    briefer: Briefs,
    *,
    kept: Store | None = None,
    surroundings: Surroundings | None = None,
) -> FastAPI:
    """The application; the model is loaded when it starts, not here.

    ``kept`` is an open store, which stays open; without it the settings' store is opened.

    Raises:
        ConfigError: a setting is wrong.
        StoreError: the store cannot be opened.
    """
    around = surroundings or Surroundings()
    service = _service(settings, briefer, kept or open_store(settings), around)
    runner = Runner(service)
    service = replace(service, wake=runner.wake)

    def refuse() -> None:
        service.desk.refuse()
        runner.pause()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        await service.desk.open()
        await runner.open()
        yield
        refuse()
        await service.desk.close()
        await runner.close()
        if kept is None:
            service.store.close()

    app = _bare(lifespan)
    app.state.refuse = refuse
    _furnish(app, service, settings, around)
    return app


def _bare(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> FastAPI:
    return FastAPI(
        title="briefer",
        summary="Briefs of news articles in which every line shows the sentences that carry it",
        version=metadata.version("briefer"),
        lifespan=lifespan,
        docs_url=None,  # FastAPI's pages load scripts from elsewhere, which our policy forbids
        redoc_url=None,
        # It would lead key and article to http://, whatever stands in front.
        redirect_slashes=False,
    )


def open_store(settings: Settings) -> Store:
    """The store that the settings name.

    Raises:
        ConfigError, StoreError: it cannot be opened.
    """
    keeping = Keeping(days=settings.retention_days, texts=settings.keep_texts)
    return store.open(settings.store, keeping=keeping)


def _service(settings: Settings, briefer: Briefs, kept: Store, around: Surroundings) -> Service:
    measures, limits = Measures(), around.limits
    desk = Desk(briefer, kept, limits, measures)
    access = Access(kept, RateLimiter(limits.rate_per_minute), needs_key=around.needs_key)
    fetch = around.fetch or fetching.fetch_async
    allowed = fetch if settings.fetch_urls else None
    find_encoder = functools.cache(functools.partial(stories.encoder_for, settings.engine))
    return Service(desk, kept, access, limits, measures, allowed, find_encoder)


def _furnish(app: FastAPI, service: Service, settings: Settings, around: Surroundings) -> None:
    press = digests.Press()
    problem.install(app)
    app.add_exception_handler(ClientGone, _answer_nobody)
    documentation.install(app)
    app.include_router(briefs.router(service))
    app.include_router(digests.router(service, press))
    app.include_router(watching.router(service))
    app.include_router(pages.router(service, press))
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=[one.strip() for one in settings.cors_origins.split(",")],
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Prefer", "Cache-Control"],
            expose_headers=["Location", "ETag", "Retry-After", "X-Request-ID"],
        )
    app.add_middleware(SecurityHeaders, hosts=around.hosts)
    app.add_middleware(logs.RequestLog, answered=service.measures.answered)
    app.add_middleware(HeadAsGet)


async def _answer_nobody(_: Request, _error: Exception) -> Response:
    return Response(status_code=499)  # nginx's number for it; nobody reads this but the log


class Server(uvicorn.Server):
    """Refuses those who wait for the model as soon as it stops, and then waits for the others.

    uvicorn alone would wait for all of them first, and only then end the application.
    """

    def __init__(self, app: FastAPI, **config: Any) -> None:
        """``app`` is one of ``create_app``, ``config`` what ``uvicorn.Config`` takes."""
        ours: dict[str, Any] = {"http": Connection, "ws": "none"}
        super().__init__(uvicorn.Config(app, **(ours | config)))
        self._refuse: Callable[[], None] = app.state.refuse

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, as uvicorn does it, after refusing."""
        self._refuse()
        await super().shutdown(sockets)


def surroundings_of(settings: Settings, host: str, *, require_key: bool = False) -> Surroundings:
    """Where a service on ``host`` stands; with ``require_key`` on loopback as off it."""
    is_private = _is_loopback(host) and not require_key
    return Surroundings(
        needs_key=not is_private,
        hosts=LOOPBACK_HOSTS | {host} if is_private else None,
        limits=Limits(rate_per_minute=settings.rate_per_minute),
    )


def serve(settings: Settings, *, host: str, port: int, require_key: bool = False) -> None:
    """Run the service until it is told to stop; what runs then is finished first.

    ``require_key`` is for a server on loopback behind one that the world can reach.

    Raises:
        ConfigError: a setting is wrong, or the port cannot be had.
        StoreError: the store cannot be opened.
    """
    around = surroundings_of(settings, host, require_key=require_key)
    logs.install()
    with _listening(host, port) as listener:
        _serve(settings, around, listener)


def _serve(settings: Settings, around: Surroundings, listener: socket.socket) -> None:
    kept = open_store(settings)
    if around.needs_key and not kept.has_keys():
        _log.warning("no key exists, so nobody can ask; run: briefer keys create NAME")
    briefer = Briefer(settings.model, settings.engine, concurrency=settings.concurrency)
    server = Server(
        create_app(settings, briefer, kept=kept, surroundings=around),
        server_header=False,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        limit_concurrency=_MAX_CONNECTIONS,
        timeout_graceful_shutdown=_STOP_TIMEOUT_S,
    )
    with suppress(KeyboardInterrupt):  # which uvicorn raises again when it has stopped
        server.run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """Before anything is opened or loaded: uvicorn would find out after, and exit with 3."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ConfigError(f"Port {port} is taken; choose another with --port.") from error
        raise ConfigError(
            f"Cannot listen on {host}, port {port}: {error.strerror}. "
            "Choose others with --host and --port."
        ) from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
