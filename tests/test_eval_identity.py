"""What decides a brief, and what does not: the hashes that a figure is kept under."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import briefer
from briefer import resources
from eval import identity

PACKAGE = Path(briefer.__file__).parent


def test_everything_left_out_of_the_identity_is_there() -> None:
    there = {path.name for path in PACKAGE.iterdir()}

    gone = identity.NOT_PIPELINE - there

    assert gone == set()


def test_identity_counts_what_makes_briefs_and_nothing_that_carries_them() -> None:
    files = {path.relative_to(PACKAGE) for path in identity.files_of_pipeline(PACKAGE)}

    folders = {path.parts[0] for path in files}
    assert {"passages", "checks", "articles", "_data", "briefing", "text"} <= folders
    assert folders.isdisjoint(("nightly", "store", "stories", "cli", "server", "fetching.py"))


def test_nothing_that_makes_a_brief_imports_what_is_left_out() -> None:
    left_out = sorted(name.removesuffix(".py") for name in identity.NOT_PIPELINE)
    program = (
        "import sys, briefer.briefing, briefer.articles, briefer.models.openvino\n"
        "made_by = {name.split('.')[1] for name in sys.modules if name.startswith('briefer.')}\n"
        f"print(sorted(made_by & set({left_out!r})))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120
    )

    assert (done.stdout.strip(), done.stderr, done.returncode) == ("[]", "", 0)


def test_identity_of_trained_parts_counts_the_linear_models() -> None:
    before = {path.name for path in resources.shipped("").iterdir()}

    counted = {path.name for path in identity.artefacts()}

    assert any(name.startswith("salience-") for name in counted)
    assert {name for name in before if name.endswith(".schema.json")}.isdisjoint(counted)
    assert "trained.json" in counted
