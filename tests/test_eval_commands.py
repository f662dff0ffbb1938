"""The evaluation's command line, as a shell sees it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefer.prompts import RenderedPrompt
from eval import judge
from eval.__main__ import main
from eval.data import DEFAULT, REPOSITORY, Data, samples
from eval.metrics.figures import Figure
from eval.metrics.whole import Judged
from eval.report import examples, files, table
from eval.rows import Row
from eval.systems import annotator

EVAL = (sys.executable, "-m", "eval")
outside = pytest.mark.skipif(
    not DEFAULT.is_dir(), reason="the gold outside the repository is not here"
)


@pytest.fixture(scope="module")
def dev_briefs_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gold as a system's briefs, one a line."""
    path = tmp_path_factory.mktemp("given") / "briefs.jsonl"
    briefs = [annotator.brief(gold) for gold in Data.at(DEFAULT).dev]
    path.write_text("".join(f"{brief.model_dump_json()}\n" for brief in briefs), encoding="utf-8")
    return path


@outside
def test_score_judges_any_systems_briefs(
    dev_briefs_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", str(dev_briefs_file), "--name", "gold itself"]) == 0

    shown = capsys.readouterr().out
    assert "whole brief: facts — dev-briefs" in shown
    assert "gold itself" in shown
    assert "  covered                                     1.00 [1.00-1.00] n 127" in shown
    assert "train-briefs val" not in shown


@outside
def test_check_briefs_passes_good_ones_and_names_bad_ones(
    dev_briefs_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check-briefs", str(dev_briefs_file)]) == 0
    assert "24 briefs" in capsys.readouterr().out

    first = json.loads(dev_briefs_file.read_text(encoding="utf-8").split("\n")[0])
    first["summary"][0]["evidence"][0]["text"] = "something else"
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps(first) + "\n", encoding="utf-8")

    assert main(["check-briefs", str(bad)]) == 1
    assert "is not the text there: 'something else'" in capsys.readouterr().out


@outside
def test_unknown_field_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "taste"]) == 2

    assert "no field taste; there are: sentence choice, who said what" in capsys.readouterr().err


def test_missing_gold_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path), "--only", "evidence"]) == 2

    assert "no dev-briefs, train-briefs, data under" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["gate", "refresh", "bench"])
def test_mistyped_gold_is_no_absent_gold(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path / "shard"), command]) == 2

    assert "no dev-briefs, train-briefs, data under" in capsys.readouterr().err


def test_bench_names_the_engines_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["bench", "--engines", "openvino,vllm"])

    assert "no engine vllm; there are: openvino, llamacpp, transf" in capsys.readouterr().err


@outside
def test_a_run_goes_on_in_the_background_and_leaves_its_report(tmp_path: Path) -> None:
    started = subprocess.run(
        [*EVAL, "--only", "headline and summary", "--background", "--out", str(tmp_path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )

    assert started.stdout.startswith("process ")
    report = tmp_path / "report.json"
    deadline = time.monotonic() + 120
    while not (tmp_path / "report.html").is_file() and time.monotonic() < deadline:
        time.sleep(0.5)
    rows = json.loads(report.read_text(encoding="utf-8"))["rows"]
    assert [row["measure"] for row in rows] == ["ROUGE-1 F", "ROUGE-2 F", "ROUGE-L F"]
    assert "ROUGE-1 F" in (tmp_path / "run.log").read_text(encoding="utf-8")


def rows() -> list[Row]:
    return [
        Row("actors", "samples", "briefer", "key: recall", Figure(0.5, 40, 12, 0.4, 0.6)),
        Row("actors", "samples", "second", "key: recall", Figure(1.0, 40, 12, 1.0, 1.0)),
        Row("wording", "samples", "briefer", "copied lines", Figure(None, 0, 0)),
    ]


def test_the_table_sets_systems_side_by_side() -> None:
    lines = [line.split() for line in table.text(rows()).split("\n")]

    assert lines[1] == ["briefer", "second"]
    assert " ".join(lines[2]) == "key: recall .50 [.40-.60] n 40 1.00 [1.00-1.00] n 40"
    assert lines[-1] == ["copied", "lines", "↓", "–"]


def test_the_report_shows_gold_beside_brief_and_escapes_it(tmp_path: Path) -> None:
    gold = next(one for one in samples() if one.id == "hidden-orders")
    run = files.Run("2026-11-26", "<model>", "fake", "0" * 64, "a processor", 12.0)
    judged = [Judged(gold, annotator.brief(gold))]

    files.write_json(tmp_path / "r.json", run, rows())
    files.write_html(tmp_path / "r.html", run, rows(), {"samples": examples.examples(judged)})

    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "&lt;model&gt;" in page
    assert "<model>" not in page
    assert gold.facts[0].text.split("'")[0].split('"')[0] in page
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["rows"][0]["gold"] == (
        "samples"
    )


def test_misses_are_marked_in_the_examples() -> None:
    gold = samples()[0]
    full = annotator.brief(gold)
    empty = full.model_copy(update={"summary": (), "headline": None})

    (shown,) = examples.examples([Judged(gold, empty)])

    assert [one.is_good for one in shown.gold if one.section == "fact"].count(True) < len(
        gold.facts
    )
    assert {one.is_good for one in shown.gold if one.section == "key actor"} == {True}


class ScriptedJudge:
    """Answers from a table of stretches of text, in order."""

    def __init__(self, *answers: tuple[str, str]) -> None:
        self._answers = answers

    def ask(self, prompt: RenderedPrompt) -> str:
        return next(answer for part, answer in self._answers if part in prompt.text)


def test_a_judge_says_yes_or_it_is_no() -> None:
    assert judge.supports(ScriptedJudge(("Claim: a", "yes")), "text", "a")
    assert not judge.supports(ScriptedJudge(("Claim: a", "perhaps")), "text", "a")
    assert judge.first_word('"Yes," the text says so.') == "yes"
    assert judge.first_word("  ") == ""


def test_an_absent_judge_is_an_error() -> None:
    nobody = judge.Judge("http://127.0.0.1:9", "none")

    with pytest.raises(judge.JudgeFailed, match="failed"):
        judge.supports(nobody, "text", "claim")
