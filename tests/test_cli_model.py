"""``briefer model``, and the command as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefer.schema import Article, Brief, Options
from tests import handmade
from tests.commands import run


def test_model_list_is_one_line_a_model_with_its_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFER_CACHE", "/nowhere/at/all")

    rows = [line.split("\t") for line in run("model", "list").stdout.splitlines()]

    assert rows[0] == [
        "qwen2.5-coder-1.5b",
        "-",
        "1117320768",
        "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    ]
    assert all(len(row) == 4 for row in rows)


def test_model_verify_finds_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFER_CACHE", str(tmp_path))
    sha256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
    path = tmp_path / "weights" / sha256 / "SmolLM2-135M-Instruct.Q4_1.gguf"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not the weights")

    done = run("model", "verify")

    assert done.exit_code == 6
    assert done.stdout.startswith("smollm2-135m\tdamaged\t")


def test_model_verify_of_a_missing_one_exits_6(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_CACHE", str(tmp_path))

    assert run("model", "verify").exit_code == 0
    assert run("model", "verify", "smollm2-135m").exit_code == 6


@pytest.mark.parametrize("names", [("verify", "gpt-17"), ("pull", "smollm2-135m", "gpt-17")])
def test_an_unknown_pinned_model_is_bad_usage_and_names_the_known_ones(
    names: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_CACHE", str(tmp_path))

    done = run("model", *names)

    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == []
    assert "gpt-17" in done.stderr
    assert "smollm2-135m" in done.stderr


def test_the_command_runs_as_a_module_without_progress_on_stderr(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefer", "brief", str(tmp_path / "gone.txt"), "--engine", "fake"],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr == f"briefer: {tmp_path / 'gone.txt'} does not exist.\n"


def test_handmade_briefs_are_printed_whole(story: Path) -> None:
    @dataclass
    class Fixed:
        n_at_once: int = 1

        def brief(self, article: Article, options: Options | None = None) -> Brief:
            return handmade.brief()

        def brief_many(
            self, articles: Iterable[Article], options: Options | None = None
        ) -> Iterator[Brief]:
            return (self.brief(article) for article in articles)

    done = run("brief", story, briefer=Fixed())

    assert Brief.model_validate_json(done.stdout) == handmade.brief()
