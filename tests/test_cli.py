"""The command line's contract: what goes to stdout, what to stderr, which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from briefer import articles, text
from briefer.briefing import Briefer, Stages
from briefer.cli import app
from briefer.cli.options import Tools
from briefer.cli.running import Briefs, brief_each
from briefer.drafting import UNTRAINED
from briefer.errors import GenerationFailed, ModelNotFound, RenderError, UnreadableInput
from briefer.models.base import Prompt
from briefer.nightly import documents
from briefer.resources import shipped
from briefer.schema import Article, Brief, Character, CleanArticle, Options, Statement, Tags
from tests import handmade
from tests.fakes import FixedTagger, ScriptedEngine, noon

STORY = (
    "The harbour board of Tellmouth voted on Monday to close the old pier, a year after a storm "
    "tore away its western end and left two stalls hanging over the water.\n\n"
    'Its chair, Ingrid Vass, said repairs would cost 4 million crowns. "We do not have the '
    'money," she told reporters.\n\n'
    "The shopkeepers' league rejected the vote and said it would go to court before the summer."
)
COOKIES = (
    "We value your privacy. We and our 842 partners store information on a device, such as "
    "cookies, and process personal data for personalised ads. You may click to consent or manage "
    "your preferences. Accept all. Reject all."
)
PRICES = "Espresso 2.20\nCappuccino 3.10\nFlat white 3.30\nHot chocolate 3.50\nOrange juice 2.90"
TWENTY = (
    "The council said on Monday that it would close two pools because it had no money for the "
    "repairs needed."
)
GERMAN = (
    "Der Minister kündigte am Dienstag an, dass die Regierung das neue Gesetz überprüfen und mit "
    "allen Parteien sprechen werde. Die Opposition zeigte sich unzufrieden und forderte mehr."
)


def condense(prompt: Prompt) -> str:
    return "Tellmouth will close its old pier" if "headline" in prompt.text else "It was said."


def find_nobody(
    article: CleanArticle,
) -> tuple[tuple[Statement, ...], tuple[Character, ...]]:
    return (), ()


def stages() -> Stages:
    return Stages(
        prepare=articles.prepare,
        read=find_nobody,
        tagger=FixedTagger({0: Tags(0.9, 0.01, 0.01, 0.01), 1: Tags(0.8, 0.01, 0.01, 0.5)}),
        engine=ScriptedEngine(condense),
        condenser=UNTRAINED,
        now=noon,
    )


@dataclass
class BrokenBriefer:
    """A briefer that fails on articles whose text holds a word, and counts its calls."""

    word: str
    error: type[Exception] = GenerationFailed
    briefer: Briefs = field(default_factory=lambda: Briefer.of(stages()))
    n_at_once: int = 1

    def brief(self, article: Article, options: Options | None = None) -> Brief:
        if self.word in article.text:
            raise self.error(f"no answer about {self.word}")
        return self.briefer.brief(article, options)

    def brief_many(
        self, articles: Iterable[Article], options: Options | None = None
    ) -> Iterator[Brief]:
        for article in list(articles):
            yield self.brief(article, options)


def run(*arguments: str | Path, briefer: Briefs | None = None, stdin: bytes = b"") -> Result:
    tools = Tools(lambda *_: briefer or Briefer.of(stages()))
    return CliRunner().invoke(app, [str(one) for one in arguments], obj=tools, input=stdin)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def validated(line: str) -> dict[str, Any]:
    brief: dict[str, Any] = json.loads(line)
    jsonschema.validate(brief, json.loads(shipped("brief.schema.json").read_text("utf-8")))
    return brief


# ── briefer brief ────────────────────────────────────────────────────────────────────────────


def test_one_file_becomes_one_valid_brief_named_by_its_path(story: Path) -> None:
    done = run("brief", story)

    brief = validated(done.stdout)
    assert done.exit_code == 0
    assert done.stderr == ""
    assert brief["source"]["ref"] == str(story)
    assert brief["status"] == "ok"
    assert "text" not in brief["source"]


def test_included_source_text_carries_the_offsets(story: Path) -> None:
    done = run("brief", story, "--include", "source_text,withheld_text")

    brief = validated(done.stdout)
    source = brief["source"]
    assert source["text"] == STORY
    assert source["sha256"] == text.fingerprint(STORY)
    for line in brief["summary"]:
        for evidence in line["evidence"]:
            assert STORY[evidence["start"] : evidence["end"]] == evidence["text"]


def test_several_files_give_one_object_a_line_in_the_order_of_the_arguments(
    tmp_path: Path,
) -> None:
    names = [f"{number}.txt" for number in (5, 3, 4, 1, 2)]
    for name in names:
        (tmp_path / name).write_text(f"{STORY}\n\nThis is the end of {name}.")

    done = run("brief", *(tmp_path / name for name in names))

    briefs = [validated(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [brief["source"]["ref"] for brief in briefs] == [str(tmp_path / n) for n in names]


def test_jsonl_is_one_line_for_one_file_too(story: Path) -> None:
    done = run("brief", story, "--jsonl")

    assert len(done.stdout.splitlines()) == 1
    assert validated(done.stdout)["status"] == "ok"


def test_a_json_lines_file_gives_a_line_an_article(tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl"
    path.write_text("".join(json.dumps({"text": STORY, "ref": ref}) + "\n" for ref in "ab"))

    done = run("brief", path)

    assert [validated(line)["source"]["ref"] for line in done.stdout.splitlines()] == ["a", "b"]


def test_a_dash_reads_standard_input() -> None:
    done = run("brief", "-", stdin=STORY.encode())

    assert validated(done.stdout)["source"]["ref"] == "-"


@pytest.mark.parametrize(
    ("form", "sign"), [("markdown", "# "), ("text", "pier"), ("html", "<!doctype html>")]
)
def test_a_brief_is_printed_in_the_form_that_was_asked_for(
    story: Path, form: str, sign: str
) -> None:
    done = run("brief", story, "--format", form)

    assert done.exit_code == 0
    assert sign in done.stdout.lower()


@pytest.mark.parametrize(
    ("content", "status", "reason"),
    [
        (TWENTY, "too_short", "it has 20 words"),
        (COOKIES, "not_an_article", "notice"),
        (PRICES, "not_an_article", "list of prices"),
        (GERMAN, "unsupported_language", "'de'"),
        (f"{STORY}\n\nSubscribe to continue reading.", "incomplete", "subscribers"),
        ("<html><script>alert(1)</script></html>", "not_an_article", "no text"),
    ],
)
def test_what_cannot_be_briefed_is_printed_with_its_status_and_exits_3(
    tmp_path: Path, content: str, status: str, reason: str
) -> None:
    path = tmp_path / ("a.html" if content.startswith("<") else "a.txt")
    path.write_text(content, encoding="utf-8")

    done = run("brief", path)

    brief = validated(done.stdout)
    assert done.exit_code == 3
    assert brief["status"] == status
    assert brief["headline"] is None
    assert brief["agreements"] == brief["dissent"] == {"status": "not_checked", "items": []}
    assert f"{path}: {status}: " in done.stderr
    assert reason in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"\x00\x01\x02", "is binary"),
        ("a.pdf", b"%PDF-1.7", "is a PDF"),
        ("a.json", b'{"text": "a\\u0000b"}', "NUL"),
        ("a.json", b'{"text": "a\\ud800b"}', "lone surrogates"),
        ("a.json", b'{"text": Infinity}', "Infinity is no JSON value"),
        ("a.json", b"{", "is not JSON"),
        ("gone.txt", None, "does not exist"),
    ],
)
def test_what_cannot_be_read_exits_3_and_the_others_still_come(
    tmp_path: Path, story: Path, name: str, content: bytes | None, reason: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    done = run("brief", path, story)

    (line,) = done.stdout.splitlines()
    assert done.exit_code == 3
    assert validated(line)["source"]["ref"] == str(story)
    assert str(path) in done.stderr
    assert reason in done.stderr


def test_a_wrong_encoding_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(STORY.replace("Ingrid", "Zoë").encode("cp1252"))

    done = run("brief", path, "--include", "source_text")

    assert "Zoë Vass" in validated(done.stdout)["source"]["text"]


def test_scripts_of_a_page_never_reach_the_brief(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    paragraphs = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n"))
    path.write_text(f"<html><body><script>alert(1)</script>{paragraphs}</body></html>")

    done = run("brief", path, "--include", "source_text")

    assert validated(done.stdout)["source"]["text"] == STORY
    assert "alert" not in done.stdout


def test_a_megabyte_of_text_is_briefed_whole(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join([STORY] * 2800))
    started = time.process_time()

    done = run("brief", path)

    source = validated(done.stdout)["source"]
    assert done.exit_code == 0
    assert source["share_read"] == 1.0
    assert source["n_chars"] == path.stat().st_size > 1_000_000
    assert time.process_time() - started < 120


def test_a_model_that_fails_on_one_article_costs_only_that_one(tmp_path: Path) -> None:
    for name in ("a", "pears", "c"):
        (tmp_path / f"{name}.txt").write_text(f"{STORY}\n\nThis one is about {name}.")

    done = run(
        "brief",
        *(tmp_path / f"{n}.txt" for n in ("a", "pears", "c")),
        briefer=BrokenBriefer("pears"),
    )

    assert done.exit_code == 3
    assert [Path(json.loads(x)["source"]["ref"]).stem for x in done.stdout.splitlines()] == [
        "a",
        "c",
    ]
    assert f"{tmp_path / 'pears.txt'}: no answer about pears" in done.stderr


def test_no_usable_model_exits_6_with_its_reason(story: Path) -> None:
    done = run("brief", story, briefer=BrokenBriefer("pier", ModelNotFound))

    assert done.exit_code == 6
    assert done.stdout == ""
    assert "no answer about pier" in done.stderr


def test_a_remote_engine_without_an_address_exits_6(story: Path) -> None:
    done = CliRunner().invoke(app, ["brief", str(story), "--engine", "remote"])

    assert done.exit_code == 6
    assert "needs the server's address" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["brief"], "FILE"),
        (["brief", "a.txt", "--format", "docx"], "docx"),
        (["brief", "a.txt", "--include", "everything"], "--include knows no 'everything'"),
        (["brief", "a.txt", "--jsonl", "--format", "text"], "--jsonl prints JSON"),
        (["brief", "a.txt", "b.txt", "--format", "html"], "one page of one article"),
        (["brief", "a.txt", "--engine", "abacus"], "abacus"),
        (["digest", "a.txt", "--day", "Monday"], "--day 'Monday' is no day"),
        (["digest", "a.txt", "--format", "pdf,docx"], "--format knows no 'docx'"),
        (["digest", "a.txt", "--format", ","], "--format is empty"),
        (["model", "pull", "a", "b", "--from", "c"], "--from takes one file"),
    ],
)
def test_bad_usage_exits_2_and_says_what_is_wrong(arguments: list[str], reason: str) -> None:
    done = run(*arguments)

    assert done.exit_code == 2
    assert reason in done.stderr
    assert done.stdout == ""


def test_a_bad_setting_exits_2(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFER_TIMEZONE", "Atlantis")

    done = run("brief", story)

    assert done.exit_code == 2
    assert "BRIEFER_TIMEZONE" in done.stderr


def test_options_choose_model_engine_and_language(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY)
    asked: list[tuple[str | None, str]] = []

    def make(model: str | None, engine: str) -> Briefs:
        asked.append((model, engine))
        return Briefer.of(stages())

    done = CliRunner().invoke(
        app,
        ["brief", str(path), "--model", "m.gguf", "--engine", "fake", "--language", "en-ZA"],
        obj=Tools(make),
    )

    assert asked == [("m.gguf", "fake")]
    assert validated(done.stdout)["source"]["language"] == "en-ZA"


def test_control_characters_of_a_name_do_not_reach_the_terminal(tmp_path: Path) -> None:
    done = run("brief", f"{tmp_path}/\x1b[31mred.txt")

    assert done.exit_code == 3
    assert "\x1b" not in done.stderr


# ── briefer digest ───────────────────────────────────────────────────────────────────────────


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


def test_no_document_exits_1(tmp_path: Path, story: Path) -> None:
    occupied = tmp_path / "out"
    occupied.write_text("a file, not a folder")

    done = run("digest", story, "--out", occupied, "--format", "json,md")

    assert done.exit_code == 1
    assert "could not be made" in done.stderr


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
    body = "".join(f"&lt;p&gt;{part}&lt;/p&gt;" for part in STORY.split("\n\n"))
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


def test_writing_leaves_the_old_file_or_the_new_one_and_no_scrap(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")

    documents.write_whole(path, b"new")

    assert path.read_text() == "new"
    assert [found.name for found in tmp_path.iterdir()] == ["a.md"]


def test_outcomes_keep_the_order_of_the_items_across_batches() -> None:
    items: list[Article | UnreadableInput] = [
        Article(text=STORY, ref="0"),
        UnreadableInput("1"),
        *(Article(text=f"{STORY} {ref}", ref=ref) for ref in ("2", "3", "4", "pears", "6")),
    ]

    outcomes = list(brief_each(items, BrokenBriefer("pears"), Options()))

    found = [
        outcome.source.ref if isinstance(outcome, Brief) else str(outcome)
        for _, outcome in outcomes
    ]
    assert found == ["0", "1", "2", "3", "4", "no answer about pears", "6"]


# ── the rest ─────────────────────────────────────────────────────────────────────────────────


def test_model_list_is_one_line_a_model_with_its_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFER_CACHE", "/nowhere/at/all")

    rows = [line.split("\t") for line in run("model", "list").stdout.splitlines()]

    assert rows[0] == [
        "qwen2.5-coder-1.5b",
        "-",
        "1117320768",
        "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    ]
    assert all(len(row) == 4 for row in rows)


def test_model_verify_finds_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFER_CACHE", str(tmp_path))
    sha256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
    path = tmp_path / "weights" / sha256 / "SmolLM2-135M-Instruct.Q4_1.gguf"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not the weights")

    done = run("model", "verify")

    assert done.exit_code == 6
    assert done.stdout.startswith("smollm2-135m\tdamaged\t")


def test_model_verify_of_a_missing_one_exits_6(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_CACHE", str(tmp_path))

    assert run("model", "verify").exit_code == 0
    assert run("model", "verify", "smollm2-135m").exit_code == 6


def test_an_unknown_pinned_model_exits_6_and_names_the_known_ones() -> None:
    done = run("model", "verify", "gpt-17")

    assert done.exit_code == 6
    assert "gpt-17" in done.stderr
    assert "smollm2-135m" in done.stderr


def test_the_command_runs_as_a_module_without_progress_on_stderr(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefer", "brief", str(tmp_path / "gone.txt"), "--engine", "fake"],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr == f"briefer: {tmp_path / 'gone.txt'} does not exist.\n"


def test_handmade_briefs_are_printed_whole(story: Path) -> None:
    @dataclass
    class Fixed:
        n_at_once: int = 1

        def brief(self, article: Article, options: Options | None = None) -> Brief:
            return handmade.brief()

        def brief_many(
            self, articles: Iterable[Article], options: Options | None = None
        ) -> Iterator[Brief]:
            return (self.brief(article) for article in articles)

    done = run("brief", story, briefer=Fixed())

    assert Brief.model_validate_json(done.stdout) == handmade.brief()
