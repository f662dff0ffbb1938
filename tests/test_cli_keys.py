"""``briefer keys``, and that a service believes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from briefer import store as stores
from briefer.cli import app


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFER_STORE", str(tmp_path))
    return tmp_path


def keys(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["keys", *arguments])


def test_key_is_made_listed_and_revoked(folder: Path) -> None:
    made = keys("create", "Newsroom")
    token = made.stdout.strip()
    (id_, state, _, name) = keys("list").stdout.strip().split("\t")
    owner = stores.open(str(folder)).owner_of(token)
    revoked = keys("revoke", id_)

    assert (made.exit_code, state, name, owner) == (0, "works", "'Newsroom'", id_)
    assert revoked.exit_code == 0
    assert stores.open(str(folder)).owner_of(token) is None
    assert keys("list").stdout.split("\t")[1] == "revoked"


def test_key_is_in_no_listing() -> None:
    token = keys("create", "Newsroom").stdout.strip()

    assert token not in keys("list").stdout


@pytest.mark.parametrize("arguments", [("revoke", "none"), ("create", " "), ("create",), ()])
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    assert keys(*arguments).exit_code == 2


def test_store_that_cannot_be_opened_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFER_STORE", "mysql://x/y")

    failed = keys("list")

    assert failed.exit_code == 2
    assert "BRIEFER_STORE" in failed.stderr


def test_service_asks_for_keys_on_loopback_when_it_is_told_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[bool] = []
    monkeypatch.setattr(
        "briefer.server.serve", lambda _, **known: told.append(known["require_key"])
    )

    monkeypatch.setattr("briefer.models.weights.find", lambda name: Path(name))
    codes = [CliRunner().invoke(app, ["serve", *one]).exit_code for one in ([], ["--require-key"])]

    assert (codes, told) == ([0, 0], [False, True])


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--engine", "fake"), "briefer model pull en-core-web-sm"),
        (("--model", "qwen2.5-coder-0.5b"), "briefer model pull qwen2.5-coder-0.5b"),
        (("--model", "nosuch"), "No model 'nosuch'"),
        (("--engine", "remote"), "needs the server's address"),
    ],
)
def test_service_does_not_begin_without_a_usable_model(
    arguments: tuple[str, ...], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_CACHE", str(tmp_path))
    monkeypatch.setattr("briefer.server.serve", lambda *_, **__: pytest.fail("it listens"))

    done = CliRunner().invoke(app, ["serve", *arguments])

    assert done.exit_code == 6
    assert reason in done.stderr
