"""The first tables: keys, articles, briefs, jobs, digests, runs, deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "keys",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("revoked_at", sa.Float),
    )
    _documents()
    _jobs()
    _editions()


def _documents() -> None:
    op.create_table(
        "articles",
        sa.Column("owner", sa.String(16), primary_key=True),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("saved_at", sa.Float, nullable=False, index=True),
    )
    op.create_table(
        "briefs",
        sa.Column("owner", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("saved_at", sa.Float, nullable=False, index=True),
    )


def _jobs() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "jobs",
        sa.Column("number", number, primary_key=True, autoincrement=True),
        sa.Column("owner", sa.String(16), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("payload", sa.Text),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("holder", sa.String(64)),
        sa.Column("lease_until", sa.Float),
        sa.Column("n_tries", sa.Integer, nullable=False),
        sa.Column("reason", sa.String(40)),
        sa.Column("message", sa.Text),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("ended_at", sa.Float, index=True),
        sa.UniqueConstraint("owner", "id"),
    )
    op.create_index("jobs_in_turn", "jobs", ["state", "number"])


def _editions() -> None:
    op.create_table(
        "digests",
        sa.Column("owner", sa.String(16), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("edition", sa.Integer, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("saved_at", sa.Float, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("lease_until", sa.Float, nullable=False),
        sa.Column("started_at", sa.Float, nullable=False),
        sa.Column("ended_at", sa.Float),
        sa.Column("note", sa.Text),
    )
    op.create_table(
        "deliveries",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("edition", sa.Integer, primary_key=True),
        sa.Column("channel", sa.String(200), primary_key=True),
        sa.Column("delivered_at", sa.Float, nullable=False),
    )


def downgrade() -> None:
    """Drop them with all they hold."""
    for name in ("deliveries", "runs", "digests", "jobs", "briefs", "articles", "keys"):
        op.drop_table(name)
