"""The routes of digests: ordered for a day, read in four forms, unchanged ones not sent twice.

Knows nothing of how a digest is made or printed.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from importlib import metadata
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Path, Request
from starlette.datastructures import Headers
from starlette.responses import Response

from briefer.errors import InputError
from briefer.server import answers, bodies, documentation, jobs, problem
from briefer.server.bodies import DigestRequest
from briefer.server.jobs import Given
from briefer.server.problem import Problem
from briefer.server.service import Service
from briefer.store import SITE, StoredDigest, digest_job_id

_PRINTED_KEPT = 16
"""Documents of some 200 kB each."""

Day = Annotated[str, Path(description="The edition's day", examples=["2026-11-24"])]
Form = Annotated[str, Path(description="pdf, html, md or json", examples=["pdf"])]


class Press:
    """Prints digests, one at a time, and keeps the last few: a PDF takes seconds."""

    def __init__(self) -> None:
        self._printing = CapacityLimiter(1)
        self._printed: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    async def print(self, stored: StoredDigest, name: str, tag: str) -> bytes:
        """The document as ``name``, one of our media types."""
        key = (tag, name)
        if key in self._printed:  # nobody waits for another's PDF to be given what is there
            return self._printed[key]
        async with self._printing:
            if key not in self._printed:
                made = await to_thread.run_sync(answers.DIGEST_FORMS[name], stored.digest)
                self._printed[key] = made.encode() if isinstance(made, str) else made
                if len(self._printed) > _PRINTED_KEPT:
                    self._printed.popitem(last=False)
            return self._printed[key]


def router(service: Service, press: Press) -> APIRouter:
    """The routes of digests."""
    routes = APIRouter(tags=["digests"])

    @routes.post("/v1/digests", summary="Order a digest", **documentation.DIGEST_MADE)
    async def post_digest(request: Request) -> Response:
        owner = await service.access.owner(request)
        sent = await bodies.receive(request, DigestRequest, service.limits)
        _check_size(service, sent)
        service.access.spend(owner, len(sent.articles))
        day = bodies.parse_day(sent.day)
        await _check_ids(service, sent.article_ids, owner)
        given = await _given(service, sent)
        job = jobs.digest_job(day, sent.article_ids, given, owner)
        return await jobs.promise(service, job, f"/v1/digests/{day.isoformat()}")

    @routes.get("/v1/digests/{day}.{form}", summary="A digest", **documentation.DIGEST)
    async def get_form(request: Request, day: Day, form: Form) -> Response:
        owner = await service.access.owner(request)
        name = _media_type(form)
        return await _digest(service, press, request, bodies.parse_day(day), owner, name)

    @routes.get("/v1/digests/{day}", summary="A digest", **documentation.DIGEST)
    async def get_digest(request: Request, day: Day) -> Response:
        owner = await service.access.owner(request)
        name = answers.accepted(request.headers, tuple(answers.DIGEST_FORMS))
        return await _digest(service, press, request, bodies.parse_day(day), owner, name)

    @routes.delete("/v1/digests/{day}", summary="Remove", **documentation.DIGEST_REMOVED)
    async def delete_digest(request: Request, day: Day) -> Response:
        owner = await service.access.owner(request)
        wanted = bodies.parse_day(day)
        job = await to_thread.run_sync(service.store.delete_job, digest_job_id(wanted), owner)
        made = await to_thread.run_sync(service.store.delete_digest, wanted, owner)
        if not (job or made):
            raise Problem("not-found", "You have no digest of this day.")
        return Response(status_code=204)

    return routes


def _media_type(form: str) -> str:
    name = answers.SUFFIXES.get(form)
    if name is None:
        raise Problem("not-found", "A digest comes as .pdf, .html, .md or .json.")
    return name


def _check_size(service: Service, sent: DigestRequest) -> None:
    if len(sent.articles) + len(sent.article_ids) > service.limits.max_digest:
        told = f"A digest has at most {service.limits.max_digest} articles."
        raise Problem("too-large", told)


async def _check_ids(service: Service, ids: list[str], owner: str) -> None:
    known = await to_thread.run_sync(service.store.briefs_for, ids, owner)
    pointers = [
        {"pointer": f"/article_ids/{number}", "detail": "you have no brief of this id"}
        for number, id_ in enumerate(ids)
        if id_ not in known
    ]
    if pointers:
        raise Problem(
            "invalid", "Some briefs are not there.", pointers=pointers[: bodies.MAX_POINTERS]
        )


async def _given(service: Service, sent: DigestRequest) -> list[Given]:
    """The articles that were sent, read; of addresses only the runner finds out what they give.

    Raises:
        Problem: some cannot be used; it says which.
    """
    given: list[Given] = []
    wrong: dict[int, Problem] = {}
    for number, one in enumerate(sent.articles):
        try:
            read = one if one.url and service.fetch else await service.article(one)
        except InputError as error:
            wrong[number] = problem.of_error(error)
        else:
            ref = read.ref or f"article {number + 1}"
            given.append(read.model_copy(update={"ref": ref}))
    if wrong:
        pointers = [
            {"pointer": f"/articles/{number}", "detail": one.detail}
            for number, one in wrong.items()
        ]
        first = next(iter(wrong.values()))
        raise Problem(first.kind.name, first.detail, pointers=pointers[: bodies.MAX_POINTERS])
    return given


async def _digest(  # noqa: PLR0913 - a request and what was read of it
    service: Service, press: Press, request: Request, day: date, owner: str, name: str
) -> Response:
    """The day's document, the caller's own before the site's; while one is ordered, its state."""
    job_id = digest_job_id(day)
    if (told := await to_thread.run_sync(jobs.pending, service.store, job_id, owner)) is not None:
        return told
    return await answer(press, request.headers, await find(service, day, owner), name)


async def find(service: Service, day: date, owner: str) -> StoredDigest:
    """The digest that this owner sees for a day: its own, else the site's.

    Raises:
        Problem: 404, there is neither.
    """
    for one in dict.fromkeys((owner, SITE)):
        stored = await to_thread.run_sync(service.store.digest_of, day, one)
        if stored is not None:
            return stored
    raise Problem("not-found", "There is no digest of this day.")


async def answer(press: Press, asked: Headers, stored: StoredDigest, name: str) -> Response:
    """The document, or 304 when the client has it (RFC 9110, section 13)."""
    tag = await to_thread.run_sync(_tag, stored, name)
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(stored.saved_at.replace(microsecond=0), usegmt=True),
        "Cache-Control": "private, no-cache",
        "Vary": "Accept, Authorization",
    }
    if _is_fresh(asked, tag, stored.saved_at):
        return Response(status_code=304, headers=headers)
    content = await press.print(stored, name, tag)
    return Response(content, media_type=name, headers=headers)


def _tag(stored: StoredDigest, name: str) -> str:
    """Changes with the record, the form, and the version that prints it."""
    parts = (stored.digest.model_dump_json(), name, metadata.version("briefer"))
    sha256 = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f'"{sha256[:32]}"'


def _is_fresh(asked: Headers, tag: str, saved_at: datetime) -> bool:
    tags = answers.listed(asked, "if-none-match")
    if tags is not None:
        return tags.strip() == "*" or tag in [
            one.strip().removeprefix("W/") for one in tags.split(",")
        ]
    since = asked.get("if-modified-since")
    try:
        moment = parsedate_to_datetime(since) if since else None
    except (ValueError, OverflowError):  # what is no date counts as not sent
        return False
    if moment is None:
        return False
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return saved_at.replace(microsecond=0) <= aware


async def days(service: Service, owner: str) -> list[date]:
    """The days that have a digest which this owner sees."""
    owners = tuple({owner, SITE})
    return await asyncio.to_thread(service.store.digest_days, owners)
