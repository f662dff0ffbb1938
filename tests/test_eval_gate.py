"""The gate: open on what it was set on, closed by name for every fault that is planted here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from briefer import evidence, resources, tagging
from briefer.models.base import Prompt
from briefer.schema import CleanArticle, DraftLine, Statement, Tags
from eval import floors, gate, identity
from eval.data import samples
from eval.errors import DataError, GateClosed, MissingCompletion
from eval.floors import Floors
from eval.gate import Parts
from eval.gold import GoldBrief
from eval.metrics.figures import Figure
from eval.rows import Row
from eval.stages import checks
from eval.stages.readings import Reading, Readings
from eval.stored import RecordingEngine, Store, StoredEngine, stored_card
from eval.suite import Tools
from eval.systems.whole import Timer
from tests.fakes import CARD, ScriptedEngine


def own_words(prompt: Prompt) -> str:
    """What a model that copies would answer: the passage itself."""
    return prompt.text.split("Passage: ")[-1].split("\n")[0]


@pytest.fixture(scope="module")
def shipped() -> list[GoldBrief]:
    return samples()


@pytest.fixture(scope="module")
def readings() -> Readings:
    return Readings(tagging.RuleTagger())


@pytest.fixture(scope="module")
def store(
    tmp_path_factory: pytest.TempPathFactory, shipped: list[GoldBrief], readings: Readings
) -> Store:
    kept = Store(tmp_path_factory.mktemp("gate") / "completions.jsonl")
    engine = RecordingEngine(ScriptedEngine(own_words), kept)
    gate.brief_samples(Parts(engine, Tools(tagging.RuleTagger(), readings)), shipped)
    return kept


@pytest.fixture(scope="module")
def sound(store: Store, readings: Readings) -> Parts:
    return Parts(StoredEngine(store, CARD), Tools(tagging.RuleTagger(), readings))


@pytest.fixture(scope="module")
def rows(sound: Parts, shipped: list[GoldBrief]) -> list[Row]:
    return gate.of_samples(sound, shipped)


@pytest.fixture(scope="module")
def known(rows: list[Row]) -> dict[str, float]:
    return {key: floors.rounded(value) for key, value in floors.figures(rows).items()}


def fallen(parts: Parts, shipped: list[GoldBrief], known: dict[str, float]) -> list[str]:
    return floors.under(known, floors.figures(gate.of_samples(parts, shipped)))


def test_the_gate_is_open_on_what_it_was_set_on(
    sound: Parts, shipped: list[GoldBrief], known: dict[str, float]
) -> None:
    assert len(known) > 30
    assert fallen(sound, shipped, known) == []


def test_disabled_number_check_is_caught_by_name(
    sound: Parts, shipped: list[GoldBrief], known: dict[str, float]
) -> None:
    def blind(line: DraftLine, sentences: tuple[int, ...], reading: Reading) -> str | None:
        reason = checks.shipped(line, sentences, reading)
        return None if reason == "number_not_in_evidence" else reason

    complaints = fallen(replace(sound, review=blind), shipped, known)

    assert any(line.startswith("checks | samples | stopped: number") for line in complaints)


def test_evidence_shifted_by_a_sentence_is_caught_by_name(
    sound: Parts,
    shipped: list[GoldBrief],
    known: dict[str, float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attach = evidence.attach

    def one_further(line: DraftLine, article: CleanArticle) -> tuple[int, ...]:
        last = len(article.sentences) - 1
        return tuple(sorted({min(n + 1, last) for n in attach(line, article)}))

    monkeypatch.setattr(evidence, "attach", one_further)
    complaints = fallen(sound, shipped, known)

    assert any(line.startswith("whole brief: facts | samples | covered") for line in complaints)


class DeafTagger(tagging.RuleTagger):
    """Hears no agreement: a calibration gone wrong, or a threshold out of reach."""

    def tag(self, article: CleanArticle) -> tuple[Tags, ...]:
        return tuple(replace(tags, agreement=tags.agreement / 100) for tags in super().tag(article))


def test_scores_under_every_threshold_miss_their_completions(
    sound: Parts, shipped: list[GoldBrief]
) -> None:
    deaf = replace(sound, tools=Tools(DeafTagger(), sound.tools.readings))

    with pytest.raises(MissingCompletion, match="no stored completion"):
        gate.of_samples(deaf, shipped)


class ShuffledSpeakers(Readings):
    """Gives every statement the speaker of the one before it."""

    def of(self, article: CleanArticle) -> Reading:
        reading = super().of(article)
        return replace(reading, statements=tuple(_shuffled(reading.statements)))


def _shuffled(statements: Sequence[Statement]) -> list[Statement]:
    speakers = [statement.speaker for statement in statements]
    rotated = speakers[-1:] + speakers[:-1]
    return [replace(one, speaker=who) for one, who in zip(statements, rotated, strict=True)]


def test_shuffled_speakers_are_caught_by_name(
    store: Store, shipped: list[GoldBrief], known: dict[str, float]
) -> None:
    # Other speakers make other prompts, so the faulty pipeline gets a model that answers.
    engine = RecordingEngine(ScriptedEngine(own_words), Store(store.path.with_name("other.jsonl")))
    faulty = Parts(engine, Tools(tagging.RuleTagger(), ShuffledSpeakers(tagging.RuleTagger())))

    complaints = fallen(faulty, shipped, known)

    assert any("who said what | samples | speaker right" in line for line in complaints)
    assert any("whole brief: dissent | samples | recall" in line for line in complaints)


def test_shuffled_speakers_miss_their_completions(store: Store, shipped: list[GoldBrief]) -> None:
    faulty = Parts(
        StoredEngine(store, CARD),
        Tools(tagging.RuleTagger(), ShuffledSpeakers(tagging.RuleTagger())),
    )

    with pytest.raises(MissingCompletion):
        gate.of_samples(faulty, shipped)


def test_broken_prompt_is_caught_and_named(
    sound: Parts,
    shipped: list[GoldBrief],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for path in resources.root("prompts").glob("*.jinja"):
        words = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(words.replace("Passage:", "Text:"), encoding="utf-8")
    before = floors_now(sound)
    monkeypatch.setattr(resources, "root", lambda _: tmp_path)

    with pytest.raises(MissingCompletion, match="no stored completion for the prompt"):
        gate.of_samples(sound, shipped)
    assert any("prompts/condense.v1.jinja changed" in line for line in gate.changed(before, None))


def floors_now(parts: Parts, **changed: object) -> Floors:
    taken = {"actors | samples | key: recall": 0.5}
    content = {
        "floors": taken,
        "data_sha256": "0" * 64,
        "samples_sha256": gate.samples_hash(),
        "prompts_sha256": gate.prompt_hashes(),
        "artefacts_sha256": identity.of_artefacts(),
        "model": parts.engine.card.model,
        "model_revision": "none",
        "floors_sha256": floors.digest(taken),
    }
    return Floors.model_validate(content | changed)


def row(value: float, measure: str = "key: recall", field: str = "actors") -> Row:
    return Row(field, "samples", "briefer", measure, Figure(value, 10, 5))


def test_a_figure_under_its_floor_is_named_with_both(sound: Parts) -> None:
    known = floors_now(sound)

    assert gate.judge([row(0.5)], known, None)[0] == []
    assert gate.judge([row(0.499)], known, None)[0] == [
        "actors | samples | key: recall: 0.499 is under its floor 0.500"
    ]
    assert gate.judge([], known, None)[0] == [
        "actors | samples | key: recall: no longer measured (floor 0.500)"
    ]


def test_floors_of_absent_gold_are_not_compared_and_it_is_said(sound: Parts) -> None:
    taken = {"actors | samples | key: recall": 0.5, "actors | dev-briefs | key: recall": 0.9}
    known = floors_now(sound, floors=taken, floors_sha256=floors.digest(taken))

    complaints, remarks = gate.judge([row(0.5)], known, None)

    assert complaints == []
    assert remarks[0].startswith("1 of 2 floors not compared")


def test_floors_of_samples_only_say_nothing_of_other_gold(sound: Parts) -> None:
    known = floors_now(sound, data_sha256="samples only")

    assert gate.judge([row(0.5)], known, None) == ([], [])


def test_floors_edited_by_hand_are_noticed(sound: Parts) -> None:
    known = floors_now(sound, floors={"actors | samples | key: recall": 0.1})

    assert gate.changed(known, None) == [
        "floors.json was edited by hand; set floors by `python -m eval gate --update`"
    ]


def test_changed_samples_and_artefacts_are_noticed(sound: Parts) -> None:
    known = floors_now(sound, samples_sha256="1" * 64, artefacts_sha256="2" * 64)

    found = gate.changed(known, None)

    assert [line.split(" changed")[0] for line in found] == [
        "the shipped trained parts",
        "eval/samples",
    ]


def test_faults_are_entered_as_one_minus_themselves() -> None:
    taken = floors.figures(
        [
            row(0.25, "copied lines", "whole brief: wording"),
            row(1.4, "words per word", "whole brief: length"),
            replace(row(0.9), system="lead-3"),
        ]
    )

    assert taken == {"1 - whole brief: wording | samples | copied lines": 0.75}


def test_a_floor_is_the_figure_rounded_down() -> None:
    assert floors.rounded(0.66666) == 0.666
    assert floors.rounded(0.7) == 0.7
    assert floors.under({"a": floors.rounded(2 / 3)}, {"a": 2 / 3}) == []


def test_a_floor_goes_down_only_with_a_reason(tmp_path: Path) -> None:
    down = floors.lowered({"a": 0.5, "b": 0.5, "c": 0.5}, {"a": 0.4, "b": 0.6})
    assert down == ["a: 0.500 -> 0.400", "c: 0.500 -> gone"]

    with pytest.raises(DataError, match="2 floors would go down"):
        floors.refuse(down, None)
    with pytest.raises(DataError, match="--allow-regression"):
        floors.refuse(down, "  ")
    floors.refuse(down, "quotes are kept whole now")
    floors.refuse([], None)

    floors.log(down, "quotes are kept whole now", tmp_path / "LOG.md")
    assert "quotes are kept whole now\n\n- a: 0.500 -> 0.400" in (tmp_path / "LOG.md").read_text()


def test_floors_survive_the_file_and_hold_no_other_fraction(sound: Parts, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"

    floors.write(floors_now(sound), path)

    assert floors.read(path) == floors_now(sound)
    content = json.loads(path.read_text(encoding="utf-8"))
    del content["floors"]
    assert not [value for value in content.values() if isinstance(value, float)]


def test_missing_or_broken_floors_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not found"):
        floors.read(tmp_path / "floors.json")
    (tmp_path / "floors.json").write_text('{"floors": {}}', encoding="utf-8")
    with pytest.raises(DataError, match=r"floors\.json: data_sha256: Field required"):
        floors.read(tmp_path / "floors.json")


def test_rules_have_no_stored_tags_to_compare(shipped: list[GoldBrief], tmp_path: Path) -> None:
    remark, is_close = gate.compare_tags(
        tagging.RuleTagger(), Store(tmp_path / "tags.jsonl"), shipped
    )

    assert is_close
    assert "nothing stored to compare" in remark


def test_a_refresh_keeps_what_is_asked_for_and_drops_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    kept = Store(tmp_path / "completions.jsonl")
    known = json.loads(store.path.read_text(encoding="utf-8").split("\n")[0])
    kept.add(known.pop("key"), known)
    kept.add("of another prompt", known)
    monkeypatch.setattr(gate, "COMPLETIONS", kept.path)
    monkeypatch.setattr(gate, "TAGS", tmp_path / "tags.jsonl")
    engine = ScriptedEngine(own_words)

    n_left = gate.refresh(engine, None, Timer.minutes(1), lambda _: None)

    after = Store(kept.path)
    assert n_left == 0
    assert stored_card(after) == CARD
    assert "of another prompt" not in after
    assert len(after) == len(store) + 1
    assert sum(map(len, engine.asked)) == len(store) - 1


def test_the_gate_as_shipped_is_open() -> None:
    said: list[str] = []

    gate.check(None, said.append, load=lambda _: tagging.RuleTagger())

    assert said[-1].startswith("gate: open")


def test_a_closed_gate_names_what_fell(tmp_path: Path) -> None:
    known = floors.read()
    key = next(key for key, floor in known.floors.items() if "| samples |" in key and floor < 1)
    raised = known.floors | {key: 1.0}
    path = tmp_path / "floors.json"
    floors.write(known.model_copy(update={"floors": raised}), path)

    with pytest.raises(GateClosed, match=r"is under its floor 1\.000"):
        gate.check(None, lambda _: None, path, lambda _: tagging.RuleTagger())
