"""The repository leaks nothing, tests every module, imports lightly, and its wheel works alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import ROOT, text_of, tracked

# Put together from pieces, so that this file does not name them itself.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("download", "pytorch", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
    )
]
MACHINE_PATHS = [
    "/".join(("", *parts)) for parts in (("work", ""), ("root", ""), ("opt", "wheels"))
]


# test_models_contract.py holds every engine to the same tests.
ENGINES = {"transformers", "openvino", "llamacpp"}
TYPES_ONLY = {"base"}  # models/base.py: a protocol and frozen records, nothing that could fail


def modules() -> list[str]:
    """Every module that must have tests of its own: those of briefer, and the engines."""
    folders = (ROOT / "briefer", ROOT / "briefer/models")
    paths = [path for folder in folders for path in sorted(folder.iterdir())]
    code = [path for path in paths if path.suffix == ".py" or (path / "__init__.py").exists()]
    return [path.stem for path in code if path.stem[0] != "_" and path.stem not in TYPES_ONLY]


@pytest.mark.parametrize("module", modules())
def test_every_module_has_a_test_file(module: str) -> None:
    shared = "contract" if module in ENGINES else module
    names = (f"test_{module}.py", f"test_{module}_*.py", f"test_models_{shared}.py")

    assert [path for name in names for path in (ROOT / "tests").glob(name)] != []


@pytest.mark.parametrize("path", tracked(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_names_a_registry_or_a_place_on_one_machine(path: Path) -> None:
    text = text_of(path)

    assert [leak for leak in REGISTRIES + MACHINE_PATHS if leak in text] == []


HEAVY = ("torch", "transformers", "openvino", "fastapi", "starlette", "sqlalchemy", "spacy", "ray")


def test_importing_briefer_loads_nothing_heavy() -> None:
    code = f"import sys, briefer; print([name for name in {HEAVY!r} if name in sys.modules])"

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert done.stdout.strip() == "[]"


def test_importing_all_that_briefer_offers_loads_nothing_heavy() -> None:
    """The parts that need a framework import it when they are first used."""
    code = (
        "import sys, briefer; [getattr(briefer, name) for name in briefer.__all__]; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert done.stdout.strip() == "[]"


def test_importing_the_client_loads_no_readers_of_articles() -> None:
    code = (
        "import sys, briefer.client; "
        "print([name for name in ('briefer.articles', 'lxml') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert done.stdout.strip() == "[]"


def test_wheel_briefs_in_a_clean_environment(tmp_path: Path) -> None:
    """Only the wheel and its requirements: prompts, templates and data must be inside."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("briefer-*.whl")
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True
    )
    python = tmp_path / "venv/bin/python"
    (site,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([*install, "--target", str(site), str(wheel)], check=True)
    # The requirements come from this environment; its own (editable) briefer does not: a path
    # in a .pth file is searched last, and .pth files in it are not read.
    requirements = Path(pytest.__file__).parent.parent
    (site / "requirements.pth").write_text(f"{requirements}\n")
    code = "import briefer.cli, sys; sys.exit(briefer.cli.main())"
    samples = str(ROOT / "eval/samples")
    arguments = ["digest", samples, "--day", "2026-11-24", "--out", str(tmp_path / "out")]

    done = subprocess.run(
        [str(python), "-c", code, *arguments, "--format", "html,md,json", "--engine", "fake"],
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/2026-11-24.html").stat().st_size > 10_000
    assert {path.name for path in (site / "briefer/_data").iterdir()} >= {"prompts", "templates"}
    assert not (site / "eval").exists()
