"""The README keeps its word: its tree, its settings, its commands and its Python."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from math import ceil
from pathlib import Path

import pytest

from briefer.models import needs
from briefer.settings import Settings
from eval.metrics.figures import exact_interval
from tests.checkout import ROOT, text_of, tracked

README = (ROOT / "README.md").read_text()


def tree() -> list[str]:
    """The first column of the tree in the README, ``briefer/`` before its modules."""
    block = re.search(r"^## The tree\n.*?```text\n(.*?)```", README, re.DOTALL | re.MULTILINE)
    assert block, "README.md has no tree"
    lines = [line for line in block[1].splitlines() if line.strip()]
    return [("briefer/" if line[0] == " " else "") + line.split()[0] for line in lines]


def names_in(folder: Path) -> set[str]:
    """Tracked files and folders right in the folder, folders with a slash."""
    inside = [path.relative_to(folder) for path in tracked() if folder in path.parents]
    return {path.parts[0] + ("/" if len(path.parts) > 1 else "") for path in inside}


def test_readme_tree_names_every_folder_and_no_other() -> None:
    folders = {name for name in names_in(ROOT) if name.endswith("/") and name[0] != "."}

    assert {name for name in tree() if name.count("/") == 1 and name.endswith("/")} == folders


def test_readme_tree_names_every_module_and_no_other() -> None:
    modules = {f"briefer/{name}" for name in names_in(ROOT / "briefer") - {"py.typed"}}
    in_readme = {name for name in tree() if name.startswith("briefer/") and name != "briefer/"}

    assert in_readme == modules


def mentioned_settings() -> set[str]:
    sources = [path for path in tracked() if path.suffix == ".py" and "tests" not in path.parts]
    found = {
        name for path in sources for name in re.findall(r"BRIEFER_[A-Z_]+[A-Z]", text_of(path))
    }
    return found | {f"BRIEFER_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("name", sorted(mentioned_settings()))
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in README


def test_readme_documents_no_setting_that_does_not_exist() -> None:
    assert set(re.findall(r"BRIEFER_[A-Z_]+[A-Z]", README)) <= mentioned_settings()


def test_readme_asks_for_the_memory_that_the_default_model_needs() -> None:
    needed = needs.of(None, "auto")

    assert f" {ceil(needed.n_memory / 2**30)} GiB of memory" in README


def test_foreign_settings_that_count_are_documented() -> None:
    assert all(f"`{name}" in README for name in ("HF_HUB_OFFLINE", "SOURCE_DATE_EPOCH"))


def test_example_of_the_readme_is_the_one_that_contributing_names() -> None:
    shown = re.search(r"default model on `(eval/samples/[^`]+)`", README)
    assert shown, "README.md has no example"

    assert f"`briefer brief {shown[1]} " in text_of(ROOT / "CONTRIBUTING.md")


@pytest.mark.parametrize(
    "name", ["README.md", "docs/service.md", "docs/scale.md", "deploy/briefer.service"]
)
def test_nothing_says_to_install_what_is_not_released(name: str) -> None:
    assert "not released yet" in text_of(ROOT / "CHANGELOG.md")
    assert "pip install 'briefer[" not in text_of(ROOT / name)


def judged(commit: str) -> list[tuple[str, str, str]]:
    """Article, section (a letter) and verdict of the lines that readers judged, by commit.

    Without those of articles that the trained parts have learned from.
    """
    rows = map(json.loads, text_of(ROOT / f"eval/judged/{commit}.jsonl").splitlines())
    return [(*row["id"].split(" "), row["verdict"]) for row in rows if not row.get("trained_on")]


def verdicts(lines: list[tuple[str, str, str]], sections: str = "HSAD") -> Counter[str]:
    return Counter(verdict for _, place, verdict in lines if place[0] in sections)


def test_errors_that_the_readme_counts_are_those_that_readers_found() -> None:
    said = " ".join(README.split())
    newest = judged("0a6af6b")
    lines = judged("cd78d33") + judged("380b043") + judged("111e401") + newest
    fitted = {article for article, _, _ in judged("5cc8d4a") + judged("f305124")}
    unseen, facts, views = (verdicts(lines, sections) for sections in ("HSAD", "S", "D"))
    articles, last = ({article for article, _, _ in one} for one in (lines, newest))

    assert not articles & fitted
    assert (
        f"of {unseen.total()} lines of {len(articles)} articles on which nothing was trained or "
        f"fitted {unseen['wrong']} are wrong (4 to 8 %), {unseen['misleading']} misleading; "
        f"of the facts {facts['wrong']} of {facts.total()} wrong (2 to 5 %), "
        f"of the {views.total()} views {views['right']} right, {views['wrong']} wrong and "
        f"{views['misleading']} misleading" in said
    )
    assert (
        f"The last {len(last)} of these articles were briefed by the system as it is now "
        f"({len(newest)} lines, {verdicts(newest)['wrong']} wrong)" in said
    )
    assert int(unseen.total() / unseen["wrong"]) == 17
    assert int(unseen.total() / unseen["misleading"]) == 7
    assert "One line in seventeen is wrong and one in seven misleading" in said
    assert exact_interval(unseen["wrong"], unseen.total()) == pytest.approx((0.04, 0.08), abs=5e-3)
    assert exact_interval(facts["wrong"], facts.total()) == pytest.approx((0.02, 0.05), abs=5e-3)


def commands() -> list[str]:
    """The lines of the README's ``sh`` blocks that start with one of our own commands."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if re.match(r"make|briefer|\.venv/bin/briefer", line)]


def test_readme_begins_with_its_two_commands() -> None:
    assert commands()[:2] == ["make brief", "make test"]


@pytest.mark.parametrize("command", [line for line in commands() if line.startswith("make")])
def test_make_commands_of_the_readme_exist(command: str) -> None:
    done = subprocess.run(
        [*command.split(), "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "scripts/env.sh" in done.stdout


def run_briefer(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "briefer", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_make_brief_runs_writes_the_four_documents(tmp_path: Path) -> None:
    recipe = subprocess.run(
        ["make", "--dry-run", "brief", "DAY=2026-11-24", f"OUT={tmp_path}"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    (digest,) = re.findall(r"^\S*/briefer (digest .*)$", recipe, re.MULTILINE)
    arguments = digest.replace('"', "").split()

    done = run_briefer(*arguments, BRIEFER_ENGINE="fake")

    assert done.returncode == 0, done.stderr
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == [f"2026-11-24.{suffix}" for suffix in ("html", "json", "md", "pdf")]
    assert (tmp_path / "2026-11-24.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    "command", [line for line in commands() if not line.startswith("make") and "serve" not in line]
)
def test_briefer_commands_of_the_readme_run(command: str, tmp_path: Path) -> None:
    arguments = command.replace("OUT", str(tmp_path)).split()[1:]

    done = run_briefer(*arguments, BRIEFER_ENGINE="fake")

    assert done.returncode == 0, done.stderr


def test_python_of_the_readme_runs() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    code = block.replace("Briefer()", 'Briefer(engine="fake")')

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert code != block
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
