"""How many cores the process owns and what they can do, read from made-up kernel files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefer.models import processor

N_ALLOWED = len(os.sched_getaffinity(0))


def put(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_without_quota_every_allowed_core_is_owned(tmp_path: Path) -> None:
    assert processor.owned_cores(tmp_path) == N_ALLOWED


def test_quota_of_one_core_leaves_one(tmp_path: Path) -> None:
    put(tmp_path, "proc/self/cgroup", "0::/pod\n")
    put(tmp_path, "sys/fs/cgroup/pod/cpu.max", "100000 100000\n")

    assert processor.owned_cores(tmp_path) == 1


def test_quota_of_a_parent_group_counts(tmp_path: Path) -> None:
    put(tmp_path, "proc/self/cgroup", "0::/pod/inner\n")
    put(tmp_path, "sys/fs/cgroup/pod/inner/cpu.max", "max 100000\n")
    put(tmp_path, "sys/fs/cgroup/pod/cpu.max", "100000 100000\n")

    assert processor.owned_cores(tmp_path) == 1


def test_quota_of_the_older_control_groups_counts(tmp_path: Path) -> None:
    put(tmp_path, "proc/self/cgroup", "3:cpu,cpuacct:/pod\n4:memory:/pod\n")
    put(tmp_path, "sys/fs/cgroup/cpu,cpuacct/pod/cpu.cfs_quota_us", "50000\n")
    put(tmp_path, "sys/fs/cgroup/cpu,cpuacct/pod/cpu.cfs_period_us", "100000\n")

    assert processor.owned_cores(tmp_path) == 1


def test_unlimited_quota_of_the_older_control_groups_counts_not(tmp_path: Path) -> None:
    put(tmp_path, "proc/self/cgroup", "3:cpu:/\n")
    put(tmp_path, "sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n")

    assert processor.owned_cores(tmp_path) == N_ALLOWED


def test_two_threads_of_one_core_count_once(tmp_path: Path) -> None:
    for number in os.sched_getaffinity(0):
        put(
            tmp_path,
            f"sys/devices/system/cpu/cpu{number}/topology/thread_siblings_list",
            "0-99\n",
        )

    assert processor.owned_cores(tmp_path) == 1


@pytest.mark.parametrize(
    ("line", "has_bf16"),
    [
        ("flags\t\t: fpu avx2 avx512f avx512_bf16", True),
        ("flags\t\t: fpu avx2 amx_bf16", True),
        ("Features\t: fp asimd bf16", True),
        ("flags\t\t: fpu avx2 avx512f avx512_vnni", False),
        ("", False),
    ],
)
def test_bfloat16_is_told_from_the_flags(line: str, tmp_path: Path, *, has_bf16: bool) -> None:
    put(tmp_path, "proc/cpuinfo", f"processor\t: 0\n{line}\n")

    assert processor.has_bf16(tmp_path) is has_bf16


def test_machine_without_driver_has_no_cuda() -> None:
    if Path("/dev/nvidiactl").exists() or Path("/dev/dxg").exists():
        pytest.skip("this machine has an NVIDIA driver")

    assert processor.has_cuda() is False
