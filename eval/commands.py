"""What each command of ``python -m eval`` does with its options.

Prints; knows nothing of how figures come about.
"""

from __future__ import annotations

import subprocess
import sys
import time
from argparse import Namespace
from pathlib import Path

from briefer import models, tagging
from briefer.models import EngineName, sources
from briefer.models.base import Engine
from briefer.tagging import Tagger
from eval import bench as benches
from eval import gaps, gate, run, suite, verifying
from eval.data import DEFAULT, Data, samples
from eval.errors import DataError
from eval.judge import Judge, agreement
from eval.report import table as tables
from eval.run import Bench
from eval.stored import Store
from eval.suite import Tools
from eval.systems import foreign, one_shot, whole
from eval.systems.whole import Timer
from eval.tags import recorded_tagger

_WHOLE = "whole"
_TAGS = "tags.jsonl"
# The 1,126 texts of the sets took the default model's tagger 15 min, two cores without AVX-512.
_SECONDS_A_TEXT = 0.8
_SOME_LEFT = 75
"""Exit code when time was up before all briefs were made: run again (EX_TEMPFAIL)."""


def table(options: Namespace) -> int:
    """The whole table, or the chosen fields of it."""
    if options.background:
        return _in_background(options)
    began = time.monotonic()
    bench = _bench(options)
    names = _names(options.only)
    _say(_expectation(bench, names))
    untagged = run.untagged(bench, names) if bench.timer.is_over else {}
    rows = run.model_free(bench, [n for n in names if n != _WHOLE and n not in untagged])
    stores, n_left = _stores(bench) if _WHOLE in names else ({}, 0)
    missing = list(gaps.of_fields(names, [*suite.MEASURES, _WHOLE], untagged))
    if stores:
        rows += run.whole_rows(bench, stores)
        missing += run.gaps_of(bench, stores)
    measured = run.Measured(rows, missing, time.monotonic() - began)
    _show(measured)
    for path in run.write(bench, measured, stores.get("briefer") or bench.store("none")):
        _say(f"written: {path}")
    return _SOME_LEFT if n_left else 0


def _show(measured: run.Measured) -> None:
    print(tables.text(measured.rows))
    if measured.missing:
        print("\nNot in this table:", *measured.missing, sep="\n  - ")
    _say(f"{measured.seconds:.0f} s in all on {run.processor()}.")


def _stores(bench: Bench) -> tuple[dict[str, Store], int]:
    pipeline, n_left = run.briefs_of_pipeline(bench)
    one_shot, n_more = run.briefs_of_one_shot(bench)
    return {"briefer": pipeline, "one-shot": one_shot}, n_left + n_more


def _names(only: str | None) -> list[str]:
    known = [*suite.MEASURES, _WHOLE]
    wanted = [name.strip() for name in only.split(",")] if only else known
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise DataError(f"no field {', '.join(unknown)}; there are: {', '.join(known)}.")
    return wanted


def _expectation(bench: Bench, names: list[str]) -> str:
    """How long a run will take, from what it took on two cores without AVX-512."""
    minutes = sum(suite.SECONDS.get(name, 0) for name in names) / 60
    line = f"about {minutes:.0f} min without the model; whole briefs say their own."
    n_texts = sum(run.untagged(bench, names).values())
    if n_texts == 0 or bench.timer.is_over:
        return line
    return f"{line} {n_texts} texts to tag first, up to {n_texts * _SECONDS_A_TEXT / 60:.0f} min."


def _in_background(options: Namespace) -> int:
    """Start the same command in a session of its own, its output in a log file."""
    options.out.mkdir(parents=True, exist_ok=True)
    log_path = options.out / "run.log"
    arguments = [argument for argument in sys.argv[1:] if argument != "--background"]
    with log_path.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-m", "eval", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    print(f"process {process.pid}, log {log_path}")
    return 0


def brief(options: Namespace) -> int:
    """Only make briefs."""
    bench = _bench(options)
    make = {"pipeline": run.briefs_of_pipeline, "one-shot": run.briefs_of_one_shot}
    _, n_left = make[options.system](bench)
    return _SOME_LEFT if n_left else 0


def score(options: Namespace) -> int:
    """Judge briefs that another program made."""
    bench = _bench(options)
    given = foreign.read(options.briefs)
    for name, golds in bench.gold_sets().items():
        judged = foreign.beside(given, golds)
        if judged:
            print(tables.text(whole.rows(judged, name, options.name)), end="\n\n")
    return 0


def check_briefs(options: Namespace) -> int:
    """Whether kept or given briefs keep the contract; 1 if any does not."""
    bench = _bench(options)
    if options.briefs:
        briefs = dict(foreign.contents(options.briefs))
    else:
        store, _ = run.briefs_of_pipeline(bench)
        entries = ((gold.id, store.get(whole.key(gold))) for gold in bench.everything())
        briefs = {ref: entry["brief"] for ref, entry in entries if entry}
    n_faulty = 0
    known = {gold.id: gold for gold in bench.everything()}
    for ref, content in briefs.items():
        if ref in known and (found := verifying.faults(content, known[ref])):
            n_faulty += 1
            print(f"{ref}: " + "; ".join(found))
    n_pieces = sum(len(list(foreign.pieces(content))) for content in briefs.values())
    print(f"{len(briefs)} briefs, {n_pieces} pieces of evidence, {n_faulty} briefs with faults")
    return 1 if n_faulty or not briefs else 0


def gate_command(options: Namespace) -> int:
    """The gate, or new floors."""
    outside = None if options.samples_only else _outside(options.data)
    if options.update:
        gate.update(outside, options.allow_regression, _say)
        return 0
    gate.check(outside, _say)
    return 0


def _outside(path: Path) -> Data | None:
    """The gold outside; ``None`` where nobody said where it is and it is not in its usual place."""
    try:
        return Data.at(path)
    except DataError:
        if path != DEFAULT:
            raise
        return None


def bench(options: Namespace) -> int:
    """Seconds by engine, of the chosen one where none are named; prints as it goes."""

    def load(name: EngineName) -> Engine:
        return models.load(options.model, engine=name)

    outside = _outside(options.data)
    tagger = tagging.load(sources.resolve(options.model).card("auto"))
    golds = [*outside.dev, *outside.val] if outside else samples()
    articles = benches.nearest(golds, options.articles)
    engines = options.engines or (one_shot.chosen(options.engine),)
    benches.run(articles, Tools.of(tagger), load, engines, print)
    print(f"on {run.processor()}")
    return 0


def refresh(options: Namespace) -> int:
    """Compute what the gate takes from store, in pieces if asked to."""
    outside = None if options.samples_only else _outside(options.data)
    timer = Timer.minutes(options.minutes)
    n_left = gate.refresh(_engine(options), outside, timer, _say)
    return _SOME_LEFT if n_left else 0


def judge(options: Namespace) -> int:
    """How far a judge model agrees with humans on QAGS."""
    asked = Judge(options.url, options.judge_model)
    rows = agreement(asked, Data.at(options.data), options.limit)
    print(tables.text(rows))
    return 0


def _bench(options: Namespace) -> Bench:
    return Bench(
        data=Data.at(options.data),
        out=options.out,
        model=f"{(options.model or 'default').replace('/', '-')}-{one_shot.chosen(options.engine)}",
        load=lambda: _engine(options),
        load_untrained=lambda: one_shot.load_untrained(options.model, options.engine),
        timer=Timer.minutes(getattr(options, "minutes", 0.0)),
        say=_say,
        tools=Tools.of(_tagger(options)),
    )


def _tagger(options: Namespace) -> Tagger:
    """The tagger of the model asked for, its tags kept beside the briefs or with the gate."""
    card = sources.resolve(options.model).card(options.engine)
    store = Store(options.out / _TAGS)
    store.borrow(Store(gate.TAGS))
    return recorded_tagger(card, store)


def _engine(options: Namespace) -> Engine:
    return models.load(options.model, engine=options.engine)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
