"""The clients against a real server on a real socket, and against servers that misbehave."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx
import pytest
import uvicorn

from briefer import errors
from briefer.client import AsyncClient, Client
from briefer.schema import Article, Brief, Options
from briefer.server import Limits, create_app
from briefer.settings import Settings
from tests.handmade import brief, unbriefable

ARTICLE = Article(
    text="Harbour workers in Port Selby walked out on Monday.",
    title="Walk-out",
    publisher="Herald",
    url="https://news.example/harbour",
    published_at=datetime(2026, 11, 25, 18, 30, tzinfo=UTC),
    ref="a-1",
)


class FakeBriefer:
    """Answers every article with the same brief and remembers what came."""

    def __init__(self) -> None:
        self.asked: list[tuple[Article, Options | None]] = []
        self.answer: Callable[[], Brief] = brief
        self.stages = object()

    def brief(self, article: Article, options: Options | None = None) -> Brief:
        self.asked.append((article, options))
        return self.answer()

    def close(self) -> None:
        """Nothing to free."""


@pytest.fixture(scope="module")
def briefer() -> FakeBriefer:
    return FakeBriefer()


@pytest.fixture(scope="module")
def address(briefer: FakeBriefer) -> Iterator[str]:
    """Where a server listens, with the limits of a small one."""
    app = create_app(Settings(), briefer, limits=Limits(max_text_chars=1000))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def client(address: str, briefer: FakeBriefer) -> Iterator[Client]:
    briefer.asked.clear()
    briefer.answer = brief
    with Client(address) as client:
        yield client


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_client_reads_the_brief_that_the_server_made(client: Client) -> None:
    assert client.brief(ARTICLE) == brief()


def test_client_sends_article_and_options_but_not_the_address(
    client: Client, briefer: FakeBriefer
) -> None:
    client.brief(ARTICLE, Options(length="short", max_bullets=2, include=("source_text",)))

    ((article, options),) = briefer.asked
    assert article == ARTICLE.model_copy(update={"url": None})
    assert options == Options(length="short", max_bullets=2, include=("source_text",))


def test_client_sends_html(client: Client, briefer: FakeBriefer) -> None:
    page = f"<html><body><article><p>{ARTICLE.text}</p></article></body></html>"

    assert client.brief_html(page) == brief()
    assert ARTICLE.text in briefer.asked[0][0].text


def test_client_asks_for_markdown(client: Client) -> None:
    assert client.markdown(ARTICLE).startswith("# Harbour workers walk out\n")


def test_article_that_cannot_be_briefed_is_no_error(client: Client, briefer: FakeBriefer) -> None:
    briefer.answer = unbriefable

    assert client.brief(ARTICLE).status == "not_an_article"


def test_client_raises_the_errors_of_a_model_of_ones_own(client: Client) -> None:
    with pytest.raises(errors.UnreadableInput, match="text is empty"):
        client.brief(Article(text="  "))
    with pytest.raises(errors.InputTooLarge, match=r"1,001 characters; this server takes 1,000"):
        client.brief(Article(text="x" * 1001))


def test_client_says_which_field_is_wrong(client: Client) -> None:
    with pytest.raises(errors.UnreadableInput, match="/title: String should have at most 1000"):
        client.brief(ARTICLE.model_copy(update={"title": "x" * 2000}))


def test_broken_service_is_a_service_error(client: Client, briefer: FakeBriefer) -> None:
    def fail() -> Brief:
        raise errors.GenerationFailed("broke")

    briefer.answer = fail

    with pytest.raises(errors.ServiceError, match=r"/v1/briefs answered 503: The language model"):
        client.brief(ARTICLE)


def test_client_knows_whether_the_service_is_ready(client: Client) -> None:
    deadline = time.monotonic() + 5
    while not client.is_ready() and time.monotonic() < deadline:
        time.sleep(0.01)

    assert client.is_ready()


def test_service_that_is_not_there_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nowhere = f"http://127.0.0.1:{listener.getsockname()[1]}"

    with Client(nowhere) as client:
        assert not client.is_ready()
        with pytest.raises(errors.ServiceError, match=f"{nowhere}/? cannot be reached"):
            client.brief(ARTICLE)


@pytest.mark.parametrize(
    ("status", "content_type", "body", "told"),
    [
        (200, "application/json", b"{}", "no brief; is it a briefer service"),
        (200, "text/html", b"<html>", "no brief; is it a briefer service"),
        (502, "text/html", b"<h1>nginx</h1>", "answered 502: Bad Gateway"),
        (500, "application/problem+json", b"[1]", "answered 500: Internal Server Error"),
        (500, "application/problem+json", b"{", "answered 500: Internal Server Error"),
        (429, "application/problem+json", b'{"detail": "slow down"}', "answered 429: slow down"),
    ],
)
def test_answers_of_another_server_are_not_taken_for_briefs(
    status: int, content_type: str, body: bytes, told: str
) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=body, headers={"content-type": content_type})

    client = Client("http://other.example", transport=httpx.MockTransport(answer))

    with pytest.raises(errors.ServiceError, match=told):
        client.brief(ARTICLE)


def test_key_travels_in_the_authorization_header_only() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, content=brief().model_dump_json())

    Client("http://x.example", "k-123", transport=httpx.MockTransport(answer)).brief(ARTICLE)

    (request,) = seen
    assert request.headers["authorization"] == "Bearer k-123"
    assert "k-123" not in str(request.url) + json.dumps(json.loads(request.content))


@pytest.mark.anyio
async def test_async_client_does_the_same(address: str, briefer: FakeBriefer) -> None:
    briefer.answer = brief

    async with AsyncClient(address) as client:
        made = await client.brief(ARTICLE)
        page = await client.brief_html(f"<p>{ARTICLE.text}</p>")
        told = await client.markdown(ARTICLE)
        is_ready = await client.is_ready()
        with pytest.raises(errors.InputTooLarge):
            await client.brief(Article(text="x" * 1001))

    assert (made, page, is_ready) == (brief(), brief(), True)
    assert told.startswith("# Harbour workers walk out\n")


@pytest.mark.anyio
async def test_async_client_names_a_service_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nowhere = f"http://127.0.0.1:{listener.getsockname()[1]}"

    async with AsyncClient(nowhere) as client:
        assert not await client.is_ready()
        with pytest.raises(errors.ServiceError, match="cannot be reached"):
            await client.brief(ARTICLE)
