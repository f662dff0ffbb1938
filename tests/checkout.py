"""The files of the repository, for the tests of what they say."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent


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
    """What a file says, whatever its bytes."""
    return path.read_bytes().decode("utf-8", errors="replace")
