"""What a tagger's reader sees of a line's stance: who teaches it, and what is shipped."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from briefer.models import packed, trained
from briefer.models.tagger.stance import OPPOSES
from briefer.models.trained import MANIFEST
from training import stance
from training.own import Judged

WIDTH = 8


def line(words: str, verdict: str, fault: str = "", kind: str = "dissent", n: int = 0) -> Judged:
    return Judged(f"article {n % 20}", "original", kind, words, verdict, "", {}, fault=fault)


@pytest.mark.parametrize(
    ("one", "teaches"),
    [
        (line("Ann Lee denounced the strike.", "T"), True),
        (line("Ann Lee toured the port.", "W", "no_dissent"), False),
        (line("Ann Lee denounced it.", "M", "referent"), None),
        (line("Paul Novak denounced the strike.", "W", "holder"), None),
        (line("none", "T"), None),
        (line("", "T"), None),
        (line("The harbour closed.", "T", kind="fact"), None),
    ],
)
def test_lines_that_stand_or_oppose_nothing_teach(one: Judged, *, teaches: bool | None) -> None:
    assert stance.opposes(one) is teaches


class LoudReader:
    """Sees in the third channel whether a line is loud."""

    def line_states(self, lines: list[str]) -> torch.Tensor:
        states = np.random.default_rng(3).normal(size=(len(lines), WIDTH))
        states[:, 2] += [4.0 * one.endswith("!") for one in lines]
        return torch.from_numpy(states)


def test_probe_finds_what_tells_and_is_shipped_beside_its_tagger(tmp_path: Path) -> None:
    judged = [line(f"Line {n}!", "T", n=n) for n in range(100)]
    judged += [line(f"Line {n}.", "W", "no_dissent", n=n) for n in range(100)]
    part = trained.all_of("tagger")[0]
    (tmp_path / MANIFEST).write_text(json.dumps({"parts": [{"name": part.name}]}))

    fitted = stance.fit(LoudReader(), judged)  # type: ignore[arg-type]
    path = stance.ship(part, fitted, tmp_path)

    assert np.argmax(np.abs(fitted.weights)) == 2
    assert fitted.area > 0.95
    listed = json.loads((tmp_path / MANIFEST).read_text())["parts"]
    assert [one["name"] for one in listed] == [part.name, "stance-1.5b"]
    assert listed[1]["settings"]["tagger"] == part.sha256
    assert packed.read(path)[OPPOSES].shape == (WIDTH,)


def test_every_shipped_tagger_has_its_probe() -> None:
    for part in trained.all_of("tagger"):
        probe = trained.of_tagger("stance", part)
        assert probe is not None
        assert packed.read(probe.path)[OPPOSES].ndim == 1
