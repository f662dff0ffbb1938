"""``briefer brief``: what goes to stdout, what to stderr, which exit code."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from briefer import text
from briefer.briefing import Briefer
from briefer.cli import app
from briefer.cli.options import Tools
from briefer.cli.running import Briefs
from briefer.errors import ModelNotFound
from briefer.resources import shipped
from tests.commands import COOKIES, BrokenBriefer, run, stages
from tests.handmade import PIER_TEXT

PRICES = "Espresso 2.20\nCappuccino 3.10\nFlat white 3.30\nHot chocolate 3.50\nOrange juice 2.90"
TWENTY = (
    "The council said on Monday that it would close two pools because it had no money for the "
    "repairs needed."
)
GERMAN = (
    "Der Minister kündigte am Dienstag an, dass die Regierung das neue Gesetz überprüfen und mit "
    "allen Parteien sprechen werde. Die Opposition zeigte sich unzufrieden und forderte mehr."
)


def validated(line: str) -> dict[str, Any]:
    brief: dict[str, Any] = json.loads(line)
    jsonschema.validate(brief, json.loads(shipped("brief.schema.json").read_text("utf-8")))
    return brief


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
    assert source["text"] == PIER_TEXT
    assert source["sha256"] == text.fingerprint(PIER_TEXT)
    for line in brief["summary"]:
        for evidence in line["evidence"]:
            assert PIER_TEXT[evidence["start"] : evidence["end"]] == evidence["text"]


def test_several_files_give_one_object_a_line_in_the_order_of_the_arguments(
    tmp_path: Path,
) -> None:
    names = [f"{number}.txt" for number in (5, 3, 4, 1, 2)]
    for name in names:
        (tmp_path / name).write_text(f"{PIER_TEXT}\n\nThis is the end of {name}.")

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
    path.write_text("".join(json.dumps({"text": PIER_TEXT, "ref": ref}) + "\n" for ref in "ab"))

    done = run("brief", path)

    assert [validated(line)["source"]["ref"] for line in done.stdout.splitlines()] == ["a", "b"]


def test_a_dash_reads_standard_input() -> None:
    done = run("brief", "-", stdin=PIER_TEXT.encode())

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


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_one_article_has_no_front_page(story: Path, form: str) -> None:
    assert "to know" not in run("brief", story, "--format", form).stdout


@pytest.mark.parametrize(
    ("content", "status", "reason"),
    [
        (TWENTY, "too_short", "it has 20 words"),
        (COOKIES, "not_an_article", "notice"),
        (PRICES, "not_an_article", "list of prices"),
        (GERMAN, "unsupported_language", "'de'"),
        (f"{PIER_TEXT}\n\nSubscribe to continue reading.", "incomplete", "subscribers"),
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


def test_a_folder_or_a_list_without_articles_exits_3_and_the_others_still_come(
    tmp_path: Path, story: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/notes.docx").write_bytes(b"PK")
    (tmp_path / "list.json").write_text("[]")

    done = run("brief", tmp_path / "empty", tmp_path / "list.json", story)

    told = done.stderr.splitlines()
    assert done.exit_code == 3
    assert validated(done.stdout)["source"]["ref"] == str(story)
    assert told[0].startswith(f"briefer: {tmp_path / 'empty'} holds no articles that briefer reads")
    assert ".html" in told[0]
    assert told[1:] == [f"briefer: {tmp_path / 'list.json'} holds no articles."]


def test_an_address_is_told_how_its_page_is_briefed() -> None:
    done = run("brief", "https://news.example/pier")

    assert done.exit_code == 3
    assert "https://news.example/pier is an address" in done.stderr
    assert "curl -L URL | briefer brief -" in done.stderr


def test_a_wrong_encoding_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PIER_TEXT.replace("Ingrid", "Zoë").encode("cp1252"))

    done = run("brief", path, "--include", "source_text")

    assert "Zoë Vass" in validated(done.stdout)["source"]["text"]


def test_scripts_of_a_page_never_reach_the_brief(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    paragraphs = "".join(f"<p>{part}</p>" for part in PIER_TEXT.split("\n\n"))
    path.write_text(f"<html><body><script>alert(1)</script>{paragraphs}</body></html>")

    done = run("brief", path, "--include", "source_text")

    assert validated(done.stdout)["source"]["text"] == PIER_TEXT
    assert "alert" not in done.stdout


def test_a_megabyte_of_text_is_briefed_whole(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join([PIER_TEXT] * 2800))
    started = time.process_time()

    done = run("brief", path)

    source = validated(done.stdout)["source"]
    assert done.exit_code == 0
    assert source["share_read"] == 1.0
    assert source["n_chars"] == path.stat().st_size > 1_000_000
    assert time.process_time() - started < 120


def test_a_model_that_fails_on_one_article_costs_only_that_one(tmp_path: Path) -> None:
    for name in ("a", "pears", "c"):
        (tmp_path / f"{name}.txt").write_text(f"{PIER_TEXT}\n\nThis one is about {name}.")

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
        (["brief", "a.txt", "--language", "klingon123456"], "'klingon123456' is no language tag"),
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
    path.write_text(PIER_TEXT)
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
