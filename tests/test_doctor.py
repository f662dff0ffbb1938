"""The doctor's findings: one line each, with the mend, and an exit code that tells."""

import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from briefer import doctor, settings, store
from briefer.cli import app
from briefer.doctor import chosen, machine
from briefer.errors import StoreError
from briefer.models import weights


def of(findings: list[doctor.Finding], what: str) -> list[doctor.Finding]:
    return [finding for finding in findings if finding.what == what]


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFER_CACHE", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def full_cache(empty_cache: Path) -> Path:
    """Files of the pinned names and sizes, holes all through; only ``verify`` reads bytes."""
    for name in weights.DEFAULTS:
        pin = weights.named(name)
        home = empty_cache / "cache" / "weights" / pin.sha256
        for file in pin.files:
            path = home / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as sparse:
                sparse.truncate(file.n_bytes)
    return empty_cache


def test_missing_weights_are_named_with_the_command_that_fetches_them(empty_cache: Path) -> None:
    done = CliRunner().invoke(app, ["doctor"])

    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    for name in (weights.DEFAULT, weights.PARSER):
        assert f"missing weights: {name} is not here -> briefer model pull {name}" in lines
    second = f"{weights.SECOND} is not here, no second model reads the facts"
    assert f"odd     weights: {second} -> briefer model pull {weights.SECOND}" in lines


def test_weights_that_are_here_are_ok(full_cache: Path) -> None:
    found = of(doctor.examine(), "weights")

    assert [finding.state for finding in found] == ["ok"] * len(weights.DEFAULTS)


def test_nothing_missing_exits_0(full_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_LIBRARIES", ())  # a machine without Pango still passes this

    done = CliRunner().invoke(app, ["doctor"])

    assert [line for line in done.stdout.splitlines() if line.startswith("missing")] == []
    assert done.exit_code == 0


def test_every_finding_is_one_line_and_every_fault_has_a_mend(empty_cache: Path) -> None:
    findings = doctor.examine()

    assert {finding.what for finding in findings} >= {
        "Python",
        "settings",
        "installation",
        "engines",
        "weights",
        "processor",
        "memory",
        "disk",
        "store",
    }
    assert all("\n" not in finding.line for finding in findings)
    assert all(finding.mend for finding in findings if finding.state != "ok")


def test_settings_are_read_once(empty_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[settings.Settings] = []
    load = settings.load

    def noted() -> settings.Settings:
        read.append(load())
        return read[-1]

    monkeypatch.setattr(settings, "load", noted)

    doctor.examine()

    assert len(read) == 1


def test_a_lost_library_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = ("libnone-7.so.9", "libnone-7-9", "missing", "no PDF can be made")
    monkeypatch.setattr(machine, "_LIBRARIES", (lost,))
    monkeypatch.setattr("sys.platform", "linux")

    (found,) = [finding for finding in doctor.examine() if finding.what == "libnone-7.so.9"]

    assert found.line == (
        "missing libnone-7.so.9: not here: no PDF can be made -> "
        "apt-get install --no-install-recommends libnone-7-9"
    )


def test_a_setting_that_does_not_work_is_named(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_ENGINE", "abacus")

    (found,) = of(doctor.examine(), "settings")

    assert found.state == "missing"
    assert "BRIEFER_ENGINE='abacus'" in found.detail


def test_a_variable_that_is_mistyped_is_named(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_MODLE", "x")
    monkeypatch.setenv("BRIEFER_REMOTE_KEY", "x")

    told = [one.line for one in of(doctor.examine(), "settings") if one.state == "odd"]

    assert told == [
        "odd     settings: BRIEFER_MODLE is no setting of briefer -> correct or unset it"
    ]


def test_a_model_of_the_hub_is_said_not_to_be_looked_for(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_MODEL", "owner/name")

    found = of(doctor.examine(), "settings")

    assert found[0].detail.endswith(
        "owner/name of the Hugging Face hub, which was not asked for it"
    )


def test_a_model_that_is_not_there_is_named(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_MODEL", "/nope.gguf")

    findings = doctor.examine()

    (found,) = of(findings, "settings")
    assert (found.state, found.mend) == ("missing", "correct BRIEFER_MODEL")
    assert "/nope.gguf" in found.detail
    assert of(findings, "weights") == []


def test_weights_of_the_model_that_is_set_are_looked_for(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_MODEL", "qwen2.5-coder-0.5b")

    found = of(doctor.examine(), "weights")

    assert [one.mend for one in found] == [
        "briefer model pull qwen2.5-coder-0.5b",
        "briefer model pull en-core-web-sm",
    ]


def test_a_second_model_that_could_read_nothing_is_not_missed(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_ENGINE", "llamacpp")

    found = of(doctor.examine(), "weights")

    assert [one.mend for one in found] == [
        f"briefer model pull {weights.DEFAULT}",
        f"briefer model pull {weights.PARSER}",
    ]


def test_a_model_on_a_server_misses_no_weights_but_the_parser(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_ENGINE", "remote")
    monkeypatch.setenv("BRIEFER_MODEL", "http://127.0.0.1:8080/v1")

    found = of(doctor.examine(), "weights")

    assert [one.line.partition(" ->")[0] for one in found] == [
        "missing weights: en-core-web-sm is not here",
        "odd     weights: qwen2.5-coder-1.5b is not here, sentences are tagged by rules",
    ]


def test_the_engine_that_is_set_must_be_installed(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_ENGINE", "llamacpp")
    engines = {**chosen._ENGINES, "llamacpp": (("no_such_module",), "install it")}
    monkeypatch.setattr(chosen, "_ENGINES", engines)

    (found,) = of(doctor.examine(), "engines")

    assert (found.state, found.mend) == ("missing", "install it")
    assert found.detail.startswith("llamacpp is not installed; there are ")


def test_the_mend_for_too_little_memory_mends_it(
    full_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = SimpleNamespace(total=5 * 2**30, available=5 * 2**30)
    monkeypatch.setattr(chosen, "psutil", SimpleNamespace(virtual_memory=lambda: small))

    (before,) = of(doctor.examine(), "memory")
    monkeypatch.setenv(*before.mend.removeprefix("set ").split("="))
    (after,) = of(doctor.examine(), "memory")

    assert (before.state, before.mend) == ("missing", "set BRIEFER_MODEL=qwen2.5-coder-0.5b")
    assert after.state == "ok"


def test_disk_is_needed_for_what_is_made_of_the_weights(
    full_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_ENGINE", "openvino")
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=3 * 10**9))

    (found,) = of(doctor.examine(), "disk")

    assert found.state == "missing"
    assert "3.0 GB free" in found.detail
    assert found.detail.endswith("5.4 GB needed")


def test_a_store_that_is_not_there_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "new" / "store"
    monkeypatch.setenv("BRIEFER_STORE", str(home))

    (found,) = of(doctor.examine(), "store")

    assert found.line == f"ok      store: SQLite at {home / 'briefer.db'}, is made when first used"
    assert not (tmp_path / "new").exists()


def test_a_store_in_use_is_up_to_date_and_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_STORE", str(tmp_path))
    store.open(str(tmp_path)).close()
    before = sorted((one.name, one.read_bytes()) for one in tmp_path.glob("*.db"))

    (found,) = of(doctor.examine(), "store")

    assert (found.state, found.detail.endswith("briefer.db, up to date")) == ("ok", True)
    assert sorted((one.name, one.read_bytes()) for one in tmp_path.glob("*.db")) == before


def test_a_store_of_a_newer_version_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_STORE", str(tmp_path))
    store.open(str(tmp_path)).close()
    with sqlite3.connect(tmp_path / "briefer.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    (found,) = of(doctor.examine(), "store")

    assert (found.state, found.mend) == ("missing", "upgrade briefer, or restore a backup")
    with pytest.raises(StoreError, match="newer briefer"):
        store.open(str(tmp_path))


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_store_that_cannot_be_opened_has_a_mend(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_STORE", url)

    (found,) = of(doctor.examine(), "store")

    assert found.state == "missing"
    assert "BRIEFER_STORE" in found.mend


@pytest.mark.parametrize("below", ["notes.txt", "notes.txt/store"])
def test_a_store_that_cannot_be_made_is_missing(
    below: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.txt").write_text("no folder")
    monkeypatch.setenv("BRIEFER_STORE", str(tmp_path / below))

    (found,) = of(doctor.examine(), "store")

    assert found.state == "missing"
    assert f"{tmp_path / 'notes.txt'} cannot be written by this user: Not a directory" in found.line


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc here")
def test_a_store_where_permissions_promise_too_much_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BRIEFER_STORE", "/proc/briefer")

    (found,) = of(doctor.examine(), "store")

    assert (found.state, "/proc cannot be written" in found.detail) == ("missing", True)


def test_a_password_of_the_store_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFER_STORE", "postgresql://me:hunter2@127.0.0.1:1/none")

    (found,) = of(doctor.examine(), "store")

    assert "hunter2" not in found.line
