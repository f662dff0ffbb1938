"""The client that blocks."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import date
from types import TracebackType
from typing import Self, TypeVar

import httpx

from briefer import errors
from briefer.client import wire
from briefer.client.events import Event, Events
from briefer.client.wire import Call, Form, Pending
from briefer.schema import Article, Brief, Digest, Options

TIMEOUT_S = 300.0
"""A long article by the default model on two slow cores, behind a few others in the queue."""

_LOOK_AGAIN_S = 0.5
T = TypeVar("T")


class Client:
    """Briefs articles through a service at ``base_url``; a context manager that closes it.

    All methods raise ``InputError`` when the service cannot use what was sent, and
    ``ServiceError`` when it cannot be reached, is busy, broke, or knows no such thing.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        timeout_s: float = TIMEOUT_S,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """``transport`` is httpx's: a proxy, other retries, a test's server."""
        self._timeout_s = timeout_s
        self._http = httpx.Client(
            base_url=wire.address(base_url),
            headers=wire.key_headers(api_key),
            timeout=timeout_s,
            transport=transport,
        )

    def brief(self, article: Article, options: Options | None = None) -> Brief:
        """The brief of an article; its ``url`` is not sent, for the service would fetch it."""
        return self._do(wire.brief(article, options))

    def brief_fresh(self, article: Article, options: Options | None = None) -> Brief:
        """As ``brief``, made anew even where the service has one."""
        return self._do(wire.fresh(article, options))

    def brief_html(self, html: str, options: Options | None = None) -> Brief:
        """The brief of a page's HTML."""
        return self._do(wire.brief_html(html, options))

    def brief_url(self, url: str, options: Options | None = None) -> Brief:
        """The brief of a page that the service fetches, if it fetches any."""
        return self._do(wire.brief_url(url, options))

    def brief_many(
        self, articles: Sequence[Article], options: Options | None = None
    ) -> list[Brief | errors.BrieferError]:
        """One request for several articles: a brief or an error each, in order."""
        return self._do(wire.brief_many(articles, options))

    def markdown(self, article: Article, options: Options | None = None) -> str:
        """The brief as Markdown."""
        return self._do(wire.markdown(article, options))

    def stream(self, article: Article, options: Options | None = None) -> Iterator[Event]:
        """The brief as events: each section when it is ready and checked, then the whole."""
        call = wire.stream(article, options)
        events = Events()
        try:
            with self._http.stream(
                call.method, call.path, json=call.body, headers=dict(call.headers)
            ) as answer:
                if not answer.is_success:
                    answer.read()
                    wire.checked(answer)
                for line in answer.iter_lines():
                    if (event := events.add(line)) is not None:
                        yield event
        except httpx.RequestError as error:
            raise wire.unreachable(self._http.base_url, error) from error

    def submit(self, article: Article, options: Options | None = None) -> str:
        """Order a brief; the id to ask for it with."""
        return self._do(wire.submit(article, options))

    def look(self, id: str) -> Brief | Pending:  # noqa: A002 - the schema's name
        """A stored or ordered brief, or how it stands."""
        return self._do(wire.look(id))

    def wait(self, id: str) -> Brief:  # noqa: A002
        """An ordered brief, as soon as it is there; at most for the client's time-out."""
        ends_at = time.monotonic() + self._timeout_s
        while isinstance(found := self.look(id), Pending):
            if time.monotonic() > ends_at:
                raise errors.ServiceError(f"no brief {id} after {self._timeout_s:g} seconds.")
            time.sleep(_LOOK_AGAIN_S)
        return found

    def delete(self, id: str) -> None:  # noqa: A002
        """Remove a brief and its article."""
        self._do(wire.delete(id))

    def order_digest(
        self, day: date, articles: Sequence[Article] = (), ids: Sequence[str] = ()
    ) -> Pending:
        """Order a day's digest of new articles and of stored briefs."""
        return self._do(wire.order_digest(day, articles, ids))

    def digest(self, day: date) -> Digest | Pending:
        """A day's digest, or how it stands."""
        return self._do(wire.digest(day))

    def document(self, day: date, form: Form) -> bytes:
        """A day's digest as a document."""
        return self._do(wire.document(day, form))

    def is_ready(self) -> bool:
        """Whether the service can be reached and its model has answered a probe."""
        try:
            return self._http.get("/readyz").is_success
        except httpx.TransportError:
            return False

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        """The client itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self.close()

    def _do(self, call: Call[T]) -> T:
        try:
            answer = self._http.request(
                call.method, call.path, json=call.body, headers=dict(call.headers)
            )
        except httpx.RequestError as error:
            raise wire.unreachable(self._http.base_url, error) from error
        return wire.outcome(call, answer)
