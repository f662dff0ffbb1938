"""What the nightly run keeps: which articles were seen, and what each night has to do."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "identities",
        sa.Column("key", sa.String(66), primary_key=True),
        sa.Column("article", sa.String(32), nullable=False, index=True),
    )
    op.create_table(
        "bands",
        sa.Column("band", sa.String(24), primary_key=True),
        sa.Column("article", sa.String(32), primary_key=True),
    )
    op.create_table(
        "sightings",
        sa.Column("article", sa.String(32), primary_key=True),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("first_day", sa.String(10), nullable=False),
        sa.Column("n_versions", sa.Integer, nullable=False),
    )
    op.create_table(
        "copies",
        sa.Column("article", sa.String(32), primary_key=True),
        sa.Column("publisher", sa.String(200), primary_key=True),
        sa.Column("day", sa.String(10), nullable=False),
    )
    _nights()


def _nights() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "night_items",
        sa.Column("number", number, primary_key=True, autoincrement=True),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("article", sa.String(32), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("brief", sa.String(64)),
        sa.Column("reason", sa.String(40)),
        sa.Column("message", sa.Text),
        sa.Column("n_tries", sa.Integer, nullable=False),
        sa.UniqueConstraint("day", "article"),
    )
    op.create_table(
        "night_sources",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("source", sa.String(66), primary_key=True),
        sa.Column("failures", sa.Text, nullable=False),
    )
    op.create_table(
        "fetches",
        sa.Column("url", sa.String(2100), primary_key=True),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
    )


def downgrade() -> None:
    """Drop them with all they hold."""
    for name in (
        *("fetches", "night_sources", "night_items", "copies", "sightings", "bands", "identities"),
    ):
        op.drop_table(name)
