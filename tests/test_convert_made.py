"""Folders of what was built: whole or not at all, once for all processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefer.errors import WeightsError
from briefer.models.convert.made import is_whole, made


def fill(folder: Path) -> None:
    (folder / "a").write_text("abc")


def test_folder_is_made_once(tmp_path: Path) -> None:
    calls: list[Path] = []

    def count(folder: Path) -> None:
        calls.append(folder)
        fill(folder)

    home = made(made(tmp_path / "home", count, n_bytes=3), count, n_bytes=3)

    assert (home / "a").read_text() == "abc"
    assert len(calls) == 1


def test_damaged_folder_is_made_again(tmp_path: Path) -> None:
    home = made(tmp_path / "home", fill, n_bytes=3)
    (home / "a").write_text("ab")

    assert not is_whole(home)
    assert (made(home, fill, n_bytes=3) / "a").read_text() == "abc"


def test_what_a_killed_process_left_is_not_taken_for_whole(tmp_path: Path) -> None:
    left = tmp_path / "home.partial"
    left.mkdir()
    (left / "rest").write_text("x")

    home = made(tmp_path / "home", fill, n_bytes=3)

    assert sorted(path.name for path in home.iterdir()) == ["a", "made.json"]
    assert json.loads((home / "made.json").read_text()) == {"a": 3}


def test_failed_making_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        fill(folder)
        raise WeightsError("no")

    with pytest.raises(WeightsError, match="no"):
        made(tmp_path / "home", fail, n_bytes=3)

    assert [path.name for path in tmp_path.iterdir()] == ["home.lock"]


def test_too_small_a_disk_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"needs 1000000000\.0 GB .* set BRIEFER_CACHE"):
        made(tmp_path / "home", fill, n_bytes=10**18)


@pytest.mark.parametrize("left", [b"", b'{"a": ', b"\0\0\0\0", b"\xff"])
def test_folder_with_a_torn_listing_is_made_again(tmp_path: Path, left: bytes) -> None:
    home = made(tmp_path / "home", fill, n_bytes=3)
    (home / "made.json").write_bytes(left)

    assert not is_whole(home)
    assert is_whole(made(home, fill, n_bytes=3))


def test_a_cache_that_cannot_be_written_is_said_with_its_mend(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")

    with pytest.raises(WeightsError, match=r"cannot be used: .* Set BRIEFER_CACHE"):
        made(tmp_path / "cache/converted/home", fill, n_bytes=3)
