"""The repository keeps its promises: README, settings, tests, locks, and nothing that leaks."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from briefer.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCK = (ROOT / "requirements.lock").read_text()
TORCH_LOCK = (ROOT / "torch.lock").read_text()

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


def tracked() -> list[Path]:
    """Every file of the repository, also before its first commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


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


@pytest.mark.parametrize("path", tracked(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_names_a_registry_or_a_place_on_one_machine(path: Path) -> None:
    text = text_of(path)

    assert [leak for leak in REGISTRIES + MACHINE_PATHS if leak in text] == []


def packages(lock: str) -> list[str]:
    return [line.partition("==")[0] for line in lock.splitlines() if "==" in line]


def test_main_lock_holds_neither_torch_nor_cuda() -> None:
    cuda = re.compile(r"torch$|torch[^a-z]|triton|nvidia|cuda|cudnn|nccl")

    assert [name for name in packages(LOCK) if cuda.match(name)] == []


def test_main_lock_holds_what_torch_needs_of_pure_python() -> None:
    assert {"filelock", "fsspec", "jinja2", "networkx", "sympy", "typing-extensions"} <= set(
        packages(LOCK)
    )


@pytest.mark.parametrize("lock", [LOCK, TORCH_LOCK], ids=["requirements.lock", "torch.lock"])
def test_every_locked_package_has_hashes(lock: str) -> None:
    entries = re.split(r"^(?=[a-z0-9._-]+==)", lock, flags=re.MULTILINE)[1:]

    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert len(entries) == len(packages(lock))


def test_torch_lock_holds_the_cpu_wheel_and_the_plain_ones() -> None:
    hashes = re.findall(r"sha256:([0-9a-f]{64})", TORCH_LOCK)

    assert packages(TORCH_LOCK) == ["torch"]
    # torch-2.13.0+cpu-cp311-cp311-manylinux_2_28_x86_64.whl
    assert "6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b" in hashes
    assert len(hashes) > 20


def declared() -> list[str]:
    project = PROJECT["project"]
    extras = project["optional-dependencies"].values()
    lines = [*project["dependencies"], *(line for extra in extras for line in extra)]
    names = (re.split(r"[<>=\[; ]", line)[0] for line in lines)
    return [re.sub(r"[_.]", "-", name).lower() for name in names]


def test_every_declared_package_is_locked() -> None:
    assert set(declared()) - set(packages(LOCK)) == {"torch"}


def imported(folder: str) -> set[str]:
    """The top-level names that the Python files of a folder import."""
    found: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                found.add(node.module.partition(".")[0])
    return found


OURS = {"briefer", "eval", "tests", "training"}


@pytest.mark.parametrize("folder", ["briefer", "eval", "tests", "training", "scripts"])
def test_every_imported_package_is_declared(folder: str) -> None:
    homes = importlib.metadata.packages_distributions()
    foreign = imported(folder) - OURS - set(sys.stdlib_module_names) - {"_typeshed"}

    undeclared = {
        name
        for name in foreign
        if not {re.sub(r"[_.]", "-", home).lower() for home in homes.get(name, [name])}
        & set(declared())
    }

    assert undeclared == set()


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
