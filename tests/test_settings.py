"""The environment becomes settings, or a message that names the variable."""

from __future__ import annotations

import pytest

from briefer import settings
from briefer.errors import ConfigError


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in settings.Settings.model_fields:
        monkeypatch.delenv(f"BRIEFER_{name.upper()}", raising=False)


def test_defaults_are_the_documented_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere/data")

    found = settings.load()

    assert found.store == "/somewhere/data/briefer"
    assert found.model is None
    assert found.engine == "auto"
    assert found.timezone is None
    assert found.fetch_urls is False


def test_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFER_STORE", "sqlite:////srv/briefer.db")
    monkeypatch.setenv("BRIEFER_MODEL", "Qwen/Qwen3-4B")
    monkeypatch.setenv("BRIEFER_ENGINE", "transformers")
    monkeypatch.setenv("BRIEFER_TIMEZONE", "Asia/Karachi")
    monkeypatch.setenv("BRIEFER_FETCH_URLS", "1")

    found = settings.load()

    assert found.store == "sqlite:////srv/briefer.db"
    assert found.model == "Qwen/Qwen3-4B"
    assert found.engine == "transformers"
    assert found.timezone == "Asia/Karachi"
    assert found.fetch_urls is True


def test_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFER_ENGINE", "")

    assert settings.load().engine == "auto"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("BRIEFER_ENGINE", "vllm", "'auto'"),
        ("BRIEFER_TIMEZONE", "Karachi", "does not work: no time zone is called 'Karachi'"),
        ("BRIEFER_TIMEZONE", "../../etc/passwd", "no time zone"),
        ("BRIEFER_FETCH_URLS", "perhaps", "boolean"),
    ],
)
def test_wrong_value_is_named_with_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ConfigError, match=f"{name}=.*{reason}"):
        settings.load()


def test_settings_cannot_be_changed() -> None:
    found = settings.load()

    with pytest.raises(ValueError, match="frozen"):
        found.engine = "fake"
