"""The run of a night, the file to read first.

    take over    the lease of the day, from nobody or from the dead            lease
    finish       earlier nights that died, with what they had read
    ingest       each source, recorded with what it gave in one transaction    ingest, sources,
                                                                               identity
    brief        each article that has no brief yet; the store keeps it        crews
    build        stories, their order, what is new                             stories, digest
    print        documents by atomic rename                                    documents
    deliver      where it has not been                                         delivery

Done again it does nothing again. Knows nothing of the command line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

from briefer import digest as digests
from briefer import stories
from briefer.errors import BrieferError, GenerationFailed, ModelError, RenderError, StoreError
from briefer.nightly import delivery, documents, ingest, lease
from briefer.nightly.crews import Done
from briefer.nightly.delivery import Parcel
from briefer.nightly.night import Night, Outcome, Tally
from briefer.nightly.pace import Pace
from briefer.schema import Brief, Digest, Failure
from briefer.store import SITE, Item, Store, StoredDigest

_GIVES_UP_AFTER = 5
"""Model failures in a row after which the model is taken for dead."""

_ENDED = frozenset({"briefed", "carried", "given_up"})


def run(night: Night) -> Outcome:
    """Make the day's edition, after those of earlier nights that never ended.

    Raises:
        StoreError: the database failed; a later run goes on from here.
        ModelError: there is no usable model.
        RenderError, OSError: a document of the day could not be made or written.
    """
    holder = lease.holder_name()
    problems: list[str] = []
    for left in night.store.nights_left(night.day):
        problems += [f"{left}: {one}" for one in _catch_up(night, left, holder)]
    with lease.held(night.store, night.day, holder) as lost:
        if lost is None:
            return Outcome("busy", problems=tuple(problems))
        ingest.ingest(night)
        outcome = _finish(night, holder, lost.is_set)
    night.store.purge()  # what is older than it may keep; where no service runs, nobody else does
    return replace(outcome, problems=(*problems, *outcome.problems))


def _catch_up(night: Night, left: date, holder: str) -> Sequence[str]:
    """Finish an earlier night; what went wrong, in words.

    One whose documents cannot be made stays open and takes no later night with it.
    """
    try:
        with lease.held(night.store, left, holder) as lost:
            if lost is None:
                return ()
            night.say(f"finishing the night of {left}, which never ended")
            return _finish(replace(night, day=left), holder, lost.is_set).problems
    except (RenderError, OSError) as error:
        return (f"the documents could not be made: {error}",)


def plan(night: Night) -> list[str]:
    """What a run would do, without doing any of it or asking anybody."""
    store, day = night.store, night.day
    last = store.last_digest_before(day)
    lines = [f"edition of {day}, after {last or 'none before'}"]
    lines += [f"finish the night of {left}" for left in store.nights_left(day)]
    left = ingest.to_read(night)
    for source in night.config.sources:
        is_read = ingest.was_read(night, source)
        otherwise = "read already" if is_read else "left alone, for a later day has its edition"
        lines.append(f"{source.name}: {'to read' if source in left else otherwise}")
    waiting = [item for item in store.items_of(day) if item.state not in _ENDED]
    lines.append(f"{len(waiting)} articles of tonight wait for a brief")
    paths = (documents.path_of(day, one, night.config.out) for one in night.config.formats)
    lines += [f"write {path}" for path in paths]
    stored = store.digest_of(day)
    reached = store.channels_reached(day, stored.edition) if stored else set()
    for one in delivery.channels(night.config.delivery):
        lines.append(f"deliver to {one}{', if the edition changes' if one in reached else ''}")
    return lines


def _finish(night: Night, holder: str, is_lost: Callable[[], bool]) -> Outcome:
    """Brief what was read, make the edition, send it."""
    tally = Tally()
    if not _brief_all(night, tally, is_lost):
        return Outcome("lost", None, tally.n_briefed, tally.n_reused)
    stored = _edition(night)
    documents.write_all(stored.digest, night.config.formats, night.config.out)
    night.passed("printed", night.day.isoformat())
    parcel = Parcel(stored, night.config.formats)
    tally.problems += delivery.deliver(night.store, parcel, night.config.delivery)
    night.passed("delivered", night.day.isoformat())
    night.store.end_run(night.day, holder, state="done", note=stored.digest.state)
    return Outcome("done", stored.digest, tally.n_briefed, tally.n_reused, tuple(tally.problems))


def _brief_all(night: Night, tally: Tally, is_lost: Callable[[], bool]) -> bool:
    """Brief what has no brief yet; whether the night is still ours."""
    items = night.store.items_of(night.day)
    left = {item.number: item for item in items if item.state not in _ENDED}
    if left:
        _tell_pace(night, tally, len(items) - len(left), len(items))
    n_failed_in_a_row = 0
    with closing(night.crew.brief_each(list(left.values()), _has(night.store))) as outcomes:
        began = night.seconds()
        for done in outcomes:
            if is_lost():
                return False
            n_failed_in_a_row = n_failed_in_a_row + 1 if _is_model_dead(done) else 0
            _record(night, done, tally, night.seconds() - began)
            del left[done.item.number]
            _tell_pace(night, tally, len(items) - len(left), len(items), done.item)
            if n_failed_in_a_row >= _GIVES_UP_AFTER:
                break
            began = night.seconds()
    for item in left.values():
        night.store.leave_item(item, _given_up(item))
    return True


def _has(store: Store) -> Callable[[str], bool]:
    return lambda id_: store.brief_for(id_) is not None


def _tell_pace(
    night: Night, tally: Tally, n_done: int, n_all: int, item: Item | None = None
) -> None:
    name = item.document.ref if item else None
    night.paced(Pace(n_done, n_all, tally.n_briefed, tally.seconds), name or "")


def _is_model_dead(done: Done) -> bool:
    return isinstance(done.error, GenerationFailed)


def _record(night: Night, done: Done, tally: Tally, seconds: float) -> None:
    """Keep what became of an article that was waited for so long."""
    item = done.item
    if done.error is not None:
        _fail(night, item, _failure(item, done.error))
        return
    if done.brief is None:
        tally.n_reused += 1
    else:
        night.store.save(done.brief, item.document, id=done.id)
        tally.n_briefed += 1
        tally.seconds += seconds
    night.store.finish_item(item, done.id)
    night.passed("briefed", item.document.ref or item.article)


def _failure(item: Item, error: Exception) -> Failure:
    """What the document says of it, unless no article would fare better."""
    if isinstance(error, ModelError | StoreError) and not isinstance(error, GenerationFailed):
        raise error
    if isinstance(error, BrieferError):
        return digests.failure(item.document.ref, error)
    told = f"{type(error).__name__}: {error}"
    return Failure(ref=item.document.ref, reason="other", message=told)


def _fail(night: Night, item: Item, failure: Failure) -> None:
    night.say(f"{item.document.ref}: {failure.message}")
    night.store.fail_item(item, failure)


def _given_up(item: Item) -> Failure:
    told = f"The model failed {_GIVES_UP_AFTER} times in a row; the next run tries again."
    return Failure(ref=item.document.ref, reason="model_failed", message=told)


def _edition(night: Night) -> StoredDigest:
    """The day's edition, built of what is in the store; the same again when nothing changed."""
    store, day = night.store, night.day
    items = store.items_of(day)
    before = store.digest_of(day)
    found = store.briefs_for([one.brief for one in items if one.brief])
    if before and store.is_past_keeping(day):
        if before.digest.counts.n_articles and not items:
            return before  # the store dropped what it was made of: a day that old is as it was
        found = {one.id: one for one in before.digest.briefs} | found
    withdrawn = before.digest.withdrawn if before else ()
    gone = {one.id for one in withdrawn}
    briefs = {item.article: found[item.brief] for item in items if item.brief in found}
    briefs = {article: one for article, one in briefs.items() if one.id not in gone}
    failures = [item.failure for item in items if item.state != "briefed" and item.failure]
    failures += [one for missing in store.source_failures(day).values() for one in missing]
    if before and _is_same_work(before.digest, list(briefs.values()), failures):
        return before
    made = digests.build(
        briefs.values(),
        day=day,
        failures=failures,
        stories=stories.gather(briefs, night.encode, store.copies_of(list(briefs))),
        layout=night.config.layout(_previous(night)),
    )
    store.save_digest(made.model_copy(update={"withdrawn": withdrawn}))
    night.passed("built", day.isoformat())
    stored = store.digest_of(day)
    if stored is None:
        raise StoreError(f"the edition of {day} was removed while it was made; run again.")
    return stored


def _is_same_work(made: Digest, briefs: Sequence[Brief], failures: Sequence[Failure]) -> bool:
    """Whether an edition was made of just this, and may have been corrected since.

    That something fails with other words than before makes no other edition.
    """
    same_briefs = {one.id for one in made.briefs} == {one.id for one in briefs}
    return same_briefs and Counter(map(_what_failed, made.failures)) == Counter(
        map(_what_failed, failures)
    )


def _what_failed(failure: Failure) -> tuple[str, str | None, str]:
    return failure.kind, failure.ref, failure.reason


def _previous(night: Night) -> Digest | None:
    last = night.store.last_digest_before(night.day)
    stored = night.store.digest_of(last, SITE) if last else None
    return stored.digest if stored else None


def metrics(outcome: Outcome, *, began: datetime, now: datetime) -> dict[str, float]:
    """What a monitor wants to know of a night, as gauges."""
    counts = outcome.digest.counts if outcome.digest else None
    values = {
        "last_run_timestamp_seconds": now.timestamp(),
        "seconds": (now.astimezone(UTC) - began.astimezone(UTC)).total_seconds(),
        "briefs_made": outcome.n_briefed,
        "briefs_reused": outcome.n_reused,
        "delivery_problems": len(outcome.problems),
        "succeeded": float(outcome.succeeded),
    }
    if counts is not None:
        values |= {
            "articles": counts.n_articles,
            "articles_failed": counts.n_failed,
            "sources_failed": counts.n_sources_failed,
            "stories": counts.n_stories,
            "lines_withheld": counts.n_withheld,
        }
    return values
