"""Server-sent events: sections when they are checked, the whole at the end, problems as events."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from briefer import errors
from briefer.schema import Article, Brief, Options, Section
from tests.handmade import brief
from tests.serving import TEXT, FakeBriefer, app_of, listening, serving, until

pytestmark = pytest.mark.anyio


def events(answer: httpx.Response) -> list[tuple[str, Any]]:
    found = []
    for block in answer.text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


async def stream(client: httpx.AsyncClient, **body: Any) -> httpx.Response:
    return await client.post("/v1/briefs/stream", json={"text": TEXT, **body})


async def test_sections_come_before_the_whole() -> None:
    async with serving() as client:
        answer = await stream(client)

    told = events(answer)
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert [name for name, _ in told] == ["queued", *["section"] * 5, "brief"]
    assert told[2][1]["section"] == "headline"
    assert told[2][1]["headline"]["text"] == told[6][1]["headline"]["text"]
    assert told[6][1]["withheld"][0]["text"] is None


async def test_accept_header_asks_for_a_stream_too() -> None:
    async with serving() as client:
        answer = await client.post(
            "/v1/briefs", json={"text": TEXT}, headers={"Accept": "text/event-stream"}
        )

    assert events(answer)[-1][0] == "brief"


async def test_only_sections_asked_for_are_told() -> None:
    async with serving() as client:
        answer = await stream(client, options={"sections": ["headline"]})

    assert [told["section"] for name, told in events(answer) if name == "section"] == ["headline"]


async def test_streamed_brief_is_kept_and_told_again_without_the_model() -> None:
    briefer = FakeBriefer()

    async with serving(briefer) as client:
        first = events(await stream(client))[-1][1]
        found = await client.get(f"/v1/briefs/{first['id']}")
        again = events(await stream(client))

    assert found.json() == first
    assert [name for name, _ in again] == ["queued", *["section"] * 5, "brief"]
    assert len(briefer.asked) == 1


async def test_two_streams_of_one_article_share_the_model() -> None:
    """The second hears the sections at the end, for the first has them while they are made."""
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(60), None)[1]

    async with serving(briefer) as client:
        first = asyncio.create_task(stream(client))
        await until(lambda: briefer.batches == [1])
        second = asyncio.create_task(stream(client))
        posted = asyncio.create_task(client.post("/v1/briefs", json={"text": TEXT}))
        await asyncio.sleep(0.2)
        release.set()
        told = [events(await one) for one in (first, second)]
        made = (await posted).json()

    assert [name for name, _ in told[1]] == ["queued", *["section"] * 5, "brief"]
    assert told[0][-1][1] == told[1][-1][1] == made
    assert briefer.batches == [1]


class InSections(FakeBriefer):
    """Says which sections it has begun, and goes on after the first when ``may_go_on``."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[str] = []
        self.may_go_on = threading.Event()

    def brief_in_parts(
        self, article: Article, options: Options | None = None
    ) -> Iterator[tuple[Section, Brief]]:
        for section, so_far in super().brief_in_parts(article, options):
            self.begun.append(section)
            yield section, so_far
            self.may_go_on.wait(60)


async def test_stream_whose_client_leaves_ends_after_the_section_in_hand() -> None:
    briefer = InSections()
    id_ = briefer.identify(Article(text=TEXT))

    with listening(app_of(briefer)) as address:
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:
            url, body = "/v1/briefs/stream", {"text": TEXT}
            async with client.stream("POST", url, json=body) as answer:
                async for line in answer.aiter_lines():
                    if line == "event: section":
                        break
            await asyncio.sleep(0.5)
            briefer.may_go_on.set()
            after = await client.post("/v1/briefs", json={"text": f"{TEXT} after"})
            left = await client.get(f"/v1/briefs/{id_}")
            again = events(await client.post(url, json=body))

    assert (after.status_code, left.status_code) == (200, 404)
    assert briefer.begun == ["actors", "headline", "actors", "headline", "summary"]
    assert [name for name, _ in again] == ["queued", *["section"] * 5, "brief"]


async def test_model_that_breaks_is_an_event() -> None:
    def fail() -> Brief:
        raise errors.GenerationFailed("/secret/path")

    async with serving(FakeBriefer(fail)) as client:
        answer = await stream(client)

    name, told = events(answer)[-1]
    assert (answer.status_code, name, told["type"]) == (200, "problem", "/problems/no-model")
    assert "secret" not in answer.text


async def test_what_nobody_foresaw_is_an_event_and_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail() -> Brief:
        raise ZeroDivisionError("/secret/path")

    async with serving(FakeBriefer(fail)) as client:
        answer = await stream(client)

    name, told = events(answer)[-1]
    assert (name, told["type"]) == ("problem", "/problems/internal")
    assert "secret" not in answer.text
    assert "a request failed: ZeroDivisionError" in caplog.messages


async def test_what_is_wrong_before_the_first_event_is_an_ordinary_problem() -> None:
    async with serving() as client:
        answer = await client.post("/v1/briefs/stream", json={"text": ""})
        other = await client.post(
            "/v1/briefs/stream", json={"text": TEXT}, headers={"Accept": "application/json"}
        )

    assert (answer.status_code, other.status_code) == (422, 406)


async def test_line_breaks_of_an_article_cannot_end_an_event() -> None:
    def broken() -> Brief:
        made = brief()
        assert made.headline is not None
        words = "A\n\nevent: brief\ndata: {}\n\n\u2028\r\n"
        return made.model_copy(
            update={"headline": made.headline.model_copy(update={"text": words})}
        )

    async with serving(FakeBriefer(broken)) as client:
        told = events(await stream(client))

    assert [name for name, _ in told].count("brief") == 1
    assert told[-1][1]["headline"]["text"].startswith("A\n\nevent: brief")
