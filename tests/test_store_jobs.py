"""Jobs in the store: in turn, leased, never done by two, never lost."""

from __future__ import annotations

import threading
from pathlib import Path

from briefer import store as stores
from briefer.store import Job, Store
from tests.databases import job
from tests.fakes import Clock
from tests.handmade import HARBOUR_TEXT


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


def test_jobs_of_owners_that_have_their_share_are_left(store: Store) -> None:
    for number in range(3):
        store.enqueue(job(number, "alice"))
    store.enqueue(job(9, "bob"))

    claimed = store.claim("w", lease_s=10, limit=3, but=["alice"])

    assert [one.id for one in claimed] == ["j9"]
    assert store.n_open() == {"alice": 3, "bob": 1}


def test_job_that_is_accepted_twice_is_one_job(store: Store) -> None:
    store.enqueue(job(1))
    again = store.enqueue(Job(id="j1", kind="brief", payload="other"))

    assert again.payload == "payload 1"
    assert store.n_open() == {"": 1}


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
    taken = store.claim("w", lease_s=10, limit=1)
    clock.seconds += 9
    store.renew("w", taken, lease_s=10)
    clock.seconds += 9

    assert store.requeue_lost() == 0


def test_job_that_its_holder_works_on_no_longer_is_lost(store: Store, clock: Clock) -> None:
    store.enqueue(job(1, "alice"))
    store.enqueue(job(1, "bob"))
    taken = store.claim("w", lease_s=10, limit=2)
    clock.seconds += 9
    store.renew("w", taken[:1], lease_s=10)
    store.renew("w", [], lease_s=10)
    clock.seconds += 9

    n_lost = store.requeue_lost()

    (again,) = store.claim("v", lease_s=10, limit=2)
    assert (n_lost, taken[0].owner, again.owner) == (1, "alice", "bob")


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


def test_job_that_is_put_back_waits_and_its_try_counts(store: Store) -> None:
    store.enqueue(job(1))
    (taken,) = store.claim("w", lease_s=10, limit=1)

    by_other = store.put_back(taken, "v")
    by_holder = store.put_back(taken, "w")

    (again,) = store.claim("v", lease_s=10, limit=1)
    assert (by_other, by_holder, again.n_tries) == (False, True, 2)


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
