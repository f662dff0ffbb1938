"""The night's sources are read, each once; what one gave is recorded before the next is dealt with.

Knows nothing of briefs or documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

from briefer import text
from briefer.nightly.config import Source
from briefer.nightly.courier import Courier
from briefer.nightly.identity import Register
from briefer.nightly.night import Night
from briefer.nightly.sources import Batch, Reader
from briefer.schema import Failure

_ALL_READ = "*"
"""Stands among a night's sources when all of them were read."""
_N_SOURCES_AT_ONCE = 8
_PRIVATE = ("not an address of the open Internet", "not one that pages are fetched from")
"""What ``fetching`` says where ``allow_private`` would let it."""
_ALLOW_PRIVATE = " If it is your own server, set allow_private = true under [fetching]."


def _key(source: Source) -> str:
    return text.fingerprint(source.name)


def ingest(night: Night) -> None:
    """Read every source that this night has not read yet, or could not."""
    store, day = night.store, night.day
    for source, batch in _batches(night, to_read(night)):
        seen = Register(store).sightings(batch.articles)
        store.record_source(day, _key(source), seen, fetched=batch.fetched, failures=batch.failures)
        n_new = sum(one.is_news for one in seen)
        night.say(f"{source.name}: {len(seen)} articles, {n_new} new, {len(batch.failures)} failed")
        for one in batch.failures:
            night.say(_told(one, night))
        night.passed("source", source.name)
    if _ALL_READ not in store.sources_done(day):
        store.carry_over(day)
        store.record_source(day, _ALL_READ, [])
    night.passed("ingested", day.isoformat())


def to_read(night: Night) -> list[Source]:
    """The sources that are left, and those that nothing came of but failure.

    One that gave something is not read again: what its publisher refuses is named once only. One
    that was added to the configuration since is left, unless the day is over. For a day whose
    articles the store no longer keeps nothing is read again.
    """
    if night.store.is_past_keeping(night.day) and night.store.digest_of(night.day):
        return []
    failures = night.store.source_failures(night.day)
    done = night.store.sources_done(night.day)
    is_over = _ALL_READ in done and _has_later_edition(night)
    unread = {
        key
        for key, missing in failures.items()
        if missing and all(one.kind == "source" for one in missing)
    }
    return [
        source
        for source in night.config.sources
        if _key(source) in unread or not (is_over or _key(source) in done)
    ]


def _told(failure: Failure, night: Night) -> str:
    """A failure as a line: what it was, why, and the option that was perhaps forgotten."""
    is_private = failure.reason == "fetch_refused" and any(map(failure.message.count, _PRIVATE))
    mend = "" if night.config.fetching.allow_private or not is_private else _ALLOW_PRIVATE
    return f"{failure.ref}: {failure.message}{mend}"


def was_read(night: Night, source: Source) -> bool:
    """Whether a night has read the source, whatever came of it."""
    return _key(source) in night.store.sources_done(night.day)


def _has_later_edition(night: Night) -> bool:
    """Then what a new source has now belongs to that or to the next one."""
    last = night.store.last_digest_before(date.max)
    return last is not None and last > night.day


def _batches(night: Night, left: Sequence[Source]) -> Iterator[tuple[Source, Batch]]:
    """The sources' batches in the order of the file; several are read at once."""
    courier = Courier(night.config.fetching, night.store.validators_of, night.sleep)
    reader = Reader(courier, night.store, _since(night))
    with ThreadPoolExecutor(_N_SOURCES_AT_ONCE) as pool:
        yield from zip(left, pool.map(reader.read, left), strict=True)


def _since(night: Night) -> datetime | None:
    last = night.store.last_digest_before(night.day)
    stored = night.store.digest_of(last) if last else None
    return stored.saved_at if stored else None
