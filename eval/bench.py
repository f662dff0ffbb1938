"""How fast: whole briefs by every engine that is here, beside a one-shot brief of the same article.

A brief should cost no more wall time than one unchecked one-shot brief by the same model on the
same machine. One article at a time, prompts all distinct, so that no prefix cache flatters an
engine. Knows nothing of quality.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefer import briefing
from briefer.errors import ModelError
from briefer.models import EngineName
from briefer.models.base import Engine
from briefer.schema import Brief, Options
from eval.gold import GoldBrief
from eval.stages.readings import Readings
from eval.suite import Tools
from eval.systems import one_shot, pipeline

Load = Callable[[EngineName], Engine]
"""The engine of a name."""
ENGINES: tuple[EngineName, ...] = ("openvino", "llamacpp", "transformers")
N_ARTICLES = 3


@dataclass(frozen=True, slots=True)
class Timing:
    """What one engine took; seconds are wall time, tokens and seconds sums over the articles."""

    engine: str
    load_s: float
    briefs_s: float
    one_shot_s: float
    n_prompt_tokens: int
    n_output_tokens: int
    n_articles: int


def run(samples: Sequence[GoldBrief], tools: Tools, load: Load, say: Callable[[str], None]) -> None:
    """Time each engine on the first samples and say it; one that is not here says why."""
    articles = samples[:N_ARTICLES]
    tools.readings.of(samples[-1].clean)  # loads the parser, which is not what is timed
    n_words = sum(len(gold.text.split()) for gold in articles)
    say(f"{len(articles)} articles of {n_words // len(articles)} words on average")
    began = time.monotonic()
    for gold in articles:
        tools.readings.of(gold.clean)
        tools.tagger.tag(gold.clean)
    say(f"reading and tagging: {(time.monotonic() - began) / len(articles):.2f} s an article")
    for name in ENGINES:
        try:
            say(shown(measure(name, articles, tools, load)))
        except ModelError as error:
            say(f"{name}: {error}")


def measure(name: EngineName, articles: Sequence[GoldBrief], tools: Tools, load: Load) -> Timing:
    """Load an engine, brief the articles with it, ask it the one-shot prompt for each.

    Raises:
        ModelError: the engine is not installed here, or cannot load the model.
    """
    began = time.monotonic()
    engine = load(name)
    loaded = time.monotonic()
    stages = pipeline.stages(engine, tools.tagger, Readings())
    briefs = [briefing.brief_article(gold.article, stages, Options()) for gold in articles]
    briefed = time.monotonic()
    for gold in articles:
        engine.generate([one_shot.prompt(gold.clean)])
    ended = time.monotonic()
    engine.close()
    return Timing(
        engine=name,
        load_s=loaded - began,
        briefs_s=briefed - loaded,
        one_shot_s=ended - briefed,
        n_prompt_tokens=_tokens(briefs, "n_prompt_tokens"),
        n_output_tokens=_tokens(briefs, "n_output_tokens"),
        n_articles=len(articles),
    )


def _tokens(briefs: Sequence[Brief], name: str) -> int:
    """The sum of a count that the pipeline adds to the provenance."""
    return sum(int(brief.provenance.model_dump().get(name, 0)) for brief in briefs)


def shown(timing: Timing) -> str:
    """One line for people."""
    n = timing.n_articles
    share = timing.briefs_s / timing.one_shot_s if timing.one_shot_s else float("inf")
    return (
        f"{timing.engine}: load {timing.load_s:.1f} s; brief {timing.briefs_s / n:.1f} s each "
        f"({timing.n_prompt_tokens // n} tokens in, {timing.n_output_tokens // n} out); "
        f"one-shot {timing.one_shot_s / n:.1f} s; the brief costs {share:.2f} of it"
    )
