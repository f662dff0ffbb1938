"""A folder of converted files: made once, whole or not there, whoever else is making it.

It is filled under another name behind a lock, listed, and then renamed. Knows nothing of models.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from briefer.errors import WeightsError

_LISTING = "made.json"
_SPARE_BYTES = 256 << 20  # left free on the disk for everybody else


def made(home: Path, make: Callable[[Path], None], *, n_bytes: int) -> Path:
    """Return ``home``, filled by ``make`` unless it is there and whole.

    ``make`` gets an empty folder; ``n_bytes`` is about what it will write there.

    Raises:
        WeightsError: the disk has too little room, or the files cannot be written.
    """
    try:
        if is_whole(home):
            return home
        home.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(home.with_name(f"{home.name}.lock")):
            if not is_whole(home):  # another process may have made it while we waited
                _make(home, make, n_bytes)
    except OSError as error:
        raise WeightsError(
            f"The cache {home.parent} cannot be used: {error.strerror}. "
            "Set BRIEFER_CACHE to a folder that can be written."
        ) from error
    return home


def is_whole(home: Path) -> bool:
    """Whether every file that was made is there with its size."""
    listing = home / _LISTING
    if not listing.is_file():
        return False
    try:
        sizes: dict[str, int] = json.loads(listing.read_text())
    except ValueError:  # empty or torn: the machine stopped while it was written
        return False
    return all(
        (home / name).is_file() and (home / name).stat().st_size == size
        for name, size in sizes.items()
    )


def _make(home: Path, make: Callable[[Path], None], n_bytes: int) -> None:
    partial = home.with_name(f"{home.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)
    _require_room(home.parent, n_bytes)
    partial.mkdir()
    try:
        make(partial)
        _list(partial)
        partial.rename(home)
    except OSError as error:
        raise WeightsError(f"{home} could not be made: {error}.") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _list(folder: Path) -> None:
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    sizes = {str(file.relative_to(folder)): file.stat().st_size for file in files}
    listing = folder / _LISTING
    listing.write_text(json.dumps(sizes, indent=1))
    for file in (*files, listing):
        _force_to_disk(file)


def _force_to_disk(file: Path) -> None:
    with file.open("r+b") as written:
        os.fsync(written.fileno())


def _require_room(folder: Path, n_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < n_bytes + _SPARE_BYTES:
        raise WeightsError(
            f"Converting the model needs {n_bytes / 1e9:.1f} GB in {folder}, "
            f"{free / 1e9:.1f} GB are free. Make room, or set BRIEFER_CACHE to another disk."
        )
