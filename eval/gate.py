"""The gate: no figure that needs no model may fall under its floor.

Takes the model-free measures on the gold outside the repository, where it is there, and on the
shipped samples always; whole briefs of the samples come from stored completions. The same on every
machine: learned scores are stored too, and a few are computed anew and compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefer import briefing, resources
from briefer.briefing import Stages
from briefer.errors import ModelError
from briefer.models.base import Engine
from briefer.schema import Options
from briefer.tagging import Tagger
from eval import floors, identity, suite
from eval.data import SAMPLES, Data
from eval.errors import DataError
from eval.floors import Floors
from eval.gold import GoldBrief
from eval.metrics.whole import Judged
from eval.rows import Heading, Row
from eval.stages import actors, checks, sentences, speech
from eval.stored import Drift, Store, drift
from eval.suite import Tools
from eval.systems import pipeline, whole

STORED = Path(__file__).parent / "stored"
COMPLETIONS = STORED / "completions.jsonl"
TAGS = STORED / "tags.jsonl"
SAMPLE_SET = "samples"
_MODEL_FREE = (
    "sentence choice",
    "who said what",
    "agreement and rejection",
    "actors",
    "evidence",
    "checks",
)
# Tags of one text differ in the last digits between processors (vector width, order of sums); a
# hundredth moves no sentence that is not on the threshold already.
TOLERANCE = 0.01
_N_COMPARED = 2


@dataclass(frozen=True)
class Parts:
    """What the gate runs the pipeline with; a test puts a faulty part in."""

    engine: Engine
    tools: Tools
    review: checks.Review = checks.shipped


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the gate found; it is open without any complaint."""

    rows: tuple[Row, ...]
    complaints: tuple[str, ...]
    remarks: tuple[str, ...] = field(default=())


def measure(parts: Parts, samples: Sequence[GoldBrief], data: Data | None) -> list[Row]:
    """All figures of the gate.

    Raises:
        MissingCompletion: a prompt or text has no stored answer.
    """
    rows = of_samples(parts, samples)
    if data is not None:
        for name in _MODEL_FREE:
            rows += suite.MEASURES[name](data, parts.tools)
    return rows


def of_samples(parts: Parts, samples: Sequence[GoldBrief]) -> list[Row]:
    """The stages and the whole briefs on the shipped samples, against our own gold."""
    tools = parts.tools
    return [
        *sentences.run(tools.tagger, {SAMPLE_SET: samples}),
        *speech.resolved(samples, speech.speakers(tools.readings), gold=SAMPLE_SET),
        *actors.key_actors(
            samples, actors.of_briefer(tools.readings), Heading(actors.FIELD, SAMPLE_SET)
        ),
        *checks.planted(samples, tools.readings, Heading(checks.FIELD, SAMPLE_SET), parts.review),
        *whole.rows(brief_samples(parts, samples), SAMPLE_SET, "briefer"),
    ]


def brief_samples(parts: Parts, samples: Sequence[GoldBrief]) -> list[Judged]:
    """The samples' briefs, by the parts given."""
    stages: Stages = pipeline.stages(parts.engine, parts.tools.tagger, parts.tools.readings)
    return [
        Judged(gold, briefing.brief_article(gold.article, stages, Options())) for gold in samples
    ]


def judge(rows: Sequence[Row], known: Floors, data: Data | None) -> tuple[list[str], list[str]]:
    """Complaints and remarks: figures under their floors, and what the floors do not fit."""
    complaints = changed(known, data)
    remarks = []
    compared: Mapping[str, float] = known.floors
    if data is None:
        compared = {key: value for key, value in compared.items() if f"| {SAMPLE_SET} |" in key}
        remarks.append(
            f"{len(known.floors) - len(compared)} of {len(known.floors)} floors not compared: "
            "the gold outside the repository is not here."
        )
    return [*complaints, *floors.under(compared, floors.figures(rows))], remarks


def changed(known: Floors, data: Data | None) -> list[str]:
    """What is not as it was when the floors were set."""
    update = "if that is meant, run `python -m eval gate --update`"
    found = []
    if known.floors_sha256 != floors.digest(known.floors):
        found.append("floors.json was edited by hand; set floors by `python -m eval gate --update`")
    prompts = prompt_hashes()
    found += [
        f"prompts/{name} changed, came or went since the floors were set; {update}"
        for name in sorted(known.prompts_sha256.keys() | prompts.keys())
        if known.prompts_sha256.get(name) != prompts.get(name)
    ]
    if known.artefacts_sha256 != identity.of_artefacts():
        found.append(f"the shipped trained parts changed since the floors were set; {update}")
    if known.samples_sha256 != samples_hash():
        found.append(f"eval/samples changed since the floors were set; {update}")
    if data is not None and known.data_sha256 != data.sha256():
        found.append(f"the gold outside the repository is another one; {update}")
    return found


def prompt_hashes() -> dict[str, str]:
    """The hash of every shipped prompt file."""
    folder = resources.root("prompts")
    return {path.name: identity.of_files([path], folder) for path in sorted(folder.glob("*.jinja"))}


def samples_hash() -> str:
    """The hash of the shipped samples with their gold."""
    return identity.of_files((path for path in SAMPLES.iterdir() if path.is_file()), SAMPLES)


def compare_tags(tagger: Tagger, stored: Store, samples: Sequence[GoldBrief]) -> tuple[str, bool]:
    """Compute a few stored tags anew: a remark, and whether they are close enough."""
    if not tagger.adapters:
        return "tags come from rules; there is nothing stored to compare.", True
    try:
        found: Drift = drift(tagger, stored, [gold.clean for gold in samples[:_N_COMPARED]])
    except ModelError as error:
        return f"stored tags not compared with fresh ones: {error}", True
    remark = (
        f"stored tags of {found.n_articles} samples differ from fresh ones by {found.largest:.4f}."
    )
    return remark, found.largest <= TOLERANCE


def new_floors(rows: Sequence[Row], data: Data, engine: Engine) -> Floors:
    """Floors at the figures of this checkout."""
    taken = {key: floors.rounded(value) for key, value in floors.figures(rows).items()}
    return Floors(
        floors=taken,
        data_sha256=data.sha256(),
        samples_sha256=samples_hash(),
        prompts_sha256=prompt_hashes(),
        artefacts_sha256=identity.of_artefacts(),
        model=engine.card.model,
        model_revision=engine.card.revision or "none",
        floors_sha256=floors.digest(taken),
    )


def refuse_regression(old: Floors, new: Floors, why: str | None) -> None:
    """Let floors go down only with a reason.

    Raises:
        DataError: a floor would go down or away and no reason is given.
    """
    down = floors.lowered(old.floors, new.floors)
    if down and not why:
        raise DataError(
            f"{len(down)} floors would go down:\n  " + "\n  ".join(down) + "\n"
            'Mend what fell, or say why it may: --allow-regression "why".'
        )
