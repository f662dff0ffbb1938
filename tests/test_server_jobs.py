"""What is promised is done: later, once, for its owner, also by another process."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import httpx
import pytest

from briefer import errors
from briefer import store as stores
from briefer.schema import Article, Brief
from briefer.server import Limits, Surroundings
from briefer.server.desk import Wish
from briefer.server.jobs import brief_job, digest_job
from briefer.store import digest_job_id
from briefer.store.database import connect, migrate
from tests.handmade import brief
from tests.serving import TEXT, FakeBriefer, serving, store_in, until

pytestmark = pytest.mark.anyio
LATER = {"Prefer": "respond-async"}
QUICK = Surroundings(limits=Limits(job_lease_s=0.6))


async def ended(client: httpx.AsyncClient, where: str) -> httpx.Response:
    async with asyncio.timeout(60):
        while (answer := await client.get(where)).status_code == 202:  # noqa: ASYNC110 - it is polled
            await asyncio.sleep(0.02)
    return answer


async def test_brief_that_is_asked_for_later_is_there_later() -> None:
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(60), None)[1]

    async with serving(briefer) as client:
        accepted = await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)
        where = accepted.headers["location"]
        await until(lambda: briefer.batches == [1])
        running = await client.get(where)
        release.set()
        made = await ended(client, where)

    assert (accepted.status_code, accepted.headers["preference-applied"]) == (202, "respond-async")
    assert where == f"/v1/briefs/{accepted.json()['id']}"
    assert (running.status_code, running.json()["state"]) == (202, "running")
    assert (made.status_code, made.json()["id"]) == (200, accepted.json()["id"])


async def test_place_in_the_queue_is_told() -> None:
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(60), None)[1]

    async with serving(briefer) as client:
        accepted = [
            await client.post("/v1/briefs", json={"text": f"{TEXT} {number}"}, headers=LATER)
            for number in range(3)
        ]
        release.set()

    assert [one.json()["place"] for one in accepted] == [0, 1, 2]


async def test_brief_that_is_there_already_is_told_so_at_once() -> None:
    async with serving() as client:
        await client.post("/v1/briefs", json={"text": TEXT})
        accepted = await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)
        found = await client.get(accepted.headers["location"])

    assert (accepted.status_code, accepted.json()["state"], found.status_code) == (202, "done", 200)


async def test_same_brief_is_promised_once() -> None:
    briefer = FakeBriefer()

    async with serving(briefer) as client:
        accepted = [
            await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER) for _ in range(5)
        ]
        await ended(client, accepted[0].headers["location"])
        await asyncio.sleep(0.1)

    assert len({one.headers["location"] for one in accepted}) == 1
    assert len(briefer.asked) == 1


class SlowToFinish(stores.Store):
    """A store in which the end of a job takes as long as one wants."""

    may_finish: threading.Event

    def finish(self, job: stores.Job, holder: str) -> bool:
        self.may_finish.wait(60)
        return super().finish(job, holder)


async def test_brief_outlives_being_asked_for_while_its_job_ends(tmp_path: Path) -> None:
    store = SlowToFinish(connect(str(tmp_path)))
    store.may_finish = threading.Event()
    briefer = FakeBriefer()
    id_ = briefer.identify(Article(text=TEXT))
    migrate(store._engine)

    async with serving(briefer, None, store) as client:
        await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)
        await until(lambda: store.brief_for(id_) is not None)
        again = await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)
        store.may_finish.set()
        made = await ended(client, f"/v1/briefs/{id_}")

    assert (again.json()["state"], made.status_code) == ("done", 200)
    assert len(briefer.asked) == 1


class LateToSee(stores.Store):
    """A store that overlooks a brief ``n_overlooked`` times, as one that looked too early."""

    n_overlooked = 0

    def brief_for(self, id: str, owner: str = "") -> Brief | None:  # noqa: A002
        if self.n_overlooked:
            self.n_overlooked -= 1
            return None
        return super().brief_for(id, owner)


async def test_brief_that_ends_between_look_and_promise_is_not_made_again(tmp_path: Path) -> None:
    store = LateToSee(connect(str(tmp_path)))
    migrate(store._engine)
    briefer = FakeBriefer()

    async with serving(briefer, None, store) as client:
        where = (await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)).headers[
            "location"
        ]
        await ended(client, where)
        store.n_overlooked = 1
        again = await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)
        made = await ended(client, where)

    assert (again.json()["state"], made.status_code) == ("waiting", 200)
    assert len(briefer.asked) == 1


async def test_brief_is_made_anew_later_when_a_stored_one_will_not_do() -> None:
    briefer = FakeBriefer()

    async with serving(briefer) as client:
        await client.post("/v1/briefs", json={"text": TEXT})
        accepted = await client.post(
            "/v1/briefs", json={"text": TEXT}, headers={**LATER, "Cache-Control": "no-cache"}
        )
        await ended(client, accepted.headers["location"])

    assert len(briefer.asked) == 2


async def test_brief_made_after_its_job_failed_is_told_and_not_the_failure() -> None:
    def fail() -> Brief:
        raise errors.GenerationFailed("broke")

    briefer = FakeBriefer(fail)
    async with serving(briefer) as client:
        where = (await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)).headers[
            "location"
        ]
        failed = await ended(client, where)
        briefer.answer = brief
        await client.post("/v1/briefs", json={"text": TEXT})
        found = await client.get(where)

    assert (failed.status_code, found.status_code) == (503, 200)


async def test_failed_job_tells_its_problem() -> None:
    def fail() -> Brief:
        raise errors.GenerationFailed("/secret/path")

    async with serving(FakeBriefer(fail)) as client:
        accepted = await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)
        failed = await ended(client, accepted.headers["location"])

    assert (failed.status_code, failed.json()["type"]) == (503, "/problems/no-model")
    assert "secret" not in failed.text


async def test_job_that_breaks_as_nobody_foresaw_has_failed() -> None:
    def divide() -> Brief:
        raise ZeroDivisionError("secret")

    async with serving(FakeBriefer(divide)) as client:
        accepted = await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)
        failed = await ended(client, accepted.headers["location"])

    assert (failed.status_code, failed.json()["type"]) == (500, "/problems/internal")
    assert "secret" not in failed.text


def away(n_times: int) -> Callable[[], Brief]:
    """A model that cannot be reached the first ``n_times``."""
    left = iter(range(n_times))

    def answer() -> Brief:
        if next(left, None) is not None:
            raise errors.EngineUnavailable("away")
        return brief()

    return answer


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefer.server.worker._RELOAD_AFTER_S", 0.0)
    monkeypatch.setattr("briefer.server.runner._AWAY_S", 0.0)


@pytest.mark.usefixtures("impatient")
async def test_job_outlives_a_model_that_is_away() -> None:
    async with serving(FakeBriefer(away(2))) as client:
        accepted = await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)
        made = await ended(client, accepted.headers["location"])

    assert (made.status_code, made.json()["id"]) == (200, accepted.json()["id"])


@pytest.mark.usefixtures("impatient")
async def test_digest_outlives_a_model_that_is_away() -> None:
    articles = [{"text": f"{TEXT} {number}"} for number in range(20)]

    async with serving(FakeBriefer(away(2))) as client:
        await client.post("/v1/digests", json={"day": "2026-11-24", "articles": articles})
        made = await ended(client, "/v1/digests/2026-11-24")

    assert (made.status_code, made.json()["counts"]["n_briefed"]) == (200, 20)


@pytest.mark.usefixtures("impatient")
async def test_job_fails_when_the_model_is_away_at_each_try() -> None:
    async with serving(FakeBriefer(away(99))) as client:
        accepted = await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)
        failed = await ended(client, accepted.headers["location"])

    assert (failed.status_code, failed.json()["type"]) == (503, "/problems/no-model")
    assert failed.headers["retry-after"] == "30"


async def test_nothing_is_begun_right_after_the_model_was_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("briefer.server.worker._RELOAD_AFTER_S", 0.0)
    briefer = FakeBriefer(away(1))

    async with serving(briefer) as client:
        accepted = await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)
        await until(lambda: briefer.n_loads == 2)
        await asyncio.sleep(1)
        waiting = await client.get(accepted.headers["location"])

    assert (waiting.json()["state"], waiting.json()["n_tries"]) == ("waiting", 1)
    assert len(briefer.asked) == 1


class AwayAtTheEnd(stores.Store):
    """A store that cannot be reached the first ``n_refusals`` times that a job is to end."""

    n_refusals = 2

    def finish(self, job: stores.Job, holder: str) -> bool:
        self._refuse()
        return super().finish(job, holder)

    def fail(self, job: stores.Job, holder: str, *, reason: str, message: str) -> bool:
        self._refuse()
        return super().fail(job, holder, reason=reason, message=message)

    def _refuse(self) -> None:
        if self.n_refusals:
            self.n_refusals -= 1
            raise errors.StoreError("away")


async def test_job_that_could_not_be_ended_is_ended_by_the_next_try(tmp_path: Path) -> None:
    store = AwayAtTheEnd(connect(str(tmp_path)))
    migrate(store._engine)
    briefer = FakeBriefer()

    async with serving(briefer, QUICK, store) as client:
        accepted = await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)
        made = await ended(client, accepted.headers["location"])

    assert made.status_code == 200
    assert len(briefer.asked) == 1


class NeverPurged(stores.Store):
    """A store that breaks in a way of its own when it is to be purged."""

    def purge(self) -> stores.Purged:
        raise ZeroDivisionError


async def test_jobs_are_done_although_nothing_can_be_purged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefer.server.runner._PURGE_EVERY_S", 60)
    store = NeverPurged(connect(str(tmp_path)))
    migrate(store._engine)

    async with serving(FakeBriefer(), None, store) as client:
        accepted = await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)
        made = await ended(client, accepted.headers["location"])

    assert made.status_code == 200


async def test_owner_whose_digests_fill_the_places_does_not_keep_others_waiting(
    tmp_path: Path,
) -> None:
    store, release = store_in(tmp_path), threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(60), None)[1]
    articles = [Article(text=f"{TEXT} {number}") for number in range(9)]
    days = [date(2026, 11, number) for number in range(1, 10)]
    for day in days:
        store.enqueue(digest_job(day, [], articles, "alice"))

    def states(owner: str, ids: list[str]) -> list[str]:
        return [job.state for id_ in ids if (job := store.job_of(id_, owner))]

    async with serving(briefer, None, store):
        hers = [digest_job_id(day) for day in days]
        await until(lambda: states("alice", hers) == [*["running"] * 8, "waiting"])
        store.enqueue(brief_job("his", Wish(articles[0], owner="bob")))
        await until(lambda: states("bob", ["his"]) == ["running"], 20)
        still = states("alice", hers)
        release.set()
        await until(lambda: states("bob", ["his"]) == ["done"], 20)

    assert still == [*["running"] * 8, "waiting"]


async def test_deleted_job_leaves_no_brief() -> None:
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(60), None)[1]

    async with serving(briefer) as client:
        where = (await client.post("/v1/briefs", json={"text": TEXT}, headers=LATER)).headers[
            "location"
        ]
        await until(lambda: briefer.batches == [1])
        deleted = await client.delete(where)
        release.set()
        await asyncio.sleep(0.3)
        after = await client.get(where)
        figures = (await client.get("/metrics")).text

    assert (deleted.status_code, after.status_code) == (204, 404)
    assert "briefer_jobs_total{" not in figures  # it has not ended: it is gone


async def test_what_a_backup_kept_from_being_erased_is_erased_after_it(tmp_path: Path) -> None:
    def files() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.iterdir())

    async with serving(FakeBriefer(), QUICK, store_in(tmp_path)) as client:
        made = (await client.post("/v1/briefs", json={"text": f"{TEXT} Unheard-of."})).json()
        with closing(sqlite3.connect(tmp_path / "briefer.db", isolation_level=None)) as backup:
            backup.execute("BEGIN")
            backup.execute("SELECT count(*) FROM briefs").fetchone()
            await client.delete(f"/v1/briefs/{made['id']}")
            during = files()
        await until(lambda: b"Unheard-of" not in files())

    assert b"Unheard-of" in during


async def test_job_accepted_before_a_crash_is_done_after_it(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    article = Article(text=TEXT)
    id_ = FakeBriefer().identify(article)
    store.enqueue(brief_job(id_, Wish(article)))
    store.claim("a process that died", lease_s=0.1, limit=1)

    async with serving(FakeBriefer(), QUICK, store) as client:
        made = await ended(client, f"/v1/briefs/{id_}")

    assert made.status_code == 200


async def test_job_of_another_model_keeps_its_address(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.enqueue(brief_job("accepted-for-the-old-model", Wish(Article(text=TEXT))))

    async with serving(FakeBriefer(), QUICK, store) as client:
        made = await ended(client, "/v1/briefs/accepted-for-the-old-model")

    assert made.status_code == 200
    assert made.json()["id"] == FakeBriefer().identify(Article(text=TEXT))


async def test_stopping_server_gives_its_jobs_back(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(60), None)[1]

    async with serving(briefer, None, store) as client:
        for number in range(12):
            await client.post("/v1/briefs", json={"text": f"{TEXT} {number}"}, headers=LATER)
        await until(lambda: briefer.batches != [])
        threading.Timer(0.3, release.set).start()

    states = {
        (store.job_of(FakeBriefer().identify(Article(text=f"{TEXT} {number}"))))
        for number in range(12)
    }
    assert {job.state for job in states if job} <= {"waiting", "done"}
    assert store.claim("next", lease_s=10, limit=12) != []


async def test_two_servers_on_one_postgresql_share_the_jobs_and_do_none_twice(
    postgres_url: Callable[[], str],
) -> None:
    url = postgres_url()
    first, second = FakeBriefer(), FakeBriefer()
    wanted = [f"{TEXT} {number}" for number in range(40)]

    async with (
        serving(first, QUICK, stores.open(url)) as one,
        serving(second, QUICK, stores.open(url)) as other,
    ):
        accepted = [
            await client.post("/v1/briefs", json={"text": words}, headers=LATER)
            for words, client in zip(wanted, [one, other] * 20, strict=True)
        ]
        made = [await ended(one, answer.headers["location"]) for answer in accepted]

    done = [article.text for article, _ in first.asked + second.asked]
    assert [answer.status_code for answer in made] == [200] * 40
    assert sorted(done) == sorted(wanted)


async def test_owner_whose_jobs_are_all_that_wait_does_not_keep_others_out(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    for number in range(2):
        store.enqueue(brief_job(f"hers{number}", Wish(Article(text=TEXT), owner="alice")))
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(60), None)[1]

    async with serving(briefer, Surroundings(limits=Limits(max_jobs=2)), store) as client:
        answers = [
            await client.post("/v1/briefs", json={"text": f"{TEXT} {number}"}, headers=LATER)
            for number in range(2)
        ]
        release.set()

    assert [one.status_code for one in answers] == [202, 503]


async def test_more_jobs_than_are_taken_are_turned_away() -> None:
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(60), None)[1]

    async with serving(briefer, Surroundings(limits=Limits(max_jobs=2))) as client:
        answers = [
            await client.post("/v1/briefs", json={"text": f"{TEXT} {number}"}, headers=LATER)
            for number in range(3)
        ]
        release.set()

    assert [one.status_code for one in answers] == [202, 202, 503]
    assert answers[2].headers["retry-after"] == "60"


async def test_brief_is_the_same_for_all_who_wait_for_it() -> None:
    """Ten clients post one article at once: one run of the model."""
    release = threading.Event()
    briefer = FakeBriefer()
    briefer.on_batch = lambda _: (release.wait(60), None)[1]

    async with serving(briefer) as client:
        posts = [
            asyncio.create_task(client.post("/v1/briefs", json={"text": TEXT})) for _ in range(10)
        ]
        await until(lambda: briefer.batches == [1])
        await asyncio.sleep(0.2)
        release.set()
        answers = await asyncio.gather(*posts)

    assert {one.json()["id"] for one in answers} == {answers[0].json()["id"]}
    assert briefer.batches == [1]
    assert brief().headline is not None
