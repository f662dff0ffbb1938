"""Work that was promised and is not done yet: a queue in one table.

A claim is a lease: whoever claims must renew it or lose the job to another one, so that a job
outlives the process that ran it. PostgreSQL hands out with ``SKIP LOCKED``, SQLite by letting
writers in one after the other. Knows nothing of what a payload says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Delete, Row, and_, delete, func, select, tuple_, update

from briefer.store.database import Database, upsert
from briefer.store.tables import JOBS, SITE

Kind = Literal["brief", "digest"]
State = Literal["waiting", "running", "done", "failed"]

MAX_TRIES = 3
"""A job whose process died so often is likely what killed it; so with the model."""

_OPEN = JOBS.c.state.in_(("waiting", "running"))


@dataclass(frozen=True, slots=True)
class Job:
    """A promise; its ``payload`` is dropped when it ends.

    ``reason`` and ``message`` say why a failed one failed.
    """

    id: str
    kind: Kind
    payload: str
    owner: str = SITE
    state: State = "waiting"
    n_tries: int = 0
    reason: str | None = None
    message: str | None = None
    created_at: float = 0.0


class Jobs(Database):
    """The queue."""

    def enqueue(self, job: Job) -> Job:
        """Add a job; one of the same owner and id that has not ended stays as it is.

        Gives the job that is in the queue now: compare payloads to see whether it is yours.
        """
        fresh = {
            "kind": job.kind,
            "payload": job.payload,
            "state": "waiting",
            "holder": None,
            "lease_until": None,
            "n_tries": 0,
            "reason": None,
            "message": None,
            "created_at": self._now(),
            "ended_at": None,
        }
        with self._transaction() as connection:
            adding = upsert(connection.dialect, JOBS).values(owner=job.owner, id=job.id, **fresh)
            adding = adding.on_conflict_do_update(
                index_elements=["owner", "id"],
                set_=fresh,
                where=JOBS.c.state.in_(("done", "failed")),
            )
            connection.execute(adding)
            found = connection.execute(select(JOBS).where(_is(job.owner, job.id))).one()
        return _job(found)

    def claim(
        self, holder: str, *, lease_s: float, limit: int, but: Collection[str] = ()
    ) -> list[Job]:
        """Take up to ``limit`` jobs, fairly: each owner's first before any owner's second.

        None of the owners ``but``.
        """
        now = self._now()
        turn = func.row_number().over(partition_by=JOBS.c.owner, order_by=JOBS.c.number)
        ranked = select(JOBS.c.number, turn.label("turn"))
        queue = ranked.where(JOBS.c.state == "waiting", JOBS.c.owner.not_in(but)).subquery()
        first = select(queue.c.number).order_by(queue.c.turn, queue.c.number).limit(limit * 4)
        with self._transaction() as connection:
            numbers = connection.scalars(first).all()
            # Window functions cannot be locked, so the rows are locked by number, in turn, and
            # asked again whether they still wait: another process may have been quicker.
            locked = select(JOBS.c.number).where(
                JOBS.c.number.in_(numbers), JOBS.c.state == "waiting"
            )
            if self.is_postgresql:
                locked = locked.with_for_update(skip_locked=True)
            free = set(connection.scalars(locked))
            mine = [number for number in numbers if number in free][:limit]
            taken = connection.execute(
                update(JOBS)
                .where(JOBS.c.number.in_(mine))
                .values(
                    state="running",
                    holder=holder,
                    lease_until=now + lease_s,
                    n_tries=JOBS.c.n_tries + 1,
                )
                .returning(JOBS)
            ).all()
        return [_job(row) for row in sorted(taken, key=lambda row: mine.index(row.number))]

    def renew(self, holder: str, jobs: Collection[Job], *, lease_s: float) -> None:
        """Keep these jobs for another ``lease_s``, as far as ``holder`` still runs them."""
        named = tuple_(JOBS.c.owner, JOBS.c.id).in_([(job.owner, job.id) for job in jobs])
        held = and_(named, JOBS.c.state == "running", JOBS.c.holder == holder)
        with self._transaction() as connection:
            until = self._now() + lease_s
            connection.execute(update(JOBS).where(held).values(lease_until=until))

    def finish(self, job: Job, holder: str) -> bool:
        """The job is done; false when ``holder`` had lost it, or its owner deleted it."""
        return self._end(job, holder, {"state": "done"})

    def fail(self, job: Job, holder: str, *, reason: str, message: str) -> bool:
        """The job cannot be done. False as for ``finish``."""
        return self._end(job, holder, {"state": "failed", "reason": reason, "message": message})

    def put_back(self, job: Job, holder: str) -> bool:
        """The job waits again; the try counts. False as for ``finish``."""
        return self._change(job, holder, {"state": "waiting", "holder": None, "lease_until": None})

    def release(self, holder: str) -> int:
        """Give back what ``holder`` runs, as it stops; how many. These tries do not count."""
        held = and_(JOBS.c.state == "running", JOBS.c.holder == holder)
        back = {"state": "waiting", "holder": None, "n_tries": JOBS.c.n_tries - 1}
        with self._transaction() as connection:
            return connection.execute(update(JOBS).where(held).values(**back)).rowcount

    def requeue_lost(self) -> int:
        """Put back jobs whose lease has run out, failing those tried too often; how many."""
        lost = and_(JOBS.c.state == "running", JOBS.c.lease_until < self._now())
        given_up = {
            "state": "failed",
            "payload": None,
            "ended_at": self._now(),
            "reason": "internal",
            "message": f"The process that worked on it ended {MAX_TRIES} times.",
        }
        with self._transaction() as connection:
            spent = and_(lost, JOBS.c.n_tries >= MAX_TRIES)
            n_failed = connection.execute(update(JOBS).where(spent).values(**given_up)).rowcount
            waiting = {"state": "waiting", "holder": None}
            return (
                n_failed + connection.execute(update(JOBS).where(lost).values(**waiting)).rowcount
            )

    def job_of(self, id: str, owner: str = SITE) -> Job | None:  # noqa: A002 - the schema's name
        """The job, ended ones too until they are purged."""
        with self._transaction() as connection:
            row = connection.execute(select(JOBS).where(_is(owner, id))).one_or_none()
        return _job(row) if row else None

    def place_of(self, id: str, owner: str = SITE) -> int:  # noqa: A002
        """How many jobs were accepted before this one and have not ended."""
        mine = select(JOBS.c.number).where(_is(owner, id)).scalar_subquery()
        earlier = select(func.count()).select_from(JOBS).where(_OPEN, JOBS.c.number < mine)
        with self._transaction() as connection:
            return connection.scalar(earlier) or 0

    def n_open(self) -> dict[str, int]:
        """How many jobs of each owner have not ended; owners without any are left out."""
        counted = select(JOBS.c.owner, func.count()).where(_OPEN).group_by(JOBS.c.owner)
        with self._transaction() as connection:
            return {row[0]: row[1] for row in connection.execute(counted)}

    def delete_job(self, id: str, owner: str = SITE) -> bool:  # noqa: A002
        """Forget a job; whoever runs it finds out when it ends. Whether there was one."""
        with self._transaction() as connection:
            was_there = connection.execute(delete(JOBS).where(_is(owner, id))).rowcount > 0
        if was_there:
            self._erase()
        return was_there

    def drop_failed_job(self, id: str, owner: str = SITE) -> None:  # noqa: A002
        """Forget that a job failed: what it promised is there by now."""
        with self._transaction() as connection:
            connection.execute(failed_job_dropped(owner, id))

    def _end(self, job: Job, holder: str, outcome: dict[str, str]) -> bool:
        ended = {"payload": None, "ended_at": self._now(), "lease_until": None}
        return self._change(job, holder, {**outcome, **ended})

    def _change(self, job: Job, holder: str, values: Mapping[str, Any]) -> bool:
        """Change a running job; false when ``holder`` had lost it, or its owner deleted it."""
        held = and_(_is(job.owner, job.id), JOBS.c.state == "running", JOBS.c.holder == holder)
        with self._transaction() as connection:
            return connection.execute(update(JOBS).where(held).values(**values)).rowcount > 0


def digest_job_id(day: date) -> str:
    """The id of a digest's job; no brief has a colon in its own."""
    return f"digest:{day.isoformat()}"


def failed_job_dropped(owner: str, id: str) -> Delete:  # noqa: A002
    """The statement that forgets a failed job."""
    return delete(JOBS).where(_is(owner, id), JOBS.c.state == "failed")


def _is(owner: str, id: str) -> Any:  # noqa: A002
    return and_(JOBS.c.owner == owner, JOBS.c.id == id)


def _job(row: Row[Any]) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        payload=row.payload or "",
        owner=row.owner,
        state=row.state,
        n_tries=row.n_tries,
        reason=row.reason,
        message=row.message,
        created_at=row.created_at,
    )
