"""What the service counts, for Prometheus.

Labels are few and fixed: routes, statuses, reason codes; never ids, keys or words of an article.
Knows nothing of who scrapes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from briefer.schema import Brief

# A page in milliseconds, a stored brief in tens of them, a brief by a model in tens of seconds.
_SECONDS = (0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 20, 40, 80, 160, 320)

MEDIA_TYPE = CONTENT_TYPE_LATEST


class Measures:
    """One service's figures, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        own = self.registry
        self._requests = Counter(
            "briefer_requests", "Requests answered", ["method", "route", "status"], registry=own
        )
        self._latency = Histogram(
            "briefer_request_seconds",
            "Request to answer",
            ["route"],
            buckets=_SECONDS,
            registry=own,
        )
        self._stages = Histogram(
            "briefer_stage_seconds",
            "Time in a stage: wait (for the model), model (a batch), load",
            ["stage"],
            buckets=_SECONDS,
            registry=own,
        )
        self._batch = Histogram(
            "briefer_batch_articles", "Articles a batch", buckets=(1, 2, 3, 4), registry=own
        )
        self._briefs = Counter("briefer_briefs", "Briefs made", ["status"], registry=own)
        self._tokens = Counter("briefer_tokens", "The model's tokens", ["kind"], registry=own)
        self._withheld = Counter(
            "briefer_withheld_lines", "Withheld lines", ["reason"], registry=own
        )
        self._lookups = Counter(
            "briefer_store_lookups", "Looks for a brief", ["outcome"], registry=own
        )
        self._jobs = Counter("briefer_jobs", "Jobs ended", ["kind", "state"], registry=own)
        self.queue = Gauge(
            "briefer_queue_articles", "Articles that wait for the model", registry=own
        )
        self.ready = Gauge(
            "briefer_model_ready", "1 when the model has answered a probe", registry=own
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._latency.labels(route).observe(seconds)

    def looked_up(self, *, is_hit: bool) -> None:
        """A stored brief was looked for."""
        self._lookups.labels("hit" if is_hit else "miss").inc()

    def loaded(self, seconds: float) -> None:
        """The model was loaded and has answered."""
        self._stages.labels("load").observe(seconds)

    def taken(self, n_articles: int, waits_s: Sequence[float]) -> None:
        """A batch begins."""
        self._batch.observe(n_articles)
        for wait_s in waits_s:
            self._stages.labels("wait").observe(wait_s)

    def worked(self, seconds: float) -> None:
        """A batch is done."""
        self._stages.labels("model").observe(seconds)

    def made(self, brief: Brief) -> None:
        """A brief was made."""
        self._briefs.labels(brief.status).inc()
        for line in brief.withheld:
            self._withheld.labels(line.reason).inc()
        extra = brief.provenance.model_extra or {}
        for kind in ("prompt", "output"):
            n_tokens = extra.get(f"n_{kind}_tokens", 0)
            self._tokens.labels(kind).inc(n_tokens if isinstance(n_tokens, int) else 0)

    def job_ended(self, kind: str, state: str) -> None:
        """A job ended."""
        self._jobs.labels(kind, state).inc()

    def exposition(self) -> bytes:
        """All figures in Prometheus' text form."""
        return generate_latest(self.registry)
