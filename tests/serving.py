"""A service around a model that is none, for the tests of everything that speaks HTTP."""

from __future__ import annotations

import asyncio
import json
import socket
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from briefer import store as stores
from briefer import text
from briefer.errors import BrieferError
from briefer.schema import Article, Brief, Options, Section
from briefer.server import Server, Surroundings, create_app
from briefer.server.worker import _PROBE
from briefer.settings import Settings
from briefer.store import Store
from tests.handmade import brief

TEXT = "Harbour workers in Port Selby walked out on Monday after the city cut 120 jobs."


class FakeBriefer:
    """Answers with what ``answer`` says and remembers what it was asked, and where.

    The probe with which a service begins is answered and forgotten. Briefs get the id that
    ``identify`` told, which depends on text and options as a real one does.
    """

    def __init__(self, answer: Callable[[], Brief] = brief) -> None:
        self.answer = answer
        self.asked: list[tuple[Article, Options | None]] = []
        self.batches: list[int] = []
        self.threads: set[str] = set()
        self.n_loads = 0
        self.is_closed = False
        self.on_load: Callable[[], None] = lambda: None
        self.on_batch: Callable[[list[Article]], None] = lambda _: None

    @property
    def stages(self) -> object:
        self.on_load()
        self.n_loads += 1
        return object()

    def identify(self, article: Article, options: Options | None = None) -> str:
        plain = (options or Options()).model_copy(update={"include": ()})
        return text.fingerprint(f"{article.text}|{article.title}|{plain}")[:32]

    def brief(self, article: Article, options: Options | None = None) -> Brief:
        (made,) = self.brief_many([article], options)
        return made

    def brief_many(
        self, articles: Iterable[Article], options: Options | None = None
    ) -> Iterator[Brief]:
        batch = list(articles)
        if batch == [_PROBE]:
            yield brief()
            return
        self.batches.append(len(batch))
        self.threads.add(threading.current_thread().name)
        self.on_batch(batch)
        for article in batch:
            self.asked.append((article, options))
            made = self.answer()
            source = made.source.model_copy(update={"ref": article.ref, "url": article.url})
            id_ = self.identify(article, options)
            yield made.model_copy(update={"id": id_, "source": source})

    def brief_in_parts(
        self, article: Article, options: Options | None = None
    ) -> Iterator[tuple[Section, Brief]]:
        made = self.brief(article, options)
        bare = made.model_copy(update={"headline": None, "summary": ()})
        yield "actors", bare
        yield "headline", bare.model_copy(update={"headline": made.headline})
        yield "summary", made

    def close(self) -> None:
        self.is_closed = True


@cache
def _stores() -> tempfile.TemporaryDirectory[str]:
    """Goes with the process, and is made only where one is wanted: a killed process leaves it."""
    return tempfile.TemporaryDirectory(prefix="briefer-stores-")


def app_of(
    briefer: Any = None, surroundings: Surroundings | None = None, kept: Store | None = None
) -> FastAPI:
    """The application, with a store of its own unless one is given."""
    store = kept or stores.open(tempfile.mkdtemp(dir=_stores().name))
    fetches = surroundings is not None and surroundings.fetch is not None
    settings = Settings(fetch_urls=fetches, engine="fake")
    return create_app(settings, briefer or FakeBriefer(), kept=store, surroundings=surroundings)


@asynccontextmanager
async def serving(
    briefer: Any = None,
    surroundings: Surroundings | None = None,
    kept: Store | None = None,
    **headers: str,
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a running application in this process."""
    app = app_of(briefer, surroundings, kept)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=transport, base_url="http://testserver", headers=headers, timeout=120
        ) as client,
    ):
        yield client


async def post(body: Any, briefer: FakeBriefer | None = None, **headers: str) -> httpx.Response:
    """The answer to a brief asked for; bytes are sent as they are, anything else as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    async with serving(briefer) as client:
        return await client.post(
            "/v1/briefs", content=content, headers={"content-type": "application/json"} | named
        )


def raiser(error: BrieferError) -> Callable[[], Brief]:
    """An answer that is an error."""

    def raise_it() -> Brief:
        raise error

    return raise_it


def store_in(folder: Path) -> Store:
    """A store in a folder."""
    return stores.open(str(folder))


@contextmanager
def listening(app: FastAPI, **config: Any) -> Iterator[str]:
    """The address of a real server on loopback, in a thread, its model ready."""
    server = Server(app, log_level="critical", **config)
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    while not server.started or httpx.get(f"{address}/readyz").status_code != 200:
        time.sleep(0.02)
    yield address
    server.should_exit = True
    thread.join()


async def until(holds: Callable[[], bool], timeout_s: float = 60) -> None:
    """Wait until something holds; fail when it never does."""
    async with asyncio.timeout(timeout_s):
        while not holds():  # noqa: ASYNC110 - what is waited for happens in threads
            await asyncio.sleep(0.01)
