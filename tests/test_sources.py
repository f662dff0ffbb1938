"""Which weights a name means."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from briefer.errors import ModelNotFound
from briefer.models import sources, weights
from tests import tiny

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def folder_with_weights(home: Path) -> Path:
    home.mkdir(parents=True)
    (home / "config.json").write_text("{}")
    (home / "model.safetensors").write_bytes(b"weights")
    return home


def listing(content: bytes, name: str) -> str:
    line = f"{hashlib.sha256(content).hexdigest()}  {name}\n"
    return hashlib.sha256(line.encode()).hexdigest()


def test_gguf_file_is_known_by_its_hash(tmp_path: Path) -> None:
    path = tiny.write_gguf(tmp_path / "tiny.gguf").path

    source = sources.resolve(str(path))

    assert (source.form, source.path) == ("gguf", path)
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_folder_is_known_by_the_listing_of_its_weights(tmp_path: Path) -> None:
    home = folder_with_weights(tmp_path / "model")

    source = sources.resolve(str(home))

    assert (source.form, source.path) == ("folder", home)
    assert source.sha256 == listing(b"weights", "model.safetensors")


def test_pinned_name_means_the_fetched_file(tmp_path: Path) -> None:
    pin = weights.named(weights.DEFAULT)
    path = weights.path_of(pin, tmp_path)
    path.parent.mkdir(parents=True)
    with path.open("wb") as stream:
        stream.truncate(pin.n_bytes)

    source = sources.resolve(None, cache=tmp_path)

    assert (source.name, source.path, source.sha256) == (pin.name, path, pin.sha256)


def test_pinned_name_that_is_not_fetched_says_how_to_fetch_it(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match=r"briefer model pull qwen2\.5-coder-0\.5b"):
        sources.resolve("qwen2.5-coder-0.5b", cache=tmp_path)


def test_encoder_is_no_language_model() -> None:
    with pytest.raises(ModelNotFound, match="minilm-l6 does not write text"):
        sources.resolve("minilm-l6")


def test_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(b"PK\x03\x04")

    with pytest.raises(ModelNotFound, match=r"model\.bin is not a GGUF file"):
        sources.resolve(str(path))


def test_folder_without_config_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match=r"holds no config\.json"):
        sources.resolve(str(tmp_path))


def test_folder_without_weights_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")

    with pytest.raises(ModelNotFound, match="holds no weights"):
        sources.resolve(str(tmp_path))


def test_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ModelNotFound, match=r"'no-such-model'.*smollm2-135m"):
        sources.resolve("no-such-model")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the hub with one repository in it, and no network."""
    from huggingface_hub import constants

    home = tmp_path / "models--owner--tiny"
    folder_with_weights(home / "snapshots" / COMMIT)
    tiny.write_gguf(home / "snapshots" / COMMIT / "tiny-q8.gguf")
    (home / "refs").mkdir()
    (home / "refs" / "main").write_text(COMMIT)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    return tmp_path


def test_hub_id_means_the_repository_at_its_commit(hub: Path) -> None:
    source = sources.resolve("owner/tiny")

    assert (source.name, source.form, source.revision) == ("owner/tiny", "folder", COMMIT)
    assert source.sha256 == listing(b"weights", "model.safetensors")


def test_hub_id_can_name_a_gguf_file(hub: Path) -> None:
    source = sources.resolve("owner/tiny@main:tiny-q8.gguf")

    assert (source.form, source.path.name, source.revision) == ("gguf", "tiny-q8.gguf", COMMIT)


def test_repository_out_of_reach_is_not_found(hub: Path) -> None:
    with pytest.raises(ModelNotFound, match="owner/other is no file or folder"):
        sources.resolve("owner/other")


def test_card_tells_what_runs_where(tmp_path: Path) -> None:
    source = sources.Source(
        "tiny", "gguf", tmp_path, "ab", adapters={sources.CONDENSER: "cd"}, revision="ef"
    )

    card = source.card("openvino")

    assert json.loads(json.dumps(dict(card.adapters))) == {"condenser": "cd"}
    assert (card.model, card.revision, card.weights_sha256) == ("tiny", "ef", "ab")
    assert (card.engine, card.is_trained) == ("openvino", True)


def test_key_changes_with_the_adapter(tmp_path: Path) -> None:
    bare = sources.Source("tiny", "gguf", tmp_path, "ab")
    merged = sources.Source("tiny", "gguf", tmp_path, "ab", adapters={"condenser": "cd"})

    assert bare.key != merged.key
