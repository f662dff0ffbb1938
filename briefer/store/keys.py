"""API keys: made, listed, revoked, recognised; only their hashes are kept.

A key is ``bk_<id>_<secret>``. The secret has 256 random bits, so a plain SHA-256 is as good as a
slow hash: there is nothing to guess. Knows nothing of HTTP.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select, update

from briefer.errors import UnknownOption
from briefer.store.database import Database
from briefer.store.tables import KEYS

_FORM = re.compile(r"bk_([0-9a-f]{8})_([A-Za-z0-9_-]{43})")
_MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key; not the key."""

    id: str
    name: str
    created_at: datetime
    revoked_at: datetime | None


class Keys(Database):
    """The keys."""

    def create_key(self, name: str) -> tuple[Key, str]:
        """Make a key: what is known of it, and the key itself, shown now and never again.

        Raises:
            UnknownOption: the name is empty or longer than 200 characters.
        """
        if not name.strip() or len(name) > _MAX_NAME:
            raise UnknownOption(f"a key's name has 1 to {_MAX_NAME} characters; {name!r} does not.")
        id_, now = secrets.token_hex(4), self._now()
        token = f"bk_{id_}_{secrets.token_urlsafe(32)}"
        row = {"id": id_, "name": name, "sha256": _hash(token), "created_at": now}
        with self._transaction() as connection:
            connection.execute(KEYS.insert().values(**row))
        return Key(id_, name, datetime.fromtimestamp(now, UTC), None), token

    def list_keys(self) -> list[Key]:
        """All keys, the revoked ones too, in the order they were made."""
        with self._transaction() as connection:
            rows = connection.execute(select(KEYS).order_by(KEYS.c.created_at, KEYS.c.id)).all()
        return [
            Key(row.id, row.name, _moment(row.created_at), _moment_or_none(row.revoked_at))
            for row in rows
        ]

    def revoke_key(self, id: str) -> bool:  # noqa: A002
        """Revoke a key at once; whether there was one that worked. Its briefs stay."""
        working = (KEYS.c.id == id) & KEYS.c.revoked_at.is_(None)
        with self._transaction() as connection:
            revoking = update(KEYS).where(working).values(revoked_at=self._now())
            return connection.execute(revoking).rowcount > 0

    def has_keys(self) -> bool:
        """Whether a key was ever made, revoked or not: from then on one is needed."""
        with self._transaction() as connection:
            return bool(connection.scalar(select(func.count()).select_from(KEYS)))

    def owner_of(self, token: str) -> str | None:
        """The id of the key, ``None`` when it is none of ours or revoked.

        Compares in constant time and as long for ids that do not exist.
        """
        form = _FORM.fullmatch(token)
        if form is None:
            return None
        wanted = select(KEYS.c.sha256).where(KEYS.c.id == form[1], KEYS.c.revoked_at.is_(None))
        with self._transaction() as connection:
            kept = connection.scalar(wanted)
        is_ours = hmac.compare_digest(kept or "0" * 64, _hash(token))
        return form[1] if is_ours and kept else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _moment_or_none(seconds: float | None) -> datetime | None:
    return None if seconds is None else _moment(seconds)
