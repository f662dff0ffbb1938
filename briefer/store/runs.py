"""Who runs a night: a lease that is renewed, and taken over from the dead.

Knows nothing of what a run does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select, update

from briefer.store.database import Database, upsert
from briefer.store.tables import RUNS


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a run."""

    name: str
    lease_until: float
    state: str


class Runs(Database):
    """The runs of days, one a day."""

    def begin_run(self, day: date, holder: str, *, lease_s: float) -> bool:
        """Take the day's run: new, ended, or lost by one that died. False while another has it."""
        now = self._now()
        row = {
            "state": "running",
            "holder": holder,
            "lease_until": now + lease_s,
            "started_at": now,
            "ended_at": None,
            "note": None,
        }
        is_free = or_(RUNS.c.state != "running", RUNS.c.lease_until < now, RUNS.c.holder == holder)
        with self._transaction() as connection:
            adding = upsert(connection.dialect, RUNS).values(day=day.isoformat(), **row)
            adding = adding.on_conflict_do_update(index_elements=["day"], set_=row, where=is_free)
            return connection.scalar(adding.returning(RUNS.c.day)) is not None

    def renew_run(self, day: date, holder: str, *, lease_s: float) -> bool:
        """Keep the run for another ``lease_s``; false when another one took it."""
        return self._set_run(day, holder, {"lease_until": self._now() + lease_s})

    def end_run(self, day: date, holder: str, *, state: str, note: str = "") -> bool:
        """The run has ended as ``state`` says; false when another one took it."""
        return self._set_run(day, holder, {"state": state, "note": note, "ended_at": self._now()})

    def drop_lease(self, day: date, holder: str) -> None:
        """The holder is known to be dead: its run may be taken over at once."""
        held = and_(RUNS.c.day == day.isoformat(), RUNS.c.holder == holder)
        with self._transaction() as connection:
            connection.execute(update(RUNS).where(held).values(lease_until=0.0))

    def holder_of(self, day: date) -> Holder | None:
        """Who has or had the day's run."""
        with self._transaction() as connection:
            row = connection.execute(
                select(RUNS).where(RUNS.c.day == day.isoformat())
            ).one_or_none()
        return Holder(row.holder, row.lease_until, row.state) if row else None

    def nights_left(self, before: date) -> list[date]:
        """Earlier nights that began and never ended, oldest first."""
        wanted = select(RUNS.c.day).where(
            RUNS.c.state == "running", RUNS.c.day < before.isoformat()
        )
        with self._transaction() as connection:
            return [
                date.fromisoformat(one) for one in connection.scalars(wanted.order_by(RUNS.c.day))
            ]

    def _set_run(self, day: date, holder: str, row: dict[str, Any]) -> bool:
        mine = and_(
            RUNS.c.day == day.isoformat(), RUNS.c.holder == holder, RUNS.c.state == "running"
        )
        with self._transaction() as connection:
            return connection.execute(update(RUNS).where(mine).values(**row)).rowcount > 0
