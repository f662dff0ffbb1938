"""What the nightly run remembers: articles seen before, and how far each night has come.

What a source gave is recorded in one transaction with the validators of what was fetched, so that
a feed that answers "not modified" after a crash has lost nothing. Knows nothing of feeds, hashes
or briefs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, and_, select, update

from briefer.schema import Article, Failure
from briefer.store.database import Database, put, upsert
from briefer.store.documents import Keeping
from briefer.store.tables import (
    ARTICLES,
    BANDS,
    COPIES,
    FETCHES,
    IDENTITIES,
    NIGHT_ITEMS,
    NIGHT_SOURCES,
    SIGHTINGS,
    SITE,
)

ItemState = Literal["waiting", "briefed", "failed", "carried", "given_up"]
"""``carried`` to a later night, or ``given_up`` for good: the text is gone from here."""
MAX_ITEM_TRIES = 3
"""Nights on which an article that fails is tried anew."""
_MAX_KEY_BYTES = 2_100
"""What ``FETCHES.url`` takes; PostgreSQL's indexes take 2,704 bytes a row."""
_ARRIVALS = "store"
"""Where it stands among the fetches when the API's articles were read last."""
_OVERLAP_S = 86_400
"""So much is read again: what is saved at once is not seen at once, and servers' clocks differ."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes a request conditional (RFC 9110, section 13)."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article as it came in: by which keys and bands it is known from now on.

    ``is_news`` when it is to be briefed: seen for the first time, or changed.
    """

    article: str
    document: Article
    keys: tuple[str, ...]
    bands: tuple[str, ...]
    signature: str
    is_news: bool
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An article that a night has to brief; ``brief`` is the id of the finished one."""

    number: int
    article: str
    document: Article
    state: ItemState
    brief: str | None
    failure: Failure | None
    n_tries: int


class Nights(Database):
    """What was seen, and the nights' work."""

    keeping: Keeping = Keeping()

    def articles_known_by(self, keys: Collection[str]) -> dict[str, str]:
        """The article of each key that is known."""
        wanted = select(IDENTITIES.c.key, IDENTITIES.c.article).where(IDENTITIES.c.key.in_(keys))
        with self._transaction() as connection:
            return {row.key: row.article for row in connection.execute(wanted)}

    def signatures_near(self, bands: Collection[str]) -> dict[str, str]:
        """The signatures of articles that share a band."""
        sharing = select(BANDS.c.article).where(BANDS.c.band.in_(bands))
        wanted = select(SIGHTINGS.c.article, SIGHTINGS.c.signature)
        with self._transaction() as connection:
            rows = connection.execute(wanted.where(SIGHTINGS.c.article.in_(sharing)))
            return {row.article: row.signature for row in rows}

    def sighting_of(self, article: str) -> tuple[str, str | None] | None:
        """The signature and publisher of a known article."""
        wanted = select(SIGHTINGS.c.signature, SIGHTINGS.c.publisher)
        with self._transaction() as connection:
            row = connection.execute(wanted.where(SIGHTINGS.c.article == article)).one_or_none()
        return (row.signature, row.publisher) if row else None

    def copies_of(self, articles: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The other publishers that carried each article, in the order of their names."""
        wanted = select(COPIES).where(COPIES.c.article.in_(articles)).order_by(COPIES.c.publisher)
        found: dict[str, tuple[str, ...]] = {}
        with self._transaction() as connection:
            for row in connection.execute(wanted):
                found[row.article] = (*found.get(row.article, ()), row.publisher)
        return found

    def validators_of(self, url: str) -> Validators:
        """What the last answer of an address said of itself."""
        with self._transaction() as connection:
            same = FETCHES.c.url == _bounded(url)
            row = connection.execute(select(FETCHES).where(same)).one_or_none()
        return Validators(url, row.etag, row.last_modified) if row else Validators(url)

    def sources_done(self, day: date) -> set[str]:
        """The sources that a night has read already."""
        wanted = select(NIGHT_SOURCES.c.source).where(NIGHT_SOURCES.c.day == day.isoformat())
        with self._transaction() as connection:
            return set(connection.scalars(wanted))

    def source_failures(self, day: date) -> dict[str, list[Failure]]:
        """What could not be read on a night of which source, in the order of their names."""
        wanted = select(NIGHT_SOURCES).where(NIGHT_SOURCES.c.day == day.isoformat())
        with self._transaction() as connection:
            rows = connection.execute(wanted.order_by(NIGHT_SOURCES.c.source)).all()
        return {row.source: _failures(row.failures) for row in rows}

    def record_source(
        self,
        day: date,
        source: str,
        seen: Sequence[Sighting],
        *,
        fetched: Sequence[Validators] = (),
        failures: Sequence[Failure] = (),
    ) -> None:
        """All that a source gave on a night, at once or not at all."""
        lines = "\n".join(one.model_dump_json() for one in failures)
        key = {"day": day.isoformat(), "source": source}
        with self._transaction() as connection:
            for sighting in seen:
                self._see(connection, day, sighting)
            for one in fetched:
                row = {"etag": one.etag, "last_modified": one.last_modified}
                put(connection, FETCHES, {"url": _bounded(one.url)}, row)
            put(connection, NIGHT_SOURCES, key, {"failures": lines})

    def _see(self, connection: Connection, day: date, one: Sighting) -> None:
        for key in one.keys:
            _add(connection, IDENTITIES, {"key": key, "article": one.article})
        for band in one.bands:
            _add(connection, BANDS, {"band": band, "article": one.article})
        if one.is_news:
            _give(connection, day, one)
        if one.is_copy:
            publisher = (one.document.publisher or "")[:200]
            row = {"article": one.article, "publisher": publisher, "day": day.isoformat()}
            _add(connection, COPIES, row)
            return
        fresh = {
            "article": one.article,
            "signature": one.signature,
            "url": one.document.url,
            "publisher": one.document.publisher,
            "first_day": day.isoformat(),
            "n_versions": 1,
        }
        adding = upsert(connection.dialect, SIGHTINGS).values(**fresh)
        changed = {"signature": one.signature, "n_versions": SIGHTINGS.c.n_versions + 1}
        connection.execute(adding.on_conflict_do_update(index_elements=["article"], set_=changed))

    def arrivals(self, since: datetime | None) -> tuple[list[Article], Validators]:
        """The site's own articles that came in through the API, oldest first, and a mark.

        They are those that came since the mark that was recorded last, with some from before it;
        without one, those after ``since``.
        """
        wanted = select(ARTICLES.c.document).where(ARTICLES.c.owner == SITE)
        marked = select(FETCHES.c.last_modified).where(FETCHES.c.url == _ARRIVALS)
        with self._transaction() as connection:
            now, mark = self._now(), connection.scalar(marked)
            if mark is not None:
                wanted = wanted.where(ARTICLES.c.saved_at > min(float(mark), now) - _OVERLAP_S)
            elif since is not None:
                wanted = wanted.where(ARTICLES.c.saved_at > since.timestamp())
            ordered = wanted.order_by(ARTICLES.c.saved_at, ARTICLES.c.sha256)
            came = [Article.model_validate_json(one) for one in connection.scalars(ordered)]
        return came, Validators(_ARRIVALS, last_modified=str(now))

    def carry_over(self, day: date) -> int:
        """Give a night the articles that failed on earlier ones; how many."""
        failed = and_(
            NIGHT_ITEMS.c.state == "failed",
            NIGHT_ITEMS.c.day < day.isoformat(),
            NIGHT_ITEMS.c.n_tries < MAX_ITEM_TRIES,
        )
        with self._transaction() as connection:
            rows = connection.execute(select(NIGHT_ITEMS).where(failed)).all()
            for row in rows:
                again = Article.model_validate_json(row.document)
                fresh = _item_row(day, row.article, again, n_tries=row.n_tries)
                _add(connection, NIGHT_ITEMS, fresh)
                was = update(NIGHT_ITEMS).where(NIGHT_ITEMS.c.number == row.number)
                connection.execute(was.values(state="carried", document=_without_text(again)))
        return len(rows)

    def items_of(self, day: date) -> list[Item]:
        """A night's work in the order it came in."""
        wanted = select(NIGHT_ITEMS).where(NIGHT_ITEMS.c.day == day.isoformat())
        with self._transaction() as connection:
            rows = connection.execute(wanted.order_by(NIGHT_ITEMS.c.number)).all()
        return [_item(row) for row in rows]

    def finish_item(self, item: Item, brief: str) -> None:
        """The item has its brief; its text stays only where articles are kept, if they are."""
        done = {"state": "briefed", "brief": brief, "reason": None, "message": None}
        self._set_item(item, {**done, "document": _without_text(item.document)})

    def fail_item(self, item: Item, failure: Failure) -> None:
        """The item could not be briefed this time.

        Where no articles are kept, its text goes with its last try.
        """
        row: dict[str, Any] = {"n_tries": item.n_tries + 1}
        if item.n_tries + 1 >= MAX_ITEM_TRIES and self.keeping.texts == "cited":
            row |= {"state": "given_up", "document": _without_text(item.document)}
        self._fail(item, failure, row)

    def leave_item(self, item: Item, failure: Failure) -> None:
        """Nobody tried to brief the item, and why; it has as many tries left as before."""
        self._fail(item, failure, {})

    def _fail(self, item: Item, failure: Failure, row: Mapping[str, Any]) -> None:
        failed = {"state": "failed", "reason": failure.reason, "message": failure.message}
        # One that a later night took meanwhile has no text here to be tried with again.
        self._set_item(item, {**failed, **row}, NIGHT_ITEMS.c.state != "carried")

    def _set_item(self, item: Item, row: Mapping[str, Any], *where: ColumnElement[bool]) -> None:
        same = and_(NIGHT_ITEMS.c.number == item.number, *where)
        with self._transaction() as connection:
            connection.execute(update(NIGHT_ITEMS).where(same).values(**row))


def _bounded(url: str) -> str:
    """The address, or a hash of one that is too long to be a key."""
    written = url.encode("utf-8", "replace")
    return url if len(written) <= _MAX_KEY_BYTES else f"sha256 {sha256(written).hexdigest()}"


def _failures(lines: str) -> list[Failure]:
    """One a line; of JSON's line breaks, not of Unicode's, which a hostile address may have."""
    return [Failure.model_validate_json(line) for line in lines.split("\n") if line]


def _without_text(document: Article) -> str:
    return document.model_copy(update={"text": ""}).model_dump_json()


def _item_row(day: date, article: str, document: Article, *, n_tries: int) -> dict[str, Any]:
    return {
        "day": day.isoformat(),
        "article": article,
        "document": document.model_dump_json(),
        "state": "waiting",
        "n_tries": n_tries,
    }


def _item(row: Any) -> Item:
    document = Article.model_validate_json(row.document)
    failure = (
        Failure(ref=document.ref, title=document.title, reason=row.reason, message=row.message)
        if row.reason
        else None
    )
    return Item(row.number, row.article, document, row.state, row.brief, failure, row.n_tries)


def _give(connection: Connection, day: date, one: Sighting) -> None:
    """Work for a night; a version that was published before the one it has is none."""
    row = _item_row(day, one.article, one.document, n_tries=0)
    _add(connection, NIGHT_ITEMS, row)
    same = and_(NIGHT_ITEMS.c.day == row["day"], NIGHT_ITEMS.c.article == one.article)
    had = _item(connection.execute(select(NIGHT_ITEMS).where(same)).one())
    was, now = had.document.published_at, one.document.published_at
    is_older = was is not None and now is not None and now < was
    if had.state != "carried" and not is_older:
        anew = {**row, "brief": None, "reason": None, "message": None}
        connection.execute(update(NIGHT_ITEMS).where(same).values(**anew))


def _add(connection: Connection, table: Any, row: Mapping[str, Any]) -> None:
    """Add a row; one that is there already stays."""
    adding = upsert(connection.dialect, table).values(**row)
    connection.execute(adding.on_conflict_do_nothing())
