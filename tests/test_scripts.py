"""The scripts behind ``make env``, with stand-ins for apt, dpkg, pip and uv."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NEEDED = (
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",
    "fonts-noto-core",
    "fonts-noto-cjk",
)


def put_command(folder: Path, name: str, script: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A Debian with root where nothing is installed; ``calls`` holds what apt was asked."""
    bin_ = tmp_path / "bin"
    put_command(
        bin_, "dpkg-query", f'grep -qx "$4" {tmp_path}/installed && printf "install ok installed"'
    )
    put_command(bin_, "apt-get", f'echo "$@" >>{tmp_path}/calls')
    put_command(bin_, "id", "echo 0")
    (tmp_path / "installed").write_text("")
    (tmp_path / "calls").write_text("")
    return tmp_path


def run_native(
    machine: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    path = f"{machine / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["sh", str(ROOT / "scripts/native.sh"), *arguments],
        env={"PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_root_on_debian_gets_the_missing_libraries(machine: Path) -> None:
    (machine / "installed").write_text("libpango-1.0-0\n")

    done = run_native(machine)

    packages = " ".join(NEEDED[1:])
    assert done.returncode == 0
    assert f"installing what is missing: {packages} (NO_APT=1 stops this)" in done.stderr
    assert (machine / "calls").read_text() == (
        f"update -qq\ninstall --yes --no-install-recommends {packages} -qq\n"
    )


def test_nothing_is_installed_when_all_is_there(machine: Path) -> None:
    (machine / "installed").write_text("\n".join(NEEDED))

    done = run_native(machine)

    assert (done.returncode, done.stderr) == (0, "")
    assert (machine / "calls").read_text() == ""


def test_no_apt_stops_with_the_line_to_run(machine: Path) -> None:
    done = run_native(machine, NO_APT="1")

    assert done.returncode == 1
    assert f"sudo apt-get install --yes --no-install-recommends {' '.join(NEEDED)}" in done.stderr
    assert (machine / "calls").read_text() == ""


def test_other_users_are_told_what_to_run(machine: Path) -> None:
    put_command(machine / "bin", "id", "echo 1000")

    done = run_native(machine)

    assert done.returncode == 1
    assert "sudo apt-get install" in done.stderr
    assert (machine / "calls").read_text() == ""


def test_missing_fonts_alone_do_not_stop_anything(machine: Path) -> None:
    (machine / "installed").write_text("\n".join(NEEDED[:3]))

    done = run_native(machine, NO_APT="1")

    assert done.returncode == 0
    assert "missing here: fonts-noto-core fonts-noto-cjk" in done.stderr


def test_tests_get_a_postgresql_too(machine: Path) -> None:
    (machine / "installed").write_text("\n".join(NEEDED))

    run_native(machine, "tests")

    assert "install --yes --no-install-recommends postgresql -qq" in (machine / "calls").read_text()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a ready ``.venv`` whose python and uv only write down what they are asked.

    They fail when a file ``no-pip-torch`` or ``no-uv-torch`` lies there.
    """
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/env.sh", tmp_path / "scripts/env.sh")
    put_command(tmp_path / "scripts", "native.sh", "exit 0")
    put_command(
        tmp_path / ".venv/bin",
        "python",
        'echo "python $*" >>calls; case "$*" in *.venv/torch.lock) [ ! -e no-pip-torch ];; esac',
    )
    put_command(tmp_path / ".venv/bin", "uv", 'echo "uv $*" >>calls; [ ! -e no-uv-torch ]')
    put_command(tmp_path / ".venv/bin", "pip", "exit 1")
    put_command(tmp_path / "bin", "uname", "echo Linux")
    for name in ("requirements.lock", "torch.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run_env(checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{checkout / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["sh", "scripts/env.sh"],
        cwd=checkout,
        env={"PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def calls(checkout: Path) -> list[str]:
    lines = (checkout / "calls").read_text().splitlines()
    return [line.replace(" -qq --disable-pip-version-check", "") for line in lines]


def test_torch_comes_first_then_the_main_lock_all_by_hash(checkout: Path) -> None:
    done = run_env(checkout)

    assert done.returncode == 0, done.stderr
    assert calls(checkout) == [
        "python -m pip install --no-deps --only-binary :all: --require-hashes -r .venv/torch.lock",
        "python -m pip install --no-deps --only-binary :all: --require-hashes -r .venv/wheels.lock",
        "python -m pip install --no-deps --use-pep517 --no-build-isolation --require-hashes "
        "-r .venv/sources.lock",
        "python -m pip install --no-deps --no-build-isolation --editable .",
    ]


def test_nothing_of_the_main_lock_is_lost_between_wheels_and_sources(checkout: Path) -> None:
    run_env(checkout)

    wheels, sources = (
        (checkout / f".venv/{name}.lock").read_text().splitlines() for name in ("wheels", "sources")
    )
    assert sorted(wheels + sources) == sorted((ROOT / "requirements.lock").read_text().splitlines())
    assert sources[0].startswith("rouge-score==")


def test_only_the_cpu_wheel_of_torch_is_asked_for_on_linux(checkout: Path) -> None:
    run_env(checkout)

    locked = (ROOT / "torch.lock").read_text()
    assert (checkout / ".venv/torch.lock").read_text() == locked.replace(
        "torch==2.13.0 ", "torch==2.13.0+cpu "
    )


def test_the_plain_wheel_is_asked_for_elsewhere(checkout: Path) -> None:
    put_command(checkout / "bin", "uname", "echo Darwin")

    run_env(checkout)

    assert (checkout / ".venv/torch.lock").read_text() == (ROOT / "torch.lock").read_text()


def test_pytorchs_own_index_is_tried_next(checkout: Path) -> None:
    (checkout / "no-pip-torch").touch()

    done = run_env(checkout)

    assert done.returncode == 0, done.stderr
    assert calls(checkout)[1:3] == [
        "python -m pip install --no-deps --require-hashes -r .venv/uv.lock",
        "uv pip install --quiet --python .venv/bin/python --torch-backend cpu --no-deps "
        "--require-hashes -r .venv/torch.lock",
    ]
    locked = (checkout / ".venv/uv.lock").read_text().splitlines()
    assert locked[0].startswith("uv==")
    assert all("--hash=sha256:" in line for line in locked[1:])


def test_without_the_cpu_wheel_one_sentence_says_what_to_do(checkout: Path) -> None:
    (checkout / "no-pip-torch").touch()
    (checkout / "no-uv-torch").touch()

    done = run_env(checkout)

    last = done.stderr.splitlines()[-1]
    assert done.returncode == 1
    assert last.startswith("briefer: torch for CPUs (torch==2.13.0+cpu) can be had neither")
    assert "PIP_FIND_LINKS=FOLDER make env" in last
    assert "wheels.lock" not in " ".join(calls(checkout))


def test_cuda_wheel_comes_with_its_packages_when_asked_for(checkout: Path) -> None:
    run_env(checkout, TORCH="cuda")

    assert calls(checkout)[:2] == [
        "python -m pip uninstall --yes torch",
        "python -m pip install torch==2.13.0",
    ]


@pytest.fixture
def installed(checkout: Path) -> Path:
    """What torch a stand-in for pip has installed; as pip does, it takes 2.13.0+cpu for 2.13.0."""
    path = checkout / "installed-torch"
    put_command(
        checkout / ".venv/bin",
        "python",
        f"""case "$*" in
        *uninstall*torch) rm -f {path} ;;
        *.venv/torch.lock) sed -n 's/^torch==\\([^ ]*\\).*/\\1/p' .venv/torch.lock >{path} ;;
        *torch==*) grep -q '^2.13.0' {path} || echo 2.13.0 >{path} ;;
        esac""",
    )
    return path


def test_cuda_wheel_takes_the_place_of_the_cpu_wheel(checkout: Path, installed: Path) -> None:
    run_env(checkout)
    assert installed.read_text() == "2.13.0+cpu\n"

    done = run_env(checkout, TORCH="cuda")

    assert (done.returncode, installed.read_text()) == (0, "2.13.0\n")


def test_kind_of_torch_is_kept_until_another_is_asked_for(checkout: Path, installed: Path) -> None:
    run_env(checkout, TORCH="cuda")
    (checkout / "requirements.lock").write_text("changed")

    run_env(checkout, TORCH="")  # as make gives it where nobody does
    kept = installed.read_text()
    run_env(checkout, TORCH="cpu")

    assert (kept, installed.read_text()) == ("2.13.0\n", "2.13.0+cpu\n")


def test_unknown_kind_of_torch_is_refused(checkout: Path) -> None:
    done = run_env(checkout, TORCH="gpu")

    assert (done.returncode, done.stderr) == (1, "briefer: TORCH=gpu is unknown: cpu or cuda\n")


def test_make_leaves_it_to_the_environment_what_it_was_made_with() -> None:
    recipe = subprocess.run(
        ["make", "--dry-run", "env"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )

    assert recipe.stdout == 'PYTHON="" TORCH="" NO_APT="0" scripts/env.sh\n'


def test_environment_that_is_up_to_date_is_left_alone(checkout: Path) -> None:
    run_env(checkout)
    (checkout / "calls").write_text("")

    done = run_env(checkout)

    assert (done.returncode, done.stderr) == (0, "")
    assert calls(checkout) == []


def test_changed_lock_makes_the_environment_anew(checkout: Path) -> None:
    run_env(checkout)
    (checkout / "calls").write_text("")
    (checkout / "requirements.lock").write_text("changed")

    run_env(checkout)

    assert len(calls(checkout)) == 4


def test_old_python_is_refused(checkout: Path) -> None:
    put_command(checkout / "bin", "old-python", "exit 1")

    done = run_env(checkout, PYTHON="old-python")

    assert done.returncode == 1
    assert "old-python is too old, Python 3.11 or later is needed" in done.stderr


def test_python_that_is_not_the_environments_is_refused(checkout: Path) -> None:
    put_command(checkout / ".venv/bin", "python", "echo 3.11")
    put_command(checkout / "bin", "python3.11", "echo 3.11")
    put_command(checkout / "bin", "python3.12", "echo 3.12")

    same, other = (run_env(checkout, PYTHON=name) for name in ("python3.11", "python3.12"))

    assert (same.returncode, other.returncode) == (0, 1)
    assert other.stderr == (
        "briefer: .venv is of Python 3.11 and python3.12 is 3.12: "
        "remove .venv, then run this again\n"
    )
