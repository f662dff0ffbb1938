"""The documents of an edition on disk: under each name there is the old or the new one, whole.

Knows nothing of where they go from there.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from briefer import digest as digests
from briefer import render
from briefer.nightly.config import Format
from briefer.schema import Digest


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that under its name there is the old or the new one, never a part.

    Raises:
        OSError: the folder cannot be written, or the disk is full; the old file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with scratch.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def document(edition: Digest, form: Format) -> bytes:
    """One of the edition's documents.

    Raises:
        RenderError: a native library that PDFs need is missing.
    """
    if form == "pdf":
        return render.pdf(edition)
    writers = {"html": render.html, "md": render.markdown, "json": digests.dump}
    return writers[form](edition).encode()


def path_of(day: date, form: Format, folder: Path) -> Path:
    """Where the edition of a day has one of its documents."""
    return folder / f"{day.isoformat()}.{form}"


def write_all(edition: Digest, forms: Sequence[Format], folder: Path) -> None:
    """Write the edition's documents, each at its ``path_of``.

    Raises:
        RenderError, OSError: one could not be made or written; those before it are there.
    """
    for form in forms:
        write_whole(path_of(edition.day, form, folder), document(edition, form))
