"""The folder of fetched weights: ``<cache>/weights/<sha256>/<files>``.

A model's folder appears whole or not at all: it is filled under another name, checked, and then
renamed. Knows nothing of where the bytes come from.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path

from briefer.errors import ModelNotFound
from briefer.models.weights.pins import PINNED, Pin

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Check:
    """What was found when the cached bytes were read; ``detail`` says what is wrong."""

    pin: Pin
    path: Path
    state: Literal["whole", "missing", "damaged"]
    detail: str = ""


def root() -> Path:
    """The cache of weights and compiled models: ``BRIEFER_CACHE`` or the user's cache folder."""
    chosen = os.environ.get("BRIEFER_CACHE")
    return Path(chosen).expanduser() if chosen else user_cache_path("briefer")


def folder(pin: Pin, cache: Path | None = None) -> Path:
    """Where the model's files are once they are fetched."""
    return (cache or root()) / "weights" / pin.sha256


def path(pin: Pin, cache: Path | None = None) -> Path:
    """What a loader is given: the one file, or the folder of several."""
    home = folder(pin, cache)
    return home if pin.is_folder else home / pin.files[0].path


def is_whole(pin: Pin, cache: Path | None = None) -> bool:
    """Whether every file is there with its size; ``verify`` reads the bytes too."""
    home = folder(pin, cache)
    return all(_size(home / file.path) == file.n_bytes for file in pin.files)


def named(name: str) -> Pin:
    """The pinned model of that name.

    Raises:
        ModelNotFound: no such name.
    """
    if name not in PINNED:
        known = ", ".join(PINNED)
        raise ModelNotFound(f"No pinned model is called {name!r}; known: {known}.")
    return PINNED[name]


def find(name: str, *, cache: Path | None = None) -> Path:
    """The path of fetched weights: one GGUF file, or a folder for an encoder.

    Looks at names and sizes only, fetches nothing, hashes nothing.

    Raises:
        ModelNotFound: no such name, or not fetched yet.
    """
    pin = named(name)
    if not is_whole(pin, cache):
        raise ModelNotFound(
            f"The weights {name} are not in {folder(pin, cache)}; "
            f"fetch them with: briefer model pull {name}"
        )
    return path(pin, cache)


def check(pin: Pin, cache: Path | None = None) -> Check:
    """Read and hash what the cache has of a model (the 1.5B takes some seconds)."""
    home, where = folder(pin, cache), path(pin, cache)
    if not home.is_dir():
        return Check(pin, where, "missing", f"not fetched; run: briefer model pull {pin.name}")
    for file in pin.files:
        size = _size(home / file.path)
        if size != file.n_bytes:
            detail = f"{file.path} has {max(size, 0)} of {file.n_bytes} bytes"
            return Check(pin, where, "damaged", f"{detail}; run: briefer model pull {pin.name}")
        if sha256_of(home / file.path) != file.sha256:
            detail = f"{file.path} does not have the SHA-256 {file.sha256}"
            return Check(pin, where, "damaged", f"{detail}; run: briefer model pull {pin.name}")
    return Check(pin, where, "whole")


def sha256_of(file: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() else -1
