"""Writes requirements.lock and torch.lock anew: exact versions with the hashes of their files.

Two locks, for torch needs its own: on Linux the plain wheel wants gigabytes of CUDA packages, the
wheel for CPUs (``+cpu``) wants none, and one hashed list cannot hold both. So the main lock has
no torch and nothing of nvidia's, but what torch's pure-Python side needs; ``torch.lock`` has the
hashes of both wheels and is installed with ``--no-deps``. No address is written into either.

Run by ``make lock`` in an environment with the CPU wheel of torch.
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
NOT_IN_MAIN = ("torch", "triton")
HEAD = "# Made by `make lock`. Do not edit.\n"


def compile_lock(inputs: list[Path], *options: str) -> str:
    """Resolve the requirements; gives lines of ``name==version`` with hashes."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes"]
    plain = ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-strip-markers"]
    scope = ["--universal", "--python-version", "3.11"]
    listed = [str(path) for path in inputs]
    done = subprocess.run(
        [*command, *plain, *scope, *options, *listed], check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def main_lock(scratch: Path) -> str:
    """Everything but torch, with torch's pure-Python needs."""
    needs = scratch / "torch-needs.in"
    needs.write_text("\n".join(metadata.requires("torch") or []))
    excluded = scratch / "excluded.txt"
    excluded.write_text("\n".join(NOT_IN_MAIN))
    return compile_lock(
        [ROOT / "pyproject.toml", needs], "--all-extras", "--excludes", str(excluded)
    )


def torch_lock(scratch: Path) -> str:
    """The plain wheels of torch and the CPU wheel for this machine's Python."""
    wanted = scratch / "torch.in"
    wanted.write_text(f"torch=={TORCH}")
    plain = compile_lock([wanted], "--no-deps")
    return plain.rstrip("\n") + f" \\\n    --hash=sha256:{cpu_wheel_hash(scratch)}\n"


def cpu_wheel_hash(scratch: Path) -> str:
    """The SHA-256 of the CPU wheel, from wherever pip is configured to look."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    subprocess.run([*command, "--dest", str(scratch), f"torch=={TORCH}+cpu"], check=True)
    (wheel,) = scratch.glob("torch-*.whl")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def main() -> None:
    """Write both files."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        (ROOT / "requirements.lock").write_text(HEAD + main_lock(scratch))
        (ROOT / "torch.lock").write_text(HEAD + torch_lock(scratch))


if __name__ == "__main__":
    main()
