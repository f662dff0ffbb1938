"""The pages for people: a form, a brief with its evidence, nothing that runs."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable

import httpx
import pytest

from briefer import errors
from briefer.fetching import Fetched
from briefer.schema import Brief
from briefer.server import Surroundings
from briefer.server.headers import content_policy
from tests.handmade import brief, hostile_brief, unbriefable
from tests.serving import TEXT, FakeBriefer, raiser, serving

pytestmark = pytest.mark.anyio


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


async def test_pages_lead_to_one_another() -> None:
    async with serving() as client:
        for path in ("/", "/digests"):
            page = await client.get(path)
            ways = re.findall(r'<a href="(/\w*)">', page.text.split("</nav>")[0])
            answers = [(await client.get(way)).status_code for way in set(ways)]

            assert {"/", "/digests", "/docs"} <= set(ways)
            assert set(answers) == {200}


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


async def test_text_that_cannot_be_briefed_stays_in_the_form_with_what_it_needs() -> None:
    fields = {"text": TEXT, "title": "Walk-out"}

    short = await submit(fields, FakeBriefer(lambda: unbriefable("too_short")))
    other = await submit(fields, FakeBriefer(unbriefable))
    fit = await submit(fields, FakeBriefer())

    for page in (short, other):
        assert f"{TEXT}</textarea>" in page.text
        assert 'value="Walk-out"' in page.text
    assert "A brief needs at least 40 words." in short.text
    assert "A brief needs" not in other.text
    assert f"{TEXT}</textarea>" not in fit.text


@pytest.mark.parametrize("answer", [brief, unbriefable])
async def test_pasted_article_has_one_first_heading(answer: Callable[[], Brief]) -> None:
    page = await submit({"text": TEXT}, FakeBriefer(answer))

    assert page.text.count("<h1") == 1
