"""Articles and their briefs: each owner's own, kept for as long as it is wanted.

A finished brief is never computed twice: it is found by its ``id``, which is known before a model
is asked (``briefing.identify``). Knows nothing of who makes briefs.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select

from briefer.schema import Article, Brief
from briefer.store.database import Database, put
from briefer.store.jobs import failed_job_dropped
from briefer.store.tables import ARTICLES, BRIEFS, JOBS, NIGHT_ITEMS, SITE

_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept, for how long; ``days`` is ``None`` for ever.

    ``texts`` is what of an article stays when its brief is done: all of it, or nothing but the
    sentences that the brief cites.
    """

    days: int | None = None
    texts: Literal["whole", "cited"] = "whole"


@dataclass(frozen=True, slots=True)
class Purged:
    """How many were dropped."""

    n_briefs: int = 0
    n_articles: int = 0
    n_jobs: int = 0


class Documents(Database):
    """Articles and briefs."""

    keeping: Keeping = Keeping()

    def brief_for(self, id: str, owner: str = SITE) -> Brief | None:  # noqa: A002
        """The stored brief that was asked for under ``id``, if this owner has one."""
        with self._transaction() as connection:
            found = connection.scalar(select(BRIEFS.c.document).where(_is(BRIEFS, owner, id)))
        return Brief.model_validate_json(found) if found is not None else None

    def briefs_for(self, ids: Collection[str], owner: str = SITE) -> dict[str, Brief]:
        """As ``brief_for``, for many; without those that are not there."""
        wanted = and_(BRIEFS.c.owner == owner, BRIEFS.c.id.in_(ids))
        with self._transaction() as connection:
            rows = connection.execute(select(BRIEFS.c.id, BRIEFS.c.document).where(wanted)).all()
        return {row.id: Brief.model_validate_json(row.document) for row in rows}

    def save(
        self,
        brief: Brief,
        article: Article,
        owner: str = SITE,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Keep a brief and its article; one of the same id is replaced.

        ``id`` is what the brief was asked for under, if not its own.
        """
        keeps_text = self.keeping.texts == "whole"
        if not keeps_text:
            brief = brief.without_texts()
        sha256 = brief.source.sha256
        with self._transaction() as connection:
            for name in {brief.id, id or brief.id}:
                row = {"sha256": sha256, "document": brief.model_dump_json()}
                self._put(connection, BRIEFS, {"owner": owner, "id": name}, row)
                # Else whoever asks for the brief is told of an older job that failed.
                connection.execute(failed_job_dropped(owner, name))
            if keeps_text:
                row = {"document": article.model_dump_json()}
                self._put(connection, ARTICLES, {"owner": owner, "sha256": sha256}, row)

    def delete_brief(self, id: str, owner: str = SITE) -> bool:  # noqa: A002
        """Drop a brief, and its article with all the briefs of it; whether there was one."""
        mine = select(BRIEFS.c.sha256).where(_is(BRIEFS, owner, id))
        with self._transaction() as connection:
            sha256 = connection.scalar(mine)
            if sha256 is None:
                return False
            for table in (BRIEFS, ARTICLES):
                same = and_(table.c.owner == owner, table.c.sha256 == sha256)
                connection.execute(delete(table).where(same))
        self._erase()
        return True

    def is_past_keeping(self, day: date) -> bool:
        """Whether what was saved on a day may have been dropped since, in any time zone."""
        if self.keeping.days is None:
            return False
        begins = datetime.combine(day, time.min, UTC).timestamp()
        return begins < self._now() - (self.keeping.days - 1) * _DAY_S

    def purge(self) -> Purged:
        """Drop what is older than ``keeping`` allows; editions stay, and so do open jobs."""
        if self.keeping.days is None:
            if self.keeping.texts == "cited":
                self._erase()  # texts that were needed until their briefs were done
            return Purged()
        limit = self._now() - self.keeping.days * _DAY_S
        used = exists().where(
            BRIEFS.c.owner == ARTICLES.c.owner, BRIEFS.c.sha256 == ARTICLES.c.sha256
        )
        with self._transaction() as connection:
            purged = Purged(
                connection.execute(delete(BRIEFS).where(BRIEFS.c.saved_at < limit)).rowcount,
                connection.execute(
                    delete(ARTICLES).where(or_(ARTICLES.c.saved_at < limit, ~used))
                ).rowcount,
                connection.execute(delete(JOBS).where(JOBS.c.ended_at < limit)).rowcount,
            )
            # The texts of articles that no night could brief.
            first_day = datetime.fromtimestamp(limit, UTC).date().isoformat()
            connection.execute(delete(NIGHT_ITEMS).where(NIGHT_ITEMS.c.day < first_day))
        self._erase()
        return purged

    def _put(self, connection: Any, table: Any, key: dict[str, str], row: dict[str, str]) -> None:
        put(connection, table, key, {**row, "saved_at": self._now()})


def _is(table: Any, owner: str, id: str) -> ColumnElement[bool]:  # noqa: A002
    return and_(table.c.owner == owner, table.c.id == id)
