"""An ``Article`` becomes a ``Brief``.

pipeline.py   the stages one after another: the file to read first
parts.py      the same section by section
briefer.py    the parts loaded, batches, threads that take turns
"""

from __future__ import annotations

from briefer.briefing.briefer import Briefer, load_prober, load_stages
from briefer.briefing.parts import brief_in_parts
from briefer.briefing.pipeline import (
    NOBODY,
    Probers,
    Reader,
    Reading,
    Stages,
    brief_article,
    brief_articles,
    identify,
)

__all__ = [
    "NOBODY",
    "Briefer",
    "Probers",
    "Reader",
    "Reading",
    "Stages",
    "brief_article",
    "brief_articles",
    "brief_in_parts",
    "identify",
    "load_prober",
    "load_stages",
]
