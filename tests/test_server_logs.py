"""What is seen from outside: figures, log lines, request ids; and what is not: articles."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from briefer import errors
from briefer.schema import Brief
from briefer.server.logs import JsonFormatter
from tests.handmade import brief
from tests.serving import TEXT, FakeBriefer, serving

pytestmark = pytest.mark.anyio
FORGED = 'Secret words\n{"level": "info", "message": "forged"}'


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the service logs."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger("briefer")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(level)


def lines(written: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


async def test_request_is_one_line_with_its_id(written: io.StringIO) -> None:
    async with serving() as client:
        answer = await client.get("/v1/briefs/none-such", headers={"X-Request-ID": "abc-1"})

    (line,) = [one for one in lines(written) if one["logger"] == "briefer.server.requests"]
    assert answer.headers["x-request-id"] == "abc-1"
    assert (line["request_id"], line["method"], line["status"]) == ("abc-1", "GET", 404)
    assert line["route"] == "/v1/briefs/{id}"


async def test_request_for_the_head_alone_is_logged_and_counted_as_one(
    written: io.StringIO,
) -> None:
    async with serving() as client:
        await client.head("/healthz")
        figures = (await client.get("/metrics")).text

    head, _ = [one for one in lines(written) if one["logger"] == "briefer.server.requests"]
    assert (head["method"], head["route"], head["status"]) == ("HEAD", "/healthz", 200)
    assert 'method="HEAD",route="/healthz"' in figures


@pytest.mark.parametrize("given", ["", "a b", "x" * 100, 'a"b', "ä"])
async def test_request_id_that_could_forge_a_line_is_replaced(given: str) -> None:
    async with serving() as client:
        answer = await client.get("/healthz", headers=[(b"X-Request-ID", given.encode())])

    assert len(answer.headers["x-request-id"]) == 16


async def test_no_word_of_an_article_is_logged(written: io.StringIO) -> None:
    def fail() -> Brief:
        raise errors.GenerationFailed(f"cannot go on after {FORGED}")

    def divide() -> Brief:
        raise ZeroDivisionError(FORGED)

    for answer in (brief, fail, divide):
        async with serving(FakeBriefer(answer)) as client:
            await client.post("/v1/briefs", json={"text": f"{TEXT} {FORGED}", "title": FORGED})
            await client.post("/v1/briefs", json={"text": FORGED, FORGED: 1})
            await client.get(f"/{quote(FORGED)}")

    assert "Secret" not in written.getvalue()
    assert "forged" not in {one["message"] for one in lines(written)}
    assert "GenerationFailed" in written.getvalue()


async def test_error_is_told_by_type_and_place(written: io.StringIO) -> None:
    def divide() -> Brief:
        return brief(id=str(1 // 0))

    async with serving(FakeBriefer(divide)) as client:
        answer = await client.post("/v1/briefs", json={"text": TEXT})

    (line, *_) = [one for one in lines(written) if "error" in one]
    assert answer.status_code == 500
    assert str(line["error"]).startswith("['ZeroDivisionError at divide:")


async def test_figures_count_what_happened() -> None:
    async with serving() as client:
        for _ in range(3):
            await client.post("/v1/briefs", json={"text": TEXT})
        await client.get("/nowhere")
        figures = (await client.get("/metrics")).text

    counted = dict(line.rsplit(" ", 1) for line in figures.splitlines() if not line.startswith("#"))
    posted = 'briefer_requests_total{method="POST",route="/v1/briefs",status="200"}'
    assert counted[posted] == "3.0"
    assert counted['briefer_store_lookups_total{outcome="hit"}'] == "2.0"
    assert counted['briefer_store_lookups_total{outcome="miss"}'] == "1.0"
    assert counted['briefer_briefs_total{status="ok"}'] == "1.0"
    assert counted['briefer_withheld_lines_total{reason="number_not_in_evidence"}'] == "2.0"
    assert counted["briefer_queue_articles"] == "0.0"
    assert counted["briefer_model_ready"] == "1.0"
    assert counted['briefer_stage_seconds_count{stage="model"}'] == "1.0"
    assert 'route="unmatched",status="404"' in figures
    assert "/nowhere" not in figures
