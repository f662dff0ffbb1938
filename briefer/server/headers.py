"""Headers that every answer carries, so that no browser does more with it than show it.

Knows nothing of what an answer says.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from briefer.render import styles_hash

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

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
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

        await self._app(scope, receive, add)
