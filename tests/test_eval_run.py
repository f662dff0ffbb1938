"""The whole run: which articles systems stand side by side on, and what a table says it lacks."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pytest

from briefer.models.base import Engine
from briefer.schema import Tags
from eval import gaps, gate, run
from eval.data import Data, samples
from eval.gold import GoldBrief
from eval.report import files, table
from eval.rows import Row
from eval.run import Bench
from eval.stored import Store
from eval.suite import Tools
from eval.systems import annotator, extracts, whole
from eval.systems.whole import Timer
from eval.tags import RecordingTagger
from tests.fakes import FixedTagger, cleaned


class OwnGold(Data):
    """The shipped samples in the place of the gold outside; one article with highlights."""

    @cached_property
    def dev(self) -> tuple[GoldBrief, ...]:
        return tuple(samples()[:3])

    @cached_property
    def val(self) -> tuple[GoldBrief, ...]:
        return tuple(samples()[3:5])

    @cached_property
    def second(self) -> tuple[GoldBrief, ...]:
        return self.val[:1]

    @cached_property
    def in_train_briefs(self) -> frozenset[str]:
        return frozenset()


def no_engine() -> Engine:
    raise AssertionError("no weights may be loaded when there is no time to write a brief")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    (tmp_path / "data" / "cnndm").mkdir(parents=True)
    entry = {"id": "a", "text": "Rain fell in Port Selby. It rained.", "reference": ["Rain fell."]}
    path = tmp_path / "data" / "cnndm" / "dev_300.jsonl"
    path.write_text(json.dumps(entry) + "\n", encoding="utf-8")
    return Bench(
        data=OwnGold(tmp_path),
        out=tmp_path / "out",
        model="fake",
        load=no_engine,
        load_untrained=no_engine,
        timer=Timer.minutes(0),
        say=lambda _: None,
        tools=Tools.of(FixedTagger({})),
    )


def stores(bench: Bench, n_pipeline: int, n_one_shot: int) -> dict[str, Store]:
    """Briefs of the first articles by both systems."""
    made = {"briefer": bench.store("pipeline"), "one-shot": bench.store("one-shot")}
    for gold in bench.everything()[:n_pipeline]:
        whole.keep(made["briefer"], gold, annotator.brief(gold), seconds=2)
    for gold in bench.everything()[:n_one_shot]:
        whole.keep(made["one-shot"], gold, extracts.lead(gold, 2), seconds=0)
    return made


def systems(rows: list[Row], gold: str) -> set[str]:
    return {row.system for row in rows if row.gold == gold}


def n_articles(rows: list[Row], gold: str) -> set[int]:
    """On how many articles each system's facts are taken."""
    return {r.figure.n_articles for r in rows if r.gold == gold and r.measure == "covered"}


def test_systems_stand_side_by_side_on_the_same_articles(bench: Bench) -> None:
    rows = run.whole_rows(bench, stores(bench, 5, 5))

    on_dev = systems(rows, "dev-briefs")
    assert {"briefer", "one-shot", "lead-3", "LexRank-8", "TextRank-8", "always none"} <= on_dev
    assert n_articles(rows, "dev-briefs") == {3}
    assert "second annotator" in systems(rows, "train-briefs val")


def test_a_system_that_is_behind_is_compared_on_what_it_has(bench: Bench) -> None:
    rows = run.whole_rows(bench, stores(bench, 5, 2))

    assert "one-shot" not in systems(rows, "dev-briefs")
    shared = "dev-briefs, the 2 that all models briefed"
    assert {"briefer", "one-shot", "lead-3"} <= systems(rows, shared)
    assert n_articles(rows, shared) == {2}


def test_a_pipeline_that_is_behind_narrows_its_set(bench: Bench) -> None:
    rows = run.whole_rows(bench, stores(bench, 1, 3))

    assert n_articles(rows, "dev-briefs") == {1}
    assert {"briefer", "one-shot", "lead-8"} <= systems(rows, "dev-briefs")


def test_without_briefs_the_baselines_are_still_shown(bench: Bench) -> None:
    rows = run.whole_rows(bench, stores(bench, 0, 0))

    assert systems(rows, "dev-briefs") == {
        *("lead-3", "lead-8", "LexRank-8", "TextRank-8", "always none")
    }


def test_a_table_says_what_it_lacks_and_how_to_get_it(bench: Bench) -> None:
    lines = run.gaps_of(bench, stores(bench, 4, 0))

    assert lines[0].startswith("briefer on train-briefs val: 1 of 2 briefs not made; ")
    assert "`python -m eval brief pipeline --minutes 5`" in lines[0]
    assert lines[1].startswith("one-shot on dev-briefs: 3 of 3 briefs not made; ")
    assert "`python -m eval brief one-shot --minutes 5`" in lines[1]
    assert lines[3].startswith("briefer on cnndm highlights: 1 of 1 briefs not made")
    assert lines[-2:] == list(gaps.NEVER)


def test_highlights_are_scored_once_all_of_the_sample_is_briefed(bench: Bench) -> None:
    made = stores(bench, 5, 5)
    (article,) = bench.highlighted()

    before = run.whole_rows(bench, made)
    whole.keep(made["briefer"], article, extracts.lead(article, 1), seconds=1)
    after = run.whole_rows(bench, made)

    assert "cnndm" not in {row.gold for row in before}
    assert [row.system for row in after if row.gold == "cnndm"] == ["briefer"] * 3


@pytest.mark.parametrize("make", [run.briefs_of_pipeline, run.briefs_of_one_shot])
def test_no_weights_are_loaded_when_time_is_up(
    bench: Bench, make: Callable[[Bench], tuple[Store, int]]
) -> None:
    _, n_left = make(bench)

    assert n_left >= 5


def test_the_reports_say_what_they_lack(bench: Bench) -> None:
    measured = run.Measured([], ["one-shot on dev-briefs: <3> briefs not made"], 1.0)

    json_path, html_path = run.write(bench, measured, bench.store("pipeline"))

    assert json.loads(json_path.read_text("utf-8"))["run"]["missing"] == list(measured.missing)
    assert "one-shot on dev-briefs: &lt;3&gt; briefs not made" in html_path.read_text("utf-8")


def test_fields_left_out_or_without_tags_are_named() -> None:
    lines = list(gaps.of_fields(["actors"], ["actors", "evidence"], {"sentence choice": 7}))

    assert lines == [
        "sentence choice: 7 texts not tagged yet; `python -m eval refresh --minutes 5` tags some.",
        "not asked for: evidence.",
    ]


def test_tagging_stops_in_time_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    texts = [cleaned(f"Rain fell on day {number}.") for number in range(3)]
    adapters = {"tagger": "2" * 64}
    tagger = FixedTagger({0: Tags(0.9, 0, 0, 0)}, adapters=adapters)
    store = Store(tmp_path / "tags.jsonl")
    RecordingTagger(lambda: tagger, adapters, store).tag(texts[0])
    again = RecordingTagger(lambda: tagger, adapters, Store(store.path))

    stopped = gate.tag(again, texts, Timer.minutes(0), lambda _: None)
    finished = gate.tag(again, texts, Timer.minutes(1), lambda _: None)

    assert (stopped, finished) == (3, 0)
    assert len(Store(store.path)) == 3


def test_texts_without_tags_are_counted_by_field(bench: Bench, tmp_path: Path) -> None:
    tagger = RecordingTagger(lambda: FixedTagger({}), {}, Store(tmp_path / "tags.jsonl"))
    for gold in bench.data.dev:
        tagger.tag(gold.clean)

    lacking = run.untagged(
        replace(bench, tools=Tools.of(tagger)), ["sentence choice", "checks", "evidence", "whole"]
    )

    assert lacking == {"sentence choice": 2, "checks": 2}
    assert run.untagged(bench, ["sentence choice"]) == {}


def test_a_store_answers_from_another_without_taking_its_entries(tmp_path: Path) -> None:
    theirs, ours = Store(tmp_path / "theirs.jsonl"), Store(tmp_path / "ours.jsonl")
    theirs.add("a", {"tags": 1})
    theirs.add("b", {"tags": 1})
    ours.add("b", {"tags": 2})

    ours.borrow(theirs)

    assert ours.get("a") == {"key": "a", "tags": 1}
    assert ours.get("b") == {"key": "b", "tags": 2}
    assert len(Store(ours.path)) == 1


def test_a_run_without_gaps_shows_none(tmp_path: Path) -> None:
    shown = files.Run("2026-11-26", "m", "fake", "0" * 64, "a processor", 12.0)

    files.write_html(tmp_path / "r.html", shown, [], {})

    assert "Not in these tables" not in (tmp_path / "r.html").read_text("utf-8")
    assert table.text([]) == ""
