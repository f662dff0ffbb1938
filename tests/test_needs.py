"""What a model and an engine need of a machine, from names and sizes alone."""

from hashlib import sha256
from pathlib import Path

import pytest

from briefer.errors import EngineUnavailable, ModelNotFound
from briefer.models import EngineName, convert, needs, trained, weights

GIB = 2**30
PARSER = "en-core-web-sm"
SMALL = "qwen2.5-coder-0.5b"


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFER_CACHE", str(tmp_path))
    return tmp_path


def test_default_model_needs_its_weights_and_6_gib() -> None:
    needed = needs.of(None, "transformers")

    assert (needed.pins, needed.helpful) == ((weights.DEFAULT, PARSER), None)
    assert needed.second == weights.SECOND
    assert 5.9 < needed.n_memory / GIB < 6.0
    assert needed.n_memory > 6.2e9  # its peak (docs/scale.md)


def test_second_model_is_asked_for_only_where_the_engine_tells_likelihoods() -> None:
    second = {
        engine: needs.of(weights.DEFAULT, engine).second
        for engine in ("openvino", "transformers", "llamacpp", "fake")
    }

    assert second == {
        "openvino": weights.SECOND,
        "transformers": weights.SECOND,
        "llamacpp": None,
        "fake": None,
    }


def test_smaller_model_needs_its_own_weights_and_less_memory() -> None:
    needed = needs.of(SMALL, "transformers")

    assert (needed.pins, needed.helpful, needed.second) == ((SMALL, PARSER), None, None)
    assert 3.5 < needed.n_memory / GIB < 4.0


def test_model_on_a_server_needs_only_the_parser() -> None:
    needed = needs.of("http://127.0.0.1:8080/v1", "remote")

    assert (needed.engine, needed.pins, needed.second) == ("remote", (PARSER,), None)
    assert needed.helpful == weights.DEFAULT


def test_model_without_a_tagger_of_its_own_is_helped_by_the_default_weights() -> None:
    needed = needs.of("smollm2-135m", "llamacpp")

    assert (needed.pins, needed.helpful) == (("smollm2-135m", PARSER), weights.DEFAULT)


def test_file_of_the_user_needs_no_pinned_weights_to_write(tmp_path: Path) -> None:
    (tmp_path / "own.gguf").write_bytes(b"GGUF" + bytes(996))

    needed = needs.of(str(tmp_path / "own.gguf"), "transformers")

    assert needed.pins == (PARSER,)
    assert needs.to_make(str(tmp_path / "own.gguf"), "transformers") == 6000


@pytest.mark.parametrize("name", ["/nope.gguf", "minilm-l6", "no such model"])
def test_model_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ModelNotFound):
        needs.of(name, "auto")


def test_server_without_an_address_is_refused() -> None:
    with pytest.raises(EngineUnavailable, match="needs the server's address"):
        needs.of(None, "remote")


@pytest.mark.parametrize(("engine", "n_gb"), [("openvino", 5.4), ("transformers", 6.7)])
def test_engine_has_its_form_of_the_weights_to_make(engine: EngineName, n_gb: float) -> None:
    assert needs.to_make(None, engine) / 1e9 == pytest.approx(n_gb, abs=0.1)


def test_what_has_been_made_is_not_to_be_made_again() -> None:
    pin = weights.named(weights.DEFAULT)
    part = trained.find("condenser", pin.sha256)
    assert part
    home = convert.home_of(None, "checkpoint", f"{pin.sha256}\n{part.sha256}")
    home.mkdir(parents=True)
    (home / "made.json").write_text("{}")

    assert needs.to_make(None, "transformers") == 0
    assert needs.to_make(SMALL, "transformers") > 0


def test_what_was_made_of_the_users_file_with_its_condenser_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.gguf"
    own.write_bytes(b"GGUF" + bytes(996))
    base = sha256(own.read_bytes()).hexdigest()
    part = trained.Part("own", "condenser", base, tmp_path / "own.safetensors", "c0de", {})
    monkeypatch.setattr(trained, "parts", lambda: (part,))
    home = convert.home_of(None, "checkpoint", f"{base}\nc0de")
    home.mkdir(parents=True)
    (home / "made.json").write_text("{}")

    assert needs.to_make(str(own), "transformers") == 0


def test_nothing_is_made_for_a_server() -> None:
    assert needs.to_make("http://127.0.0.1:8080/v1", "remote") == 0
