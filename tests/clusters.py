"""A real Ray cluster of two nodes on this machine, and desks that die when they are told to."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from briefer.schema import Article, Brief
from tests.newsstand import FirstSentences

ROOT = Path(__file__).parent.parent
_NODE: dict[str, Any] = {
    "num_cpus": 1,
    "object_store_memory": 80 * 2**20,
    "include_dashboard": False,
}
# By itself Ray takes 15 s and more to see that a node is dead.
_NOTICES_SOON = {
    "health_check_initial_delay_ms": 0,
    "health_check_period_ms": 500,
    "health_check_failure_threshold": 4,
}
_TOGETHER_WITHIN_S = 60.0


class TwoNodes:
    """A head and another node; the other one may be killed, and comes back with ``mend``."""

    def __init__(self, folder: str) -> None:
        from ray.cluster_utils import Cluster

        self._cluster: Any = Cluster()
        self._cluster.add_node(**_NODE, temp_dir=folder, _system_config=_NOTICES_SOON)
        self._other: Any = self._cluster.add_node(**_NODE)

    @property
    def address(self) -> str:
        return str(self._cluster.address)

    @property
    def other_raylet(self) -> int:
        """The process that is the other node: its workers are its children."""
        return int(self._other.all_processes["raylet"][0].process.pid)

    def mend(self) -> None:
        self._cluster.remove_node(self._other, allow_graceful=False)
        self._other = self._cluster.add_node(**_NODE)

    def close(self) -> None:
        self._cluster.shutdown()


@contextmanager
def two_nodes() -> Iterator[TwoNodes]:
    """Two nodes whose workers find the tests, and nothing of them afterwards."""
    folder = tempfile.mkdtemp(prefix="ray-")  # short: the paths of sockets are bounded
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
        # Where Ray writes down which cluster is the last; it makes no folder for that itself.
        patch.setenv("RAY_TMPDIR", folder)
        (Path(folder) / "ray").mkdir()
        cluster = TwoNodes(folder)
        try:
            yield cluster
        finally:
            cluster.close()
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Diary:
    """A folder in which desks, wherever they work, write down what they did."""

    folder: Path

    def write(self, kind: str, word: object) -> None:
        self.folder.mkdir(exist_ok=True)
        with (self.folder / kind).open("a") as file:  # a short line: written whole
            file.write(f"{word}\n")

    def read(self, kind: str) -> Counter[str]:
        path = self.folder / kind
        return Counter(path.read_text().splitlines() if path.exists() else ())


@dataclass(frozen=True)
class Mortal:
    """A desk that is killed by an article: each time, or the first time, alone or with its node.

    ``together`` desks wait for each other, at their opening and in the first article of each.
    """

    diary: Diary
    together: int = 1
    kills: str | None = None
    kills_once: str | None = None
    kills_node: int | None = None
    n_at_once: int = 1

    def opened(self) -> Mortal:
        self.diary.write("workers", os.getpid())
        self._wait_for("workers")
        return self

    def identify(self, article: Article) -> str:
        return FirstSentences().identify(article)

    def brief(self, article: Article) -> Brief:
        name = Path(article.ref or "").stem
        self.diary.write("begun", name)
        self._wait_for("begun")
        if self.kills_node == os.getppid():
            os.kill(self.kills_node, signal.SIGKILL)
            time.sleep(_TOGETHER_WITHIN_S)  # it dies of its node's death
        is_first = self.diary.read("begun")[name] == 1
        if name == self.kills or (name == self.kills_once and is_first):
            os.kill(os.getpid(), signal.SIGKILL)
        self.diary.write("made", name)
        return FirstSentences().brief(article)

    def _wait_for(self, kind: str) -> None:
        """Wait until as many desks as work together wrote such a line."""
        until = time.monotonic() + _TOGETHER_WITHIN_S
        while len(self.diary.read(kind)) < self.together and time.monotonic() < until:
            time.sleep(0.05)
