"""What all routes work with, put together once.

``Service.brief`` is the way from a request to its brief: read, found or made, shown. Knows nothing
of routes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from anyio import to_thread
from starlette.requests import Request

from briefer import articles, errors
from briefer.fetching import Fetched
from briefer.schema import Article, Brief, Options
from briefer.server import answers, bodies
from briefer.server.access import Access
from briefer.server.bodies import BriefRequest
from briefer.server.desk import Desk, Wish
from briefer.server.limits import Limits
from briefer.server.measures import Measures
from briefer.server.queue import OnPart
from briefer.store import Store
from briefer.stories import Encode

Fetch = Callable[[str], Awaitable[Fetched]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of a running service. ``fetch`` is ``None`` where no addresses are fetched.

    ``find_encoder`` gives what groups a digest's articles, and may take a second the first time.
    """

    desk: Desk
    store: Store
    access: Access
    limits: Limits
    measures: Measures
    fetch: Fetch | None = None
    find_encoder: Callable[[], Encode | None] = lambda: None
    wake: Callable[[], None] = lambda: None

    async def article(self, sent: BriefRequest) -> Article:
        """The article that was sent, or whose address was.

        Raises:
            InputError: it cannot be used, or may not be fetched.
        """
        if sent.url is None:
            return await to_thread.run_sync(bodies.article_of, sent, self.limits)
        if self.fetch is None:
            raise errors.FetchRefused(
                "This server fetches no addresses. Send the article itself, as text or html."
            )
        page = await self.fetch(sent.url)
        if page.status != 200:
            raise errors.UnreadableInput(f"The address answers with status {page.status}.")
        return await to_thread.run_sync(bodies.page_of, sent, page.content, page.url, self.limits)

    async def brief(
        self, article: Article, options: Options, owner: str, *, reuse: bool = True
    ) -> tuple[Brief, bool]:
        """The brief as the caller may see it, and whether it was there already.

        ``reuse`` is false where a stored brief will not do.
        """
        wish = Wish(article, options, owner)
        id_ = await self.desk.identify(wish)
        made, is_stored = await self.desk.take(wish, id_, reuse=reuse)
        return await self.shown(made, wish), is_stored

    async def stream(self, wish: Wish, id: str, on_part: OnPart, *, reuse: bool) -> Brief:  # noqa: A002
        """As ``brief``, with each section told when it is ready, if it is made for this caller."""
        made, _ = await self.desk.take(wish, id, on_part, reuse=reuse)
        return await self.shown(made, wish)

    async def shown(self, brief: Brief, wish: Wish) -> Brief:
        """The brief with no more than was asked for."""
        include = wish.options.include
        if "source_text" in include and brief.source.text is None:
            # The store keeps no texts, but the caller has just sent this one.
            cleaned = await to_thread.run_sync(articles.prepare, wish.article)
            source = brief.source.model_copy(update={"text": cleaned.text})
            brief = brief.model_copy(update={"source": source})
        return answers.shown(brief, include, wish.article)


async def unless_gone(request: Request, work: Awaitable[T]) -> T:
    """The work's outcome; the work is cancelled when the client leaves before that.

    Raises:
        ClientGone: the client left; there is nobody to answer.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.create_task(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientGone
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()


class ClientGone(Exception):
    """The client closed the connection before it was answered."""


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
