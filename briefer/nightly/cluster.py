"""A night's articles on a Ray cluster: one worker a GPU, or a machine where there are no GPUs.

A worker loads its model once and gives briefs back; only this process has the store. The only
module that imports Ray. Knows nothing of who gets which article, or of what a death means.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata, util
from typing import Any

from briefer.errors import ClusterError, ConfigError
from briefer.nightly.crews import Desk, Done, Has, OpenDesk
from briefer.nightly.shifts import Place, Shift, Task, WorkerDied
from briefer.schema import Article, Brief
from briefer.store import Item

LOCAL = "local"
"""Ray's word for a cluster of this machine alone, which ends with the night."""
_CONNECTS_WITHIN_S = 5.0
# Articles and briefs are kilobytes; Ray would take 30 % of the memory.
_OBJECT_STORE_BYTES = 100 * 2**20
_MAX_REASON = 200


@dataclass(frozen=True, slots=True)
class Cluster:
    """A crew of as many workers as the cluster has room for; ``open_desk`` is pickled.

    ``address`` is what Ray takes: ``host:port``, ``auto`` or ``local``.

    Raises:
        ConfigError: Ray is not installed.
    """

    open_desk: OpenDesk
    address: str = LOCAL
    say: Callable[[str], None] = lambda _: None

    def __post_init__(self) -> None:
        if util.find_spec("ray") is None:
            raise ConfigError("--workers ray needs Ray: pip install '.[ray]' in the checkout.")

    def brief_each(self, items: Sequence[Item], has: Has) -> Generator[Done, None, None]:
        """What became of each, as it becomes known.

        Raises:
            ClusterError: the cluster cannot be reached, or nobody in it can work.
            ModelError: nobody can, for want of a usable model.
        """
        if items:
            with _connected(self.address):
                site = _RaySite(self.open_desk)
                shift = Shift(site, has, metadata.version("briefer"), say=self.say)
                yield from shift.brief_each(items)


class Worker:
    """What runs elsewhere: a desk, opened when it is asked for."""

    def __init__(self, open_desk: OpenDesk) -> None:
        self._open_desk = open_desk
        self._desk: Desk | None = None

    def version(self) -> str:
        """The briefer that is installed there."""
        return metadata.version("briefer")

    def load(self) -> None:
        """Load the model."""
        self._desk = self._open_desk()

    def identify(self, article: Article) -> str:
        """As the desk."""
        return self._opened.identify(article)

    def brief(self, article: Article) -> Brief:
        """As the desk."""
        return self._opened.brief(article)

    @property
    def _opened(self) -> Desk:
        if self._desk is None:
            raise ClusterError("a worker was given an article before it had a model.")
        return self._desk


def places_of(nodes: Sequence[Mapping[str, Any]]) -> list[Place]:
    """The places of a cluster's nodes, as Ray tells of them.

    One a GPU where there are any, for one GPU does the work of many processors and the lines of
    one night should come from one engine; else one a node, for an engine uses all its cores.
    """
    alive = [node for node in nodes if node["Alive"]]
    with_gpus = [node for node in alive if _count(node, "GPU")]
    return [place for node in with_gpus or alive for place in _places_on(node)]


def _places_on(node: Mapping[str, Any]) -> Iterator[Place]:
    n_cpus, n_gpus = _count(node, "CPU"), _count(node, "GPU")
    n_workers = n_gpus or min(n_cpus, 1)
    for number in range(n_workers):
        n_own = max(n_cpus // n_workers, 1)
        yield Place(node["NodeID"], node["NodeManagerHostname"], number, n_own, min(n_gpus, 1))


def _count(node: Mapping[str, Any], resource: str) -> int:
    return int(node["Resources"].get(resource, 0))


class _RaySite:
    """Ray, as ``shifts.Site``; workers are actors that Ray itself neither restarts nor retries."""

    def __init__(self, open_desk: OpenDesk) -> None:
        self._open_desk = open_desk

    def places(self) -> list[Place]:
        import ray

        nodes: Callable[[], list[dict[str, Any]]] = ray.nodes  # Ray does not type it
        return places_of(nodes())

    def hire(self, place: Place) -> Any:
        import ray
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        there = NodeAffinitySchedulingStrategy(place.machine, soft=False)
        options = {"num_cpus": place.n_cpus, "num_gpus": place.n_gpus, "max_restarts": 0}
        actor = ray.remote(Worker).options(scheduling_strategy=there, **options)
        return actor.remote(self._open_desk)

    def dismiss(self, hand: Any) -> None:
        import ray

        ray.kill(hand)

    def ask(self, hand: Any, task: Task, item: Item | None) -> Any:
        return getattr(hand, task).remote(*([item.document] if item else []))

    def wait(self, tickets: Sequence[Any], timeout_s: float) -> Sequence[Any]:
        import ray

        if not tickets:
            return _none_after(timeout_s)
        return ray.wait(list(tickets), timeout=timeout_s)[0]

    def answer(self, ticket: Any) -> Any:
        import ray
        from ray.exceptions import RayError, RayTaskError

        try:
            return ray.get(ticket)
        except RayTaskError as error:
            return error.cause
        except RayError as error:
            raise WorkerDied(_reason(error)) from error


def _none_after(timeout_s: float) -> Sequence[Any]:
    time.sleep(timeout_s)
    return ()


def _reason(error: Exception) -> str:
    """Ray's last line, which says what happened, without its guesses at why."""
    lines = str(error).strip().splitlines()
    told = lines[-1] if lines else type(error).__name__
    return textwrap.shorten(told.partition(" Some common causes")[0], _MAX_REASON)


@contextmanager
def _connected(address: str) -> Iterator[None]:
    """Be the driver of a job for as long as the block runs; its workers end with it."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # read when Ray is imported
    import ray
    from ray.exceptions import RayError

    _check_reachable(address)
    options: dict[str, Any] = {"logging_level": logging.CRITICAL, "log_to_driver": False}
    if address == LOCAL:  # what a cluster that is there already decides for itself
        options |= {"include_dashboard": False, "object_store_memory": _OBJECT_STORE_BYTES}
    try:
        ray.init(address, **options)
    except (RayError, OSError, RuntimeError, ValueError) as error:
        raise ClusterError(_unreachable(address, _reason(error))) from error
    try:
        with _ending_on_sigterm():
            yield
    finally:
        ray.shutdown()


@contextmanager
def _ending_on_sigterm() -> Iterator[None]:
    """Leave in order when told to; Ray's own handler would abort, and leave processes behind."""
    if threading.current_thread() is not threading.main_thread():
        yield  # no other thread may set handlers, and none of Ray's is set there
        return
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # no document
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _check_reachable(address: str) -> None:
    """Fail in seconds where nobody listens: Ray would try for many minutes."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or "://" in address:
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), _CONNECTS_WITHIN_S).close()
    except OSError as error:
        raise ClusterError(_unreachable(address, str(error))) from error


def _unreachable(address: str, reason: str) -> str:
    if address == LOCAL:
        return f"no Ray cluster could be started on this machine: {reason} Mend that and run again."
    return (
        f"the Ray cluster at {address} cannot be reached: {reason} Is `ray status` well there, "
        "and is RAY_ADDRESS or --ray-address right? What was read is kept; run again."
    )
