"""Hashes of everything that decides a figure: code, prompts, shipped parts, gold.

Knows nothing of figures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import briefer
from briefer import resources

NOT_PIPELINE = frozenset(
    (
        *("__main__.py", "cli", "client", "digest.py", "doctor", "feeds.py", "fetching.py"),
        *("nightly", "render", "server", "settings.py", "store", "stories"),
    )
)
"""Modules that a brief passes through after it is made, or that only carry it about."""
_OF_EVAL = ("one_shot.", "judge_")
_CONTRACTS = ".schema.json"


def of_files(paths: Iterable[Path], root: Path) -> str:
    """One SHA-256 over the names (relative to the root) and bytes of files, in name order."""
    digest = hashlib.sha256()
    named = sorted((path.relative_to(root).as_posix(), path) for path in paths)
    for name, path in named:
        digest.update(f"{name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def of_pipeline() -> str:
    """The code, prompts and shipped parts that decide what a brief says."""
    package = Path(briefer.__file__).parent
    code = of_files(files_of_pipeline(package), package)
    return hashlib.sha256(f"{code}{of_prompts()}".encode()).hexdigest()


def files_of_pipeline(package: Path) -> list[Path]:
    """Every file of the package that may change what a brief says."""
    return [
        path
        for path in package.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.relative_to(package).parts[0] not in NOT_PIPELINE
    ]


def prompts_of_briefs() -> list[Path]:
    """The prompt files that briefs are made with, without those of the baseline and the judge."""
    paths = resources.root("prompts").glob("*.jinja")
    return sorted(path for path in paths if not path.name.startswith(_OF_EVAL))


def of_prompts() -> str:
    """The prompt files that briefs are made with."""
    return of_files(prompts_of_briefs(), resources.root("prompts"))


def artefacts() -> list[Path]:
    """The shipped trained parts and word lists; the contracts beside them decide nothing."""
    shipped = resources.shipped("").rglob("*")
    return [path for path in shipped if path.is_file() and not path.name.endswith(_CONTRACTS)]


def of_artefacts() -> str:
    """The shipped trained parts and word lists."""
    return of_files(artefacts(), resources.shipped(""))
