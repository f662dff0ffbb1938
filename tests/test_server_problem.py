"""Every error is a problem with its status, and keeps the inside to itself."""

from __future__ import annotations

import httpx
import pytest

from briefer import errors
from briefer.errors import BrieferError
from briefer.schema import Brief
from briefer.server import problem
from tests.serving import TEXT, FakeBriefer, app_of, post, raiser, serving

pytestmark = pytest.mark.anyio


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


async def test_route_that_breaks_is_answered_counted_and_logged_as_any_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = app_of()

    @app.get("/broken")
    async def broken() -> None:
        raise ZeroDivisionError("secret")

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        answer = await client.get("/broken", headers={"X-Request-ID": "abc-1"})
        figures = (await client.get("/metrics")).text

    assert (answer.status_code, answer.headers["content-type"]) == (500, problem.MEDIA_TYPE)
    assert answer.json()["type"] == "/problems/internal"
    assert answer.headers["x-request-id"] == "abc-1"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert 'route="/broken",status="500"} 1.0' in figures
    assert 'status="499"' not in figures
    assert "secret" not in answer.text
    assert "a request failed: ZeroDivisionError" in caplog.messages


async def test_every_type_of_problem_is_explained_at_its_address() -> None:
    async with serving() as client:
        for kind in problem.KINDS.values():
            answer = await client.get(problem.BASE + kind.name)
            assert answer.status_code == 200
            assert kind.meaning in answer.text
        assert (await client.get("/problems/none-such")).status_code == 404
