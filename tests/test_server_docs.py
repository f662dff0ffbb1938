"""What docs/service.md and the deployment files promise: commands that run, files that are sound.

No image is built and no unit started here: there is no docker engine. The files are read, and where
systemd's own verifier is installed it is asked.
"""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from briefer.models.remote import KEY_VARIABLE
from briefer.server import Limits
from briefer.server.bodies import BriefRequest
from briefer.server.connections import HEAD_TIMEOUT_S
from briefer.settings import Settings
from tests.serving import TEXT, FakeBriefer, app_of, listening

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "service.md").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


README = (ROOT / "README.md").read_text("utf-8")


def curls() -> list[str]:
    """The commands of the page, those of the README among them."""
    block = PAGE.partition("<!-- curl:begin -->")[2].partition("<!-- curl:end -->")[0]
    return [line for line in block.splitlines() if line.startswith("curl ")]


def test_curl_commands_of_the_readme_are_among_those_that_run() -> None:
    lines = [line for line in README.splitlines() if line.startswith("curl ")]

    assert lines
    assert set(lines) <= set(curls())


def test_curl_commands_of_the_page_run_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "article.json").write_text(json.dumps({"text": TEXT}))
    with listening(app_of(FakeBriefer())) as address:
        environment = {**os.environ, "URL": address, "NO_PROXY": "*"}
        answers: dict[str, str] = {}
        for command in curls():
            done = subprocess.run(
                ["bash", "-c", command.replace("curl ", "curl --fail-with-body ", 1)],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, (command, done.stdout, done.stderr)
            answers[command] = done.stdout
            if found := re.search(r'"id": ?"([0-9a-f]{32})"', done.stdout):
                environment["ID"] = found[1]

    said = list(answers.values())
    assert len(said) == 13
    assert json.loads(said[0])["schema_version"] == "1"
    assert said[1].startswith("# Harbour workers")
    assert "\nlocation: /v1/briefs/" in said[3].lower()
    assert "event: brief" in said[5]
    assert [one.get("status") for one in json.loads(said[6])["results"]] == ["ok", 422]
    assert said[8].startswith(("# The Morning Brief", "{"))
    assert "briefer_requests_total" in said[12]


@pytest.mark.parametrize(
    "figure",
    [
        f"{Limits().max_text_chars:,} characters",
        f"{Limits().max_body_bytes // 2**20} MiB, within {Limits().body_timeout_s:g} s",
        f"{Limits().max_batch} and {Limits().max_digest} articles",
        f"{Limits().max_waiting} articles in memory, {Limits().max_jobs:,} jobs in the store",
        f"{Limits().request_timeout_s:g} s; then 503",
        f"the lease of {Limits().job_lease_s:g} s",
        f"with all its headers, within {HEAD_TIMEOUT_S:g} s",
    ],
)
def test_limits_of_the_page_are_those_of_the_code(figure: str) -> None:
    assert figure in PAGE


def test_settings_named_in_the_deployment_exist() -> None:
    files = [DOCKERFILE, PAGE, (ROOT / "compose.yaml").read_text(), unit_text()]
    named = {name for text in files for name in re.findall(r"BRIEFER_[A-Z_]+[A-Z]", text)}

    known = {f"BRIEFER_{name.upper()}" for name in Settings.model_fields}
    assert named <= known | {KEY_VARIABLE, "BRIEFER_CACHE"}


def unit_text() -> str:
    return (ROOT / "deploy" / "briefer.service").read_text("utf-8")


def test_image_runs_as_nobody_in_particular_and_installs_by_hash() -> None:
    lines = DOCKERFILE.splitlines()

    assert "USER 10001" in lines
    assert lines.index("USER 10001") < lines.index(
        next(x for x in lines if x.startswith("ENTRYPOINT"))
    )
    assert "--require-hashes" in DOCKERFILE
    assert not re.search(r"^ADD |curl|wget|:latest", DOCKERFILE, re.MULTILINE)


def test_image_lets_its_user_write_where_baked_weights_are_converted() -> None:
    assert "chown -R briefer /weights" in DOCKERFILE
    assert "chown -R briefer /data" in DOCKERFILE


def test_image_copies_only_what_exists_and_is_let_in() -> None:
    let_in = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    copied = {
        name
        for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
        for name in line.split()
    }

    assert copied == let_in
    assert all((ROOT / name).exists() for name in copied)


def test_compose_file_has_a_service_and_its_database_and_no_password() -> None:
    yaml = pytest.importorskip("yaml")
    compose: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())

    service, database = compose["services"]["briefer"], compose["services"]["database"]
    assert service["ports"] == ["127.0.0.1:8000:8000"]
    assert service["environment"]["BRIEFER_STORE"].startswith("postgresql://briefer:${POSTGRES_")
    assert database["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert set(compose["volumes"]) == {"cache", "database", "models"}


def test_compose_file_has_a_model_server_for_those_who_ask_for_it() -> None:
    yaml = pytest.importorskip("yaml")
    compose: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())

    assert compose["services"]["model"]["profiles"] == ["model"]
    assert "ports" not in compose["services"]["model"]  # it has no keys
    assert compose["services"]["briefer"]["environment"]["BRIEFER_ENGINE"] == (
        "${BRIEFER_ENGINE:-auto}"
    )


def test_compose_file_hands_every_setting_on() -> None:
    yaml = pytest.importorskip("yaml")
    compose: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())

    handed = compose["services"]["briefer"]["environment"]
    settings = {f"BRIEFER_{name.upper()}" for name in Settings.model_fields} - {"BRIEFER_STORE"}

    assert settings | {KEY_VARIABLE} <= handed.keys()
    assert all(f"${{{name}" in handed[name] for name in settings)


@pytest.mark.parametrize("name", ["briefer.service", "briefer-nightly.service"])
def test_units_fetch_the_weights_before_they_need_them(name: str) -> None:
    unit = (ROOT / "deploy" / name).read_text("utf-8")

    assert "ExecStartPre=/opt/briefer/bin/briefer model pull\n" in unit
    assert "BRIEFER_CACHE=/var/cache/briefer\n" in unit


def test_unit_starts_the_service_on_loopback_for_keys_only_and_with_few_rights() -> None:
    unit = configparser.RawConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(unit_text())

    assert unit["Service"]["ExecStart"].endswith(
        "briefer serve --host 127.0.0.1 --port 8000 --require-key"
    )
    assert "briefer keys create" in unit_text()
    assert unit["Service"]["ProtectSystem"] == "strict"
    assert unit["Service"]["User"] == "briefer"


def test_systemd_finds_no_fault_with_the_unit() -> None:
    verifier = shutil.which("systemd-analyze")
    if verifier is None:
        pytest.skip("systemd-analyze is not installed here: the unit is read, not verified")

    done = subprocess.run(
        [verifier, "verify", "deploy/briefer.service"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    faults = [line for line in done.stderr.splitlines() if "is not executable" not in line]
    assert faults == []


def test_table_of_an_article_has_every_field_that_a_request_may_have() -> None:
    table = PAGE.partition("## A JSON article")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    (example,) = re.findall(r"```json\n(.*?)```", table, re.DOTALL)

    assert set(re.findall(r"`(\w+)`", " ".join(rows))) == BriefRequest.model_fields.keys()
    assert BriefRequest.model_validate_json(example).title == "Pier to be repaired"
