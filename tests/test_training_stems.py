"""How often a stem stands in news is counted by sentences and written rarest first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefer import resources, terms
from training import stems

SENTENCES = ["The strike of dockers, a strike.", "Dockers of Oru strike.", "The strike ends."]


def test_stem_counts_once_a_sentence_and_rare_ones_are_left_out() -> None:
    listed = stems.count(SENTENCES, least=2)

    assert [line for line in listed.splitlines() if not line.startswith("#")] == [
        "2 dock",
        "3 strik",
    ]


def test_list_says_what_it_was_counted_on() -> None:
    head = resources.shipped(terms.NEWS_STEMS).read_text(encoding="utf-8")

    assert head.startswith(stems.head(terms.N_IN_NEWS, terms.LEAST_IN_NEWS))


def test_only_the_training_part_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "shipped", lambda name: tmp_path / Path(name).name)
    folder = tmp_path / "train-briefs"
    folder.mkdir()
    rows = [_article("train", "Dockers strike."), _article("val", "Farmers strike.")] * 3
    (folder / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "gold.jsonl").write_text((json.dumps(_GOLD) + "\n") * len(rows))

    stems.main(tmp_path)

    assert (tmp_path / "news_stems.txt").read_text().endswith("\n3 dock strik\n")


_GOLD: dict[str, list[str]] = {
    "facts": [],
    "actors": [],
    "agreements": [],
    "dissent": [],
    "speech": [],
    "near": [],
}


def _article(split: str, words: str) -> dict[str, object]:
    return {
        "id": words,
        "split": split,
        "title": "",
        "licence": "original",
        "text": words,
        "sentences": [[0, len(words)]],
    }
