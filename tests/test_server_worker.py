"""The model behind the service: loaded once, off the event loop, and never in the way."""

from __future__ import annotations

import asyncio
import threading

import httpx
import pytest

from briefer import errors
from briefer.schema import Article, Brief, Options
from briefer.server import Limits, Surroundings
from tests.handmade import brief
from tests.serving import TEXT, FakeBriefer, app_of, post, raiser, serving, until

pytestmark = pytest.mark.anyio


async def test_model_is_loaded_once_and_freed_at_the_end() -> None:
    briefer = FakeBriefer()

    async with serving(briefer) as client:
        for _ in range(3):
            await client.post("/v1/briefs", json={"text": TEXT})

    assert (briefer.n_loads, briefer.is_closed) == (1, True)


async def test_articles_are_briefed_off_the_event_loop() -> None:
    briefer = FakeBriefer()

    await post({"text": TEXT}, briefer)

    assert threading.current_thread().name not in briefer.threads


async def test_server_answers_while_the_model_works() -> None:
    release = threading.Event()

    def slow() -> Brief:
        release.wait(10)
        return brief()

    async with serving(FakeBriefer(slow)) as client:
        working = asyncio.create_task(client.post("/v1/briefs", json={"text": TEXT}))
        await asyncio.sleep(0.05)
        health = await asyncio.wait_for(client.get("/healthz"), 2)
        was_done = working.done()
        release.set()
        answer = await working

    assert (health.json(), was_done, answer.status_code) == ({"status": "ok"}, False, 200)


async def test_too_many_waiting_articles_are_turned_away() -> None:
    release = threading.Event()

    def slow() -> Brief:
        release.wait(10)
        return brief()

    briefer = FakeBriefer(slow)
    async with serving(briefer, Surroundings(limits=Limits(max_waiting=2))) as client:
        posts = [
            client.post("/v1/briefs", json={"text": f"{TEXT} {number}"}) for number in range(4)
        ]
        waiting = [asyncio.create_task(posts[0])]
        await until(lambda: briefer.batches == [1])
        waiting += [asyncio.create_task(one) for one in posts[1:3]]
        await asyncio.sleep(0.2)
        refused = await posts[3]
        release.set()
        answered = await asyncio.gather(*waiting)

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
    assert refused.json()["type"] == "/problems/busy"
    assert [one.status_code for one in answered] == [200, 200, 200]


async def test_readiness_follows_the_model() -> None:
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_load = lambda: (release.wait(10), None)[1]

    async with serving(briefer) as client:
        before = await client.get("/readyz")
        release.set()
        for _ in range(100):
            after = await client.get("/readyz")
            if after.status_code == 200:
                break
            await asyncio.sleep(0.02)

    assert (before.status_code, before.json()["type"]) == (503, "/problems/no-model")
    assert (after.status_code, after.json()) == (200, {"status": "ready"})


async def test_who_waits_for_the_model_to_load_is_told_that_the_server_stops() -> None:
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_load = lambda: (release.wait(10), None)[1]
    app = app_of(briefer)
    transport = httpx.ASGITransport(app)

    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://x") as client,
    ):
        asked = asyncio.create_task(client.post("/v1/briefs", json={"text": TEXT}))
        await asyncio.sleep(0.1)
        app.state.refuse()
        answer = await asked
        release.set()

    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/stopping")
    assert briefer.asked == []


async def test_server_without_a_model_lives_but_is_not_ready() -> None:
    def fail() -> None:
        raise errors.ModelNotFound("no weights in /secret/path")

    briefer = FakeBriefer()
    briefer.on_load = fail

    async with serving(briefer) as client:
        await asyncio.sleep(0.1)
        ready, health = await client.get("/readyz"), await client.get("/healthz")

    assert (ready.status_code, health.status_code) == (503, 200)
    assert "/secret" not in ready.text
    assert not briefer.is_closed


async def test_model_that_is_away_is_not_asked_for_each_article_of_a_batch() -> None:
    release = threading.Event()
    briefer = FakeBriefer()

    def away(batch: list[Article]) -> None:
        release.wait(10)
        if len(briefer.batches) > 1:
            raise errors.EngineUnavailable("away")

    briefer.on_batch = away
    async with serving(briefer) as client:
        first = asyncio.create_task(client.post("/v1/briefs", json={"text": TEXT}))
        await until(lambda: briefer.batches == [1])
        bodies = [{"text": f"{TEXT} {number}"} for number in range(3)]
        rest = [asyncio.create_task(client.post("/v1/briefs", json=body)) for body in bodies]
        await asyncio.sleep(0.3)
        release.set()
        answers = [await one for one in (first, *rest)]

    assert [one.status_code for one in answers] == [200, 503, 503, 503]
    assert briefer.batches == [1, 3]


async def test_log_says_why_there_is_no_model(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise errors.ModelNotFound("The weights x are not here; run: briefer model pull x")

    briefer = FakeBriefer()
    briefer.on_load = fail

    async with serving(briefer):
        await until(lambda: bool(caplog.messages))

    assert caplog.messages[0] == (
        "the model could not be loaded: The weights x are not here; run: briefer model pull x"
    )


class Dying(FakeBriefer):
    """A model that fails on every article, and on the probe too while ``is_dead``."""

    is_dead = False

    def __init__(self) -> None:
        super().__init__(raiser(errors.GenerationFailed("dead")))

    def brief(self, article: Article, options: Options | None = None) -> Brief:
        if self.is_dead:
            raise errors.GenerationFailed("dead")
        return super().brief(article, options)


async def readiness(client: httpx.AsyncClient, number: int) -> int:
    """Whether the service says it is ready when it has briefed one article more."""
    await client.post("/v1/briefs", json={"text": f"{TEXT} {number}"})
    await asyncio.sleep(0.2)  # the probe comes after the answer
    return (await client.get("/readyz")).status_code


@pytest.mark.parametrize(("is_dead", "last"), [(True, 503), (False, 200)])
async def test_model_that_failed_five_times_in_a_row_is_probed(*, is_dead: bool, last: int) -> None:
    briefer = Dying()

    async with serving(briefer) as client:
        ready = [await readiness(client, 0)]
        briefer.is_dead = is_dead
        ready += [await readiness(client, number) for number in range(1, 5)]

    assert ready == [200, 200, 200, 200, last]


async def test_brief_that_succeeds_between_failures_ends_the_row() -> None:
    briefer = Dying()
    fail = briefer.answer

    async with serving(briefer) as client:
        ready = [await readiness(client, 0)]
        briefer.is_dead = True
        for number in range(1, 9):
            briefer.answer = brief if number == 4 else fail
            ready.append(await readiness(client, number))

    assert ready == [200] * 9


async def test_model_that_breaks_in_loading_as_nobody_foresaw_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("briefer.server.worker._RELOAD_AFTER_S", 0.0)
    faults = [KeyError("model_type"), ValueError("no JSON")]

    def load() -> None:
        if faults:
            raise faults.pop()

    briefer = FakeBriefer()
    briefer.on_load = load

    async with serving(briefer) as client:
        await until(lambda: briefer.n_loads == 1)
        answer = await client.get("/readyz")
        for _ in range(100):
            if answer.status_code == 200:
                break
            await asyncio.sleep(0.02)
            answer = await client.get("/readyz")

    assert (faults, answer.status_code) == ([], 200)
