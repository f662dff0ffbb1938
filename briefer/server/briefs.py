"""The routes of briefs: an article in, a brief out, at once, later, in a batch or as a stream.

Knows nothing of how a brief is made or what it looks like.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Path, Query, Request
from starlette.responses import JSONResponse, Response

from briefer.errors import BrieferError
from briefer.schema import Article, Brief, Include
from briefer.server import answers, bodies, documentation, jobs, problem, streaming
from briefer.server.answers import EVENTS
from briefer.server.bodies import BatchRequest, BriefRequest
from briefer.server.desk import Wish
from briefer.server.problem import Problem
from briefer.server.service import Service, unless_gone

_FORMS = (*answers.BRIEF_FORMS, EVENTS)

Id = Annotated[
    str,
    Path(
        pattern=r"^[0-9A-Za-z_-]{1,64}$",
        description="A brief's id",
        examples=["4f8f41b8f3c6f0a9d2f6a3f2c0a1b7de"],
    ),
]
Includes = Annotated[Sequence[Include], Query(description="Texts to add to the answer")]


class BriefRoutes:
    """What the routes of briefs do."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def post(self, request: Request) -> Response:
        """A brief now, later or as a stream, as the client asks."""
        owner = await self._service.access.spender(request)
        name = answers.accepted(request.headers, _FORMS)
        sent = await self._sent(request)
        reuse = _reuse(request)
        if name == EVENTS:
            return await streaming.respond(self._service, sent, owner, reuse=reuse)
        if _later(request):
            return await _accept(self._service, sent, owner, reuse=reuse)
        return await unless_gone(request, _now(self._service, sent, owner, name, reuse=reuse))

    async def stream(self, request: Request) -> Response:
        """A brief as a stream."""
        owner = await self._service.access.spender(request)
        answers.accepted(request.headers, (EVENTS,))
        sent = await self._sent(request)
        return await streaming.respond(self._service, sent, owner, reuse=_reuse(request))

    async def batch(self, request: Request) -> Response:
        """One brief or problem an article."""
        service = self._service
        owner = await service.access.owner(request)
        sent = await bodies.receive(request, BatchRequest, service.limits)
        if len(sent.articles) > service.limits.max_batch:
            told = f"A batch has at most {service.limits.max_batch} articles."
            raise Problem("too-large", told)
        service.access.spend(owner, len(sent.articles))
        each = asyncio.gather(*(_item(service, item, owner) for item in sent.articles))
        return JSONResponse({"results": await unless_gone(request, each)})

    async def get(self, request: Request, id: Id, include: Includes = ()) -> Response:  # noqa: A002
        """A stored brief, or how its job stands."""
        store = self._service.store
        owner = await self._service.access.owner(request)
        name = answers.accepted(request.headers)
        if (told := await to_thread.run_sync(jobs.pending, store, id, owner)) is not None:
            return told
        found = await to_thread.run_sync(store.brief_for, id, owner)
        if found is None:
            raise Problem("not-found", "You have no brief of this id.")
        return await to_thread.run_sync(answers.response, answers.shown(found, include), name)

    async def delete(self, request: Request, id: Id) -> Response:  # noqa: A002
        """Remove a brief with its article, and the promise of one."""
        store = self._service.store
        owner = await self._service.access.owner(request)
        job = await to_thread.run_sync(store.delete_job, id, owner)
        brief = await to_thread.run_sync(store.delete_brief, id, owner)
        if not (job or brief):
            raise Problem("not-found", "You have no brief of this id.")
        return Response(status_code=204)

    async def _sent(self, request: Request) -> BriefRequest:
        return await bodies.receive(request, BriefRequest, self._service.limits)


def router(service: Service) -> APIRouter:
    """The routes of briefs."""
    routes, do = APIRouter(tags=["briefs"]), BriefRoutes(service)
    one = "/v1/briefs/{id}"
    routes.post("/v1/briefs", summary="Brief an article", **documentation.BRIEF)(do.post)
    routes.post("/v1/briefs/stream", summary="Brief, streamed", **documentation.STREAM)(do.stream)
    routes.post("/v1/briefs:batch", summary="Brief several", **documentation.BATCH)(do.batch)
    routes.get(one, summary="A brief, or its state", **documentation.STORED)(do.get)
    routes.delete(one, summary="Remove a brief", **documentation.REMOVED)(do.delete)
    return routes


async def _now(
    service: Service, sent: BriefRequest, owner: str, name: str, *, reuse: bool
) -> Response:
    article = await service.article(sent)
    brief, is_stored = await service.brief(article, sent.options, owner, reuse=reuse)
    headers = {"Briefer-Cache": "hit" if is_stored else "miss"}
    return await to_thread.run_sync(answers.response, brief, name, headers)


async def _accept(service: Service, sent: BriefRequest, owner: str, *, reuse: bool) -> Response:
    """Promise a brief: 202 also when it is there already, with the state ``done``."""
    article = await service.article(sent)
    wish = Wish(article, sent.options, owner)
    id_ = await service.desk.identify(wish)
    where = f"/v1/briefs/{id_}"
    if reuse and await service.desk.find(wish, id_) is not None:
        # Not the one that runs: whoever runs it would take it for deleted, and the brief with it.
        await to_thread.run_sync(service.store.drop_failed_job, id_, owner)
        return jobs.accepted(where, {"id": id_, "state": "done", "place": 0})
    return await jobs.promise(service, jobs.brief_job(id_, wish, reuse=reuse), where)


async def _item(service: Service, item: Any, owner: str) -> dict[str, Any]:
    """The brief of a batch's article, or its problem."""
    try:
        sent = bodies.parse_item(item)
        article: Article = await service.article(sent)
        brief, _ = await service.brief(article, sent.options, owner)
    except Problem as error:
        return problem.told(error)
    except BrieferError as error:
        return problem.told(problem.of_error(error))
    return _dumped(brief)


def _dumped(brief: Brief) -> dict[str, Any]:
    return brief.model_dump(mode="json")


def _reuse(request: Request) -> bool:
    directives = (answers.listed(request.headers, "cache-control") or "").lower().split(",")
    return not {"no-cache", "no-store"} & {part.strip() for part in directives}


def _later(request: Request) -> bool:
    """Whether the client prefers to be answered later (RFC 7240, section 4.1)."""
    preferences = (answers.listed(request.headers, "prefer") or "").lower().split(",")
    return any(part.partition(";")[0].strip() == "respond-async" for part in preferences)
