"""The service around a model that runs on another server."""

from __future__ import annotations

import pytest

from briefer.briefing import Briefer
from briefer.models import weights
from tests.serving import serving
from tests.test_remote import ModelServer, said, server  # noqa: F401 - a fixture

pytestmark = pytest.mark.anyio
ARTICLE = (
    "The council of Tellmouth voted on Monday to repair the old pier before the summer. "
    "Its chair, Ingrid Vass, said the work would cost 4 million crowns and take ten weeks. "
    "The shopkeepers' league rejected the plan and said that it would go to court over the cost. "
    "The two sides agreed to meet again on Friday under a mediator from the harbour office."
)


async def test_remote_model_briefs_for_the_service(server: ModelServer) -> None:  # noqa: F811
    if not weights.is_whole(weights.named("en-core-web-sm")):
        pytest.skip("the parser's weights are not here; run briefer model pull")
    server.reply = lambda _: (200, said("Tellmouth's council voted to repair the old pier."))

    async with serving(Briefer(server.url, "remote")) as client:
        answer = await client.post("/v1/briefs", json={"text": ARTICLE})

    made = answer.json()
    assert (answer.status_code, made["status"]) == (200, "ok")
    assert (made["provenance"]["engine"], made["provenance"]["model"]) == ("remote", "tiny")
    assert {path for path, _ in server.asked} <= {"/v1/chat/completions", "/v1/completions"}
    assert len(server.asked) > 1


async def test_remote_model_that_goes_away_is_a_problem_and_not_a_crash(
    server: ModelServer,  # noqa: F811
) -> None:
    if not weights.is_whole(weights.named("en-core-web-sm")):
        pytest.skip("the parser's weights are not here; run briefer model pull")

    async with serving(Briefer(server.url, "remote")) as client:
        await client.post("/v1/briefs", json={"text": ARTICLE})
        server.reply = lambda _: (400, {"error": "no"})
        failed = await client.post("/v1/briefs", json={"text": f"{ARTICLE} It rained."})
        server.reply = lambda _: (200, said("Tellmouth's council voted to repair the old pier."))
        made = await client.post("/v1/briefs", json={"text": f"{ARTICLE} It rained."})

    assert (failed.status_code, failed.json()["type"]) == (503, "/problems/no-model")
    assert made.status_code == 200
