"""The service: what it takes, what it refuses and with which status, that it stays responsive."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import html
import json
import re
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from starlette.types import Message

from briefer import articles, drafting, errors, schema
from briefer import store as stores
from briefer.briefing import Briefer, Stages
from briefer.errors import BrieferError
from briefer.fetching import Fetched
from briefer.models.fake import FakeEngine
from briefer.resources import shipped
from briefer.schema import Brief, Character, CleanArticle, Options, Statement, Tags
from briefer.server import Limits, Surroundings, problem
from briefer.server.answers import media_type
from briefer.server.headers import content_policy
from briefer.store import Keeping
from briefer.store.database import connect
from tests.fakes import FixedTagger
from tests.handmade import HARBOUR_TEXT, brief, hostile_brief, source, unbriefable
from tests.serving import TEXT, FakeBriefer, app_of, serving, until

pytestmark = pytest.mark.anyio


def raiser(error: BrieferError) -> Callable[[], Brief]:
    def raise_it() -> Brief:
        raise error

    return raise_it


async def post(body: Any, briefer: FakeBriefer | None = None, **headers: str) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    async with serving(briefer) as client:
        return await client.post(
            "/v1/briefs", content=content, headers={"content-type": "application/json"} | named
        )


def fails(answer: BrieferError) -> FakeBriefer:
    def raise_it() -> Brief:
        raise answer

    return FakeBriefer(raise_it)


# ── what it answers ──────────────────────────────────────────────────────────────────────────


async def test_article_becomes_the_schemas_json() -> None:
    answer = await post({"text": TEXT})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    told, kept = answer.json(), json.loads(brief().model_dump_json())
    assert told["source"] == {**kept["source"], "ref": None, "url": None}
    same = set(kept) - {"id", "source", "withheld"}
    assert {key: told[key] for key in same} == {key: kept[key] for key in same}


async def test_article_reaches_the_briefer_as_it_was_sent() -> None:
    briefer = FakeBriefer()

    await post(
        {
            "text": TEXT,
            "title": "Walk-out",
            "publisher": "Herald",
            "published_at": "2026-11-25T18:30:00",
            "ref": "a-1",
            "options": {"sections": ["summary", "dissent"], "max_bullets": 3},
        },
        briefer,
    )

    ((article, options),) = briefer.asked
    assert (article.text, article.title, article.publisher) == (TEXT, "Walk-out", "Herald")
    assert (article.ref, str(article.published_at)) == ("a-1", "2026-11-25 18:30:00+00:00")
    assert options == Options(
        sections=("summary", "dissent"),
        max_bullets=3,
        include=("source_text", "withheld_text"),
    )


async def test_whole_pipeline_answers_with_what_the_contract_promises() -> None:
    def read(article: CleanArticle) -> tuple[tuple[Statement, ...], tuple[Character, ...]]:
        return (), ()

    fact = Tags(fact=0.9, dissent=0.0, agreement=0.0, speech=0.0)
    tagger = FixedTagger({0: fact, 3: fact})  # the first one becomes the headline
    stages = Stages(articles.prepare, read, tagger, FakeEngine(), drafting.UNTRAINED)
    contract = json.loads(shipped("brief.schema.json").read_text("utf-8"))
    path = Path(__file__).parents[1] / "eval" / "samples" / "night-train.txt"
    body = {"text": path.read_text("utf-8"), "options": {"include": ["source_text"]}}

    async with serving(Briefer.of(stages)) as client:
        answer = await client.post("/v1/briefs", json=body)
        again = await client.post("/v1/briefs", json=body)

    told = answer.json()
    jsonschema.validate(told, contract)
    assert (answer.status_code, told["status"], told["agreements"]["status"]) == (
        200,
        "ok",
        "none_found",
    )
    assert again.json() == told
    assert (answer.headers["briefer-cache"], again.headers["briefer-cache"]) == ("miss", "hit")
    (evidence, *_) = told["summary"][0]["evidence"]
    assert told["source"]["text"][evidence["start"] : evidence["end"]] == evidence["text"]


async def test_html_is_read_as_a_page() -> None:
    briefer = FakeBriefer()
    page = f"<html><head><title>T</title></head><body><nav>Menu</nav><p>{TEXT}</p></body></html>"

    await post({"html": page}, briefer)

    ((article, _),) = briefer.asked
    assert TEXT in article.text
    assert "<p>" not in article.text


async def test_text_that_cannot_be_briefed_is_an_answer() -> None:
    answer = await post({"text": "Short."}, FakeBriefer(lambda: unbriefable("too_short")))

    assert (answer.status_code, answer.json()["status"]) == (200, "too_short")


@pytest.mark.parametrize(
    ("accept", "content_type", "start"),
    [
        ("text/markdown", "text/markdown; charset=utf-8", "# Harbour workers"),
        ("text/html", "text/html; charset=utf-8", "<!DOCTYPE html>"),
        ("text/html;q=0.5, application/json", "application/json", '{"schema_version"'),
    ],
)
async def test_brief_comes_in_the_form_asked_for(
    accept: str, content_type: str, start: str
) -> None:
    answer = await post({"text": TEXT}, accept=accept)

    assert answer.headers["content-type"] == content_type
    assert answer.text.lstrip().startswith(start)
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/*", "text/markdown"),
        ("text/html, */*;q=0.1", "text/html"),
        ("text/html;q=0, text/*;q=0.3", "text/markdown"),
        ("application/json;q=0.2, text/markdown;q=0.9", "text/markdown"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/html;q=nan, application/json;q=0.1", "application/json"),
    ],
)
def test_accept_header_chooses_the_form(accept: str | None, chosen: str) -> None:
    assert media_type(accept) == chosen


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "application/xml"])
async def test_form_that_does_not_exist_is_not_acceptable(accept: str) -> None:
    briefer = FakeBriefer()

    answer = await post({"text": TEXT}, briefer, accept=accept)

    assert answer.status_code == 406
    assert briefer.asked == []


async def test_texts_are_told_only_when_asked_for_and_are_no_part_of_the_id(tmp_path: Path) -> None:
    whole = brief(source=source(HARBOUR_TEXT, text=HARBOUR_TEXT))
    store = stores.open(str(tmp_path), keeping=Keeping(texts="cited"))
    for kept in (None, store):
        async with serving(FakeBriefer(lambda: whole), None, kept) as client:
            plain = (await client.post("/v1/briefs", json={"text": TEXT})).json()
            body = {"text": TEXT, "ref": "r", "options": {"include": ["source_text"]}}
            asked = await client.post("/v1/briefs", json=body)
            told = asked.json()

        assert "text" not in plain["source"]
        assert {one["text"] for one in plain["withheld"]} == {None}
        assert (told["id"], told["source"]["ref"]) == (plain["id"], "r")
        assert asked.headers["briefer-cache"] == "hit"
        assert told["source"]["text"] == (HARBOUR_TEXT if kept is None else TEXT)


async def test_no_cache_makes_the_brief_anew() -> None:
    briefer = FakeBriefer()

    async with serving(briefer) as client:
        for headers in (
            {},
            {},
            {"Cache-Control": "max-age=0, no-cache"},
            {"Cache-Control": "private"},
        ):
            await client.post("/v1/briefs", json={"text": TEXT}, headers=headers)

    assert len(briefer.asked) == 2


async def test_deleted_brief_is_gone_and_made_anew() -> None:
    briefer = FakeBriefer()

    async with serving(briefer) as client:
        where = f"/v1/briefs/{(await client.post('/v1/briefs', json={'text': TEXT})).json()['id']}"
        statuses = [(await client.delete(where)).status_code for _ in range(2)]
        missing = await client.get(where)
        await client.post("/v1/briefs", json={"text": TEXT})

    assert (statuses, missing.status_code, len(briefer.asked)) == ([204, 404], 404, 2)


async def test_batch_keeps_the_order_and_every_problem_to_its_article() -> None:
    articles = [{"text": f"{TEXT} 1"}, {"text": ""}, 7, {"text": f"{TEXT} 2", "ref": "two"}]

    async with serving() as client:
        answer = await client.post("/v1/briefs:batch", json={"articles": articles})

    first, empty, wrong, last = answer.json()["results"]
    assert (first["status"], last["source"]["ref"]) == ("ok", "two")
    assert [one["type"] for one in (empty, wrong)] == ["/problems/unreadable", "/problems/invalid"]


async def test_store_that_fails_is_a_problem_and_not_ready(tmp_path: Path) -> None:
    store = stores.open(str(tmp_path))
    async with serving(None, None, store) as client:
        await client.post("/v1/briefs", json={"text": TEXT})
        with connect(str(tmp_path)).begin() as connection:
            connection.exec_driver_sql("DROP TABLE briefs")
        answer = await client.post("/v1/briefs", json={"text": TEXT})

    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/no-store")
    assert answer.headers["retry-after"] == "30"


# ── what it refuses ──────────────────────────────────────────────────────────────────────────


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


# ── errors from within ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.ModelNotFound("/secret/path"), 503),
        (errors.WeightsError("/secret/path"), 503),
        (errors.EngineUnavailable("/secret/path"), 503),
        (errors.GenerationFailed("/secret/path"), 503),
        (errors.StoreError("/secret/path"), 503),
        (errors.PromptError("/secret/path"), 500),
        (errors.RenderError("/secret/path"), 500),
        (errors.ConfigError("/secret/path"), 500),
        (errors.UnreadableInput("no text"), 422),
        (errors.UnknownOption("no such option"), 422),
        (errors.InputTooLarge("too much"), 413),
        (errors.FetchRefused("private"), 403),
    ],
)
async def test_every_error_has_its_status_and_keeps_the_inside_to_itself(
    error: BrieferError, status: int
) -> None:
    answer = await post({"text": TEXT}, FakeBriefer(raiser(error)))

    assert answer.status_code == status
    assert ("retry-after" in answer.headers) == (status == 503)
    assert "/secret" not in answer.text
    assert status >= 500 or answer.json()["detail"] == str(error)


def test_no_error_of_the_tree_is_without_a_problem() -> None:
    def below(error: type[BrieferError]) -> list[type[BrieferError]]:
        return [error, *(one for child in error.__subclasses__() for one in below(child))]

    statuses = {one.__name__: problem.of_error(one("x")).kind.status for one in below(BrieferError)}

    assert set(statuses.values()) == {403, 413, 422, 500, 503}
    assert statuses["BrieferError"] == 500


async def test_what_nobody_foresaw_is_a_problem_without_a_traceback() -> None:
    def divide() -> Brief:
        raise ZeroDivisionError("secret")

    answer = await post({"text": TEXT}, FakeBriefer(divide))

    assert answer.status_code == 500
    assert answer.json()["type"] == "/problems/internal"
    assert "secret" not in answer.text


async def test_every_type_of_problem_is_explained_at_its_address() -> None:
    async with serving() as client:
        for kind in problem.KINDS.values():
            answer = await client.get(problem.BASE + kind.name)
            assert answer.status_code == 200
            assert kind.meaning in answer.text
        assert (await client.get("/problems/none-such")).status_code == 404


# ── the model ────────────────────────────────────────────────────────────────────────────────


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


# ── pages ────────────────────────────────────────────────────────────────────────────────────


async def submit(fields: dict[str, str], briefer: FakeBriefer, **headers: str) -> httpx.Response:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    async with serving(briefer) as client:
        return await client.post("/", data=fields, headers=named)


async def test_first_page_has_a_form_that_works_without_scripts() -> None:
    async with serving() as client:
        page = await client.get("/")

    assert page.status_code == 200
    assert '<form class="paste" method="post" action="/"' in page.text
    assert "<script" not in page.text
    assert page.headers["content-security-policy"] == content_policy()


async def test_pasted_article_shows_its_brief_with_the_evidence() -> None:
    briefer = FakeBriefer()

    page = await submit({"text": TEXT, "title": "Walk-out"}, briefer)

    ((article, _),) = briefer.asked
    assert (page.status_code, article.text, article.title) == (200, TEXT, "Walk-out")
    assert "Harbour workers walked out on Monday over the loss of 120 jobs." in page.text
    assert 'id="story-1-note-1"' in page.text


async def test_link_is_read_where_links_are_and_asked_for_nowhere_else() -> None:
    page = f"<html><body><article><p>{TEXT}</p></article></body></html>"
    fetched: list[str] = []

    async def fetch(url: str) -> Fetched:
        fetched.append(url)
        return Fetched(url, 200, page.encode(), {"content-type": "text/html"})

    briefer = FakeBriefer()
    async with serving(briefer, Surroundings(fetch=fetch)) as client:
        form = await client.get("/")
        shown = await client.post("/", data={"url": "https://news.example/a", "text": ""})
        typed = await client.post("/", data={"url": "https://news.example/b", "text": TEXT})
    async with serving(briefer) as client:
        without = await client.get("/")
        ignored = await client.post("/", data={"url": "https://news.example/c"})

    assert fetched == ["https://news.example/a"]
    assert [one.status_code for one in (shown, typed, ignored)] == [200, 200, 422]
    assert TEXT in briefer.asked[0][0].text
    assert ('name="url"' in form.text, 'name="url"' in without.text) == (True, False)


async def test_page_that_is_fetched_is_an_article_with_its_address() -> None:
    async def fetch(url: str) -> Fetched:
        page = f"<html><head><title>Site</title></head><body><p>{TEXT}</p></body></html>"
        return Fetched("https://news.example/final", 200, page.encode())

    briefer = FakeBriefer()
    body = {"url": "https://news.example/a", "title": "Mine", "ref": "r"}
    async with serving(briefer, Surroundings(fetch=fetch)) as client:
        answer = await client.post("/v1/briefs", json=body)

    ((article, _),) = briefer.asked
    assert answer.status_code == 200
    assert (article.url, article.title) == ("https://news.example/final", "Mine")
    assert answer.json()["source"]["url"] == "https://news.example/final"


async def test_page_that_is_not_there_cannot_be_briefed() -> None:
    async def fetch(url: str) -> Fetched:
        return Fetched(url, 404, b"gone")

    async with serving(None, Surroundings(fetch=fetch)) as client:
        answer = await client.post("/v1/briefs", json={"url": "https://news.example/a"})

    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "The address answers with status 404.",
    )


async def test_empty_form_comes_back_with_a_reason() -> None:
    page = await submit({"text": "  ", "title": "T"}, FakeBriefer())

    assert page.status_code == 422
    assert 'role="alert">The article: text is empty; there is nothing to brief.</p>' in page.text
    assert 'value="T"' in page.text


async def test_form_keeps_what_was_typed_and_escapes_it() -> None:
    typed = "</textarea><script>alert(1)</script>"

    page = await submit(
        {"text": typed, "title": '"><b>'}, FakeBriefer(raiser(errors.GenerationFailed("broke")))
    )

    assert page.status_code == 503
    assert "<script>" not in page.text
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in page.text


async def test_form_of_another_site_is_refused() -> None:
    briefer = FakeBriefer()

    page = await submit({"text": TEXT}, briefer, sec_fetch_site="cross-site")

    assert page.status_code == 403
    assert briefer.asked == []


async def test_files_cannot_be_posted_to_the_page() -> None:
    async with serving() as client:
        page = await client.post("/", files={"text": b"x"})

    assert page.status_code == 415


async def test_style_sheet_of_every_page_is_the_one_the_policy_allows() -> None:
    async with serving(FakeBriefer(hostile_brief)) as client:
        pages = [
            await client.get("/"),
            await client.post("/", data={"text": TEXT}),
            await client.post("/v1/briefs", json={"text": TEXT}, headers={"accept": "text/html"}),
        ]

    for page in pages:
        (style,) = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
        assert style_hash(style) in page.headers["content-security-policy"]


def style_hash(style: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


async def test_every_answer_forbids_sniffing_and_storing() -> None:
    async with serving() as client:
        answers = [await client.get(path) for path in ("/", "/healthz", "/nothing", "/v1/briefs")]

    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


# ── OpenAPI ──────────────────────────────────────────────────────────────────────────────────


async def test_openapi_describes_the_request_field_by_field() -> None:
    async with serving() as client:
        document = (await client.get("/openapi.json")).json()

    operation = document["paths"]["/v1/briefs"]["post"]
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    assert set(body["properties"]) == {
        "text",
        "html",
        "url",
        "title",
        "published_at",
        "publisher",
        "language",
        "ref",
        "options",
    }
    assert set(body["properties"]["options"]["properties"]) == set(schema.Options.model_fields)
    assert "$defs" not in json.dumps(body)
    assert set(operation["responses"]) >= {"200", "400", "403", "406", "413", "415", "422", "503"}


async def test_head_is_answered_as_get_without_a_body() -> None:
    async with serving() as client:
        made = (await client.post("/v1/briefs", json={"text": TEXT})).json()["id"]
        answers = [
            await client.head(path) for path in ("/healthz", "/", f"/v1/briefs/{made}", "/nowhere")
        ]
        got = await client.get(f"/v1/briefs/{made}")

    assert [one.status_code for one in answers] == [200, 200, 200, 404]
    assert [one.content for one in answers] == [b""] * 4
    assert answers[2].headers["content-length"] == got.headers["content-length"]


async def test_page_of_the_api_shows_what_each_route_takes_and_gives() -> None:
    async with serving() as client:
        page = html.unescape((await client.get("/docs")).text)

    assert '"options": {"length": "short"}}' in page
    assert "<code>include</code>, in the query: Texts to add to the answer" in page
    assert "<li>204: Brief and article are gone</li>" in page
    assert "429 Too many requests" in page
