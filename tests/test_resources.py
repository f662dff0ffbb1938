"""Prompts and templates are found in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefer import resources


@pytest.mark.parametrize("name", ["prompts", "templates"])
def test_checkout_folders_are_found(name: resources.Folder) -> None:
    assert resources.root(name) == Path(__file__).parent.parent / name


def test_wheel_folders_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_data/prompts").mkdir(parents=True)
    monkeypatch.setattr(resources, "_WHEEL", tmp_path / "_data")

    assert resources.root("prompts") == tmp_path / "_data/prompts"


def test_broken_installation_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_WHEEL", tmp_path / "a")
    monkeypatch.setattr(resources, "_CHECKOUT", tmp_path / "b")

    with pytest.raises(FileNotFoundError, match=r"templates/ is neither in .* reinstall briefer"):
        resources.root("templates")


def test_shipped_parts_lie_in_the_package() -> None:
    assert resources.shipped("brief.schema.json").is_file()


@pytest.mark.parametrize("name", ["prompts", "templates"])
def test_resource_folders_hold_no_python(name: resources.Folder) -> None:
    assert list(resources.root(name).rglob("*.py")) == []
