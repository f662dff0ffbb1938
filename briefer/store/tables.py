"""The tables, as SQLAlchemy sees them; ``migrations/`` brings a database to this form.

Documents (articles, briefs, digests) are JSON text exactly as the schema dumped them, so that the
bytes read are the bytes written. Moments are seconds since 1970, for SQLite has no zones. Knows
nothing of what is asked of the tables.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

SITE = ""
"""The owner of what belongs to nobody's key: the nightly job's, and all without keys."""

_NUMBER = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts up only INTEGER

KEYS = Table(
    "keys",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("created_at", Float, nullable=False),
    Column("revoked_at", Float),
)

ARTICLES = Table(
    "articles",
    METADATA,
    Column("owner", String(16), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("document", Text, nullable=False),
    Column("saved_at", Float, nullable=False, index=True),
)

# ``id`` is what the brief was asked for under: its own id, or that of a job which another model
# than the one it was accepted for has done.
BRIEFS = Table(
    "briefs",
    METADATA,
    Column("owner", String(16), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("document", Text, nullable=False),
    Column("saved_at", Float, nullable=False, index=True),
)

JOBS = Table(
    "jobs",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("owner", String(16), nullable=False),
    Column("id", String(64), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("payload", Text),
    Column("state", String(10), nullable=False),
    Column("holder", String(64)),
    Column("lease_until", Float),
    Column("n_tries", Integer, nullable=False),
    Column("reason", String(40)),
    Column("message", Text),
    Column("created_at", Float, nullable=False),
    Column("ended_at", Float, index=True),
    UniqueConstraint("owner", "id"),
    Index("jobs_in_turn", "state", "number"),
)

DIGESTS = Table(
    "digests",
    METADATA,
    Column("owner", String(16), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("edition", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("saved_at", Float, nullable=False),
)

RUNS = Table(
    "runs",
    METADATA,
    Column("day", String(10), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("holder", String(64), nullable=False),
    Column("lease_until", Float, nullable=False),
    Column("started_at", Float, nullable=False),
    Column("ended_at", Float),
    Column("note", Text),
)

DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("day", String(10), primary_key=True),
    Column("edition", Integer, primary_key=True),
    Column("channel", String(200), primary_key=True),
    Column("delivered_at", Float, nullable=False),
)


# An article is known by its addresses ("u:" and a hash) and its texts ("t:" and a hash) ...
IDENTITIES = Table(
    "identities",
    METADATA,
    Column("key", String(66), primary_key=True),
    Column("article", String(32), nullable=False, index=True),
)

# ... and by bands of its MinHash signature, which near-duplicates share.
BANDS = Table(
    "bands",
    METADATA,
    Column("band", String(24), primary_key=True),
    Column("article", String(32), primary_key=True),
)

SIGHTINGS = Table(
    "sightings",
    METADATA,
    Column("article", String(32), primary_key=True),
    Column("signature", Text, nullable=False),
    Column("url", Text),
    Column("publisher", Text),
    Column("first_day", String(10), nullable=False),
    Column("n_versions", Integer, nullable=False),
)

COPIES = Table(
    "copies",
    METADATA,
    Column("article", String(32), primary_key=True),
    Column("publisher", String(200), primary_key=True),
    Column("day", String(10), nullable=False),
)

NIGHT_ITEMS = Table(
    "night_items",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("day", String(10), nullable=False),
    Column("article", String(32), nullable=False),
    Column("document", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("brief", String(64)),
    Column("reason", String(40)),
    Column("message", Text),
    Column("n_tries", Integer, nullable=False),
    UniqueConstraint("day", "article"),
)

NIGHT_SOURCES = Table(
    "night_sources",
    METADATA,
    Column("day", String(10), primary_key=True),
    Column("source", String(66), primary_key=True),
    Column("failures", Text, nullable=False),
)

FETCHES = Table(
    "fetches",
    METADATA,
    Column("url", String(2100), primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
)
