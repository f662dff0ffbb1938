"""``briefer digest``: which documents are written, what is said, which exit code."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefer.cli import editions
from briefer.cli.running import brief_each
from briefer.errors import ModelNotFound, RenderError, UnreadableInput
from briefer.nightly import documents
from briefer.schema import Article, Brief, Options
from tests.commands import COOKIES, BrokenBriefer, run
from tests.handmade import PIER_TEXT


def test_a_folder_becomes_a_document_in_every_format(tmp_path: Path, story: Path) -> None:
    out = tmp_path / "out"

    done = run("digest", story, "--day", "2026-11-24", "--out", out)

    names = sorted(path.name for path in out.iterdir())
    assert done.exit_code == 0, done.stderr
    assert names == [f"2026-11-24.{suffix}" for suffix in ("html", "json", "md", "pdf")]
    assert (out / "2026-11-24.pdf").read_bytes().startswith(b"%PDF-")
    assert json.loads((out / "2026-11-24.json").read_text())["day"] == "2026-11-24"
    assert f"wrote {out / '2026-11-24.pdf'}" in done.stderr
    assert done.stdout == ""


def test_formats_and_quiet_are_obeyed(tmp_path: Path, story: Path) -> None:
    out = tmp_path / "out"

    done = run("digest", story, "--day", "2026-11-24", "--out", out, "--format", "md", "--quiet")

    assert [path.name for path in out.iterdir()] == ["2026-11-24.md"]
    assert done.stderr == ""


def test_what_cannot_be_briefed_is_listed_and_is_no_failure(tmp_path: Path, story: Path) -> None:
    (tmp_path / "cookies.txt").write_text(COOKIES)
    out = tmp_path / "out"

    done = run("digest", tmp_path, "--day", "2026-11-24", "--out", out, "--format", "json")

    counts = json.loads((out / "2026-11-24.json").read_text())["counts"]
    assert done.exit_code == 0
    assert (counts["n_briefed"], counts["n_not_briefable"], counts["n_failed"]) == (1, 1, 0)


def test_what_cannot_be_read_makes_the_digest_partial(tmp_path: Path, story: Path) -> None:
    out = tmp_path / "out"
    broken = tmp_path / "broken.json"
    broken.write_text("{")

    done = run("digest", story, broken, "--day", "2026-11-24", "--out", out, "--format", "json,md")

    edition = json.loads((out / "2026-11-24.json").read_text())
    assert done.exit_code == 4
    assert edition["state"] == "partial"
    assert str(broken) in edition["failures"][0]["message"]
    assert "broken.json" in (out / "2026-11-24.md").read_text()


def test_an_unreadable_folder_is_a_failure_that_names_it(tmp_path: Path, story: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    if os.geteuid() == 0:  # root reads everything but a link to itself
        closed.rmdir()
        closed.symlink_to(closed)

    done = run("digest", story, closed, "--out", tmp_path / "out", "--format", "md")

    assert done.exit_code == 4
    assert str(closed) in done.stderr


def test_an_empty_folder_has_nothing_to_report_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()

    done = run(
        "digest", tmp_path / "in", "--day", "2026-11-24", "--out", tmp_path, "--format", "json"
    )

    edition = json.loads((tmp_path / "2026-11-24.json").read_text())
    assert done.exit_code == 5
    assert edition["state"] == "nothing_to_report"
    assert f"no articles in {tmp_path / 'in'}; briefer reads .atom .htm" in done.stderr


def test_no_document_exits_1(tmp_path: Path, story: Path) -> None:
    for form in ("json", "md"):
        (tmp_path / f"out/2026-11-24.{form}").mkdir(parents=True)
    wanted = ("--day", "2026-11-24", "--out", tmp_path / "out", "--format", "json,md")

    done = run("digest", story, *wanted)

    assert done.exit_code == 1
    assert "could not be made" in done.stderr


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_folder_that_cannot_be_written_is_found_before_anything_is_briefed(
    below: str, tmp_path: Path, story: Path
) -> None:
    occupied = tmp_path / "out"
    occupied.write_text("a file, not a folder")

    done = run("digest", story, "--out", occupied / below, briefer=BrokenBriefer("pier"))

    assert done.exit_code == 2
    assert f"--out {occupied / below} cannot be written: Not a directory." in done.stderr
    assert "no answer" not in done.stderr


def test_a_format_that_cannot_be_made_leaves_the_others(
    tmp_path: Path, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_pango(document: object) -> bytes:
        raise RenderError("PDFs need native libraries")

    monkeypatch.setattr("briefer.render.pdf", no_pango)
    out = tmp_path / "out"

    done = run("digest", story, "--day", "2026-11-24", "--out", out, "--format", "pdf,html")

    assert done.exit_code == 4
    assert [path.name for path in out.iterdir()] == ["2026-11-24.html"]
    assert "PDFs need native libraries" in done.stderr


def test_a_digest_without_a_usable_model_exits_6_and_writes_nothing(
    tmp_path: Path, story: Path
) -> None:
    out = tmp_path / "out"

    done = run("digest", story, "--out", out, briefer=BrokenBriefer("pier", ModelNotFound))

    assert done.exit_code == 6
    assert not out.exists()


def test_a_feed_gives_its_entries(tmp_path: Path) -> None:
    feed = tmp_path / "post.xml"
    body = "".join(f"&lt;p&gt;{part}&lt;/p&gt;" for part in PIER_TEXT.split("\n\n"))
    items = "".join(
        f"<item><guid>{n}</guid><title>Pier {n}</title><description>{body} {n}</description></item>"
        for n in range(2)
    )
    feed.write_text(f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>")

    done = run("digest", feed, "--day", "2026-11-24", "--out", tmp_path, "--format", "json")

    edition = json.loads((tmp_path / "2026-11-24.json").read_text())
    assert done.exit_code == 0, done.stderr
    assert {brief["source"]["ref"] for brief in edition["briefs"]} == {"0", "1"}
    assert {brief["source"]["publisher"] for brief in edition["briefs"]} == {"Post"}


def test_a_list_of_feeds_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text('<opml><body><outline xmlUrl="https://a.example/rss"/></body></opml>')

    done = run("digest", path, "--out", tmp_path, "--format", "md")

    assert done.exit_code == 4
    assert "is a list of feeds (OPML), not articles" in done.stderr


def test_a_folder_with_earlier_editions_gives_its_articles_only(
    tmp_path: Path, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(story.parent)
    (story.parent / "2026-11-23.txt").write_text(story.read_text())
    wanted = ("digest", ".", "--day", "2026-11-24", "--format", "html,md,json")

    run(*wanted)
    again = run(*wanted)

    edition = json.loads((story.parent / "out/2026-11-24.json").read_text())
    assert again.exit_code == 0
    assert edition["counts"]["n_articles"] == 1
    assert [one["source"]["ref"] for one in edition["briefs"]] == ["./2026-11-23.txt"]


def test_writing_leaves_the_old_file_or_the_new_one_and_no_scrap(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")

    documents.write_whole(path, b"new")

    assert path.read_text() == "new"
    assert [found.name for found in tmp_path.iterdir()] == ["a.md"]


def test_outcomes_keep_the_order_of_the_items_across_batches() -> None:
    items: list[Article | UnreadableInput] = [
        Article(text=PIER_TEXT, ref="0"),
        UnreadableInput("1"),
        *(Article(text=f"{PIER_TEXT} {ref}", ref=ref) for ref in ("2", "3", "4", "pears", "6")),
    ]

    outcomes = list(brief_each(items, BrokenBriefer("pears"), Options()))

    found = [
        outcome.source.ref if isinstance(outcome, Brief) else str(outcome)
        for _, outcome in outcomes
    ]
    assert found == ["0", "1", "2", "3", "4", "no answer about pears", "6"]


@pytest.mark.parametrize(
    ("timezone", "day"),
    [("Pacific/Pago_Pago", 23), ("Pacific/Kiritimati", 25), ("Europe/Prague", 24)],
)
def test_today_is_the_day_of_the_time_zone(timezone: str, day: int) -> None:
    now = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)

    assert editions.today(now, timezone) == date(2026, 11, day)


@pytest.mark.parametrize("written", ["20261124", "2026-W48-2", "2026-11-31", "24.11.2026", ""])
def test_a_day_is_written_in_one_way(tmp_path: Path, story: Path, written: str) -> None:
    done = run("digest", story, "--day", written, "--out", tmp_path / "out")

    assert done.exit_code == 2
    assert "write it like 2026-11-24" in done.stderr
