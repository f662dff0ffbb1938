"""Digests over HTTP: ordered, made, read in four forms, not sent twice; the pages of them."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from briefer import digest as digests
from briefer import errors, fetching
from briefer.fetching import Fetched
from briefer.schema import Article, Brief, Digest, Options
from briefer.server import Limits, Surroundings, answers
from briefer.server.digests import Press
from briefer.store import StoredDigest
from tests.handmade import HARBOUR_TEXT, brief, hostile_brief, plain_brief, source
from tests.serving import TEXT, FakeBriefer, raiser, serving, store_in, until

pytestmark = pytest.mark.anyio
DAY = "2026-11-24"
ARTICLES = [{"text": f"{TEXT} {number}", "title": f"T{number}"} for number in range(3)]


async def made(client: httpx.AsyncClient, day: str = DAY) -> httpx.Response:
    async with asyncio.timeout(60):
        while (answer := await client.get(f"/v1/digests/{day}")).status_code == 202:  # noqa: ASYNC110 - it is polled
            await asyncio.sleep(0.02)
    return answer


async def order(client: httpx.AsyncClient, **body: Any) -> httpx.Response:
    return await client.post("/v1/digests", json={"day": DAY, **body})


async def test_digest_is_made_of_new_articles_and_stored_briefs() -> None:
    async with serving() as client:
        stored = (await client.post("/v1/briefs", json={"text": TEXT})).json()["id"]
        ordered = await order(client, articles=ARTICLES, article_ids=[stored])
        answer = await made(client)

    digest = Digest.model_validate_json(answer.content)
    assert (ordered.status_code, ordered.headers["location"]) == (202, f"/v1/digests/{DAY}")
    assert (digest.day, digest.state, digest.counts.n_articles) == (
        date(2026, 11, 24),
        "complete",
        4,
    )
    assert stored in [one.id for one in digest.briefs]
    assert {one.source.text for one in digest.briefs} == {None}


async def test_what_is_printed_already_waits_for_no_other_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    release = threading.Event()
    slow = {"text/html": lambda _: "page", "application/pdf": lambda _: str(release.wait(60))}
    monkeypatch.setattr(answers, "DIGEST_FORMS", slow)
    edition = StoredDigest(digests.build([brief()], day=date(2026, 11, 24)), 1, datetime.now(UTC))
    press = Press()

    await press.print(edition, "text/html", "tag")
    printing = asyncio.create_task(press.print(edition, "application/pdf", "tag"))
    await asyncio.sleep(0.05)
    try:
        again = await asyncio.wait_for(press.print(edition, "text/html", "tag"), 5)
    finally:
        release.set()

    assert again == b"page"
    assert await printing == b"True"


async def test_text_of_a_stored_brief_is_not_published_and_goes_with_it() -> None:
    whole = brief(source=source(HARBOUR_TEXT, text=HARBOUR_TEXT))
    async with serving(FakeBriefer(lambda: whole)) as client:
        id_ = (await client.post("/v1/briefs", json={"text": TEXT})).json()["id"]
        kept = await client.get(f"/v1/briefs/{id_}", params={"include": "source_text"})
        await order(client, article_ids=[id_])
        digest = Digest.model_validate_json((await made(client)).content)
        await client.delete(f"/v1/briefs/{id_}")
        after = Digest.model_validate_json((await made(client)).content)

    assert kept.json()["source"]["text"] == HARBOUR_TEXT
    assert [one.source.text for one in (*digest.briefs, *after.briefs)] == [None, None]


@pytest.mark.parametrize(
    ("form", "content_type", "start"),
    [
        ("json", "application/json", b"{"),
        ("html", "text/html; charset=utf-8", b"\n<!DOCTYPE html>"),
        ("md", "text/markdown; charset=utf-8", b"# The Morning Brief"),
        ("pdf", "application/pdf", b"%PDF-"),
    ],
)
async def test_digest_comes_in_four_forms(form: str, content_type: str, start: bytes) -> None:
    async with serving() as client:
        await order(client, articles=ARTICLES)
        await made(client)
        by_name = await client.get(f"/v1/digests/{DAY}.{form}")
        accept = content_type.partition(";")[0]
        by_header = await client.get(f"/v1/digests/{DAY}", headers={"Accept": accept})

    assert by_name.headers["content-type"] == content_type
    assert by_name.content.lstrip().startswith(start.lstrip())
    assert by_header.content == by_name.content
    assert by_header.headers["etag"] == by_name.headers["etag"]


STRIKE = "Dockers at Port Selby harbour strike over job cuts by mayor Amari."
STRIKE_TOO = "Port Selby dockers stop work, mayor Amari defends job cuts at harbour."
FLOOD = "Flood waters of the Morava rise above Brezno bridges, army sent by Novak."
FLOOD_TOO = "Army sent to Brezno as Morava flood rises, says minister Novak."


class Extracts(FakeBriefer):
    """Gives an article's whole text as its only line."""

    def brief_many(
        self, articles: Iterable[Article], options: Options | None = None
    ) -> Iterator[Brief]:
        for article in articles:
            named = source(article.text, title=article.text)
            yield plain_brief(self.identify(article, options), article.text, source=named)


async def test_large_order_leaves_the_queue_to_others(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    alice, bob = (f"Bearer {store.create_key(name)[1]}" for name in ("Alice", "Bob"))
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(60), None)[1]
    many = [{"text": f"{TEXT} {number}"} for number in range(100)]

    async with serving(briefer, None, store, Authorization=alice) as client:
        await order(client, articles=many)
        await until(lambda: briefer.batches != [])
        await asyncio.sleep(0.3)
        figures = (await client.get("/metrics")).text
        asked = client.post("/v1/briefs", json={"text": TEXT}, headers={"Authorization": bob})
        others = asyncio.create_task(asked)
        await asyncio.sleep(0.1)
        release.set()
        answer = await others
        digest = await made(client)

    waiting = next(line for line in figures.splitlines() if line.startswith("briefer_queue"))
    assert float(waiting.split()[1]) <= 8
    assert (answer.status_code, digest.json()["counts"]["n_articles"]) == (200, 100)


async def test_articles_of_one_event_are_one_story() -> None:
    wanted = [{"text": words} for words in (STRIKE, FLOOD, STRIKE_TOO, FLOOD_TOO)]
    async with serving(Extracts()) as client:
        await order(client, articles=wanted)
        digest = Digest.model_validate_json((await made(client)).content)

    words = {one.id: one.summary[0].text for one in digest.briefs}
    told = sorted(sorted(words[one] for one in story.articles) for story in digest.stories)
    assert told == [[FLOOD_TOO, FLOOD], [STRIKE, STRIKE_TOO]]


async def test_unchanged_digest_is_not_sent_again() -> None:
    async with serving() as client:
        await order(client, articles=ARTICLES)
        await made(client)
        first = await client.get(f"/v1/digests/{DAY}.md")
        tag, modified = first.headers["etag"], first.headers["last-modified"]
        earlier = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
        conditions = [
            {"If-None-Match": tag},
            {"If-None-Match": f'"other", W/{tag}'},
            {"If-None-Match": "*"},
            {"If-Modified-Since": modified},
            {"If-None-Match": '"other"'},
            {"If-None-Match": '"other"', "If-Modified-Since": modified},
            {"If-Modified-Since": earlier},
            {"If-Modified-Since": "nonsense"},
            {"If-Modified-Since": "Mon, 01 Jan 2026 00:00:00 +999999999999999999"},
        ]
        answers = [await client.get(f"/v1/digests/{DAY}.md", headers=one) for one in conditions]

    assert [one.status_code for one in answers] == [304] * 4 + [200] * 5
    assert answers[0].content == b""
    assert first.headers["cache-control"] == "private, no-cache"


async def test_digest_ordered_again_is_another_edition() -> None:
    async with serving() as client:
        await order(client, articles=ARTICLES)
        first = await made(client)
        await order(client, articles=ARTICLES[:1])
        second = await made(client)

    assert first.headers["etag"] != second.headers["etag"]
    assert first.json()["counts"]["n_articles"] == 3
    assert second.json()["counts"]["n_articles"] == 1


async def test_article_that_cannot_be_read_is_listed_and_costs_nothing_else() -> None:
    briefer = FakeBriefer()

    def refuse(batch: list[Article]) -> None:
        if "T1" in {article.title for article in batch}:
            raise errors.UnreadableInput("it is no text")

    briefer.on_batch = refuse
    async with serving(briefer) as client:
        await order(client, articles=ARTICLES)
        digest = Digest.model_validate_json((await made(client)).content)

    assert (digest.state, len(digest.briefs)) == ("partial", 2)
    assert [(one.ref, one.reason, one.message) for one in digest.failures] == [
        ("article 2", "unreadable", "it is no text")
    ]


def stand(pages: dict[str, str], reached: list[str]) -> Surroundings:
    """A service that finds these pages, once four are asked for; others' hosts are dead."""

    async def fetch(url: str) -> Fetched:
        reached.append(url)
        async with asyncio.timeout(60):
            while len(reached) < 4:  # noqa: ASYNC110 - others count up
                await asyncio.sleep(0.01)
        if url not in pages:
            raise errors.UnreadableInput("The host does not answer.")
        return Fetched(url, 200, f"<article><p>{pages[url]}</p></article>".encode())

    return Surroundings(fetch=fetch)


async def test_addresses_are_fetched_several_at_once_and_a_dead_one_costs_only_itself(
    tmp_path: Path,
) -> None:
    reached: list[str] = []
    pages = {f"https://news.example/{number}": f"{TEXT} {number} times." for number in range(3)}
    addresses = [{"url": url} for url in (*pages, "https://dead.example/")]
    store = store_in(tmp_path)

    async with serving(None, stand(pages, reached), store) as client:
        ordered = await order(client, articles=[{"text": TEXT}, *addresses])
        digest = Digest.model_validate_json((await made(client)).content)

    assert ordered.status_code == 202
    assert {one.source.url for one in digest.briefs} == {None, *pages}
    assert [(one.ref, one.reason, one.message) for one in digest.failures] == [
        ("article 5", "unreadable", "The host does not answer.")
    ]


async def test_order_keeps_an_address_and_not_its_page(tmp_path: Path) -> None:
    reached: list[str] = []
    store = store_in(tmp_path)

    async with serving(None, stand({}, reached), store) as client:
        sent = {"url": "https://news.example/0", "title": "Pier", "publisher": "The Herald"}
        await order(client, articles=[sent])
        await until(lambda: reached != [])
        job = store.job_of(f"digest:{DAY}")
        reached += reached * 3
        await made(client)
        after = store.job_of(f"digest:{DAY}")

    (kept,) = json.loads(job.payload if job else "")["articles"]
    assert {key: value for key, value in kept.items() if value and key != "options"} == {
        **sent,
        "ref": "article 1",
    }
    assert after is not None
    assert (after.state, after.payload) == ("done", "")


async def test_address_that_may_not_be_fetched_is_listed() -> None:
    around = Surroundings(fetch=fetching.fetch_async)

    async with serving(None, around) as client:
        wanted = [{"text": TEXT}, {"url": "http://169.254.169.254/latest/meta-data/", "ref": "me"}]
        await order(client, articles=wanted)
        digest = Digest.model_validate_json((await made(client)).content)

    assert [(one.ref, one.reason) for one in digest.failures] == [("me", "fetch_refused")]
    assert len(digest.briefs) == 1


@pytest.mark.parametrize(
    ("wrong", "status", "pointers"),
    [
        (
            [{"html": "   "}, {"text": TEXT}, {"text": "a\x00b"}],
            422,
            ["/articles/1", "/articles/3"],
        ),
        ([{"text": TEXT}, {"url": "https://news.example/"}], 403, ["/articles/2"]),
        ([{"text": TEXT, "published_at": "yesterday"}], 422, ["/articles/1"]),
        ([{"text": "x" * 500_001}], 413, ["/articles/1"]),
    ],
)
async def test_order_is_told_which_of_its_articles_cannot_be_used(
    wrong: list[dict[str, str]], status: int, pointers: list[str]
) -> None:
    async with serving() as client:
        answer = await order(client, articles=[{"text": TEXT}, *wrong])

    told = answer.json()
    assert (answer.status_code, told["status"]) == (status, status)
    assert [one["pointer"] for one in told["errors"]] == pointers
    assert told["errors"][0]["detail"] == told["detail"]


async def test_ordered_digest_is_told_and_not_the_site_s(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.save_digest(digests.build([], day=date(2026, 11, 24)))
    _, token = store.create_key("Newsroom")
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(60), None)[1]

    async with serving(briefer, None, store, Authorization=f"Bearer {token}") as client:
        before = await client.get(f"/v1/digests/{DAY}")
        await order(client, articles=ARTICLES)
        meanwhile = await client.get(f"/v1/digests/{DAY}")
        release.set()
        own = await made(client)

    assert (before.json()["counts"]["n_articles"], meanwhile.status_code) == (0, 202)
    assert own.json()["counts"]["n_articles"] == 3


async def test_order_that_failed_is_told_until_the_digest_is_made(
    tmp_path: Path,
) -> None:
    store = store_in(tmp_path)
    briefer = FakeBriefer()

    async with serving(briefer, None, store) as client:
        await order(client, articles=ARTICLES[:1])
        first = await made(client)
        briefer.answer = raiser(errors.GenerationFailed("/secret/path"))
        await order(client, articles=ARTICLES[1:])
        failed = await made(client)
        store.save_digest(digests.build([brief()], day=date(2026, 11, 24)))
        after = await client.get(f"/v1/digests/{DAY}")

    assert (first.status_code, failed.status_code, after.status_code) == (200, 503, 200)
    assert failed.json()["type"] == "/problems/no-model"
    assert "secret" not in failed.text


async def test_article_that_the_model_fails_on_is_listed_and_costs_nothing_else() -> None:
    briefer = FakeBriefer()

    def fail(batch: list[Article]) -> None:
        if "T1" in {article.title for article in batch}:
            raise errors.GenerationFailed("/secret/path")

    briefer.on_batch = fail
    async with serving(briefer) as client:
        await order(client, articles=ARTICLES)
        digest = Digest.model_validate_json((await made(client)).content)

    assert (digest.state, len(digest.briefs)) == ("partial", 2)
    assert [(one.ref, one.reason, one.message) for one in digest.failures] == [
        ("article 2", "model_failed", "The model failed on this article.")
    ]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"articles": []}, 422),
        ({"articles": ARTICLES, "day": "2026-02-30"}, 422),
        ({"articles": ARTICLES, "day": "24.11.2026"}, 422),
        ({"articles": ARTICLES, "day": "../../etc"}, 422),
        ({"articles": ARTICLES, "formats": ["docx"]}, 422),
        ({"articles": [{"text": ""}]}, 422),
        ({"articles": ARTICLES, "typo": 1}, 422),
        ({"article_ids": ["none-such"]}, 422),
        ({"article_ids": ["../x"]}, 422),
        ({"articles": ARTICLES * 2}, 413),
    ],
)
async def test_order_that_makes_no_sense_is_refused(body: dict[str, Any], status: int) -> None:
    async with serving(None, Surroundings(limits=Limits(max_digest=5))) as client:
        answer = await order(client, **body)

    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    "path",
    [
        "2026-11-25",
        "2026-11-25.pdf",
        "2026-11-24.docx",
        "2026-11-24.",
    ],
)
async def test_digest_that_is_not_there_is_not_found(path: str) -> None:
    async with serving() as client:
        answer = await client.get(f"/v1/digests/{path}")

    assert answer.status_code in (404, 422)


@pytest.mark.parametrize("day", ["20261124", "2026-W48-2", "2026-02-30", "2026-11-24T00:00"])
async def test_day_has_one_way_to_be_written(day: str) -> None:
    async with serving() as client:
        answers = [
            await client.get(f"/v1/digests/{day}"),
            await client.delete(f"/v1/digests/{day}"),
            await client.get(f"/v1/digests/{day}.pdf"),
            await client.get(f"/digests/{day}"),
        ]

    assert [answer.status_code for answer in answers] == [422] * 4


async def test_digest_can_be_removed() -> None:
    async with serving() as client:
        await order(client, articles=ARTICLES)
        await made(client)
        removed = await client.delete(f"/v1/digests/{DAY}")
        again = await client.delete(f"/v1/digests/{DAY}")

    assert (removed.status_code, again.status_code) == (204, 404)


async def test_pages_list_and_show_digests() -> None:
    async with serving() as client:
        nothing = await client.get("/digests")
        await order(client, articles=ARTICLES)
        await made(client)
        listed = await client.get("/digests")
        shown = await client.get(f"/digests/{DAY}")
        missing = await client.get("/digests/2020-01-01")
        wrong = await client.get("/digests/<script>")

    assert "There is no digest yet." in nothing.text
    assert f'<a href="/digests/{DAY}">' in listed.text
    assert "The Morning Brief" in shown.text
    assert (missing.status_code, wrong.status_code) == (404, 422)


async def test_hostile_brief_cannot_leave_its_page(tmp_path: Any) -> None:
    store = store_in(tmp_path)
    hostile: Brief = hostile_brief()
    store.save_digest(digests.build([hostile, brief()], day=date(2026, 11, 24)))

    async with serving(None, None, store) as client:
        page = await client.get(f"/digests/{DAY}")

    assert "<script" not in page.text
    assert "{{ 7*7 }}" in page.text
