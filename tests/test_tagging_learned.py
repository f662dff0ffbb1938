"""Which tagger is chosen beside a model, and what the learned one says of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from briefer import tagging
from briefer.models import trained, weights
from briefer.models.base import ModelCard
from briefer.models.tagger import Judged
from briefer.models.trained import Part
from tests.fakes import cleaned

ARTICLE = cleaned("The council met. It agreed on a budget. The library is blue.")


@dataclass(frozen=True)
class FixedProbe:
    """A probe that is only named."""

    part: Part


@dataclass(frozen=True)
class FixedReader:
    """Gives every sentence the same row, and says how many it was given."""

    asked: list[int]
    part: Part = trained.parts()[0]
    probe: FixedProbe | None = None

    def judge(self, _: str, sentences: Sequence[str]) -> list[Judged]:
        self.asked.append(len(sentences))
        row = {"fact": 0.9, "dissent": 0.2, "agreement": 0.1, "speech": 0.3}
        row |= {"lead": 0.8, "must": 0.15, "joined": 0.05}
        return [Judged(row, (0.5,) * len(sentence.split())) for sentence in sentences]


def card(engine: str, sha256: str | None) -> ModelCard:
    return ModelCard(model="any", revision=None, weights_sha256=sha256, engine=engine)


def learned(asked: list[int]) -> tagging.LearnedTagger:
    return tagging.LearnedTagger(FixedReader(asked))  # type: ignore[arg-type]


def test_learned_tags_are_the_readers_rows() -> None:
    tags = learned([]).tag(ARTICLE)

    assert len(tags) == 3
    assert (tags[2].fact, tags[2].must, tags[2].joined) == (0.9, 0.15, 0.05)
    assert tags[2].acting == (0.5,) * 4


def test_rules_know_no_hints() -> None:
    first = tagging.RuleTagger().tag(ARTICLE)[0]

    assert (first.lead, first.must, first.joined) == (None, None, None)


def test_end_of_a_very_long_text_is_tagged_by_rules() -> None:
    sentence = "Nobody knows what this sentence is about, and it goes on as if nobody asked. "
    book = cleaned(sentence * 2000)
    asked: list[int] = []

    tags = learned(asked).tag(book)

    assert len(tags) == len(book.sentences)
    assert 1000 < asked[0] < 2000
    assert tags[0].lead == 0.8
    assert tags[-1].lead is None


def test_learned_tagger_names_the_hash_of_its_file() -> None:
    assert learned([]).adapters == {"tagger": trained.parts()[0].sha256}


def test_whose_tags_are_stored_is_who_is_loaded() -> None:
    """What a store is keyed by without loading anything is what a brief names."""
    for part in trained.all_of("tagger"):
        probe = trained.of_tagger("acting", part)
        assert probe is not None
        reader = replace(FixedReader([], part), probe=FixedProbe(probe))
        own = tagging.LearnedTagger(reader)  # type: ignore[arg-type]
        assert own.adapters == tagging.adapters_of(part, probe)
        assert set(own.adapters) == {"tagger", "acting"}


@pytest.mark.parametrize("given", [None, card("fake", None)])
def test_rules_tag_where_no_model_runs(given: ModelCard | None) -> None:
    assert isinstance(tagging.load(given), tagging.RuleTagger)


def test_rules_tag_beside_a_model_when_no_base_is_fetched(tmp_path: Path) -> None:
    tagger = tagging.load(card("llamacpp", "f" * 64), cache=tmp_path)

    assert isinstance(tagger, tagging.RuleTagger)
    assert tagger.adapters == {}


def test_weights_that_only_a_server_has_bring_no_tagger(tmp_path: Path) -> None:
    base = weights.named("qwen2.5-coder-1.5b").sha256

    assert isinstance(tagging.load(card("remote", base), cache=tmp_path), tagging.RuleTagger)


@pytest.mark.parametrize("name", ["qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b"])
def test_model_brings_the_tagger_of_its_own_weights(name: str, tmp_path: Path) -> None:
    base = weights.named(name).sha256
    given = ModelCard(model=name, revision=None, weights_sha256=base, engine="llamacpp")

    part, model = tagging._choice(given, tmp_path)

    assert part == trained.find("tagger", base)
    assert model == name
