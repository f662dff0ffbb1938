"""What is learned of the condenser's own lines that readers judged."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests import articles
from training import corpus, own, pairs

NAMELESS = "She called the deal a betrayal."
NAMED = "Ann Lee called the deal a betrayal."


@pytest.fixture
def train(tmp_path: Path) -> dict[str, corpus.Example]:
    return {one.id: one for one in corpus.read_train(articles.write(tmp_path / "data"))}


def judged(folder: Path, train: dict[str, corpus.Example], **changed: Any) -> list[own.Judged]:
    row = {"id": "a0", "kind": "dissent", "sentences": [1], "speaker": "Ann Lee", "parties": []}
    row |= {"line": NAMELESS, "verdict": "M", "fault": "referent", "better": NAMED} | changed
    row |= {part: [row[part]] if row[part] else [] for part in ("line", "better")}
    path = folder / "judged.jsonl"
    path.write_text(json.dumps(row) + "\n" + json.dumps(row | {"id": "not ours"}) + "\n")
    return list(own.read(train, path))


def test_line_that_stands_is_learned_as_it_is(
    tmp_path: Path, train: dict[str, corpus.Example]
) -> None:
    (one,) = judged(tmp_path, train, verdict="T", better="")

    assert one.wanted == NAMELESS


def test_readers_line_is_learned_for_one_that_does_not_stand(
    tmp_path: Path, train: dict[str, corpus.Example]
) -> None:
    (one,) = judged(tmp_path, train)

    assert one.wanted == NAMED
    assert one.variables["context"] == articles.FIRST[0]


def test_words_of_the_article_are_kept_as_places() -> None:
    article = ["Ann", "Lee", "left", "the", "city", "of", "Oru", "on", "Friday", "."]
    line = "Lee left the city on Friday at noon"

    parts = own.spelled(line, article)

    assert parts == [[1, 4], "on Friday at noon"]
    assert own.read_back(parts, article) == line


@pytest.mark.parametrize(
    "better",
    ["Ann Lee of Norland called the deal a betrayal.", "Ann Lee scolds distant greedy merchants."],
)
def test_readers_line_that_the_prompt_does_not_tell_is_not_learned(
    tmp_path: Path, train: dict[str, corpus.Example], better: str
) -> None:
    (one,) = judged(tmp_path, train, better=better)

    assert one.wanted is None


def test_refusal_is_learned(tmp_path: Path, train: dict[str, corpus.Example]) -> None:
    (one,) = judged(tmp_path, train, better="none")

    assert one.wanted == pairs.REFUSAL


def test_of_a_sampled_line_only_the_verdict_is_learned(
    tmp_path: Path, train: dict[str, corpus.Example]
) -> None:
    found = judged(tmp_path, train, sampled=True)

    asked = own.questions(found, [], train, random.Random(1))  # noqa: S311

    assert found[0].wanted is None
    assert [(one.variables["line"], one.answer) for one in asked] == [(NAMELESS, "no")]


def test_line_that_a_reader_wrote_for_a_passage_is_learned(
    tmp_path: Path, train: dict[str, corpus.Example]
) -> None:
    found = judged(tmp_path, train, line="", verdict="", fault="")

    asked = [
        (one.variables["line"], one.answer)
        for seed in range(20)
        for one in own.questions(found, [], train, random.Random(seed))  # noqa: S311
    ]

    assert found[0].wanted == NAMED
    assert set(asked) == {(NAMED, "yes")}
    assert 1 < len(asked) < 20


def test_questions_ask_about_both_lines(tmp_path: Path, train: dict[str, corpus.Example]) -> None:
    found = judged(tmp_path, train)

    asked = own.questions(found, [], train, random.Random(1))  # noqa: S311

    assert {(one.variables["line"], one.answer) for one in asked} == {
        (NAMELESS, "no"),
        (NAMED, "yes"),
    }


def test_experts_lines_hold_and_fail_with_another_name(train: dict[str, corpus.Example]) -> None:
    example = train["a0"]
    example.gold["actors"] += [{"name": "Ann Lee"}, {"name": "Bob Orr"}]
    rng = random.Random(1)  # noqa: S311
    found = [pair for pair in pairs.make(example, rng) if pair.kind == "dissent"] * 20

    asked = {(one.variables["line"], one.answer) for one in own.questions([], found, train, rng)}

    assert asked == {(NAMED, "yes"), ("Bob Orr called the deal a betrayal.", "no")}


def test_judged_lines_are_those_of_training_articles() -> None:
    rows = [json.loads(line) for line in own.JUDGED.read_text(encoding="utf-8").splitlines()]

    assert len(rows) > 2000
    assert {row["verdict"] for row in rows} == {"T", "M", "W", ""}
    assert all(bool(row["better"]) == (row["verdict"] != "T") for row in rows)
