"""The client that awaits; as ``blocking``, line by line."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from datetime import date
from types import TracebackType
from typing import Self, TypeVar

import httpx

from briefer import errors
from briefer.client import wire
from briefer.client.blocking import TIMEOUT_S
from briefer.client.events import Event, Events
from briefer.client.wire import Call, Form, Pending
from briefer.schema import Article, Brief, Digest, Options

_LOOK_AGAIN_S = 0.5
T = TypeVar("T")


class AsyncClient:
    """As ``Client``, for programs with an event loop."""

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        timeout_s: float = TIMEOUT_S,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """``transport`` is httpx's: a proxy, other retries, an application in this process."""
        self._timeout_s = timeout_s
        self._http = httpx.AsyncClient(
            base_url=wire.address(base_url),
            headers=wire.key_headers(api_key),
            timeout=timeout_s,
            transport=transport,
        )

    async def brief(self, article: Article, options: Options | None = None) -> Brief:
        """The brief of an article; its ``url`` is not sent, for the service would fetch it."""
        return await self._do(wire.brief(article, options))

    async def brief_fresh(self, article: Article, options: Options | None = None) -> Brief:
        """As ``brief``, made anew even where the service has one."""
        return await self._do(wire.fresh(article, options))

    async def brief_html(self, html: str, options: Options | None = None) -> Brief:
        """The brief of a page's HTML."""
        return await self._do(wire.brief_html(html, options))

    async def brief_url(self, url: str, options: Options | None = None) -> Brief:
        """The brief of a page that the service fetches, if it fetches any."""
        return await self._do(wire.brief_url(url, options))

    async def brief_many(
        self, articles: Sequence[Article], options: Options | None = None
    ) -> list[Brief | errors.BrieferError]:
        """One request for several articles: a brief or an error each, in order."""
        return await self._do(wire.brief_many(articles, options))

    async def markdown(self, article: Article, options: Options | None = None) -> str:
        """The brief as Markdown."""
        return await self._do(wire.markdown(article, options))

    async def stream(
        self, article: Article, options: Options | None = None
    ) -> AsyncIterator[Event]:
        """The brief as events: each section when it is ready and checked, then the whole."""
        call = wire.stream(article, options)
        events = Events()
        try:
            async with self._http.stream(
                call.method, call.path, json=call.body, headers=dict(call.headers)
            ) as answer:
                if not answer.is_success:
                    await answer.aread()
                    wire.checked(answer)
                async for line in answer.aiter_lines():
                    if (event := events.add(line)) is not None:
                        yield event
        except httpx.RequestError as error:
            raise wire.unreachable(self._http.base_url, error) from error

    async def submit(self, article: Article, options: Options | None = None) -> str:
        """Order a brief; the id to ask for it with."""
        return await self._do(wire.submit(article, options))

    async def look(self, id: str) -> Brief | Pending:  # noqa: A002 - the schema's name
        """A stored or ordered brief, or how it stands."""
        return await self._do(wire.look(id))

    async def wait(self, id: str) -> Brief:  # noqa: A002
        """An ordered brief, as soon as it is there; at most for the client's time-out."""
        ends_at = time.monotonic() + self._timeout_s
        while isinstance(found := await self.look(id), Pending):
            if time.monotonic() > ends_at:
                raise errors.ServiceError(f"no brief {id} after {self._timeout_s:g} seconds.")
            await asyncio.sleep(_LOOK_AGAIN_S)
        return found

    async def delete(self, id: str) -> None:  # noqa: A002
        """Remove a brief and its article."""
        await self._do(wire.delete(id))

    async def order_digest(
        self, day: date, articles: Sequence[Article] = (), ids: Sequence[str] = ()
    ) -> Pending:
        """Order a day's digest of new articles and of stored briefs."""
        return await self._do(wire.order_digest(day, articles, ids))

    async def digest(self, day: date) -> Digest | Pending:
        """A day's digest, or how it stands."""
        return await self._do(wire.digest(day))

    async def document(self, day: date, form: Form) -> bytes:
        """A day's digest as a document."""
        return await self._do(wire.document(day, form))

    async def is_ready(self) -> bool:
        """Whether the service can be reached and its model has answered a probe."""
        try:
            return (await self._http.get("/readyz")).is_success
        except httpx.TransportError:
            return False

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        """The client itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the connections."""
        await self.close()

    async def _do(self, call: Call[T]) -> T:
        try:
            answer = await self._http.request(
                call.method, call.path, json=call.body, headers=dict(call.headers)
            )
        except httpx.RequestError as error:
            raise wire.unreachable(self._http.base_url, error) from error
        return wire.outcome(call, answer)
