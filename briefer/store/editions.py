"""A day's digests, and where they were delivered.

A digest is never overwritten: made again it becomes the day's next edition. Knows nothing of how
digests are made or look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import and_, delete, func, select

from briefer.schema import Digest
from briefer.store.database import Database, upsert
from briefer.store.jobs import digest_job_id, failed_job_dropped
from briefer.store.tables import DELIVERIES, DIGESTS, SITE


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """An edition of a day's digest; the first is number 1."""

    digest: Digest
    edition: int
    saved_at: datetime


class Editions(Database):
    """Digests and deliveries."""

    def save_digest(self, digest: Digest, owner: str = SITE) -> int:
        """Keep a digest as the day's next edition; its number. The same digest again is none."""
        document, day = digest.model_dump_json(), digest.day.isoformat()
        of_day = and_(DIGESTS.c.owner == owner, DIGESTS.c.day == day)
        last = select(DIGESTS.c.edition, DIGESTS.c.document).where(of_day)
        with self._transaction() as connection:
            # Else whoever asks for the digest is told of an older order that failed.
            connection.execute(failed_job_dropped(owner, digest_job_id(digest.day)))
            found = connection.execute(last.order_by(DIGESTS.c.edition.desc()).limit(1)).first()
            if found is not None and found.document == document:
                return int(found.edition)
            number = int(found.edition) + 1 if found is not None else 1
            row = {"document": document, "saved_at": self._now()}
            key = {"owner": owner, "day": day, "edition": number}
            connection.execute(DIGESTS.insert().values(**key, **row))
        return number

    def digest_of(
        self, day: date, owner: str = SITE, *, edition: int | None = None
    ) -> StoredDigest | None:
        """The day's last edition, or the one asked for."""
        wanted = select(DIGESTS).where(DIGESTS.c.owner == owner, DIGESTS.c.day == day.isoformat())
        if edition is not None:
            wanted = wanted.where(DIGESTS.c.edition == edition)
        with self._transaction() as connection:
            row = connection.execute(wanted.order_by(DIGESTS.c.edition.desc()).limit(1)).first()
        return _stored(row) if row is not None else None

    def digest_days(self, owners: tuple[str, ...] = (SITE,), *, limit: int = 400) -> list[date]:
        """The days that have a digest of any of the owners, newest first."""
        days = select(DIGESTS.c.day).where(DIGESTS.c.owner.in_(owners)).distinct()
        with self._transaction() as connection:
            found = connection.scalars(days.order_by(DIGESTS.c.day.desc()).limit(limit)).all()
        return [date.fromisoformat(day) for day in found]

    def delete_digest(self, day: date, owner: str = SITE) -> bool:
        """Drop all editions of a day; whether there was one."""
        of_day = and_(DIGESTS.c.owner == owner, DIGESTS.c.day == day.isoformat())
        with self._transaction() as connection:
            was_there = connection.execute(delete(DIGESTS).where(of_day)).rowcount > 0
        if was_there:
            self._erase()
        return was_there

    def last_digest_before(self, day: date) -> date | None:
        """The day of the site's last digest before a day."""
        wanted = select(func.max(DIGESTS.c.day)).where(
            DIGESTS.c.owner == SITE, DIGESTS.c.day < day.isoformat()
        )
        with self._transaction() as connection:
            found = connection.scalar(wanted)
        return date.fromisoformat(found) if found else None

    def mark_delivered(self, day: date, edition: int, channel: str) -> bool:
        """Note that an edition goes out; false when it did already. Mark first, then send."""
        key = {"day": day.isoformat(), "edition": edition, "channel": channel}
        with self._transaction() as connection:
            adding = upsert(connection.dialect, DELIVERIES).values(**key, delivered_at=self._now())
            adding = adding.on_conflict_do_nothing().returning(DELIVERIES.c.day)
            return connection.scalar(adding) is not None

    def channels_reached(self, day: date, edition: int) -> set[str]:
        """Where an edition went."""
        of_edition = and_(DELIVERIES.c.day == day.isoformat(), DELIVERIES.c.edition == edition)
        with self._transaction() as connection:
            return set(connection.scalars(select(DELIVERIES.c.channel).where(of_edition)))

    def unmark_delivered(self, day: date, edition: int, channel: str) -> None:
        """The sending failed: it may be tried again."""
        same = and_(
            DELIVERIES.c.day == day.isoformat(),
            DELIVERIES.c.edition == edition,
            DELIVERIES.c.channel == channel,
        )
        with self._transaction() as connection:
            connection.execute(delete(DELIVERIES).where(same))


def _stored(row: Any) -> StoredDigest:
    return StoredDigest(
        Digest.model_validate_json(row.document),
        row.edition,
        datetime.fromtimestamp(row.saved_at, UTC),
    )
