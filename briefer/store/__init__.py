"""The store: articles, briefs, jobs, digests, runs and keys in one SQL database.

    database.py   connecting, migrating, transactions      tables.py      the tables
    documents.py  articles and briefs                      jobs.py        what is promised
    editions.py   digests, deliveries                      keys.py        API keys
    nights.py     what was seen, what a night has to do    runs.py        who runs it
    migrations/   Alembic's, run by ``open``               looking.py     how it stands

SQLite in WAL mode in a folder by default, PostgreSQL by URL. Every method is one transaction, may
be called from any thread, and raises ``StoreError`` when the database fails. ``owner`` is the id
of the API key that something belongs to, ``SITE`` for what belongs to none. Knows nothing of
models, HTTP or files.
"""

from __future__ import annotations

import time

from briefer.store.database import Clock, connect, migrate
from briefer.store.documents import Documents, Keeping, Purged
from briefer.store.editions import Editions, StoredDigest
from briefer.store.jobs import MAX_TRIES, Job, Jobs, digest_job_id
from briefer.store.keys import Key, Keys
from briefer.store.looking import Look, look
from briefer.store.nights import Item, Nights, Sighting, Validators
from briefer.store.runs import Holder, Runs
from briefer.store.tables import SITE

__all__ = [
    "MAX_TRIES",
    "SITE",
    "Holder",
    "Item",
    "Job",
    "Keeping",
    "Key",
    "Look",
    "Purged",
    "Sighting",
    "Store",
    "StoredDigest",
    "Validators",
    "digest_job_id",
    "look",
    "open",
]


class Store(Documents, Jobs, Editions, Runs, Nights, Keys):
    """Everything that briefer keeps."""


def open(  # noqa: A001 - store.open, as files have it
    url: str, *, keeping: Keeping | None = None, clock: Clock = time.time
) -> Store:
    """Connect to a database URL, or to a folder with SQLite in it, and migrate it.

    Raises:
        ConfigError: there is no such kind of database.
        StoreError: the database cannot be reached or written.
    """
    engine = connect(url)
    migrate(engine)
    store = Store(engine, clock)
    store.keeping = keeping or Keeping()
    return store
