"""What a client may not send, and the status that says so."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.types import Message

from briefer.server import Limits, Surroundings, problem
from tests.serving import TEXT, FakeBriefer, app_of, post, serving

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        (b"", 400, "not-json"),
        (b"{", 400, "not-json"),
        (b'{"text": NaN}', 400, "not-json"),
        (b'{"text": "x", "options": {"max_bullets": Infinity}}', 400, "not-json"),
        (b'{"text": -Infinity}', 400, "not-json"),
        (b'{"text": "\xff"}', 400, "not-json"),
        ('{"text": "x"}'.encode("utf-16"), 400, "not-json"),
        (b'\xef\xbb\xbf{"text": "x"}', 400, "not-json"),
        (b"[" * 200_000, 400, "not-json"),
        (b'{"text": ' + b"1" * 10_000 + b"}", 400, "not-json"),
        ([], 422, "invalid"),
        ("text", 422, "invalid"),
        (None, 422, "invalid"),
        ({}, 422, "invalid"),
        ({"title": "no article"}, 422, "invalid"),
        ({"text": None}, 422, "invalid"),
        ({"text": 5}, 422, "invalid"),
        ({"text": ["x"]}, 422, "invalid"),
        ({"text": TEXT, "html": "<p>x</p>"}, 422, "invalid"),
        ({"text": TEXT, "url": "https://news.example/"}, 422, "invalid"),
        ({"text": TEXT, "txet": "typo"}, 422, "invalid"),
        ({"text": TEXT, "title": 7}, 422, "invalid"),
        ({"text": TEXT, "title": "x" * 5000}, 422, "invalid"),
        ({"text": TEXT, "published_at": 1764000000}, 422, "invalid"),
        ({"text": TEXT, "published_at": "yesterday"}, 422, "unreadable"),
        ({"text": TEXT, "options": {"length": "huge"}}, 422, "invalid"),
        ({"text": TEXT, "options": {"max_bullets": 0}}, 422, "invalid"),
        ({"text": TEXT, "options": {"max_bullets": "3"}}, 422, "invalid"),
        ({"text": TEXT, "options": {"max_bullets": True}}, 422, "invalid"),
        ({"text": TEXT, "options": {"max_bullets": 2.0}}, 422, "invalid"),
        ({"text": TEXT, "options": {"sections": ["gossip"]}}, 422, "invalid"),
        ({"text": TEXT, "options": {"include": ["secrets"]}}, 422, "invalid"),
        ({"text": TEXT, "options": {"lenght": "short"}}, 422, "invalid"),
        ({"text": TEXT, "options": None}, 422, "invalid"),
        ({"text": ""}, 422, "unreadable"),
        ({"text": " \n\t "}, 422, "unreadable"),
        ({"text": "a\x00b"}, 422, "unreadable"),
        ({"html": "<p>a\x00b</p>"}, 422, "unreadable"),
        (b'{"text": "\\ud800 ' + TEXT.encode() + b'"}', 422, None),
        (b'{"text": "x", "title": "\\udfff"}', 422, None),
        ({"text": "\x01\x02\x03abc"}, 422, "unreadable"),
        ({"text": TEXT, "title": "a\x00b"}, 422, "unreadable"),
        ({"url": "https://news.example/"}, 403, "fetch-refused"),
        ({"url": "http://169.254.169.254/latest/meta-data/"}, 403, "fetch-refused"),
        ({"text": "x" * 500_001}, 413, "too-large"),
        (b'{"text": "' + b"x" * (5 * 2**20) + b'"}', 413, "too-large"),
    ],
)
async def test_what_cannot_be_an_article_is_refused(
    body: Any, status: int, name: str | None
) -> None:
    briefer = FakeBriefer()

    answer = await post(body, briefer)

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == problem.MEDIA_TYPE
    told = answer.json()
    assert told["status"] == status
    assert name is None or told["type"] == f"/problems/{name}"
    assert len(answer.content) < 2000
    assert briefer.asked == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/digests", {"day": "2026-11-24", "articles": [1] * 200_000}),
        ("/v1/digests", {"day": "2026-11-24", "articles": [{}] * 200_000}),
        ("/v1/digests", {"day": "2026-11-24", "article_ids": [""] * 200_000}),
        ("/v1/digests", {"day": "2026-11-24", "articles": [], "formats": ["x"] * 200_000}),
        ("/v1/briefs", {"text": TEXT, "options": {"sections": ["x"] * 200_000}}),
        ("/v1/briefs", {"text": TEXT} | {f"field {number}": 1 for number in range(200_000)}),
        ("/v1/briefs:batch", {"articles": [1] * 200_000}),
    ],
)
async def test_body_of_very_many_parts_is_refused_before_it_is_looked_at(
    path: str, body: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefer.server.bodies._check_json", raise_it)

    async with serving() as client:
        answer = await client.post(path, json=body)

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    assert len(answer.content) < 500


def raise_it(body: bytes) -> None:
    raise AssertionError(f"{len(body)} bytes were parsed")


@pytest.mark.parametrize("text", ["a, b, " * 60_000, '"\\n",' * 60_000, '\\",' * 60_000])
async def test_long_text_is_one_part_whatever_is_in_it(text: str) -> None:
    assert (await post({"text": f"{TEXT} {text}"})).status_code == 200


async def test_at_most_twenty_of_many_errors_are_told() -> None:
    async with serving() as client:
        answer = await client.post(
            "/v1/digests", json={"day": "2026-11-24", "articles": [{}, 1] * 5_000}
        )

    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [
        f"/articles/{number}" for number in range(20)
    ]


async def test_server_answers_while_a_body_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    released: list[bool] = []
    monkeypatch.setattr(
        "briefer.server.bodies._check_json", lambda _: released.append(release.wait(10))
    )

    async with serving() as client:
        parsing = asyncio.create_task(client.post("/v1/briefs", json={"text": TEXT}))
        await asyncio.sleep(0.1)
        health = await client.get("/healthz")
        release.set()
        answer = await parsing

    assert (health.status_code, answer.status_code, released) == (200, 200, [True])


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "text/html",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/json; charset=utf-16",
        "application/json; charset=latin-1",
    ],
)
async def test_other_content_types_are_refused(content_type: str) -> None:
    answer = await post({"text": TEXT}, content_type=content_type)

    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/wrong-type")


@pytest.mark.parametrize("content_type", ["application/json; charset=UTF-8", "Application/JSON"])
async def test_json_in_utf8_is_taken_however_it_is_spelled(content_type: str) -> None:
    assert (await post({"text": TEXT}, content_type=content_type)).status_code == 200


async def test_compressed_bodies_are_refused() -> None:
    assert (await post({"text": TEXT}, content_encoding="gzip")).status_code == 415


async def test_announced_length_is_refused_before_it_is_read() -> None:
    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    async with serving() as client:
        answer = await client.post(
            "/v1/briefs",
            content=never(),
            headers={"content-type": "application/json", "content-length": "999999999"},
        )

    assert answer.status_code == 413


async def test_body_that_comes_too_slowly_is_given_up() -> None:
    app = app_of(FakeBriefer(), Surroundings(limits=Limits(body_timeout_s=0.05)))
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(10)
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/briefs",
        "raw_path": b"/v1/briefs",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
        "http_version": "1.1",
        "scheme": "http",
        "server": ("testserver", 80),
    }
    await asyncio.wait_for(app(scope, receive, send), 5)

    assert sent[0]["status"] == 408


@pytest.mark.parametrize("language", ["English", "e", "en-", "en GB", "", " "])
async def test_language_that_is_no_tag_is_refused(language: str) -> None:
    answer = await post({"text": TEXT, "language": language})

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid")
    assert answer.json()["errors"] == [
        {
            "pointer": "/language",
            "detail": "this is no language tag (BCP 47); write it like en-GB",
        }
    ]


@pytest.mark.parametrize(
    "language", [None, "en", "EN_gb", "zh-Hant-TW", "en-US-u-hc-h12", "abc" + 7 * "-abcdefgh"]
)
async def test_language_of_any_well_formed_tag_is_taken(language: str | None) -> None:
    assert (await post({"text": TEXT, "language": language})).status_code == 200


async def test_problem_names_the_field_and_repeats_nothing_of_the_text() -> None:
    answer = await post({"text": "secret words", "options": {"length": "huge"}, "x/y~z": 1})

    told = answer.json()
    assert [error["pointer"] for error in told["errors"]] == ["/options/length", "/x~1y~0z"]
    assert "secret" not in answer.text
    assert "huge" not in answer.text


async def test_unknown_address_and_method_are_problems_too() -> None:
    async with serving() as client:
        missing = await client.get("/v1/nothing")
        wrong = await client.get("/v1/briefs")

    assert (missing.status_code, missing.json()["type"]) == (404, "/problems/not-found")
    assert (wrong.status_code, wrong.json()["type"]) == (405, "/problems/method-not-allowed")
    assert wrong.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", "GET, HEAD, POST"),
        ("/v1/briefs", "POST"),
        ("/v1/briefs/0a1b", "DELETE, GET, HEAD"),
        ("/v1/digests/2026-11-24", "DELETE, GET, HEAD"),
        ("/v1/digests/2026-11-24.pdf", "DELETE, GET, HEAD"),
        ("/openapi.json", "GET, HEAD"),
    ],
)
async def test_wrong_method_is_told_all_that_the_address_has(path: str, allowed: str) -> None:
    async with serving() as client:
        answer = await client.put(path)

    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


async def test_slash_at_the_end_leads_nowhere_with_key_and_article() -> None:
    async with serving() as client:
        posted = await client.post("/v1/briefs/", json={"text": TEXT})
        page = await client.get("/digests/")

    assert (posted.status_code, posted.json()["type"]) == (404, "/problems/not-found")
    assert page.status_code == 404
    assert "location" not in {*posted.headers, *page.headers}
