"""The routes for programs: an article in, a brief out.

Knows nothing of how a brief is made or what it looks like.
"""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from briefer.schema import Brief
from briefer.server import answers, bodies, problem
from briefer.server.bodies import BriefRequest, Limits
from briefer.server.desk import Desk
from briefer.server.problem import Problem

_JSON = "application/json"
_BRIEF_STATUSES = (400, 403, 406, 408, 413, 415, 422, 500, 503)


def router(desk: Desk, limits: Limits) -> APIRouter:
    """The routes of the API and those for whoever watches the service."""
    routes = APIRouter()

    @routes.post(
        "/v1/briefs",
        response_model=Brief,
        responses=_documented(),
        openapi_extra={"requestBody": _request_body()},
        summary="Brief an article",
    )
    async def post_brief(request: Request) -> Response:
        name = answers.media_type(request.headers.get("accept"))
        sent = bodies.parse(await bodies.read(request, _JSON, limits))
        article = await to_thread.run_sync(bodies.article_of, sent, limits)
        brief = await desk.brief(article, sent.options)
        return await to_thread.run_sync(answers.response, brief, name)

    @routes.get("/healthz", summary="Whether the server runs")
    async def healthz() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @routes.get("/readyz", summary="Whether the model is loaded", responses=_problems((503,)))
    async def readyz() -> JSONResponse:
        if desk.state != "ready":
            raise Problem("no-model", f"The model is not ready: {desk.state}.")
        return JSONResponse({"status": "ready"})

    @routes.get(problem.BASE + "{name}", summary="What a type of problem means")
    async def explain(name: str) -> PlainTextResponse:
        kind = problem.KINDS.get(name)
        if kind is None:
            raise Problem("not-found", "There is no such type of problem.")
        return PlainTextResponse(f"{kind.status} {kind.title}\n\n{kind.meaning}\n")

    return routes


def _documented() -> dict[int | str, dict[str, Any]]:
    other = {"schema": {"type": "string"}}
    brief = {"content": {"text/markdown": other, "text/html": other}, "description": "The brief"}
    return {200: brief, **_problems(_BRIEF_STATUSES)}


def _problems(statuses: tuple[int, ...]) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of the answers that are problems."""
    titles = {kind.status: kind.title for kind in reversed(list(problem.KINDS.values()))}
    schema = {"type": "object", "required": ["type", "title", "status", "detail"]}
    content = {problem.MEDIA_TYPE: {"schema": schema}}
    return {status: {"description": titles[status], "content": content} for status in statuses}


def _request_body() -> dict[str, Any]:
    """``BriefRequest`` for OpenAPI; the body is read by hand, so FastAPI does not see it."""
    schema = BriefRequest.model_json_schema()
    schema["properties"]["options"] = schema.pop("$defs")["Options"]
    return {"required": True, "content": {_JSON: {"schema": schema}}}
