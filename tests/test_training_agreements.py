"""From gold to the sentences that the odds of agreements are fitted on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.parsing import article, parse
from training import agreements
from training.errors import UntrainedError
from training.fitting import Examples
from training.parsed import Parsed

pytestmark = pytest.mark.model

WORDS = "France and Germany signed a treaty on Monday. Rain fell on the crowd all day."


def examples_of(tmp_path: Path, *, is_original: bool) -> Examples:
    """The two sentences, with what a tagger that had not seen them said: .5 and .01."""
    held_out = tmp_path / "held_out.jsonl"
    held_out.write_text(
        json.dumps({"id": "treaty", "agreement": [0.0, -4.6], "fact": [1.0, 0.0]}) + "\n"
    )
    gold = {"agreements": [{"sentences": [0]}], "facts": [], "speech": [], "actors": []}
    read = Parsed(replace(article(WORDS), ref="treaty"), parse(WORDS), gold, is_original)
    return agreements.collect([read], held_out)


def test_sentence_of_a_gold_agreement_is_told_with_its_signs(tmp_path: Path) -> None:
    found = examples_of(tmp_path, is_original=False)

    assert found.labels == [1, 0]
    assert found.features[0]["done"] == 1.0
    assert found.features[0]["agreement"] == pytest.approx(0.0)
    assert found.features[1]["done"] == 0.0
    assert found.features[1]["beside"] == pytest.approx(0.0)


def test_own_articles_weigh_half_of_real_news(tmp_path: Path) -> None:
    weights = [examples_of(tmp_path, is_original=own).weights for own in (False, True)]

    assert weights == [[1.0, 1.0], [0.5, 0.5]]


def test_article_that_no_fold_has_tagged_is_named(tmp_path: Path) -> None:
    (tmp_path / "held_out.jsonl").write_text("")
    read = Parsed(replace(article(WORDS), ref="treaty"), parse(WORDS), {}, is_original=False)

    with pytest.raises(UntrainedError, match=r"no tags of 1 articles \(treaty, "):
        agreements.collect([read], tmp_path / "held_out.jsonl")
