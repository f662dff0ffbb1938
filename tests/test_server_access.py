"""Keys, owners, rates, hosts, other origins."""

from __future__ import annotations

import base64
import socket
from datetime import date
from pathlib import Path

import httpx
import pytest

from briefer import digest as digests
from briefer.errors import ConfigError
from briefer.server import (
    Limits,
    Surroundings,
    _is_loopback,
    create_app,
    serve,
    surroundings_of,
)
from briefer.server.access import RateLimiter
from briefer.server.headers import LOOPBACK_HOSTS
from briefer.server.problem import Problem
from briefer.settings import Settings
from briefer.store import Store
from tests.serving import TEXT, FakeBriefer, serving, store_in

pytestmark = pytest.mark.anyio
OFF_LOOPBACK = Surroundings(needs_key=True)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return store_in(tmp_path)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


CLOSED = [
    ("POST", "/v1/briefs"),
    ("POST", "/v1/briefs/stream"),
    ("POST", "/v1/briefs:batch"),
    ("GET", "/v1/briefs/x"),
    ("DELETE", "/v1/briefs/x"),
    ("POST", "/v1/digests"),
    ("GET", "/v1/digests/2026-11-24"),
    ("GET", "/v1/digests/2026-11-24.pdf"),
    ("DELETE", "/v1/digests/2026-11-24"),
    ("GET", "/metrics"),
    ("GET", "/"),
    ("POST", "/"),
    ("GET", "/digests"),
    ("GET", "/digests/2026-11-24"),
]
OPEN = ["/healthz", "/readyz", "/openapi.json", "/docs", "/problems/no-key"]


@pytest.mark.parametrize(("method", "path"), CLOSED)
async def test_route_needs_a_key_off_loopback(method: str, path: str) -> None:
    async with serving(None, OFF_LOOPBACK) as client:
        answer = await client.request(method, path, json={"text": TEXT})

    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/no-key")
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", OPEN)
async def test_route_that_tells_nothing_of_articles_needs_none(path: str) -> None:
    async with serving(None, OFF_LOOPBACK) as client:
        answer = await client.get(path)

    assert answer.status_code in (200, 503)


async def test_every_route_is_either_open_or_closed() -> None:
    async with serving() as client:
        paths = (await client.get("/openapi.json")).json()["paths"]

    routes = {path for path in paths if not path.startswith("/problems")}
    known = {path for _, path in CLOSED} | set(OPEN)
    shapes = {path.replace("/x", "/{id}").replace("2026-11-24", "{day}") for path in known}
    assert routes - {one.replace(".pdf", ".{form}") for one in shapes} == set()


async def test_keys_are_needed_on_loopback_once_one_exists(store: Store) -> None:
    async with serving(None, None, store) as client:
        before = await client.post("/v1/briefs", json={"text": TEXT})
        key, token = store.create_key("Newsroom")
        without = await client.post("/v1/briefs", json={"text": TEXT})
        with_key = await client.post("/v1/briefs", json={"text": TEXT}, headers=bearer(token))
        store.revoke_key(key.id)
        revoked = await client.post("/v1/briefs", json={"text": TEXT}, headers=bearer(token))

    statuses = [one.status_code for one in (before, without, with_key, revoked)]
    assert statuses == [200, 401, 200, 401]


async def test_browser_sends_the_key_as_a_password(store: Store) -> None:
    _, token = store.create_key("Newsroom")
    pair = base64.b64encode(f"anyone:{token}".encode()).decode()

    async with serving(None, OFF_LOOPBACK, store) as client:
        page = await client.get("/", headers={"Authorization": f"Basic {pair}"})

    assert page.status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer bk_00000000_" + "A" * 43,
        "Bearer " + "x" * 10_000,
        "Basic ====",
        "Basic " + base64.b64encode(b"\xff\xfe:x").decode(),
        "Digest username=x",
        "bk_00000000_" + "A" * 43,
        "Bearer ' OR 1=1 --",
    ],
)
async def test_what_is_no_key_opens_nothing(store: Store, header: str) -> None:
    store.create_key("Newsroom")

    async with serving(None, None, store) as client:
        answer = await client.get("/v1/briefs/x", headers={"Authorization": header})

    assert answer.status_code == 401


async def test_brief_belongs_to_the_key_that_made_it(store: Store) -> None:
    briefer = FakeBriefer()
    alice, bob = (bearer(store.create_key(name)[1]) for name in ("Alice", "Bob"))

    async with serving(briefer, None, store) as client:
        made = await client.post("/v1/briefs", json={"text": TEXT}, headers=alice)
        where = f"/v1/briefs/{made.json()['id']}"
        seen = await client.get(where, headers=bob)
        deleted = await client.delete(where, headers=bob)
        unknown = await client.get("/v1/briefs/none-such", headers=bob)
        own = await client.get(where, headers=alice)
        same_text = await client.post("/v1/briefs", json={"text": TEXT}, headers=bob)

    assert [one.status_code for one in (seen, deleted, own)] == [404, 404, 200]
    assert seen.json() == unknown.json()
    assert same_text.headers["briefer-cache"] == "miss"
    assert len(briefer.asked) == 2


async def test_digest_belongs_to_its_key_but_the_nights_to_all(store: Store) -> None:
    alice, bob = (bearer(store.create_key(name)[1]) for name in ("Alice", "Bob"))
    store.save_digest(digests.build([], day=date(2026, 11, 23)))
    store.save_digest(
        digests.build([], day=date(2026, 11, 24)), store.owner_of(alice["Authorization"][7:]) or ""
    )

    async with serving(None, None, store) as client:
        of_site = await client.get("/v1/digests/2026-11-23.md", headers=bob)
        foreign = await client.get("/v1/digests/2026-11-24.md", headers=bob)
        own = await client.get("/v1/digests/2026-11-24.md", headers=alice)
        removed = await client.delete("/v1/digests/2026-11-23", headers=bob)

    statuses = [one.status_code for one in (of_site, foreign, own, removed)]
    assert statuses == [200, 404, 200, 404]


async def test_key_that_asks_too_often_is_told_when_to_come_back(store: Store) -> None:
    alice, bob = (bearer(store.create_key(name)[1]) for name in ("Alice", "Bob"))

    async with serving(None, Surroundings(limits=Limits(rate_per_minute=3)), store) as client:
        posts = [
            await client.post("/v1/briefs", json={"text": f"{TEXT} {number}"}, headers=alice)
            for number in range(4)
        ]
        batch = await client.post(
            "/v1/briefs:batch", json={"articles": [{"text": TEXT}] * 2}, headers=alice
        )
        other = await client.post("/v1/briefs", json={"text": TEXT}, headers=bob)
        reading = await client.get(f"/v1/briefs/{posts[0].json()['id']}", headers=alice)

    assert [one.status_code for one in posts] == [200, 200, 200, 429]
    assert posts[3].json()["type"] == "/problems/too-many"
    assert 1 <= int(posts[3].headers["retry-after"]) <= 20
    assert (batch.status_code, other.status_code, reading.status_code) == (429, 200, 200)


async def test_without_keys_there_is_no_rate() -> None:
    async with serving(None, Surroundings(limits=Limits(rate_per_minute=1))) as client:
        answers = [await client.post("/v1/briefs", json={"text": TEXT}) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 200]


def test_rate_comes_back_with_time() -> None:
    now = [0.0]
    rates = RateLimiter(60, lambda: now[0])
    rates.spend("a", 60)
    with pytest.raises(Problem) as caught:
        rates.spend("a", 30)

    now[0] = 30.0
    rates.spend("a", 30)

    assert caught.value.headers["Retry-After"] == "30"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example:8000", 421),
        ("evil.example@localhost", 421),
        ("", 421),
    ],
)
async def test_server_on_loopback_answers_for_its_own_names_only(host: str, status: int) -> None:
    around = Surroundings(hosts=LOOPBACK_HOSTS)

    async with serving(None, around) as client:
        answer = await client.get("/healthz", headers={"Host": host})

    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"


async def preflight(settings: Settings, store: Store) -> httpx.Response:
    app = create_app(settings, FakeBriefer(), kept=store)
    transport = httpx.ASGITransport(app)
    headers = {"Origin": "https://desk.example", "Access-Control-Request-Method": "POST"}
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        return await client.options("/v1/briefs", headers=headers)


async def test_other_origins_are_let_in_only_where_configured(store: Store) -> None:
    closed = await preflight(Settings(), store)
    opened = await preflight(Settings(cors_origins="https://desk.example"), store)
    other = await preflight(Settings(cors_origins="https://elsewhere.example"), store)

    assert "access-control-allow-origin" not in closed.headers
    assert opened.headers["access-control-allow-origin"] == "https://desk.example"
    assert "access-control-allow-origin" not in other.headers
    assert "access-control-allow-credentials" not in opened.headers


def test_only_loopback_is_loopback() -> None:
    loopback = ["127.0.0.1", "127.0.0.5", "::1", "localhost"]
    others = ["0.0.0.0", "::", "192.168.0.1", "localhost.evil.example", ""]  # noqa: S104

    assert [host for host in loopback + others if _is_loopback(host)] == loopback


async def test_server_on_another_address_of_loopback_answers_for_that() -> None:
    around = surroundings_of(Settings(), "127.0.0.5")

    async with serving(None, around) as client:
        own = await client.get("/healthz", headers={"Host": "127.0.0.5:8000"})
        other = await client.get("/healthz", headers={"Host": "evil.example"})

    assert (own.status_code, other.status_code) == (200, 421)


async def test_key_can_be_required_on_loopback_where_a_proxy_lets_others_in(store: Store) -> None:
    _, token = store.create_key("Newsroom")
    around = surroundings_of(Settings(), "127.0.0.1", require_key=True)
    public = {"Host": "briefs.example"}

    async with serving(None, OFF_LOOPBACK) as client:
        off_loopback = await client.get("/digests", headers=public)
    async with serving(None, around) as client:
        without_any = await client.get("/digests", headers={"Host": "127.0.0.1:8000"})
    async with serving(None, around, store) as client:
        with_key = await client.get("/digests", headers={**public, **bearer(token)})
    async with serving(None, surroundings_of(Settings(), "127.0.0.1")) as client:
        other_name = await client.get("/digests", headers=public)

    answers = (off_loopback, without_any, with_key, other_name)
    assert [one.status_code for one in answers] == [401, 401, 200, 421]


def test_a_taken_port_is_said_before_the_store_is_opened(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "store"))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ConfigError, match=f"Port {port} is taken; choose another with --port"):
            serve(settings, host="127.0.0.1", port=port)

    assert not (tmp_path / "store").exists()


def test_an_address_of_another_machine_cannot_be_listened_on(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "store"))
    with pytest.raises(ConfigError, match=r"Cannot listen on 192\.0\.2\.1, port 8000"):
        serve(settings, host="192.0.2.1", port=8000)
