"""How fast: whole briefs by the engines asked for, beside a one-shot brief of the same article.

A brief should cost no more wall time than one unchecked one-shot brief of ``MAX_NEW_TOKENS`` by the
same model on the same machine, for an article of median length. Article by article, one after the
other, so that a busy machine slows both; prompts all distinct, so that no prefix cache flatters an
engine. Knows nothing of quality.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from briefer import briefing
from briefer.errors import ModelError
from briefer.models import EngineName
from briefer.models.base import Engine
from briefer.schema import Brief, Options
from eval.gold import GoldBrief
from eval.probed import probers
from eval.stages.readings import Readings
from eval.suite import Tools
from eval.systems import one_shot, pipeline

Load = Callable[[EngineName], Engine]
"""The engine of a name."""
ENGINES: tuple[EngineName, ...] = ("openvino", "llamacpp", "transformers")
"""All that can be asked for."""
# About 900 tokens, a median newspaper article; dev-briefs and val have a median of 336 words.
MEDIAN_WORDS = 690


@dataclass(frozen=True, slots=True)
class OneShot:
    """One unchecked brief: seconds until its first token, seconds and tokens in all."""

    first_s: float
    whole_s: float
    n_tokens: int

    @property
    def full_s(self) -> float:
        """The seconds of ``MAX_NEW_TOKENS`` at the pace of what was written."""
        n_paced = max(self.n_tokens - 1, 1)
        pace = max(self.whole_s - self.first_s, 0.0) / n_paced
        return self.first_s + pace * (one_shot.MAX_NEW_TOKENS - 1)


@dataclass(frozen=True, slots=True)
class Timing:
    """What one engine took; seconds are wall time, one entry an article."""

    engine: str
    load_s: float
    briefs_s: tuple[float, ...]
    briefs: tuple[Brief, ...]
    one_shots: tuple[OneShot, ...]


def nearest(golds: Sequence[GoldBrief], n: int) -> list[GoldBrief]:
    """The articles whose length is nearest to the median one, in a fixed order."""
    return sorted(golds, key=lambda one: abs(len(one.text.split()) - MEDIAN_WORDS))[:n]


def run(
    articles: Sequence[GoldBrief],
    tools: Tools,
    load: Load,
    engines: Sequence[EngineName],
    say: Callable[[str], None],
) -> None:
    """Time each of the engines on the articles and say it; one that is not here says why."""
    tools.readings.of(articles[0].clean)  # loads the parser, which is not what is timed
    n_words = sum(len(gold.text.split()) for gold in articles)
    say(f"{len(articles)} articles of {n_words // len(articles)} words on average")
    began = time.monotonic()
    for gold in articles:
        tools.readings(gold.clean, tools.tagger.tag(gold.clean))
    say(f"reading and tagging: {(time.monotonic() - began) / len(articles):.2f} s an article")
    for name in engines:
        try:
            say(shown(measure(name, articles, tools, load)))
        except ModelError as error:
            say(f"{name}: {error}")


def measure(name: EngineName, articles: Sequence[GoldBrief], tools: Tools, load: Load) -> Timing:
    """Load an engine; brief each article with it and ask it the one-shot prompt.

    Raises:
        ModelError: the engine is not installed here, or cannot load the model.
    """
    began = time.monotonic()
    engine = load(name)
    loaded = time.monotonic()
    readers = probers(engine.card, tools.tagger)
    stages = pipeline.stages(engine, tools.tagger, Readings(tools.tagger), readers)
    seconds, briefs, one_shots = [], [], []
    for gold in articles:
        started = time.monotonic()
        briefs.append(briefing.brief_article(gold.article, stages, Options()))
        seconds.append(time.monotonic() - started)
        one_shots.append(_one_shot(gold, engine))
    engine.close()
    return Timing(name, loaded - began, tuple(seconds), tuple(briefs), tuple(one_shots))


def _one_shot(gold: GoldBrief, engine: Engine) -> OneShot:
    prompt = one_shot.prompt(gold.clean)
    began = time.monotonic()
    (answer,) = engine.generate([prompt])
    wrote = time.monotonic()
    # Other first words, so that no cache knows the article from the prompt before.
    engine.generate([replace(prompt, instruction=f"Again. {prompt.instruction}", max_new_tokens=1)])
    return OneShot(time.monotonic() - wrote, wrote - began, answer.n_output_tokens)


def shown(timing: Timing) -> str:
    """One line for people; ratios are medians over the articles."""
    n = len(timing.briefs)
    tokens_in = sum(_tokens(brief, "n_prompt_tokens") for brief in timing.briefs) // n
    tokens_out = sum(_tokens(brief, "n_output_tokens") for brief in timing.briefs) // n
    pairs = list(zip(timing.briefs_s, timing.one_shots, strict=True))
    written = sum(one.n_tokens for one in timing.one_shots) // n
    return (
        f"{timing.engine}: load {timing.load_s:.1f} s; brief {median(timing.briefs_s):.1f} s "
        f"({tokens_in} tokens in, {tokens_out} out); one-shot as written "
        f"{median([one.whole_s for one in timing.one_shots]):.1f} s ({written} tokens out), of "
        f"{one_shot.MAX_NEW_TOKENS} tokens {median([one.full_s for one in timing.one_shots]):.1f} "
        f"s; the brief costs {median([brief / one.whole_s for brief, one in pairs]):.2f} and "
        f"{median([brief / one.full_s for brief, one in pairs]):.2f} of it"
    )


def _tokens(brief: Brief, name: str) -> int:
    """A count that the pipeline adds to the provenance."""
    return int(brief.provenance.model_dump().get(name, 0))
