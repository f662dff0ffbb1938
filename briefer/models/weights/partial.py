"""A model on its way: the folder ``<sha256>.partial`` that becomes ``<sha256>`` when it is whole.

Knows nothing of where the bytes come from.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from briefer.errors import WeightsError
from briefer.models.weights import cache as weights_cache
from briefer.models.weights.pins import Pin, PinnedFile

_SCRATCH_PREFIX = "scratch-"
_LEDGER = "parts.json"


class Partial:
    """The bytes of a model that are there already, kept from one try to the next."""

    def __init__(self, pin: Pin, cache: Path | None = None) -> None:
        self.pin = pin
        self.cache = cache
        self._home = weights_cache.folder(pin, cache)
        self._files = self._home.with_name(f"{pin.sha256}.partial")
        self._side = self._home.with_name(f"{pin.sha256}.side")

    @property
    def n_bytes(self) -> int:
        """How many bytes of all files are there."""
        return sum(self.n_bytes_of(file) for file in self.pin.files)

    def n_bytes_of(self, file: PinnedFile) -> int:
        """How many bytes of the file are there; more than it has count as none."""
        path = self._files / file.path
        n_bytes = path.stat().st_size if path.is_file() else 0
        return n_bytes if n_bytes <= file.n_bytes else 0

    @contextmanager
    def writer(self, file: PinnedFile, *, offset: int) -> Iterator[BinaryIO]:
        """Open the file for writing from ``offset`` on; what lay behind it is cut off."""
        path = self._files / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        with path.open("r+b") as stream:
            stream.truncate(offset)
            stream.seek(offset)
            yield stream

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """An empty folder on the cache's disk, removed afterwards."""
        self._side.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_SCRATCH_PREFIX, dir=self._side) as path:
            yield Path(path)

    def remove_old_scratch(self) -> None:
        """Remove what a killed run left behind."""
        for path in self._side.glob(f"{_SCRATCH_PREFIX}*"):
            shutil.rmtree(path, ignore_errors=True)

    def part_ends(self) -> list[int]:
        """Where each part ended that was put down so far; empty when unknown."""
        try:
            ends = json.loads((self._side / _LEDGER).read_text())
        except (FileNotFoundError, ValueError):
            return []  # none yet, or half written when the machine stopped
        return [end for end in ends if end <= self.n_bytes]

    def note_part_ends(self, ends: list[int]) -> None:
        """Remember where parts end, once their bytes are on the disk."""
        self._side.mkdir(parents=True, exist_ok=True)
        (self._side / _LEDGER).write_text(json.dumps(ends))

    def discard(self) -> None:
        """Forget all bytes."""
        shutil.rmtree(self._files, ignore_errors=True)
        shutil.rmtree(self._side, ignore_errors=True)

    def finish(self) -> None:
        """Check every file's SHA-256 and put the folder in its place, in one rename.

        Raises:
            WeightsError: a file is not the pinned one; the bytes are discarded.
        """
        for file in self.pin.files:
            self._check(file)
        shutil.rmtree(self._home, ignore_errors=True)
        self._files.rename(self._home)
        shutil.rmtree(self._side, ignore_errors=True)

    def _check(self, file: PinnedFile) -> None:
        if self.n_bytes_of(file) != file.n_bytes:
            found = f"{self.n_bytes_of(file)} of {file.n_bytes} bytes"
            self.discard()
            raise WeightsError(f"{file.path} is incomplete ({found}).")
        actual = weights_cache.sha256_of(self._files / file.path)
        if actual != file.sha256:
            self.discard()
            raise WeightsError(
                f"{file.path} has the SHA-256 {actual}, pinned is {file.sha256}; "
                "these are other bytes and were thrown away."
            )
