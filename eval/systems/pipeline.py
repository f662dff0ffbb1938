"""The pipeline itself, with an engine and a tagger that may come from a store.

Knows nothing of gold beyond the articles it takes from it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from briefer import articles, drafting
from briefer.briefing import NOBODY, Probers, Stages
from briefer.models.base import Engine
from briefer.tagging import Tagger
from eval.stages.readings import Readings


def stages(engine: Engine, tagger: Tagger, readings: Readings, probers: Probers = NOBODY) -> Stages:
    """The parts of the pipeline as ``briefer`` puts them together, on these."""
    condenser = drafting.of(engine.card)
    return Stages(
        prepare=articles.prepare,
        read=readings,
        tagger=tagger,
        engine=engine,
        condenser=condenser,
        probers=probers,
        now=lambda: datetime.now(UTC),
    )
