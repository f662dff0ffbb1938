"""The HTTP API from Python: the same calls and the same errors as with a model of one's own.

``Client`` blocks, ``AsyncClient`` awaits; both send and read the same things. Knows nothing of
models or of the server's code.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx
from pydantic import ValidationError

from briefer import errors
from briefer.schema import Article, Brief, Options

TIMEOUT_S = 300.0
"""A long article by the default model on two slow cores, behind a few others in the queue."""

_BRIEFS = "/v1/briefs"
_ERRORS: Mapping[str, type[errors.BrieferError]] = {
    "/problems/unreadable": errors.UnreadableInput,
    "/problems/invalid": errors.UnreadableInput,
    "/problems/too-large": errors.InputTooLarge,
    "/problems/fetch-refused": errors.FetchRefused,
}


class Client:
    """Briefs articles through a service at ``base_url``; a context manager that closes it."""

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        timeout_s: float = TIMEOUT_S,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """``transport`` is httpx's: a proxy, other retries, a test's server."""
        self._http = httpx.Client(
            base_url=base_url, headers=_headers(api_key), timeout=timeout_s, transport=transport
        )

    def brief(self, article: Article, options: Options | None = None) -> Brief:
        """The brief of an article; its ``url`` is not sent, for the service would fetch it.

        Raises:
            InputError: the service cannot use the article or the options.
            ServiceError: the service cannot be reached, is busy or broke.
        """
        return _brief(self._post(_body(article, options), "application/json"))

    def brief_html(self, html: str, options: Options | None = None) -> Brief:
        """The brief of a page's HTML. Raises as ``brief``."""
        return _brief(self._post(_html_body(html, options), "application/json"))

    def markdown(self, article: Article, options: Options | None = None) -> str:
        """The brief as Markdown. Raises as ``brief``."""
        return self._post(_body(article, options), "text/markdown").text

    def is_ready(self) -> bool:
        """Whether the service can be reached and its model is loaded."""
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

    def _post(self, body: dict[str, Any], accept: str) -> httpx.Response:
        try:
            answer = self._http.post(_BRIEFS, json=body, headers={"Accept": accept})
        except httpx.TransportError as error:
            raise _unreachable(self._http.base_url, error) from error
        return _checked(answer)


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
        self._http = httpx.AsyncClient(
            base_url=base_url, headers=_headers(api_key), timeout=timeout_s, transport=transport
        )

    async def brief(self, article: Article, options: Options | None = None) -> Brief:
        """The brief of an article. Raises as ``Client.brief``."""
        return _brief(await self._post(_body(article, options), "application/json"))

    async def brief_html(self, html: str, options: Options | None = None) -> Brief:
        """The brief of a page's HTML. Raises as ``Client.brief``."""
        return _brief(await self._post(_html_body(html, options), "application/json"))

    async def markdown(self, article: Article, options: Options | None = None) -> str:
        """The brief as Markdown. Raises as ``Client.brief``."""
        return (await self._post(_body(article, options), "text/markdown")).text

    async def is_ready(self) -> bool:
        """Whether the service can be reached and its model is loaded."""
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

    async def _post(self, body: dict[str, Any], accept: str) -> httpx.Response:
        try:
            answer = await self._http.post(_BRIEFS, json=body, headers={"Accept": accept})
        except httpx.TransportError as error:
            raise _unreachable(self._http.base_url, error) from error
        return _checked(answer)


# ── what both send and read ──────────────────────────────────────────────────────────────────


def _headers(api_key: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {api_key}"} if api_key else {}


def _body(article: Article, options: Options | None) -> dict[str, Any]:
    body = article.model_dump(mode="json", exclude_none=True, exclude={"url", "genre"})
    return body | _options(options)


def _html_body(html: str, options: Options | None) -> dict[str, Any]:
    return {"html": html} | _options(options)


def _options(options: Options | None) -> dict[str, Any]:
    return {"options": options.model_dump(mode="json", exclude_none=True)} if options else {}


def _brief(answer: httpx.Response) -> Brief:
    try:
        return Brief.model_validate_json(answer.content)
    except ValidationError as error:
        raise errors.ServiceError(
            f"{answer.url} answered with something that is no brief; is it a briefer service?"
        ) from error


def _unreachable(url: httpx.URL, error: httpx.TransportError) -> errors.ServiceError:
    return errors.ServiceError(f"{url} cannot be reached: {error}. Does `briefer serve` run there?")


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    problem = _problem(answer)
    detail = str(problem.get("detail") or answer.reason_phrase)
    fields = "; ".join(f"{e.get('pointer')}: {e.get('detail')}" for e in problem.get("errors", ()))
    message = f"{detail} ({fields})" if fields else detail
    kind = _ERRORS.get(str(problem.get("type")), errors.ServiceError)
    if kind is errors.ServiceError:
        raise errors.ServiceError(f"{answer.url} answered {answer.status_code}: {message}")
    raise kind(message)


def _problem(answer: httpx.Response) -> dict[str, Any]:
    """The problem of an answer, empty when it is none."""
    if not answer.headers.get("content-type", "").startswith("application/problem+json"):
        return {}
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
