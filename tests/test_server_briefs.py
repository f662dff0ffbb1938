"""Briefs over HTTP: an article becomes the JSON, Markdown or HTML that was asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest

from briefer import articles, drafting
from briefer import store as stores
from briefer.briefing import Briefer, Stages
from briefer.models.fake import FakeEngine
from briefer.resources import shipped
from briefer.schema import Character, CleanArticle, Options, Statement, Tags
from briefer.server.answers import media_type
from briefer.store import Keeping
from briefer.store.database import connect
from tests.fakes import FixedTagger
from tests.handmade import HARBOUR_TEXT, brief, source, unbriefable
from tests.serving import TEXT, FakeBriefer, post, serving

pytestmark = pytest.mark.anyio


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
    def read(
        article: CleanArticle, tags: Sequence[Tags]
    ) -> tuple[tuple[Statement, ...], tuple[Character, ...]]:
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
        ("text/html;q=05, application/json;q=0.1", "application/json"),
        ("text/html;q=1.5, application/json;q=0.1", "application/json"),
        ("text/html;q=1.000, application/json;q=0.999", "text/html"),
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


async def test_header_in_several_lines_is_one_list() -> None:
    briefer = FakeBriefer()
    lines = [
        ("Accept", "text/markdown;q=0.2"),
        ("Accept", "text/html"),
        ("Cache-Control", "max-age=0"),
        ("Cache-Control", "no-cache"),
        ("Content-Encoding", "Identity"),
    ]
    async with serving(briefer) as client:
        await client.post("/v1/briefs", json={"text": TEXT})
        answer = await client.post("/v1/briefs", json={"text": TEXT}, headers=lines)

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert (answer.headers["briefer-cache"], len(briefer.asked)) == ("miss", 2)
