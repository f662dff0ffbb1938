"""The shipped sample articles and their gold labels fit together and cover what they should."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefer import articles
from briefer.schema import CleanArticle

FOLDER = Path(__file__).parents[1] / "eval" / "samples"
GOLD: list[dict[str, Any]] = [
    json.loads(line) for line in (FOLDER.parent / "samples.jsonl").read_text("utf-8").splitlines()
]
LABELLED = ("facts", "actors", "agreements", "dissent", "speech", "near")


def prepared(gold: dict[str, Any]) -> CleanArticle:
    path = FOLDER / str(gold["file"])
    (article,) = articles.read(path.read_bytes(), name=path.name)
    return articles.prepare(article)


@pytest.fixture(params=GOLD, ids=lambda gold: str(gold["id"]))
def gold(request: pytest.FixtureRequest) -> dict[str, Any]:
    row: dict[str, Any] = request.param
    return row


def test_every_file_has_gold_and_every_gold_a_file() -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"README.md"}

    assert {row["file"] for row in GOLD} == files
    assert len(files) == 12


def test_gold_is_about_the_text_that_the_pipeline_reads(gold: dict[str, Any]) -> None:
    article = prepared(gold)

    assert article.status == "ok"
    assert article.title
    assert article.sha256 == gold["sha256"]
    assert [[one.start, one.end] for one in article.sentences] == gold["sentences"]


def test_gold_cites_sentences_that_exist(gold: dict[str, Any]) -> None:
    cited = [index for part in LABELLED for item in gold[part] for index in item["sentences"]]

    assert set(cited) <= set(range(len(gold["sentences"])))
    assert all(item["sentences"] for part in LABELLED for item in gold[part])


def test_quotes_stand_word_for_word_in_the_sentences_cited(gold: dict[str, Any]) -> None:
    article = prepared(gold)

    for view in gold["dissent"]:
        cited = " ".join(article.sentences[index].text for index in view["sentences"])
        assert view["quote"] is None or view["quote"] in cited


def test_samples_are_of_the_length_of_news(gold: dict[str, Any]) -> None:
    assert 330 <= len(prepared(gold).text.split()) <= 900


def test_samples_cover_the_cases_they_are_there_for() -> None:
    empty = {row["id"] for row in GOLD if not row["agreements"] and not row["dissent"]}
    opinion = {row["id"] for row in GOLD if row["kind"] == "opinion"}
    hostile = next(prepared(row).text for row in GOLD if row["id"] == "hidden-orders")
    genres = {row["id"]: prepared(row).genre for row in GOLD}

    assert empty == {"beta-14", "night-train"}
    assert opinion == {"beach-bill"}
    assert genres["beach-bill"] == "opinion"
    assert all(attack in hostile for attack in ("<script>", "{{ config", "{% for", "SYSTEM:"))
