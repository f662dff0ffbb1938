"""``briefer nightly`` and ``briefer digest --withdraw`` as a user types them."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from briefer import store as stores
from briefer.cli import app
from briefer.cli.options import Tools
from briefer.nightly import lease
from tests.databases import n_editions
from tests.newsstand import FirstSentences, newsstand
from tests.test_nightly import DAY, words_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A drop-box with two articles and a configuration that reads it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFER_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("BRIEFER_ENGINE", "fake")
    (tmp_path / "box").mkdir()
    for town in ("Alder", "Birch"):
        url = f"http://a.example/{town}"
        record = {"text": words_of(town), "title": f"{town} votes", "url": url}
        (tmp_path / f"box/{town}.json").write_text(json.dumps(record))
    (tmp_path / "night.toml").write_text(
        'sources = [{kind = "folder", at = "box"}]\nformats = ["json", "md"]\nmetrics = "m.prom"\n'
    )
    return tmp_path


def run(*arguments: str, desk: FirstSentences | None = None) -> Result:
    tools = Tools(lambda *_: desk or FirstSentences())  # type: ignore[arg-type]
    return CliRunner().invoke(app, list(arguments), obj=tools)


def titles(path: Path) -> list[str]:
    return sorted(one["source"]["title"] for one in json.loads(path.read_text())["briefs"])


NIGHT = ("nightly", "--config", "night.toml", "--day", DAY.isoformat())


def test_a_night_writes_its_documents_and_metrics(folder: Path) -> None:
    done = run(*NIGHT)

    assert done.exit_code == 0, done.stderr
    assert titles(folder / f"out/{DAY}.json") == ["Alder votes", "Birch votes"]
    assert "briefer_nightly_briefs_made 2" in (folder / "m.prom").read_text()


def test_a_night_says_what_failed_and_where_the_edition_is_and_then_that_it_is_done(
    folder: Path,
) -> None:
    (folder / "night.toml").write_text(
        'formats = ["json"]\nsources = [{kind = "folder", at = "box"}, {kind = "folder", '
        'at = "gone"}, {kind = "feed", at = "http://127.0.0.1:8080/rss"}]\n'
    )

    first, again = run(*NIGHT), run(*NIGHT)

    told = first.stderr.splitlines()
    assert (first.exit_code, again.exit_code) == (4, 4)
    assert "briefer: gone: gone does not exist." in told
    assert any("8080/rss: " in one and "allow_private = true under" in one for one in told)
    assert told[-2:] == [
        f"briefer: wrote out/{DAY}.json",
        f"briefer: the edition of {DAY} is partial: 2 failures.",
    ]
    assert again.stderr.splitlines()[-1] == (
        f"briefer: nothing left to brief; the edition of {DAY} is at out/{DAY}.json, "
        "partial: 2 failures."
    )


@pytest.mark.parametrize("url", ["watch.example/night", "http://watch.example:secret/", "https://"])
def test_a_ping_that_is_no_address_is_refused_before_the_night(folder: Path, url: str) -> None:
    done = run(*NIGHT, "--ping", url)

    assert done.exit_code == 2
    assert "--ping takes an address, and this is none: it" in done.stderr
    assert "write it like https://watch.example/night." in done.stderr
    assert "secret" not in done.stderr
    assert not (folder / "out").exists()


def test_dry_run_prints_the_plan_and_writes_nothing(folder: Path) -> None:
    done = run(*NIGHT, "--dry-run")

    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines()[:2] == [
        f"edition of {DAY}, after none before",
        "folder box: to read",
    ]
    assert not (folder / "out").exists()


def test_exit_codes_tell_partial_empty_and_wrong_nights(folder: Path) -> None:
    partial = run(*NIGHT, desk=FirstSentences(fails_on="Alder"))
    made_up_for = run("nightly", "--config", "night.toml", "--day", "2026-12-24")
    empty = run("nightly", "--config", "night.toml", "--day", "2026-12-25")
    missing = run("nightly", "--config", "nothing.toml")

    assert (partial.exit_code, made_up_for.exit_code, empty.exit_code) == (4, 0, 5)
    assert missing.exit_code == 2
    assert "nothing.toml" in missing.stderr


def test_a_ping_tells_good_nights_from_bad_ones_and_is_silent_where_another_run_has_it(
    folder: Path,
) -> None:
    with newsstand() as stand:
        stand.pages |= {"/ping": b"ok", "/ping/fail": b"ok"}
        watched = (*NIGHT, "--ping", f"{stand.url}/ping")
        pings = []

        store = stores.open(str(folder / "store"))
        with lease.held(store, DAY, "another host:1:a"):
            busy = run(*watched)
        store.drop_lease(DAY, "another host:1:a")
        pings.append(dict(stand.asked))
        (folder / "out").write_text("a file where the folder should be")
        unwritten = run(*watched)
        pings.append(dict(stand.asked))
        (folder / "out").unlink()
        good = run(*watched)
        pings.append(dict(stand.asked))
        store.close()

    assert (busy.exit_code, unwritten.exit_code, good.exit_code) == (0, 1, 0)
    assert pings == [{}, {"/ping/fail": 1}, {"/ping/fail": 1, "/ping": 1}]


def test_a_verbose_night_keeps_secret_addresses_to_itself(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # As if no test before had asked for a verbose run.
    as_new = caplog.at_level(logging.NOTSET, "httpx")
    with newsstand() as stand, caplog.at_level(logging.INFO), as_new:
        stand.pages["/ping"] = b"ok"
        done = run(*NIGHT, "--verbose", "--ping", f"{stand.url}/ping?key=SECRET")

    assert (done.exit_code, stand.asked["/ping"]) == (0, 1)
    assert "SECRET" not in caplog.text + done.stderr


def test_without_ray_or_its_cluster_a_night_says_so_and_runs_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = run(*NIGHT, "--workers", "ray", "--ray-address", "127.0.0.1:1")
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "ray", None)
        missing = run(*NIGHT, "--workers", "ray")
    local = run(*NIGHT)

    assert (nobody.exit_code, missing.exit_code, local.exit_code) == (1, 2, 0)
    assert "the Ray cluster at 127.0.0.1:1 cannot be reached" in nobody.stderr
    assert "pip install '.[ray]'" in missing.stderr
    assert titles(folder / f"out/{DAY}.json") == ["Alder votes", "Birch votes"]


def test_documents_that_cannot_be_written_are_said_and_come_with_the_next_run(
    folder: Path,
) -> None:
    (folder / "out").write_text("a file where the folder should be")
    desk = FirstSentences()

    failed = run(*NIGHT, desk=desk)
    (folder / "out").unlink()
    mended = run(*NIGHT, desk=desk)

    assert failed.exit_code == 1
    assert "documents could not be written" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert mended.exit_code == 0
    assert set(desk.made.values()) == {1}


def test_a_delivery_that_failed_shows_in_the_exit_code_of_a_night_without_news_too(
    folder: Path,
) -> None:
    (folder / "www").write_text("a file where the folder should be")
    with (folder / "night.toml").open("a") as written:
        written.write('[delivery]\nfolder = "www"\n')
    for article in (folder / "box").iterdir():
        article.unlink()

    failed = run(*NIGHT)
    (folder / "www").unlink()
    delivered = run(*NIGHT)

    assert (failed.exit_code, delivered.exit_code) == (4, 5)
    assert "folder www failed: " in failed.stderr


def test_withdrawing_reissues_the_edition_with_a_note(folder: Path) -> None:
    run(*NIGHT)

    done = run(
        *("digest", "--day", DAY.isoformat(), "--out", "corrected", "--format", "json,md"),
        *("--withdraw", "http://a.example/Alder", "--reason", "It was not so."),
    )

    assert done.exit_code == 0, done.stderr
    words = (folder / f"corrected/{DAY}.md").read_text()
    assert "Withdrawn after this edition had appeared: Alder votes (It was not so.)" in words
    assert titles(folder / f"corrected/{DAY}.json") == ["Birch votes"]


def test_a_later_run_of_the_day_does_not_bring_back_what_was_withdrawn(folder: Path) -> None:
    run(*NIGHT)
    address = "http://a.example/Alder"
    run("digest", "--day", DAY.isoformat(), "--format", "md", "--withdraw", address)

    again = run(*NIGHT)

    assert again.exit_code == 0, again.stderr
    assert titles(folder / f"out/{DAY}.json") == ["Birch votes"]
    store = stores.open(str(folder / "store"))
    assert n_editions(store, DAY) == 2
    store.close()


def test_withdrawing_takes_no_paths_beside_it(folder: Path) -> None:
    run(*NIGHT)

    done = run("digest", "box", "--day", DAY.isoformat(), "--withdraw", "http://a.example/Alder")

    assert done.exit_code == 2
    assert "it takes no PATH" in done.stderr
    assert titles(folder / f"out/{DAY}.json") == ["Alder votes", "Birch votes"]


def test_withdrawing_from_a_day_without_edition_is_bad_usage(folder: Path) -> None:
    done = run("digest", "--day", "2026-01-01", "--withdraw", "x")

    assert done.exit_code == 2
    assert "no edition of 2026-01-01" in done.stderr


def test_metrics_that_cannot_be_written_are_a_problem_of_a_finished_night(folder: Path) -> None:
    (folder / "m.prom").mkdir()

    with newsstand() as stand:
        stand.pages |= {"/ping": b"ok", "/ping/fail": b"ok"}
        done = run(*NIGHT, "--ping", f"{stand.url}/ping")
        pings = dict(stand.asked)

    assert done.exit_code == 4
    assert "the metrics could not be written" in done.stderr
    assert titles(folder / f"out/{DAY}.json") == ["Alder votes", "Birch votes"]
    assert pings == {"/ping/fail": 1}
