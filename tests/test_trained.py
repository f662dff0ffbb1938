"""The shipped trained parts are listed, whole, small, and found by their base weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefer import resources
from briefer.errors import WeightsError
from briefer.models import packed, trained, weights
from briefer.models.tagger.head import HINTS, LABELS


@pytest.mark.parametrize("part", trained.parts(), ids=lambda part: part.name)
def test_shipped_file_is_what_the_manifest_says(part: trained.Part) -> None:
    part.check()

    assert part.sha256[:8] in part.path.name
    adapter = {"blk.0.attn_q.a", "blk.0.attn_q.b"}
    probes = set(part.settings.get("biases", ()))
    vectors = {"probes": probes, "acting": {"acting"}, "stance": {"opposes"}}
    assert packed.read(part.path).keys() >= vectors.get(part.kind, adapter)


def test_base_weights_of_every_part_are_pinned() -> None:
    pinned = {pin.sha256 for pin in weights.PINNED.values()}

    assert {part.base for part in trained.parts()} <= pinned


def test_all_parts_together_are_small() -> None:
    # The design allows 40 MB.
    assert sum(part.path.stat().st_size for part in trained.parts()) < 36_000_000


def test_no_other_weights_are_shipped() -> None:
    shipped = set(resources.shipped(trained.MANIFEST).parent.glob("*.safetensors"))

    assert shipped == {part.path for part in trained.parts()}


@pytest.mark.parametrize("part", trained.all_of("tagger"), ids=lambda part: part.name)
def test_tagger_knows_a_scale_and_a_threshold_for_every_label(part: trained.Part) -> None:
    names = [*LABELS, *HINTS]

    assert list(part.settings["calibration"]) == names
    assert list(part.settings["thresholds"]) == names
    assert all(0 < part.settings["thresholds"][name] < 1 for name in names)


def test_parts_of_the_default_model_are_found_by_its_hash() -> None:
    base = weights.named(weights.DEFAULT).sha256

    found = [trained.find(kind, base) for kind in ("tagger", "condenser")]

    assert [part.name for part in found if part] == ["tagger-1.5b", "condenser-1.5b"]


def test_other_weights_have_no_part() -> None:
    assert trained.find("condenser", "f" * 64) is None
    assert trained.find("condenser", None) is None


def test_damaged_part_is_refused(tmp_path: Path) -> None:
    (tmp_path / "part.safetensors").write_bytes(b"{}")
    part = replace(trained.parts()[0], path=tmp_path / "part.safetensors")

    with pytest.raises(WeightsError, match=r"part\.safetensors.*missing or damaged; reinstall"):
        part.check()


def test_missing_part_is_refused(tmp_path: Path) -> None:
    part = replace(trained.parts()[0], path=tmp_path / "gone.safetensors")

    with pytest.raises(WeightsError, match=r"gone\.safetensors.*missing or damaged"):
        part.check()
