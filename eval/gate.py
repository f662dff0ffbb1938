"""The gate: no figure that needs no model may fall under its floor.

Takes the model-free measures on the gold outside the repository, where it is there, and on the
shipped samples always; whole briefs of the samples come from stored completions. The same on every
machine: learned scores are stored too, and a few are computed anew and compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from briefer import briefing, resources, tagging
from briefer.briefing import NOBODY, Probers, Stages
from briefer.models.base import Engine, ModelCard
from briefer.schema import CleanArticle, Options
from briefer.tagging import Tagger
from eval import floors, identity, suite
from eval.data import SAMPLES, SAMPLES_GOLD, Data
from eval.data import samples as shipped_samples
from eval.errors import GateClosed
from eval.floors import Floors
from eval.gold import GoldBrief
from eval.metrics.whole import Judged
from eval.probed import PROBERS, asked_of, known_probers, recording_probers, stored_probers
from eval.rows import Heading, Row
from eval.stages import actors, checks, sentences, speech
from eval.stored import CARD, REFRESH, RecordingEngine, Store, StoredEngine, stored_card
from eval.suite import Tools
from eval.systems import pipeline, whole
from eval.systems.whole import Timer
from eval.tags import (
    Drift,
    RecordingTagger,
    StoredTagger,
    drift,
    recorded_tagger,
    score_key,
    stored_adapters,
)

RECORDED = Path(__file__).parent / "recorded"
COMPLETIONS = RECORDED / "completions.jsonl"
TAGS = RECORDED / "tags.jsonl"
SAMPLE_SET = "samples"
_WITHOUT_TAGS: Sequence[suite.Measure] = (
    suite.who_said_what,
    suite.evidence_found,
)
_WITH_TAGS: Mapping[str, suite.Measure] = {
    sentences.FIELD: suite.sentence_choice,
    actors.FIELD: suite.who_acts,
    checks.FIELD: suite.planted_faults,
    suite.THIRD: suite.third_of_agreement_and_rejection,
}
# Tags of one text differ in the last digits between processors (vector width, order of sums); a
# hundredth moves no sentence that is not on the threshold already.
TOLERANCE = 0.01
# Log-odds of words lie between -9 and 9; those of an actor are a mean over mentions.
TOLERANCE_OF_WORDS = 0.5
_N_COMPARED = 2
_TEXTS_A_REMARK = 100
_NO_DATA = "samples only"


@dataclass(frozen=True)
class Parts:
    """What the gate runs the pipeline with; a test puts a faulty part in."""

    engine: Engine
    tools: Tools
    review: checks.Review = checks.shipped
    probers: Probers = NOBODY


def measure(parts: Parts, samples: Sequence[GoldBrief], data: Data | None) -> list[Row]:
    """All figures of the gate.

    Raises:
        MissingCompletion: a prompt or text has no stored answer.
    """
    rows = of_samples(parts, samples)
    if data is not None:
        for measured in (*_WITHOUT_TAGS, *_tagged(parts.tools.tagger, data)):
            rows += measured(data, parts.tools)
    return rows


def _tagged(tagger: Tagger, data: Data) -> list[suite.Measure]:
    """What can be measured on the gold outside with tags: all by rules, else what is stored."""
    if not isinstance(tagger, StoredTagger):
        return list(_WITH_TAGS.values())
    return [
        measured
        for name, measured in _WITH_TAGS.items()
        if not suite.untagged(name, data, tagger.holds)
    ]


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
    tools = parts.tools
    stages: Stages = pipeline.stages(parts.engine, tools.tagger, tools.readings, parts.probers)
    return [
        Judged(gold, briefing.brief_article(gold.article, stages, Options())) for gold in samples
    ]


def judge(rows: Sequence[Row], known: Floors, data: Data | None) -> tuple[list[str], list[str]]:
    """Complaints and remarks: figures under their floors, and what the floors do not fit."""
    complaints = changed(known, data)
    remarks = []
    compared: Mapping[str, float] = known.floors
    if data is None and known.data_sha256 != _NO_DATA:
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
    if data is not None and known.data_sha256 not in (_NO_DATA, data.sha256()):
        found.append(f"the gold outside the repository is another one; {update}")
    return found


def prompt_hashes() -> dict[str, str]:
    """The hash of every prompt file that briefs are made with."""
    folder = resources.root("prompts")
    return {path.name: identity.of_files([path], folder) for path in identity.prompts_of_briefs()}


def samples_hash() -> str:
    """The hash of the shipped samples with their gold."""
    files = [path for path in SAMPLES.iterdir() if path.is_file()]
    return identity.of_files([*files, SAMPLES_GOLD], SAMPLES.parent)


def compare_tags(fresh: Tagger, stored: Store, samples: Sequence[GoldBrief]) -> tuple[str, bool]:
    """Compute a few stored tags anew: a remark, and whether they are close enough."""
    adapters = stored_adapters(stored)
    if not adapters:
        return "tags come from rules; there is nothing stored to compare.", True
    if dict(fresh.adapters) != adapters:
        return "stored tags not compared with fresh ones: their tagger cannot be loaded here.", True
    found: Drift = drift(fresh, stored, [gold.clean for gold in samples[:_N_COMPARED]])
    remark = (
        f"stored tags of {found.n_articles} samples differ from fresh ones by {found.largest:.4f}, "
        f"the log-odds of words by {found.of_words:.2f}."
    )
    return remark, found.largest <= TOLERANCE and found.of_words <= TOLERANCE_OF_WORDS


def stored_parts() -> Parts:
    """Engine and tagger from store; tags by rules need none.

    Raises:
        MissingCompletion: nothing is stored yet.
    """
    completions, tags = Store(COMPLETIONS), Store(TAGS)
    adapters = stored_adapters(tags)
    tagger = StoredTagger(tags, adapters) if adapters else tagging.RuleTagger()
    engine = StoredEngine(completions, stored_card(completions))
    return Parts(engine, Tools.of(tagger), probers=stored_probers(completions))


def check(
    data: Data | None,
    say: Callable[[str], None],
    path: Path = floors.PATH,
    load: Callable[[ModelCard], Tagger] = tagging.load,
) -> None:
    """Measure, compare, and say what was found. ``load`` gives the tagger to compare with.

    Raises:
        GateClosed: a figure is under its floor, or the floors do not fit this checkout.
    """
    known = floors.read(path)
    samples = shipped_samples()
    parts = stored_parts()
    rows = measure(parts, samples, data)
    complaints, remarks = judge(rows, known, data)
    remark, is_close = compare_tags(load(parts.engine.card), Store(TAGS), samples)
    if not is_close:
        complaints.append(
            f"{remark} More than {TOLERANCE} and {TOLERANCE_OF_WORDS} is not arithmetic: "
            f"run {REFRESH}."
        )
    for line in [*remarks, remark]:
        say(f"gate: {line}")
    if complaints:
        raise GateClosed("gate closed:\n  " + "\n  ".join(complaints))
    say(f"gate: open; {len(floors.figures(rows))} figures measured, none under its floor.")


def update(data: Data | None, why: str | None, say: Callable[[str], None]) -> None:
    """Set the floors at today's figures; a lowered one is written into the log with its reason.

    Without the gold outside only the samples get floors; those of the gold outside would go.

    Raises:
        DataError: a floor would go down or away and no reason is given.
    """
    parts = stored_parts()
    new = new_floors(measure(parts, shipped_samples(), data), data, parts.engine)
    if floors.PATH.is_file():
        down = floors.lowered(floors.read().floors, new.floors)
        floors.refuse(down, why)
        if down and why:
            floors.log(down, why)
    floors.write(new)
    say(f"gate: {len(new.floors)} floors set.")


def refresh(engine: Engine, data: Data | None, timer: Timer, say: Callable[[str], None]) -> int:
    """Compute all completions of the samples anew, and all tags; how many texts lack theirs still.

    Every answer is kept at once: a run that was stopped, or whose time is up, goes on there.
    Without ``data`` only the samples are tagged and the stored tags of gold sets stay.
    """
    completions, tags = Store(COMPLETIONS), Store(TAGS)
    recorder = RecordingEngine(engine, completions)
    tagger = recorded_tagger(engine.card, tags)
    probers = recording_probers(engine.card, tagger, completions)
    samples = shipped_samples()
    brief_samples(Parts(recorder, Tools.of(tagger), probers=probers), samples)
    completions.add(CARD, {"card": asdict(engine.card), PROBERS: known_probers(probers)})
    asked = recorder.asked | asked_of(probers)
    completions.keep_only(frozenset((*asked, CARD)))
    say(f"gate: {len(asked)} completions of {engine.card.model} and readings of them stored.")
    if not isinstance(tagger, RecordingTagger):
        return 0
    # Whose tags these are stands in the file from now on, so that a piece of them can be measured.
    tags.add(CARD, {"adapters": dict(tagger.adapters)})
    asked_for = [text for name in _WITH_TAGS for text in suite.TAGGED[name](data)] if data else []
    texts = list({score_key(tagger.adapters, text): text for text in asked_for}.values())
    n_left = tag(tagger, texts, timer, say)
    if data is not None and not n_left:
        tags.keep_only(frozenset((*tagger.asked, CARD)))
    say(f"gate: tags of {len(tagger.asked)} texts stored, {n_left} texts left.")
    return n_left


def tag(
    tagger: Tagger, texts: Sequence[CleanArticle], timer: Timer, say: Callable[[str], None]
) -> int:
    """Tag texts until the time is up; how many are left. The tagger is one that records."""
    for number, article in enumerate(texts):
        if timer.is_over:
            return len(texts) - number
        tagger.tag(article)
        if number % _TEXTS_A_REMARK == 0:
            say(f"gate: {len(texts) - number} of {len(texts)} texts to tag")
    return 0


def new_floors(rows: Sequence[Row], data: Data | None, engine: Engine) -> Floors:
    """Floors at the figures of this checkout."""
    taken = {key: floors.rounded(value) for key, value in floors.figures(rows).items()}
    return Floors(
        floors=taken,
        data_sha256=data.sha256() if data else _NO_DATA,
        samples_sha256=samples_hash(),
        prompts_sha256=prompt_hashes(),
        artefacts_sha256=identity.of_artefacts(),
        model=engine.card.model,
        model_revision=engine.card.revision or "none",
        floors_sha256=floors.digest(taken),
    )
