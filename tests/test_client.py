"""The clients against a real server on a real socket, and against servers that misbehave."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import httpx
import pytest

from briefer import errors
from briefer.client import AsyncClient, Client, Pending, wire
from briefer.schema import Article, Brief, Options
from briefer.server import Limits, Surroundings
from tests.handmade import brief, unbriefable
from tests.serving import FakeBriefer, app_of, listening

ARTICLE = Article(
    text="Harbour workers in Port Selby walked out on Monday.",
    title="Walk-out",
    publisher="Herald",
    url="https://news.example/harbour",
    published_at=datetime(2026, 11, 25, 18, 30, tzinfo=UTC),
    ref="a-1",
)


@pytest.fixture
def briefer() -> FakeBriefer:
    return FakeBriefer()


@pytest.fixture
def address(briefer: FakeBriefer) -> Iterator[str]:
    """Where a server listens, with the limits of a small one."""
    with listening(app_of(briefer, Surroundings(limits=Limits(max_text_chars=1000)))) as address:
        yield address


@pytest.fixture
def client(address: str, briefer: FakeBriefer) -> Iterator[Client]:
    with Client(address) as client:
        yield client


def test_client_reads_the_brief_that_the_server_made(client: Client) -> None:
    made = client.brief(ARTICLE)

    assert (made.headline, made.dissent) == (brief().headline, brief().dissent)
    assert (made.source.ref, made.source.url) == ("a-1", None)


def test_client_sends_article_and_options_but_not_the_address(
    client: Client, briefer: FakeBriefer
) -> None:
    client.brief(ARTICLE, Options(length="short", max_bullets=2, include=("source_text",)))

    ((article, options),) = briefer.asked
    assert article == ARTICLE.model_copy(update={"url": None})
    assert options is not None
    assert (options.length, options.max_bullets) == ("short", 2)


def test_client_sends_html(client: Client, briefer: FakeBriefer) -> None:
    page = f"<html><body><article><p>{ARTICLE.text}</p></article></body></html>"

    assert client.brief_html(page).headline == brief().headline
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


@pytest.mark.parametrize(("said", "sent"), [("English", {}), ("en_gb", {"language": "en-GB"})])
def test_language_is_sent_as_a_tag_or_not_at_all(said: str, sent: dict[str, str]) -> None:
    body = wire.article_body(Article(text="The ferry sailed.", language=said))

    assert body == {"text": "The ferry sailed.", **sent}


def test_client_knows_whether_the_service_is_ready(client: Client) -> None:
    deadline = time.monotonic() + 5
    while not client.is_ready() and time.monotonic() < deadline:
        time.sleep(0.01)

    assert client.is_ready()


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_an_address_without_its_scheme_is_told_how_it_is_written(kind: type[Client]) -> None:
    with pytest.raises(errors.ConfigError, match="write it like http://127"):
        kind("127.0.0.1:8765")


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_an_address_that_is_none_is_a_wrong_setting(kind: type[Client]) -> None:
    with pytest.raises(errors.ConfigError, match="'http://host:port' is no address: its host"):
        kind("http://host:port")


@pytest.mark.parametrize("url", ["http://xn--a/", "http://x:99999999/", "http://ex ample/"])
def test_an_address_that_nobody_could_call_is_a_wrong_setting(url: str) -> None:
    with pytest.raises(errors.ConfigError, match="is no address: its host, its port"):
        wire.address(url)


def test_why_a_service_cannot_be_reached_ends_in_one_stop() -> None:
    told = wire.unreachable(httpx.URL("http://x"), httpx.ConnectError("It is away."))

    assert str(told).startswith("http://x cannot be reached: It is away. Does")


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

    assert (made.headline, page.headline, is_ready) == (brief().headline, brief().headline, True)
    assert told.startswith("# Harbour workers walk out\n")


def test_brief_is_made_once_and_anew_only_on_demand(client: Client, briefer: FakeBriefer) -> None:
    first, again = client.brief(ARTICLE), client.brief(ARTICLE)
    n_asked = len(briefer.asked)

    client.brief_fresh(ARTICLE)

    assert first == again
    assert (n_asked, len(briefer.asked)) == (1, 2)


def test_ordered_brief_is_waited_for_and_removed(client: Client) -> None:
    id_ = client.submit(ARTICLE)

    made = client.wait(id_)
    client.delete(id_)

    assert made.id == id_
    with pytest.raises(errors.ServiceError, match="answered 404"):
        client.look(id_)


def test_batch_has_a_brief_or_an_error_an_article(client: Client) -> None:
    made, wrong, short = client.brief_many(
        [ARTICLE, Article(text="  "), ARTICLE.model_copy(update={"text": "x" * 1001})]
    )

    assert isinstance(made, Brief)
    assert isinstance(wrong, errors.UnreadableInput)
    assert isinstance(short, errors.InputTooLarge)


def test_stream_tells_sections_before_the_whole(client: Client) -> None:
    events = list(client.stream(ARTICLE))

    told = [event.told["section"] for event in events[1:6]]
    assert [event.name for event in events] == ["queued", *["section"] * 5, "brief"]
    assert told == ["actors", "headline", "summary", "agreements", "dissent"]
    assert Brief.model_validate(events[6].told).headline == brief().headline


def test_stream_of_what_cannot_be_an_article_is_an_error(client: Client) -> None:
    with pytest.raises(errors.UnreadableInput, match="text is empty"):
        list(client.stream(Article(text=" ")))


def test_digest_is_ordered_and_read(client: Client) -> None:
    day = date(2026, 11, 24)
    made = client.brief(ARTICLE)

    ordered = client.order_digest(day, ids=[made.id])
    while isinstance(found := client.digest(day), Pending):
        time.sleep(0.05)

    assert ordered.state in ("waiting", "running")
    assert [one.id for one in found.briefs] == [made.id]
    assert client.document(day, "md").startswith(b"# The Morning Brief")


@pytest.mark.anyio
async def test_async_client_orders_streams_and_batches(address: str) -> None:
    async with AsyncClient(address) as client:
        made = await client.wait(await client.submit(ARTICLE))
        events = [event.name async for event in client.stream(ARTICLE)]
        (again,) = await client.brief_many([ARTICLE])
        await client.delete(made.id)

    assert events == ["queued", *["section"] * 5, "brief"]
    assert again == made


@pytest.mark.anyio
async def test_async_client_names_a_service_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nowhere = f"http://127.0.0.1:{listener.getsockname()[1]}"

    async with AsyncClient(nowhere) as client:
        assert not await client.is_ready()
        with pytest.raises(errors.ServiceError, match="cannot be reached"):
            await client.brief(ARTICLE)


def test_key_is_sent_without_the_line_break_of_its_file() -> None:
    assert wire.key_headers("bk_0123abcd_xyz\n") == {"Authorization": "Bearer bk_0123abcd_xyz"}
    assert wire.key_headers(" \n") == {}


@pytest.mark.parametrize("key", ["bk_one\nbk_two", "bk_clé", "bk_one two"])
@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_key_that_cannot_be_sent_is_a_wrong_setting_and_not_repeated(
    key: str, kind: type[Client] | type[AsyncClient]
) -> None:
    with pytest.raises(errors.ConfigError) as raised:
        kind("http://127.0.0.1:8000", key)

    assert "bk_" not in str(raised.value)


def test_text_that_is_no_unicode_is_unreadable_as_with_a_model_of_ones_own(client: Client) -> None:
    with pytest.raises(errors.UnreadableInput, match="Character 4 is half of one"):
        client.brief_html("<p>\ud800")
    with pytest.raises(errors.UnreadableInput):
        client.brief_url("http://news.example/\udc80")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, {"results": [5]}),
        (200, {"results": [None]}),
        (200, {"results": [{"schema_version": "1"}]}),
        (202, {}),
    ],
)
def test_json_of_another_form_is_no_answer_of_ours(status: int, body: object) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, json=body))
    client = Client("http://other.example", transport=transport)

    with pytest.raises(errors.ServiceError, match="is it a briefer service"):
        client.brief_many([ARTICLE]) if status == 200 else client.submit(ARTICLE)


def test_stream_of_another_server_is_a_service_error() -> None:
    events = {"content-type": "text/event-stream"}
    transport = httpx.MockTransport(
        lambda _: httpx.Response(200, content=b"data: hello\n\n", headers=events)
    )

    with pytest.raises(errors.ServiceError, match="something unknown"):
        list(Client("http://other.example", transport=transport).stream(ARTICLE))


def test_answer_that_cannot_be_unpacked_is_a_service_error() -> None:
    packed = {"content-encoding": "gzip", "content-type": "application/json"}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=b"x", headers=packed))

    with pytest.raises(errors.ServiceError):
        Client("http://other.example", transport=transport).brief(ARTICLE)


@pytest.mark.parametrize("told", [None, 5, [None, 5]])
def test_fields_of_a_problem_that_are_none_are_left_out(told: object) -> None:
    body = json.dumps({"type": "/problems/invalid", "detail": "No.", "errors": told}).encode()
    kind = {"content-type": "application/problem+json"}
    transport = httpx.MockTransport(lambda _: httpx.Response(422, content=body, headers=kind))

    with pytest.raises(errors.UnreadableInput, match=r"^No\.$"):
        Client("http://other.example", transport=transport).brief(ARTICLE)
