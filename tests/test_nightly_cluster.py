"""A night on a real Ray cluster of two nodes, whose workers and nodes are killed in mid-run."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefer import store as stores
from briefer.cli import app
from briefer.cli.options import Tools
from briefer.errors import ClusterError, ConfigError
from briefer.nightly import Alone, Cluster, Crew, Night, Outcome, run
from briefer.nightly.cluster import places_of
from briefer.nightly.documents import write_whole
from briefer.nightly.shifts import Place
from tests.clusters import ROOT, Diary, Mortal, TwoNodes, two_nodes
from tests.newsstand import FirstSentences
from tests.test_nightly import DAY, TOWNS, config, words_of


@pytest.fixture(scope="module")
def nodes() -> Iterator[TwoNodes]:
    with two_nodes() as made:
        yield made


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A drop-box with ten articles."""
    for town in TOWNS:
        write_whole(tmp_path / f"box/{town}.txt", words_of(town).encode())
    return tmp_path / "box"


def night_in(folder: Path, crew: Crew, box: Path) -> Outcome:
    """The night with a store and an output folder of its own."""
    folder.mkdir(exist_ok=True)
    store = stores.open(str(folder / "store"))
    source = {"kind": "folder", "at": str(box)}
    try:
        return run(Night(config(folder, source, formats=["json", "md"]), store, crew, DAY))
    finally:
        store.close()


def documents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted((folder / "out").iterdir())}


def test_killed_worker_costs_a_retry_and_the_document_is_that_of_one_process(
    nodes: TwoNodes, box: Path, tmp_path: Path
) -> None:
    diary = Diary(tmp_path / "diary")
    desk = Mortal(diary, together=2, kills_once="Cedar")
    said: list[str] = []

    outcome = night_in(tmp_path / "many", Cluster(desk.opened, nodes.address, said.append), box)
    again = night_in(tmp_path / "many", Cluster(desk.opened, nodes.address), box)
    alone = night_in(tmp_path / "one", Alone(FirstSentences()), box)

    assert (outcome.state, outcome.n_briefed) == ("done", 10)
    assert (again.state, again.n_briefed, again.n_reused) == ("done", 0, 0)
    assert diary.read("made") == dict.fromkeys(TOWNS, 1)
    assert diary.read("begun") == {**dict.fromkeys(TOWNS, 1), "Cedar": 2}
    assert [one.partition(" on ")[0] for one in said] == [f"{box}/Cedar.txt: its worker"]
    assert outcome.digest == alone.digest
    assert documents(tmp_path / "many") == documents(tmp_path / "one")


def test_poisonous_article_fails_alone_after_three_workers(
    nodes: TwoNodes, box: Path, tmp_path: Path
) -> None:
    diary = Diary(tmp_path / "diary")
    desk = Mortal(diary, kills="Elm")

    outcome = night_in(tmp_path, Cluster(desk.opened, nodes.address), box)

    assert outcome.digest is not None
    (failure,) = outcome.digest.failures
    assert Path(failure.ref or "").name == "Elm.txt"
    assert failure.reason == "model_failed"
    assert failure.message.startswith("3 workers died while they briefed it; the last: ")
    assert diary.read("begun")["Elm"] == 3
    assert diary.read("made") == {town: 1 for town in TOWNS if town != "Elm"}


def test_killed_node_costs_a_retry_and_the_other_node_finishes(
    nodes: TwoNodes, box: Path, tmp_path: Path
) -> None:
    diary = Diary(tmp_path / "diary")
    desk = Mortal(diary, together=2, kills_node=nodes.other_raylet)

    outcome = night_in(tmp_path / "many", Cluster(desk.opened, nodes.address), box)
    nodes.mend()
    night_in(tmp_path / "one", Alone(FirstSentences()), box)

    assert diary.read("made") == dict.fromkeys(TOWNS, 1)
    assert diary.read("begun").total() == 11
    assert outcome.n_briefed == 10
    assert documents(tmp_path / "many") == documents(tmp_path / "one")


SCRIPT = """
import os, sys
from datetime import date
from pathlib import Path
from briefer import store as stores
from briefer.nightly import Cluster, Night, run
from tests.clusters import ROOT, Diary, Mortal
from tests.test_nightly import config

folder, address, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
left = iter(range(4))  # the source, all sources, and two articles
def passed(step, name):
    if next(left, None) is None:
        os.kill(os.getpid(), number)
crew = Cluster(Mortal(Diary(folder / "diary")).opened, address)
wanted = config(folder, {"kind": "folder", "at": str(folder / "box")}, formats=["json", "md"])
run(Night(wanted, stores.open(str(folder / "store")), crew, date(2026, 11, 24), passed=passed))
"""


def kept_in(folder: Path) -> list[str]:
    """The articles whose briefs the store has."""
    store = stores.open(str(folder / "store"))
    items = store.items_of(DAY)
    store.close()
    return [Path(one.document.ref or "").stem for one in items if one.state == "briefed"]


def test_killed_driver_loses_nothing_that_was_kept(
    nodes: TwoNodes, box: Path, tmp_path: Path
) -> None:
    diary = Diary(tmp_path / "diary")

    def start(number: int) -> int:
        arguments = [sys.executable, "-c", SCRIPT, str(tmp_path), nodes.address, str(number)]
        return subprocess.run(arguments, cwd=ROOT, check=False).returncode

    killed = start(signal.SIGKILL)
    kept = kept_in(tmp_path)
    told_to_end = start(signal.SIGTERM)
    outcome = night_in(tmp_path, Cluster(Mortal(diary).opened, nodes.address), box)

    assert (killed, told_to_end) == (-signal.SIGKILL, 1)
    assert len(kept) == 3
    assert [diary.read("made")[name] for name in kept] == [1, 1, 1]
    assert outcome.digest is not None
    assert len(outcome.digest.briefs) == 10


def test_the_command_briefs_on_the_cluster(
    nodes: TwoNodes, box: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("RAY_ADDRESS", nodes.address)
    wanted = tmp_path / "night.toml"
    wanted.write_text(
        f'sources = [{{kind = "folder", at = "{box}"}}]\nformats = ["json"]\n'
        f'out = "{tmp_path / "out"}"\n'
    )
    arguments = ["nightly", "--config", str(wanted), "--day", DAY.isoformat(), "--workers", "ray"]
    tools = Tools(lambda *_: FirstSentences())  # type: ignore[arg-type]

    done = CliRunner().invoke(app, [*arguments, "--engine", "fake"], obj=tools)

    assert done.exit_code == 0, done.stderr
    assert len(json.loads((tmp_path / f"out/{DAY}.json").read_text())["briefs"]) == 10


def test_cluster_that_nobody_listens_for_is_said_at_once(box: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        crew = Cluster(FirstSentences, address)

        with pytest.raises(ClusterError, match=f"at {address} cannot be reached.*refused"):
            night_in(tmp_path, crew, box)


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)

    with pytest.raises(ConfigError, match=r"pip install '\.\[ray\]'"):
        Cluster(FirstSentences)


def node(name: str, *, is_alive: bool = True, **resources: float) -> dict[str, object]:
    return {
        "NodeID": name,
        "NodeManagerHostname": f"host-{name}",
        "Alive": is_alive,
        "Resources": {"memory": 1e9, **resources},
    }


def test_one_worker_a_machine_that_gets_all_its_cores() -> None:
    nodes = [node("a", CPU=16), node("head"), node("dead", is_alive=False, CPU=8)]

    assert places_of(nodes) == [Place("a", "host-a", 0, n_cpus=16, n_gpus=0)]


def test_one_worker_a_gpu_and_none_elsewhere_where_there_are_any() -> None:
    nodes = [node("a", CPU=16), node("b", CPU=9, GPU=2)]

    assert places_of(nodes) == [
        Place("b", "host-b", 0, n_cpus=4, n_gpus=1),
        Place("b", "host-b", 1, n_cpus=4, n_gpus=1),
    ]
