"""What a tagger's reader sees of who acts: what is fitted is found again, and shipped beside it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from briefer.actors.salience import MODELS, MODELS_READ
from briefer.models import linear, packed, tagger, trained
from briefer.models.trained import MANIFEST
from tests.parsing import article, parse
from training import acting, salience
from training.acting import Sight
from training.parsed import Parsed

WIDTH = 12
STORY = "Mayor Ruth Amari condemned the strike. Paul Novak rejected her words. It rained."
GOLD = {"actors": [{"name": "Ruth Amari", "aliases": [], "key": True}]}


def sight(n: int = 400) -> Sight:
    """States of which one channel tells whether a candidate is an actor."""
    rng = np.random.default_rng(7)
    states = rng.normal(size=(n, WIDTH)) * np.linspace(0.1, 5, WIDTH) + 3
    shares = np.where(states[:, 4] > 3.5, 1.0, 0.0)
    shares[:10] = 0.4
    return Sight(states, shares, np.arange(n) % 40)


def test_probe_finds_the_channel_that_tells_an_actor() -> None:
    own = sight()

    fitted = acting.fit(own)

    assert np.argmax(np.abs(fitted.weights * own.states.std(0))) == 4
    assert acting.precision(fitted, own) > 0.9


def test_shipped_probe_is_found_beside_its_tagger(tmp_path: Path) -> None:
    part = trained.all_of("tagger")[0]
    (tmp_path / MANIFEST).write_text(json.dumps({"parts": [{"name": part.name}]}))

    path = acting.ship(part, acting.fit(sight()), tmp_path)

    listed = json.loads((tmp_path / MANIFEST).read_text())["parts"]
    assert [one["name"] for one in listed] == [part.name, "acting-1.5b"]
    assert listed[1]["settings"]["tagger"] == part.sha256
    assert packed.read(path)[tagger.ACTING].shape == (WIDTH,)


def test_only_the_model_of_read_articles_weighs_what_a_probe_says() -> None:
    read, plain = (linear.load(name)["key"] for name in (MODELS_READ, MODELS))

    assert read.weights["acting"] > 0
    assert "acting" not in plain.weights


def test_every_shipped_tagger_has_its_probe() -> None:
    for part in trained.all_of("tagger"):
        probe = trained.of_tagger("acting", part)
        assert probe is not None
        probe.check()


@pytest.mark.model
def test_candidate_is_seen_by_the_mean_of_its_words() -> None:
    class Reader:
        """Sees of every word its number in the sentence."""

        width = WIDTH

    class NumberTagger:
        reader = Reader()

        def word_states(self, _: str, sentences: list[str]) -> list[torch.Tensor]:
            words = [torch.arange(len(one.split())).float()[:, None] for one in sentences]
            return [one.expand(-1, WIDTH) for one in words]

    cast = salience.cast(Parsed(article(STORY), parse(STORY), {**GOLD, "speech": []}))
    seen = acting.look(NumberTagger(), [cast])  # type: ignore[arg-type]

    names = [one.name for one in cast.found]
    assert seen.states[names.index("Ruth Amari"), 0] == 2
    assert seen.states[names.index("Paul Novak"), 0] == 1
    assert seen.shares[names.index("Ruth Amari")] == 1
    assert seen.shares[names.index("Paul Novak")] == 0
