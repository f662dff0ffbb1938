"""The queue before the model: batches, fairness, bounds, time, and clients that leave."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable

import httpx
import pytest

from briefer import errors
from briefer.schema import Article, Options
from briefer.server import Limits, Surroundings
from briefer.server.queue import Order, OrderQueue, QueueClosed, QueueFull
from tests.handmade import brief
from tests.serving import TEXT, FakeBriefer, app_of, serving, until

pytestmark = pytest.mark.anyio


def order(words: str, owner: str = "", options: Options | None = None) -> Order:
    return Order(Article(text=words), options or Options(), owner, words)


def texts(orders: list[Order]) -> list[str]:
    return [one.article.text for one in orders]


def test_owners_take_turns() -> None:
    queue = OrderQueue(10)
    for one in (order("a1", "a"), order("a2", "a"), order("a3", "a"), order("b1", "b")):
        queue.put(one)

    assert texts(queue.take(3, 0)) == ["a1", "b1", "a2"]
    assert texts(queue.take(3, 0)) == ["a3"]


def test_orders_of_other_options_wait_for_a_batch_of_their_own() -> None:
    queue, short = OrderQueue(10), Options(length="short")
    for one in (order("a"), order("b", "b", short), order("c", "c"), order("d", "d", short)):
        queue.put(one)

    assert [texts(queue.take(4, 0)) for _ in range(3)] == [["a", "c"], ["b", "d"], []]


def test_streamed_order_is_a_batch_of_its_own() -> None:
    queue = OrderQueue(10)
    streamed = order("s")
    streamed.on_part = lambda _section, _brief: None
    for one in (order("a"), streamed, order("b", "b")):
        queue.put(one)

    assert [texts(queue.take(4, 0)) for _ in range(3)] == [["a", "b"], ["s"], []]


def test_full_queue_takes_no_more_until_an_order_is_given_up() -> None:
    queue = OrderQueue(2)
    first = order("a")
    queue.put(first)
    queue.put(order("b"))
    with pytest.raises(QueueFull):
        queue.put(order("c"))

    first.future.cancel()
    queue.put(order("c"))

    assert texts(queue.take(4, 0)) == ["b", "c"]


def test_owner_that_fills_the_queue_does_not_keep_others_out() -> None:
    queue = OrderQueue(4)
    for number in range(4):
        queue.put(order(f"a{number}", "a"))
    queue.put(order("b0", "b"))
    queue.put(order("b1", "b"))
    queue.put(order("c0", "c"))

    for owner in "abc":
        with pytest.raises(QueueFull):
            queue.put(order("more", owner))

    assert texts(queue.take(4, 0)) == ["a0", "b0", "c0", "a1"]


def test_closed_queue_takes_nothing_and_tells_what_waited() -> None:
    queue = OrderQueue(2)
    queue.put(order("a"))

    assert texts(queue.close()) == ["a"]
    with pytest.raises(QueueClosed):
        queue.put(order("b"))


def slow_batches(seconds: float) -> Callable[[list[Article]], None]:
    """A model that takes as long for a batch as for one article, as a GPU or a wide CPU does."""
    return lambda _: time.sleep(seconds)


async def post_all(client: httpx.AsyncClient, n: int) -> list[httpx.Response]:
    posts = [client.post("/v1/briefs", json={"text": f"{TEXT} {number}"}) for number in range(n)]
    return await asyncio.gather(*posts)


async def test_articles_posted_at_once_share_batches() -> None:
    briefer = FakeBriefer()
    briefer.on_batch = slow_batches(0.5)

    async with serving(briefer) as client:
        began = time.monotonic()
        answers = await post_all(client, 8)
        together_s = time.monotonic() - began

    assert [one.status_code for one in answers] == [200] * 8
    assert sum(briefer.batches) == 8
    assert len(briefer.batches) <= 4
    assert together_s < 8 * 0.5


async def test_each_client_gets_the_brief_of_its_own_article() -> None:
    briefer = FakeBriefer()

    async with serving(briefer) as client:
        answers = await post_all(client, 20)

    expected = [briefer.identify(Article(text=f"{TEXT} {number}")) for number in range(20)]
    assert [one.json()["id"] for one in answers] == expected


async def test_article_that_breaks_its_batch_costs_only_itself() -> None:
    release = threading.Event()
    briefer = FakeBriefer()

    def work(batch: list[Article]) -> None:
        release.wait(60)
        if any("poison" in article.text for article in batch):
            raise errors.GenerationFailed("broke")

    briefer.on_batch = work
    words = [f"{TEXT} 0", f"{TEXT} 1", f"{TEXT} poison", f"{TEXT} 2", f"{TEXT} 3"]
    async with serving(briefer) as client:
        posts = [
            asyncio.create_task(client.post("/v1/briefs", json={"text": one})) for one in words
        ]
        await asyncio.sleep(0.3)
        release.set()
        answers = await asyncio.gather(*posts)

    assert [one.status_code for one in answers] == [200, 200, 503, 200, 200]


async def test_request_that_takes_too_long_is_told_to_ask_later() -> None:
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(60), None)[1]
    limits = Limits(request_timeout_s=0.3)

    async with serving(briefer, Surroundings(limits=limits)) as client:
        late = await client.post("/v1/briefs", json={"text": TEXT})
        release.set()

    assert (late.status_code, late.json()["type"]) == (503, "/problems/timed-out")
    assert "respond-async" in late.json()["detail"]
    assert late.headers["retry-after"] == "30"


async def test_client_that_leaves_gives_up_its_place() -> None:
    """Against the bare application: the second client leaves while the first is served."""
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(60), None)[1]
    async with serving(briefer) as client:
        working = asyncio.create_task(client.post("/v1/briefs", json={"text": TEXT}))
        await until(lambda: briefer.batches == [1])
        leaving = asyncio.create_task(client.post("/v1/briefs", json={"text": f"{TEXT} gone"}))
        await asyncio.sleep(0.2)
        leaving.cancel()
        await asyncio.sleep(0.1)
        release.set()
        answer = await working
        await asyncio.sleep(0.2)

    assert answer.status_code == 200
    assert [article.text for article, _ in briefer.asked] == [TEXT]


async def test_probe_is_answered_before_the_service_is_ready() -> None:
    briefer = FakeBriefer()
    app = app_of(briefer)

    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            answers: list[httpx.Response] = []
            while not answers or answers[-1].status_code != 200:
                answers.append(await client.get("/readyz"))
                await asyncio.sleep(0.01)

    assert answers[-1].json() == {"status": "ready"}
    assert brief().status == "ok"
