"""The service: an API for programs and a page for people, around one loaded model.

    problem.py   every failure as problem+json: the table from errors to status codes
    bodies.py    what a client sends becomes an article and options, strictly
    desk.py      where requests meet the model: one at a time, off the event loop
    answers.py   a brief in the form that was asked for
    api.py       the routes for programs      pages.py   the pages for people
    headers.py   what every answer carries

Knows nothing of how a brief is made.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import metadata

import uvicorn
from fastapi import FastAPI

from briefer.briefing import Briefer
from briefer.errors import ConfigError
from briefer.server import api, pages, problem
from briefer.server.bodies import Limits
from briefer.server.desk import Briefs, Desk
from briefer.server.headers import SecurityHeaders
from briefer.settings import Settings

__all__ = ["Limits", "create_app", "serve"]

_STOP_TIMEOUT_S = 60


def create_app(settings: Settings, briefer: Briefs, *, limits: Limits | None = None) -> FastAPI:
    """The application; the model is loaded when it starts, not here.

    Raises:
        ConfigError: a setting asks for what this version cannot do.
    """
    if settings.fetch_urls:
        raise ConfigError(
            "BRIEFER_FETCH_URLS is on, but this version's server fetches nothing. Unset it."
        )
    limits = limits or Limits()
    desk = Desk(briefer, max_waiting=limits.max_waiting)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await desk.open()
        yield
        await desk.close()

    app = FastAPI(
        title="briefer",
        summary="Briefs of news articles in which every line shows the sentences that carry it",
        version=metadata.version("briefer"),
        lifespan=lifespan,
        docs_url=None,  # FastAPI's pages load scripts from elsewhere, which our policy forbids
        redoc_url=None,
    )
    problem.install(app)
    app.add_middleware(SecurityHeaders)
    app.include_router(api.router(desk, limits))
    app.include_router(pages.router(desk, limits))
    return app


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Run the service until it is told to stop; what runs then is finished first.

    Raises:
        ConfigError: a setting asks for what this version cannot do.
    """
    if settings.engine == "remote":
        raise ConfigError("BRIEFER_ENGINE=remote does not work yet. Choose auto or another one.")
    briefer = Briefer(settings.model, settings.engine)
    uvicorn.run(
        create_app(settings, briefer),
        host=host,
        port=port,
        server_header=False,
        timeout_graceful_shutdown=_STOP_TIMEOUT_S,
    )
