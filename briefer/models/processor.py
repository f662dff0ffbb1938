"""What the processor can do and how much of it belongs to this process.

Knows nothing of models.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

_BF16_FLAGS = frozenset({"avx512_bf16", "amx_bf16", "bf16"})  # x86, x86, aarch64


def owned_cores(root: Path = Path("/")) -> int:
    """Physical cores this process may use: its affinity, bounded by its cgroup's CPU quota.

    Two hyper-threads of one core count once: matrix products gain nothing from the second.
    ``root`` is where ``sys`` and ``proc`` are.
    """
    allowed = os.sched_getaffinity(0)
    cores = {_siblings(root, number) for number in allowed}
    quota = _quota(root)
    return max(1, len(cores) if quota is None else min(len(cores), round(quota)))


def flags(root: Path = Path("/")) -> frozenset[str]:
    """The instruction sets that the kernel lists for the first processor."""
    listing = root / "proc/cpuinfo"
    lines = listing.read_text().splitlines() if listing.is_file() else []
    for line in lines:
        name, _, values = line.partition(":")
        if name.strip() in {"flags", "Features"}:
            return frozenset(values.split())
    return frozenset()


def has_bf16(root: Path = Path("/")) -> bool:
    """Whether bfloat16 products are done in hardware.

    Without it torch emulates them, ten times slower than float32 (61 s for 400 tokens of the
    1.5B model on an AVX2 EPYC).
    """
    return bool(flags(root) & _BF16_FLAGS)


@cache
def has_cuda() -> bool:
    """Whether torch can use an NVIDIA GPU; imports torch only where a driver is installed."""
    if not any(Path(node).exists() for node in ("/dev/nvidiactl", "/dev/dxg")):
        return False
    import torch  # on use: takes seconds, and most machines have no driver

    return torch.cuda.is_available()


def _siblings(root: Path, number: int) -> str:
    listing = root / f"sys/devices/system/cpu/cpu{number}/topology/thread_siblings_list"
    return listing.read_text().strip() if listing.is_file() else str(number)


def _quota(root: Path) -> float | None:
    """The tightest CPU quota on the way from this process's cgroup to the root, in cores."""
    found = [
        quota
        for folder in _groups(root)
        if (quota := _quota_v2(folder) or _quota_v1(folder)) is not None
    ]
    return min(found, default=None)


def _groups(root: Path) -> list[Path]:
    """The cgroup folders that can bound this process; inside a container it sees its own root."""
    listing = root / "proc/self/cgroup"
    rows = (
        [line.split(":", 2) for line in listing.read_text().splitlines()]
        if listing.is_file()
        else []
    )
    folders = []
    for _, controllers, path in rows:
        if controllers not in {"", "cpu", "cpu,cpuacct", "cpuacct,cpu"}:
            continue
        home = root / "sys/fs/cgroup" / controllers
        inner = home / path.lstrip("/")
        folders += [inner, *(parent for parent in inner.parents if parent.is_relative_to(home))]
    return folders


def _quota_v2(folder: Path) -> float | None:
    limit = folder / "cpu.max"
    if not limit.is_file():
        return None
    quota, period = limit.read_text().split()
    return None if quota == "max" else int(quota) / int(period)


def _quota_v1(folder: Path) -> float | None:
    limit = folder / "cpu.cfs_quota_us"
    if not limit.is_file():
        return None
    quota = int(limit.read_text())
    return None if quota <= 0 else quota / int((folder / "cpu.cfs_period_us").read_text())
