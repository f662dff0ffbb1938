"""Editions, runs and deliveries in the store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from briefer import digest as digests
from briefer import store as stores
from briefer.store import Store
from tests.fakes import Clock
from tests.handmade import HARBOUR_TEXT, brief, source

DAY = date(2026, 11, 26)


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


def test_nothing_of_a_deleted_digest_stays_in_the_files(tmp_path: Path) -> None:
    store = stores.open(str(tmp_path))
    told = brief(source=source(HARBOUR_TEXT, text=HARBOUR_TEXT))
    store.save_digest(digests.build([told], day=DAY))
    before = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    was_there = [store.delete_digest(DAY), store.delete_digest(DAY)]

    after = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert was_there == [True, False]
    assert b"dockers" in before
    assert b"dockers" not in after
    store.close()


def test_night_is_run_by_one_and_taken_over_from_the_dead(store: Store, clock: Clock) -> None:
    first = store.begin_run(DAY, "a", lease_s=60)
    second = store.begin_run(DAY, "b", lease_s=60)
    clock.seconds += 61
    third = store.begin_run(DAY, "b", lease_s=60)

    assert (first, second, third) == (True, False, True)
    assert store.renew_run(DAY, "a", lease_s=60) is False
    assert store.end_run(DAY, "b", state="complete") is True
    assert (run := store.holder_of(DAY)) is not None
    assert run.state == "complete"


def test_edition_is_delivered_once_a_channel(store: Store) -> None:
    marks = [store.mark_delivered(DAY, 1, "smtp"), store.mark_delivered(DAY, 1, "smtp")]
    store.unmark_delivered(DAY, 1, "smtp")

    assert marks == [True, False]
    assert store.mark_delivered(DAY, 1, "smtp")
    assert store.mark_delivered(DAY, 2, "smtp")
