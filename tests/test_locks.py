"""The locks hold what is declared, with hashes, and nothing of CUDA."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib

import pytest

from tests.checkout import ROOT, text_of

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCK = (ROOT / "requirements.lock").read_text()
TORCH_LOCK = (ROOT / "torch.lock").read_text()


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
