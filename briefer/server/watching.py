"""The routes for whoever watches or studies the service: health, figures, problems, the API.

Knows nothing of briefs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from briefer.render import pages
from briefer.server import documentation, measures, problem
from briefer.server.answers import JSON
from briefer.server.problem import Problem
from briefer.server.service import Service


class WatchRoutes:
    """What the routes of whoever looks after the service do."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def healthz(self) -> JSONResponse:
        """The server runs, or this would not be answered."""
        return JSONResponse({"status": "ok"})

    async def readyz(self) -> JSONResponse:
        """The model has answered a probe and the store answers."""
        desk = self._service.desk
        if desk.state != "ready":
            raise Problem("no-model", f"The model is not ready: {desk.state}.")
        await to_thread.run_sync(self._service.store.ping)
        return JSONResponse({"status": "ready"})

    async def metrics(self, request: Request) -> Response:
        """Figures; of no interest to those without a key where keys are needed."""
        await self._service.access.owner(request)
        return Response(self._service.measures.exposition(), media_type=measures.MEDIA_TYPE)

    async def explain(self, name: str) -> PlainTextResponse:
        """What a type of problem means."""
        kind = problem.KINDS.get(name)
        if kind is None:
            raise Problem("not-found", "There is no such type of problem.")
        return PlainTextResponse(f"{kind.status} {kind.title}\n\n{kind.meaning}\n")

    async def docs(self, request: Request) -> HTMLResponse:
        """The API on a page."""
        document = request.app.openapi()
        routes = [
            (method.upper(), path, operation, _sent(operation))
            for path, operations in document["paths"].items()
            for method, operation in operations.items()
        ]
        kinds = list(problem.KINDS.values())
        return HTMLResponse(pages.page("docs.html", routes=routes, kinds=kinds))


def _sent(operation: Mapping[str, Any]) -> str | None:
    """An example of what a route takes, as JSON."""
    content = operation.get("requestBody", {}).get("content", {})
    return json.dumps(content[JSON]["example"], ensure_ascii=False) if JSON in content else None


def router(service: Service) -> APIRouter:
    """The routes of whoever looks after the service, or studies its API."""
    routes, do = APIRouter(tags=["service"]), WatchRoutes(service)
    told = documentation.problems
    well, ready = documentation.HEALTHY, documentation.READY
    routes.get("/healthz", summary="Whether the server runs", responses={200: well})(do.healthz)
    routes.get("/readyz", summary="Whether it can brief", responses={200: ready, **told((503,))})(
        do.readyz
    )
    routes.get(
        "/metrics",
        summary="Figures",
        responses={200: documentation.FIGURES, **told((401, 503))},
        response_class=PlainTextResponse,
    )(do.metrics)
    routes.get(
        problem.BASE + "{name}",
        summary="What a type of problem means",
        responses={200: documentation.MEANING, **told((404,))},
        response_class=PlainTextResponse,
    )(do.explain)
    routes.get("/docs", include_in_schema=False)(do.docs)
    return routes
