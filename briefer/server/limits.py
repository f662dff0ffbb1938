"""How much the service takes, of one request and at one time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the service. ``max_text_chars`` is 80,000 words: a book, not an article.

    ``max_waiting`` articles wait for the model in memory, ``max_jobs`` in the store;
    ``request_timeout_s`` bounds how long a client waits for a brief. ``job_lease_s`` is after how
    long another process takes over what a dead one ran. ``max_batch`` articles are a request of
    ``/v1/briefs:batch``, ``max_digest`` one of ``/v1/digests``.
    """

    max_body_bytes: int = 5 * 2**20
    max_text_chars: int = 500_000
    body_timeout_s: float = 30.0
    max_waiting: int = 64
    request_timeout_s: float = 300.0
    max_batch: int = 32
    max_digest: int = 200
    max_jobs: int = 10_000
    job_lease_s: float = 30.0
    rate_per_minute: int = 120
