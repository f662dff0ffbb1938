"""What is promised and done later: jobs into the store, and answers about them.

Knows nothing of who does them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from anyio import to_thread
from starlette.responses import JSONResponse, Response

from briefer.schema import Article, Options
from briefer.server import problem
from briefer.server.bodies import BriefRequest
from briefer.server.desk import Wish
from briefer.server.problem import Problem
from briefer.server.queue import has_share
from briefer.server.service import Service
from briefer.store import Job, Store, digest_job_id

_LOOK_AGAIN_S = "2"
_RETRY_S = "30"
"""Of a job that failed for want of something: about when a model is tried again."""


def brief_job(id: str, wish: Wish, *, reuse: bool = True) -> Job:  # noqa: A002
    """The promise of a brief; ``reuse`` is false where a stored one will not do."""
    told = {
        "article": wish.article.model_dump(mode="json"),
        "options": wish.options.model_dump(mode="json"),
        "reuse": reuse,
    }
    return Job(id=id, kind="brief", payload=json.dumps(told), owner=wish.owner)


def read_brief(job: Job) -> tuple[Wish, bool]:
    """What ``brief_job`` wrote: the wish, and ``reuse``."""
    told = json.loads(job.payload)
    article, options = Article.model_validate(told["article"]), told["options"]
    # Version 0.1.0 before its first release wrote no "reuse".
    return Wish(article, Options.model_validate(options), job.owner), told.get("reuse", True)


Given = Article | BriefRequest
"""An article of a digest; one that was sent as an address is fetched when the digest is made."""


def digest_job(day: date, ids: list[str], given: Sequence[Given], owner: str) -> Job:
    """The promise of a day's digest."""
    articles = [one.model_dump(mode="json") for one in given]
    payload = json.dumps({"day": day.isoformat(), "ids": ids, "articles": articles})
    return Job(id=digest_job_id(day), kind="digest", payload=payload, owner=owner)


def read_digest(payload: str) -> tuple[date, list[str], list[Given]]:
    """What ``digest_job`` wrote."""
    told = json.loads(payload)
    given = [_given(one) for one in told["articles"]]
    return date.fromisoformat(told["day"]), told["ids"], given


def _given(told: dict[str, Any]) -> Given:
    is_address = told["text"] is None
    return BriefRequest.model_validate(told) if is_address else Article.model_validate(told)


async def promise(service: Service, job: Job, where: str) -> Response:
    """Accept a job: from here on it survives this process.

    Raises:
        Problem: 503 when too much is promised already and this owner has its share of it, 409 when
            another job has this id.
    """
    store, limits = service.store, service.limits
    held = await to_thread.run_sync(store.n_open)
    if sum(held.values()) >= limits.max_jobs and has_share(held, job.owner, limits.max_jobs):
        told = f"{limits.max_jobs} jobs wait already."
        raise Problem("busy", told, headers={"Retry-After": "60"})
    accepted_job = await to_thread.run_sync(store.enqueue, job)
    if accepted_job.kind == "digest" and accepted_job.payload != job.payload:
        raise Problem("conflict", problem.KINDS["conflict"].meaning)
    service.wake()
    return accepted(where, await to_thread.run_sync(_state, store, accepted_job))


def accepted(where: str, state: dict[str, Any]) -> Response:
    """202 with where the outcome will be."""
    headers = {
        "Location": where,
        "Preference-Applied": "respond-async",
        "Retry-After": _LOOK_AGAIN_S,
    }
    return JSONResponse(state, 202, headers)


def pending(store: Store, id: str, owner: str) -> Response | None:  # noqa: A002
    """What to say of a job that has not ended well; ``None`` when it has, or there is none.

    Raises:
        Problem: the one that the job failed with.
    """
    job = store.job_of(id, owner)
    if job is None or job.state == "done":
        return None
    if job.state == "failed":
        reason = job.reason or "internal"
        headers = {"Retry-After": _RETRY_S} if problem.KINDS[reason].status == 503 else {}
        raise Problem(reason, job.message or "The job failed.", headers=headers)
    return JSONResponse(_state(store, job), 202, {"Retry-After": _LOOK_AGAIN_S})


def _state(store: Store, job: Job) -> dict[str, Any]:
    place = store.place_of(job.id, job.owner)
    return {"id": job.id, "state": job.state, "place": place, "n_tries": job.n_tries}
