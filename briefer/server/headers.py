"""What every answer carries, and which hosts are answered for at all.

So that no browser does more with an answer than show it, and no other site's name leads a visitor's
browser to a server on loopback (DNS rebinding). Knows nothing of what an answer says.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from briefer.render import styles_hash
from briefer.server import problem
from briefer.server.problem import Problem

ASKED_WITH = "briefer.asked_with"
"""The key of a request's scope that holds its method, where it is answered as another."""

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


def content_policy() -> str:
    """Nothing runs and nothing is fetched; one style sheet, known by its hash; our own form."""
    return (
        f"default-src 'none'; style-src '{styles_hash()}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


class SecurityHeaders:
    """ASGI middleware that adds the headers to every HTTP answer that does not set its own."""

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None = None) -> None:
        """``hosts`` are the names answered for; ``None`` means any."""
        self._app = app
        self._hosts = hosts
        self._headers = {**_ALWAYS, "Content-Security-Policy": content_policy()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        if self._hosts is not None and _host(scope) not in self._hosts:
            refusal = Problem("misdirected", problem.KINDS["misdirected"].meaning)
            await problem.response(refusal)(scope, receive, add)
            return
        await self._app(scope, receive, add)


class HeadAsGet:
    """ASGI middleware: ``HEAD`` is answered as ``GET`` is, by a server that then sends no body.

    RFC 9110, section 9.1: both must be supported; FastAPI's routes know ``GET`` only.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        is_head = scope["type"] == "http" and scope["method"] == "HEAD"
        passed = {**scope, "method": "GET", ASKED_WITH: "HEAD"} if is_head else scope
        await self._app(passed, receive, send)


def _host(scope: Scope) -> str:
    """The host a client asked for, without its port."""
    given = Headers(scope=scope).get("host", "").lower()
    bracketed, closed, _ = given.partition("]")
    return bracketed + closed if given.startswith("[") else given.partition(":")[0]
