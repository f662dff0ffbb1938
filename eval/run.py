"""The full table: model-free measures, whole briefs of the pipeline and of every baseline.

Knows nothing of the command line.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefer import briefing, prompts
from briefer.models.base import Engine
from briefer.schema import Brief, Options
from eval import gaps, identity, suite
from eval.data import Data
from eval.gold import GoldBrief
from eval.metrics.figures import Figure, Ratio, pool
from eval.metrics.whole import Judged
from eval.probed import recording_probers
from eval.report import examples, files
from eval.report.examples import Example
from eval.report.files import Run
from eval.rows import Row
from eval.stages import highlights
from eval.stored import RecordingEngine, Store
from eval.suite import Tools
from eval.systems import annotator, extracts, one_shot, pipeline, whole
from eval.systems.whole import Make, Timer
from eval.tags import RecordingTagger

_PIPELINE = "briefer"
# One-shot prompts that share an engine's batch: decoding several at once is three times as quick;
# more than these would not be through in a piece of five minutes on two busy cores.
_ARTICLES_A_BATCH = 2


@dataclass(frozen=True)
class Bench:
    """Where a run reads and writes; ``load`` gives the engine when a brief must be made.

    ``load_untrained`` gives the same weights without trained parts, for the one-shot baseline.
    ``model`` names model and engine as they were asked for: briefs of another one are others.
    """

    data: Data
    out: Path
    model: str
    load: Callable[[], Engine]
    load_untrained: Callable[[], Engine]
    timer: Timer
    say: Callable[[str], None]
    tools: Tools

    def gold_sets(self) -> dict[str, tuple[GoldBrief, ...]]:
        """The sets on which whole briefs are judged."""
        return {"dev-briefs": self.data.dev, "train-briefs val": self.data.val}

    def store(self, name: str) -> Store:
        """Where the briefs of a system are kept."""
        return Store(self.out / "briefs" / f"{name}-{self.model}.jsonl")

    def everything(self) -> list[GoldBrief]:
        """All articles of these sets."""
        return [gold for golds in self.gold_sets().values() for gold in golds]

    def highlighted(self) -> list[GoldBrief]:
        """The articles that are only held against an editor's highlights."""
        return [article for _, article in suite.highlighted(self.data)]


def model_free(bench: Bench, names: Iterable[str]) -> list[Row]:
    """The chosen measures that need no language model."""
    rows: list[Row] = []
    for name in names:
        began = time.monotonic()
        rows += suite.MEASURES[name](bench.data, bench.tools)
        bench.say(f"{name}: {time.monotonic() - began:.0f} s")
    return rows


def untagged(bench: Bench, names: Iterable[str]) -> dict[str, int]:
    """How many texts of each field have no tags yet; without time left it goes without them."""
    tagger = bench.tools.tagger
    if not isinstance(tagger, RecordingTagger):
        return {}
    lacking = {name: suite.untagged(name, bench.data, tagger.holds) for name in names}
    return {name: n_texts for name, n_texts in lacking.items() if n_texts}


def briefs_of_pipeline(bench: Bench) -> tuple[Store, int]:
    """Make the pipeline's briefs as far as time allows; the store and how many are left."""
    store = bench.store(f"pipeline-{identity.of_pipeline()[:12]}")
    wanted = [*bench.everything(), *bench.highlighted()]
    lacking = whole.missing(wanted, store)
    if not lacking or bench.timer.is_over:  # nothing to make: the weights stay where they are
        return store, len(lacking)
    engine = _recording(bench, bench.load())
    tools = bench.tools
    probers = recording_probers(engine.card, tools.tagger, _completions(bench, engine))
    stages = pipeline.stages(engine, tools.tagger, tools.readings, probers)

    def make(gold: GoldBrief) -> Brief:
        return briefing.brief_article(gold.article, stages, Options())

    return store, whole.make_all(wanted, make, store, bench.timer, bench.say)


def briefs_of_one_shot(bench: Bench) -> tuple[Store, int]:
    """Make the one-shot baseline's briefs as far as time allows."""
    _, sha256 = prompts.identify("one_shot", "v1")
    store = bench.store(f"one-shot-{sha256[:12]}")
    lacking = whole.missing(bench.everything(), store)
    if not lacking or bench.timer.is_over:
        return store, len(lacking)
    engine = _recording(bench, bench.load_untrained())
    for batch in batched(lacking, _ARTICLES_A_BATCH):
        if bench.timer.is_over:
            break
        answers = engine.generate([one_shot.prompt(gold.clean) for gold in batch])
        for gold, answer in zip(batch, answers, strict=True):
            whole.keep(store, gold, one_shot.read(gold, answer), seconds=0)
        bench.say(f"one-shot: {len(whole.missing(bench.everything(), store))} left")
    return store, len(whole.missing(bench.everything(), store))


def batched(golds: Sequence[GoldBrief], size: int) -> Iterator[Sequence[GoldBrief]]:
    """The articles in batches of at most so many."""
    return (golds[start : start + size] for start in range(0, len(golds), size))


def _recording(bench: Bench, engine: Engine) -> RecordingEngine:
    return RecordingEngine(engine, _completions(bench, engine))


def _completions(bench: Bench, engine: Engine) -> Store:
    weights = (engine.card.weights_sha256 or engine.card.model)[:12].replace("/", "-")
    return Store(bench.out / "completions" / f"{weights}.jsonl")


def whole_rows(bench: Bench, stores: Mapping[str, Store]) -> list[Row]:
    """Every system's whole briefs, set by set, on the same articles."""
    rows: list[Row] = []
    for name, golds in bench.gold_sets().items():
        # A pipeline that has not got through the set is compared on what it has briefed.
        briefed = [judged.gold for judged in whole.kept(golds, stores[_PIPELINE])]
        main = briefed or list(golds)
        rows += _of_set(Compared(name, main), stores)
        shared = [gold for gold in golds if _all_have(stores, gold)]
        if 0 < len(shared) < len(main):
            label = f"{name}, the {len(shared)} that all models briefed"
            rows += _of_set(Compared(label, shared), stores)
    pairs = [Judged(first, annotator.brief(second)) for first, second in bench.data.pairs()]
    rows += whole.rows(pairs, "train-briefs val", "second annotator")
    return [*rows, *_highlights(bench, stores[_PIPELINE])]


@dataclass(frozen=True, slots=True)
class Compared:
    """Articles on which systems stand side by side, and what the table calls them."""

    name: str
    golds: Sequence[GoldBrief]


def _all_have(stores: Mapping[str, Store], gold: GoldBrief) -> bool:
    return all(whole.key(gold) in store for store in stores.values())


def _of_set(compared: Compared, stores: Mapping[str, Store]) -> list[Row]:
    """The rows of every system that has briefed all of these articles."""
    rows: list[Row] = []
    for system, store in stores.items():
        judged = whole.kept(compared.golds, store)
        if len(judged) == len(compared.golds):
            rows += whole.rows(judged, compared.name, system)
    rows += _seconds(whole.seconds_of(compared.golds, stores[_PIPELINE]), compared.name)
    for system, (make, fields) in modelless().items():
        judged = [Judged(gold, make(gold)) for gold in compared.golds]
        rows += [row for row in whole.rows(judged, compared.name, system) if row.field in fields]
    return rows


def _highlights(bench: Bench, store: Store) -> list[Row]:
    """The pipeline beside lead-3, where it has briefed the whole sample."""
    sample = suite.highlighted(bench.data)
    kept = whole.kept([article for _, article in sample], store)
    if len(kept) < len(sample):
        return []
    pairs = [(ref, judged.brief) for (ref, _), judged in zip(sample, kept, strict=True)]
    return highlights.run(pairs, _PIPELINE)


def gaps_of(bench: Bench, stores: Mapping[str, Store]) -> list[str]:
    """What is not in the table for want of briefs, and what never is."""
    found = list(gaps.of_briefs(bench.gold_sets(), stores))
    sample = {"cnndm highlights": bench.highlighted()}
    return [*found, *gaps.of_briefs(sample, {_PIPELINE: stores[_PIPELINE]}), *gaps.NEVER]


def modelless() -> dict[str, tuple[Make, frozenset[str]]]:
    """The baselines that need no model, and the fields in which each says anything.

    Three sentences are the usual alarm; eight reach .65 of the facts by position alone (findings).
    """
    lines = frozenset(f"whole brief: {field}" for field in ("facts", "wording", "length"))
    items = frozenset(f"whole brief: {field}" for field in ("agreements", "dissent"))
    return {
        "lead-3": (lambda gold: extracts.lead(gold, 3), lines),
        "lead-8": (lambda gold: extracts.lead(gold, 8), lines),
        "LexRank-8": (lambda gold: extracts.lex_rank(gold, 8), lines),
        "TextRank-8": (lambda gold: extracts.text_rank(gold, 8), lines),
        "always none": (extracts.nothing, items),
    }


def _seconds(seconds: Sequence[float], gold: str) -> list[Row]:
    """Seconds an article, on whatever machine made the briefs; ``bench`` has the comparison."""
    if not seconds:
        return []
    figure: Figure = pool([Ratio(one, 1) for one in seconds])
    return [Row("whole brief: cost", gold, _PIPELINE, "seconds an article", figure)]


def shown(bench: Bench, store: Store) -> dict[str, list[Example]]:
    """The articles to look at, of both sets."""
    return {
        name: examples.examples(whole.kept(golds, store))
        for name, golds in bench.gold_sets().items()
    }


@dataclass(frozen=True, slots=True)
class Measured:
    """A finished table: its rows, what is not in it, and how long it took."""

    rows: Sequence[Row]
    missing: Sequence[str]
    seconds: float


def write(bench: Bench, measured: Measured, store: Store) -> tuple[Path, Path]:
    """The JSON and the HTML file of a run."""
    made_by = next(_models(bench, store), ("none", "none"))
    run = Run(
        day=date.today().isoformat(),  # noqa: DTZ011 - a label in the reader's own time
        model=made_by[0],
        engine=made_by[1],
        pipeline=identity.of_pipeline(),
        processor=processor(),
        seconds=measured.seconds,
        missing=tuple(measured.missing),
    )
    bench.out.mkdir(parents=True, exist_ok=True)
    json_path, html_path = bench.out / "report.json", bench.out / "report.html"
    files.write_json(json_path, run, measured.rows)
    files.write_html(html_path, run, measured.rows, shown(bench, store))
    return json_path, html_path


def _models(bench: Bench, store: Store) -> Iterator[tuple[str, str]]:
    for judged in whole.kept(bench.everything(), store):
        yield judged.brief.provenance.model, judged.brief.provenance.engine


def processor() -> str:
    """What the machine calls its processor, and whether it has AVX-512."""
    try:
        info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    name = next((ln.split(":")[1] for ln in info.split("\n") if ln.startswith("model name")), "")
    has_avx512 = "with AVX-512" if "avx512f" in info else "without AVX-512"
    return f"{name.strip() or platform.machine()} {has_avx512}"
