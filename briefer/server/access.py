"""Who may ask, how often, and as whom: API keys become owners.

Keys are needed off loopback, and on it once one exists. Programs send ``Authorization: Bearer``;
a browser sends the same key as the password of HTTP Basic. Knows nothing of what is asked for.
"""

from __future__ import annotations

import base64
import binascii
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from anyio import to_thread
from fastapi import Request

from briefer.server.problem import Problem
from briefer.store import SITE, Store

_MAX_HEADER = 500
_CHALLENGE = 'Bearer realm="briefer", Basic realm="briefer", charset="UTF-8"'
_KEYS_REMEMBERED = 10_000


@dataclass(slots=True)
class _Bucket:
    """What an owner may still ask; fills up again with time."""

    left: float
    filled_at: float


class RateLimiter:
    """A token bucket an owner: ``per_minute`` at once, then as many a minute. Of this process."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._now = clock
        self._buckets: dict[str, _Bucket] = {}

    def spend(self, owner: str, n: int = 1) -> None:
        """Count ``n`` articles.

        Raises:
            Problem: 429 when the owner has asked for too many.
        """
        now = self._now()
        if len(self._buckets) > _KEYS_REMEMBERED:
            self._buckets.clear()
        bucket = self._buckets.setdefault(owner, _Bucket(self._per_minute, now))
        gained = (now - bucket.filled_at) * self._per_minute / 60
        bucket.left = min(bucket.left + gained, self._per_minute)
        bucket.filled_at = now
        if bucket.left < min(n, self._per_minute):
            wait_s = (min(n, self._per_minute) - bucket.left) * 60 / self._per_minute
            raise Problem(
                "too-many",
                f"This key may send {self._per_minute} articles a minute.",
                headers={"Retry-After": str(math.ceil(wait_s))},
            )
        bucket.left -= n


class Access:
    """Finds the owner of a request."""

    def __init__(self, store: Store, rates: RateLimiter, *, needs_key: bool) -> None:
        """``needs_key`` also where no key exists yet, as off loopback."""
        self._store = store
        self._rates = rates
        self._needs_key = needs_key

    async def owner(self, request: Request) -> str:
        """The id of the caller's key; ``SITE`` where no key is needed.

        Raises:
            Problem: 401 when a key is needed and there is none, or not one that works.
        """
        if not await to_thread.run_sync(self._is_closed):
            return SITE
        token = _token(request.headers.get("authorization", ""))
        owner = await to_thread.run_sync(self._store.owner_of, token) if token else None
        if owner is None:
            told = "This key does not work." if token else "Send a key: Authorization: Bearer …"
            raise Problem("no-key", told, headers={"WWW-Authenticate": _CHALLENGE})
        request.state.owner = owner
        return owner

    async def spender(self, request: Request) -> str:
        """As ``owner``, for a request that asks for one article more.

        Raises:
            Problem: 401 as ``owner``, 429 when the key has asked for too many.
        """
        owner = await self.owner(request)
        self.spend(owner, 1)
        return owner

    def spend(self, owner: str, n: int) -> None:
        """Count ``n`` articles of an owner; without keys there is no limit.

        Raises:
            Problem: 429 when the key has asked for too many.
        """
        if owner != SITE:
            self._rates.spend(owner, n)

    def _is_closed(self) -> bool:
        return self._needs_key or self._store.has_keys()


def _token(header: str) -> str | None:
    scheme, _, given = header[:_MAX_HEADER].partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    if scheme.lower() == "basic":
        try:
            pair = base64.b64decode(given.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None
        return pair.partition(":")[2]
    return None
