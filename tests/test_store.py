"""The store, on SQLite and on a real PostgreSQL: what goes in comes out, once, for its owner."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from briefer import digest as digests
from briefer import store as stores
from briefer.errors import ConfigError, StoreError, UnknownOption
from briefer.schema import Article
from briefer.store import Job, Keeping, Store
from briefer.store.database import connect
from briefer.store.tables import METADATA
from tests.handmade import HARBOUR_TEXT, HOSTILE, brief, source

DAY = date(2026, 11, 26)
ARTICLE = Article(text=HARBOUR_TEXT, title="Harbour workers walk out", ref="a-1")


@dataclass
class Clock:
    """A clock that goes on only when told."""

    seconds: float = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(store_url: str, clock: Clock) -> Iterator[Store]:
    opened = stores.open(store_url, clock=clock)
    yield opened
    opened.close()


def job(number: int, owner: str = "") -> Job:
    return Job(id=f"j{number}", kind="brief", payload=f"payload {number}", owner=owner)


# ── opening ──────────────────────────────────────────────────────────────────────────────────


def test_migrations_make_exactly_the_tables_that_the_code_uses(store_url: str) -> None:
    stores.open(store_url).close()

    with connect(store_url).connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)

    assert differences == []


def test_store_that_is_opened_again_holds_what_it_held(store_url: str) -> None:
    first = stores.open(store_url)
    first.save(brief(), ARTICLE)
    first.close()

    again = stores.open(store_url)

    assert again.brief_for("harbour") == brief()


def test_many_processes_may_open_an_empty_store_at_once(store_url: str) -> None:
    code = "import sys; from briefer import store; store.open(sys.argv[1]).ping()"
    started = [
        subprocess.Popen([sys.executable, "-c", code, store_url], env={**os.environ})
        for _ in range(3)
    ]

    assert [process.wait(200) for process in started] == [0, 0, 0]


def test_sqlite_writes_ahead(tmp_path: Path) -> None:
    stores.open(str(tmp_path)).close()

    with connect(str(tmp_path)).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense://x", "sqlite//x://"])
def test_other_databases_are_refused_by_name(url: str) -> None:
    with pytest.raises(ConfigError, match="BRIEFER_STORE="):
        stores.open(url)


def test_database_that_is_not_there_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(StoreError, match="folder"):
        stores.open(str(tmp_path / "file" / "store"))
    with pytest.raises(StoreError, match="could not be opened"):
        stores.open("postgresql://nobody@/none?host=/nowhere")


def test_password_of_a_database_is_in_no_message() -> None:
    with pytest.raises(StoreError) as caught:
        stores.open("postgresql://nobody:hunter2@127.0.0.1:1/none?connect_timeout=2")

    assert "hunter2" not in str(caught.value)


# ── briefs and articles ──────────────────────────────────────────────────────────────────────


def test_brief_and_article_come_back_as_they_were(store: Store) -> None:
    hostile = ARTICLE.model_copy(update={"title": HOSTILE, "text": HARBOUR_TEXT + "\x00😀"})
    kept = brief(source=source(HARBOUR_TEXT, title=HOSTILE, text=HARBOUR_TEXT))

    store.save(kept, hostile)

    assert store.brief_for("harbour") == kept
    assert store.article_for("harbour") == hostile
    assert store.briefs_for(["harbour", "other"]) == {"harbour": kept}


def test_owner_sees_only_its_own(store: Store) -> None:
    store.save(brief(), ARTICLE, "alice")

    assert store.brief_for("harbour", "alice") == brief()
    assert store.brief_for("harbour", "bob") is None
    assert store.brief_for("harbour") is None
    assert store.delete_brief("harbour", "bob") is False
    assert store.article_for("harbour", "bob") is None


def test_brief_is_found_under_the_name_it_was_asked_for_too(store: Store) -> None:
    store.save(brief(), ARTICLE, id="asked-with-the-old-model")

    assert store.brief_for("asked-with-the-old-model") == store.brief_for("harbour") == brief()


def test_deleting_a_brief_takes_its_article_and_its_other_briefs(store: Store) -> None:
    store.save(brief(), ARTICLE)
    store.save(brief(id="shorter"), ARTICLE)

    was_there = store.delete_brief("harbour")

    assert was_there
    assert store.brief_for("shorter") is None
    assert store.article_for("harbour") is None


def test_nothing_of_a_deleted_article_stays_in_the_files(tmp_path: Path) -> None:
    store = stores.open(str(tmp_path))
    store.save(brief(source=source(HARBOUR_TEXT, text=HARBOUR_TEXT)), ARTICLE)
    before = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    store.delete_brief("harbour")

    after = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"dockers" in before
    assert b"dockers" not in after


def test_store_can_keep_no_text_but_what_is_cited(store_url: str) -> None:
    store = stores.open(store_url, keeping=Keeping(texts="cited"))
    whole = brief(source=source(HARBOUR_TEXT, text=HARBOUR_TEXT))

    store.save(whole, ARTICLE)

    kept = store.brief_for("harbour")
    assert kept is not None
    assert (kept.source.text, store.article_for("harbour")) == (None, None)
    assert kept.summary == whole.summary
    assert [line.text for line in kept.withheld] == [None] * len(whole.withheld)


def test_what_is_too_old_is_purged(store_url: str, clock: Clock) -> None:
    store = stores.open(store_url, keeping=Keeping(days=30), clock=clock)
    store.save(brief(), ARTICLE)
    store.enqueue(job(1))
    (taken,) = store.claim("w", lease_s=10, limit=1)
    store.finish(taken, "w")
    store.enqueue(job(2))
    clock.seconds += 29 * 86_400
    young = store.purge()
    clock.seconds += 2 * 86_400

    old = store.purge()

    assert (young.n_briefs, young.n_articles, young.n_jobs) == (0, 0, 0)
    assert (old.n_briefs, old.n_articles, old.n_jobs) == (1, 1, 1)
    assert store.job_of("j2") is not None


def seen(article: str) -> stores.Sighting:
    return stores.Sighting(
        article, ARTICLE, keys=(f"u:{article}",), bands=(), signature="s", is_news=True
    )


def test_text_of_an_article_leaves_the_night_s_list_with_its_brief(store: Store) -> None:
    store.record_source(date(2026, 11, 24), "paper", [seen("a"), seen("b")])
    first, _ = store.items_of(date(2026, 11, 24))

    store.finish_item(first, "brief-a")

    done, waiting = store.items_of(date(2026, 11, 24))
    assert (done.document.text, done.document.ref) == ("", ARTICLE.ref)
    assert waiting.document == ARTICLE


def test_articles_that_no_night_could_brief_are_purged_too(store_url: str, clock: Clock) -> None:
    clock.seconds = datetime(2026, 11, 24, tzinfo=UTC).timestamp()
    store = stores.open(store_url, keeping=Keeping(days=30), clock=clock)
    store.record_source(date(2026, 11, 24), "paper", [seen("a")])
    clock.seconds += 30 * 86_400
    store.purge()
    young = store.items_of(date(2026, 11, 24))
    clock.seconds += 86_400

    store.purge()

    assert (len(young), store.items_of(date(2026, 11, 24))) == (1, [])


# ── jobs ─────────────────────────────────────────────────────────────────────────────────────


def test_jobs_come_in_the_order_they_were_accepted(store: Store) -> None:
    for number in range(5):
        store.enqueue(job(number))

    first = store.claim("w", lease_s=10, limit=2)
    second = store.claim("w", lease_s=10, limit=9)

    assert [one.id for one in first] == ["j0", "j1"]
    assert [one.id for one in second] == ["j2", "j3", "j4"]
    assert first[0].payload == "payload 0"


def test_owner_of_many_jobs_does_not_keep_others_waiting(store: Store) -> None:
    for number in range(5):
        store.enqueue(job(number, "alice"))
    store.enqueue(job(9, "bob"))

    claimed = store.claim("w", lease_s=10, limit=3)

    assert [one.id for one in claimed] == ["j0", "j9", "j1"]


def test_job_that_is_accepted_twice_is_one_job(store: Store) -> None:
    store.enqueue(job(1))
    again = store.enqueue(Job(id="j1", kind="brief", payload="other"))

    assert again.payload == "payload 1"
    assert (store.n_open(), store.n_open("other")) == (1, 0)


def test_ended_job_may_be_accepted_anew(store: Store) -> None:
    store.enqueue(job(1))
    (taken,) = store.claim("w", lease_s=10, limit=1)
    store.fail(taken, "w", reason="no-model", message="broke")
    failed = store.job_of("j1")

    again = store.enqueue(job(1))

    assert failed is not None
    assert (failed.state, failed.reason, failed.message) == ("failed", "no-model", "broke")
    assert failed.payload == ""
    assert (again.state, again.n_tries, again.reason) == ("waiting", 0, None)


def test_place_in_the_queue_counts_what_came_before(store: Store) -> None:
    for number in range(3):
        store.enqueue(job(number))
    (taken,) = store.claim("w", lease_s=10, limit=1)

    before = store.place_of("j2")
    store.finish(taken, "w")

    assert (before, store.place_of("j2")) == (2, 1)


def test_job_of_a_process_that_died_is_done_by_another(store: Store, clock: Clock) -> None:
    store.enqueue(job(1))
    (taken,) = store.claim("dead", lease_s=10, limit=1)
    clock.seconds += 9
    early = store.requeue_lost()
    clock.seconds += 2

    n_lost = store.requeue_lost()
    (again,) = store.claim("alive", lease_s=10, limit=1)

    assert (early, n_lost, again.id, again.n_tries) == (0, 1, "j1", 2)
    assert store.finish(taken, "dead") is False
    assert store.finish(again, "alive") is True


def test_renewed_lease_is_not_lost(store: Store, clock: Clock) -> None:
    store.enqueue(job(1))
    store.claim("w", lease_s=10, limit=1)
    clock.seconds += 9
    store.renew("w", lease_s=10)
    clock.seconds += 9

    assert store.requeue_lost() == 0


def test_job_that_kills_its_process_is_given_up(store: Store, clock: Clock) -> None:
    store.enqueue(job(1))
    for _ in range(stores.MAX_TRIES):
        store.claim("w", lease_s=10, limit=1)
        clock.seconds += 11
        store.requeue_lost()

    ended = store.job_of("j1")

    assert ended is not None
    assert (ended.state, ended.message) == (
        "failed",
        "The process that worked on it ended 3 times.",
    )


def test_stopping_process_gives_its_jobs_back_without_counting_the_try(store: Store) -> None:
    store.enqueue(job(1))
    store.claim("w", lease_s=10, limit=1)

    n_back = store.release("w")
    (again,) = store.claim("v", lease_s=10, limit=1)

    assert (n_back, again.n_tries) == (1, 1)


def test_deleted_job_cannot_be_finished(store: Store) -> None:
    store.enqueue(job(1))
    (taken,) = store.claim("w", lease_s=10, limit=1)

    assert store.delete_job("j1") is True
    assert store.finish(taken, "w") is False
    assert store.job_of("j1") is None


def test_nothing_of_a_deleted_job_stays_in_the_files(tmp_path: Path) -> None:
    store = stores.open(str(tmp_path))
    store.enqueue(Job(id="j1", kind="brief", payload=HARBOUR_TEXT))
    before = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    store.delete_job("j1")

    after = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert (b"dockers" in before, b"dockers" in after) == (True, False)


def test_no_job_is_claimed_by_two_at_once(store_url: str) -> None:
    """Four claimers, each with connections of its own, take 200 jobs."""
    store = stores.open(store_url)
    for number in range(200):
        store.enqueue(job(number, f"o{number % 7}"))
    taken: list[str] = []

    def take(holder: str) -> None:
        own = stores.open(store_url)
        while jobs := own.claim(holder, lease_s=60, limit=3):
            taken.extend(one.id for one in jobs)
        own.close()

    threads = [threading.Thread(target=take, args=(f"w{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(200)
    # A claimer that saw only rows which others held stops early; what is left is still waiting.
    left = store.claim("last", lease_s=60, limit=200)

    names = taken + [one.id for one in left]
    assert sorted(names) == sorted(f"j{number}" for number in range(200))
    assert len(taken) > 100


# ── editions ─────────────────────────────────────────────────────────────────────────────────


def test_digest_made_again_is_the_next_edition(store: Store) -> None:
    first, second = digests.build([brief()], day=DAY), digests.build([], day=DAY)

    numbers = [store.save_digest(one) for one in (first, first, second)]

    stored = store.digest_of(DAY)
    earlier = store.digest_of(DAY, edition=1)
    assert numbers == [1, 1, 2]
    assert stored is not None
    assert earlier is not None
    assert (stored.digest, stored.edition, earlier.digest) == (second, 2, first)


def test_digests_have_owners_and_days(store: Store) -> None:
    store.save_digest(digests.build([], day=DAY))
    store.save_digest(digests.build([], day=date(2026, 11, 27)), "alice")

    assert store.digest_of(DAY, "alice") is None
    assert store.digest_days() == [DAY]
    assert store.digest_days(("", "alice")) == [date(2026, 11, 27), DAY]


def test_night_is_run_by_one_and_taken_over_from_the_dead(store: Store, clock: Clock) -> None:
    first = store.begin_run(DAY, "a", lease_s=60)
    second = store.begin_run(DAY, "b", lease_s=60)
    clock.seconds += 61
    third = store.begin_run(DAY, "b", lease_s=60)

    assert (first, second, third) == (True, False, True)
    assert store.renew_run(DAY, "a", lease_s=60) is False
    assert store.end_run(DAY, "b", state="complete") is True
    assert store.run_state(DAY) == "complete"


def test_edition_is_delivered_once_a_channel(store: Store) -> None:
    marks = [store.mark_delivered(DAY, 1, "smtp"), store.mark_delivered(DAY, 1, "smtp")]
    store.unmark_delivered(DAY, 1, "smtp")

    assert marks == [True, False]
    assert store.mark_delivered(DAY, 1, "smtp")
    assert store.mark_delivered(DAY, 2, "smtp")


# ── keys ─────────────────────────────────────────────────────────────────────────────────────


def test_key_is_recognised_until_it_is_revoked(store: Store) -> None:
    key, token = store.create_key("Newsroom")

    known = store.owner_of(token)
    revoked = store.revoke_key(key.id)

    assert (known, revoked, store.owner_of(token)) == (key.id, True, None)
    assert store.revoke_key(key.id) is False
    assert store.has_keys()


def test_key_itself_is_nowhere_in_the_store(tmp_path: Path) -> None:
    store = stores.open(str(tmp_path))

    _, token = store.create_key("Newsroom")

    secret = token.split("_", 2)[2].encode()
    assert all(secret not in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize("change", ["x", "bk_", "", "bk_00000000_" + "A" * 43])
def test_what_only_looks_like_a_key_is_none(store: Store, change: str) -> None:
    _, token = store.create_key("Newsroom")

    assert store.owner_of(change) is None
    assert store.owner_of(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert store.owner_of(token + "\n") is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_key_needs_a_name(store: Store, name: str) -> None:
    with pytest.raises(UnknownOption, match="1 to 200 characters"):
        store.create_key(name)


def test_failing_database_is_a_store_error(tmp_path: Path) -> None:
    store = stores.open(str(tmp_path))
    with connect(str(tmp_path)).begin() as connection:
        connection.execute(sqlalchemy.text("DROP TABLE briefs"))

    with pytest.raises(StoreError, match="failed"):
        store.brief_for("harbour")
