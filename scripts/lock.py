"""Writes requirements.lock and torch.lock anew: exact versions with the hashes of their files.

Two locks, for torch needs its own: on Linux the plain wheel wants gigabytes of CUDA packages, the
wheel for CPUs (``+cpu``) wants none, and one hashed list cannot hold both. So the main lock has
no torch and nothing of nvidia's, but what torch's pure-Python side needs; ``torch.lock`` has the
hashes of both wheels and is installed with ``--no-deps``. No address is written into either.

Run by ``make lock`` in an environment with the CPU wheel of torch. Versions that are locked already
stay unless pyproject.toml forbids them; ``make lock UPGRADE=--upgrade`` takes the newest.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TORCH = "2.13.0"
# docopt has no wheel, and docopt-ng, locked too, is the same module (sumy's parts ask for both).
NOT_IN_MAIN = ("torch", "triton", "docopt")
HEAD = "# Made by `make lock`. Do not edit.\n"


def compile_lock(lock: Path, inputs: list[Path], *options: str) -> None:
    """Resolve the requirements into lines of ``name==version`` with hashes."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes"]
    plain = ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-strip-markers"]
    scope = ["--universal", "--python-version", "3.11", "--output-file", str(lock)]
    listed = [str(path) for path in inputs]
    subprocess.run([*command, *plain, *scope, *options, *listed], check=True)
    lock.write_text(HEAD + lock.read_text().removeprefix(HEAD))


def write_main_lock(scratch: Path, *options: str) -> None:
    """Everything but torch, with torch's pure-Python needs."""
    needs = scratch / "torch-needs.in"
    needs.write_text("\n".join(metadata.requires("torch") or []))
    excluded = scratch / "excluded.txt"
    excluded.write_text("\n".join(NOT_IN_MAIN))
    inputs = [ROOT / "pyproject.toml", needs]
    without = ["--all-extras", "--excludes", str(excluded)]
    compile_lock(ROOT / "requirements.lock", inputs, *without, *options)


def write_torch_lock(scratch: Path) -> None:
    """The plain wheels of torch and the CPU wheel for this machine's Python."""
    wanted = scratch / "torch.in"
    wanted.write_text(f"torch=={TORCH}")
    lock = ROOT / "torch.lock"
    lock.unlink(missing_ok=True)
    compile_lock(lock, [wanted], "--no-deps")
    plain = lock.read_text().rstrip("\n")
    lock.write_text(f"{plain} \\\n    --hash=sha256:{cpu_wheel_hash(scratch)}\n")


def cpu_wheel_hash(scratch: Path) -> str:
    """The SHA-256 of the CPU wheel, from wherever pip is configured to look."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    subprocess.run([*command, "--dest", str(scratch), f"torch=={TORCH}+cpu"], check=True)
    (wheel,) = scratch.glob("torch-*.whl")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def main() -> None:
    """Write both files; arguments go to ``uv pip compile``."""
    with tempfile.TemporaryDirectory() as name:
        write_main_lock(Path(name), *sys.argv[1:])
        write_torch_lock(Path(name))


if __name__ == "__main__":
    main()
