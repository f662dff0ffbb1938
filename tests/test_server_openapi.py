"""What the service says of itself: its description, and the page that shows it."""

from __future__ import annotations

import html
import json

import pytest

from briefer import schema
from tests.serving import TEXT, serving

pytestmark = pytest.mark.anyio


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
