"""A brief as server-sent events: each section when it is ready and checked, then the whole.

    event: queued    data: {"id": …, "place": …}
    event: section   data: {"section": "headline", "headline": {…}}
    event: brief     data: the brief
    event: problem   data: the problem, instead of ``brief``

A client that leaves gives up its place; what the model has begun, it ends. Knows nothing of how
sections are made.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.responses import StreamingResponse

from briefer.schema import SECTIONS, Brief, Section
from briefer.server import answers, problem
from briefer.server.bodies import BriefRequest
from briefer.server.desk import Wish
from briefer.server.problem import Problem
from briefer.server.service import Service

# Below the minute after which proxies take a silent connection for dead.
_HEARTBEAT_S = 15.0
Event = tuple[str, dict[str, Any]]


async def respond(
    service: Service, sent: BriefRequest, owner: str, *, reuse: bool
) -> StreamingResponse:
    """Begin to stream; what is wrong with the request is an ordinary problem still.

    Raises:
        InputError: the article cannot be used.
        ModelError: there is no usable model.
    """
    article = await service.article(sent)
    wish = Wish(article, sent.options, owner)
    id_ = await service.desk.identify(wish)
    events = _made(service, wish, id_, reuse=reuse)
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return StreamingResponse(_written(events), media_type=answers.EVENTS, headers=headers)


async def _made(
    service: Service,
    wish: Wish,
    id: str,  # noqa: A002
    *,
    reuse: bool,
) -> AsyncIterator[Event]:
    loop = asyncio.get_running_loop()
    events: asyncio.Queue[Event] = asyncio.Queue()

    def tell(section: Section, so_far: Brief) -> None:
        if section in wish.options.sections:
            event = ("section", part(section, so_far))
            loop.call_soon_threadsafe(events.put_nowait, event)

    yield "queued", {"id": id, "place": service.desk.n_waiting}
    making = asyncio.create_task(service.stream(wish, id, tell, reuse=reuse))
    making.add_done_callback(lambda done: events.put_nowait(_last(done)))
    untold = [section for section in SECTIONS if section in wish.options.sections]
    try:
        while True:
            name, told = await _next(events)
            if name == "section":
                untold.remove(told["section"])
            if name == "brief":  # of a stored one, or one made for somebody else, none was told
                for section in untold:
                    yield "section", {"section": section, section: told[section]}
            yield name, told
            if name in ("brief", "problem"):
                return
    finally:
        making.cancel()


async def _next(events: asyncio.Queue[Event]) -> Event:
    try:
        return await asyncio.wait_for(events.get(), _HEARTBEAT_S)
    except TimeoutError:
        return "", {}


def _last(done: asyncio.Task[Brief]) -> Event:
    if done.cancelled():
        return "problem", problem.told(Problem("stopping", "The server stops."))
    error = done.exception()
    if error is None:
        return "brief", done.result().model_dump(mode="json")
    told = error if isinstance(error, Problem) else problem.of_error(error)
    return "problem", problem.told(told)


def part(section: Section, brief: Brief) -> dict[str, Any]:
    """A section of a brief with its name."""
    return {"section": section, section: brief.model_dump(mode="json")[section]}


async def _written(events: AsyncIterator[Event]) -> AsyncIterator[bytes]:
    """The events as the HTML standard has them, section 9.2.6; JSON has no line breaks."""
    async for name, told in events:
        if name:
            yield f"event: {name}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n".encode()
        else:
            yield b": still here\n\n"
