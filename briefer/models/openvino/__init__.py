"""A GGUF model on OpenVINO GenAI: the quickest engine for CPUs that do 512-bit vectors.

building.py    what OpenVINO makes of the file, once
engine.py      the built model that writes
beginnings.py  what several prompts begin with, read once

Knows nothing of articles or briefs.
"""

from __future__ import annotations

from pathlib import Path

from briefer.errors import EngineUnavailable
from briefer.models import convert
from briefer.models.sources import Source

try:
    from briefer.models.openvino.building import home_of, opened
    from briefer.models.openvino.engine import OpenVinoEngine
except ImportError as error:  # an optional extra
    raise EngineUnavailable(
        "OpenVINO GenAI is not installed; install it with: pip install '.[cpu]' in the checkout"
    ) from error

__all__ = ["OpenVinoEngine", "home_of", "load"]


def load(source: Source, *, cache: Path | None = None) -> OpenVinoEngine:
    """Build the model from its GGUF file, once, and load what was built.

    Raises:
        EngineUnavailable: no GGUF file, or one that OpenVINO GenAI cannot read.
        WeightsError: the disk has too little room.
    """
    if source.form != "gguf":
        raise EngineUnavailable(
            f"OpenVINO needs a GGUF file, {source.name} is a folder: use --engine transformers."
        )
    head = convert.head(source, cache=cache)
    return OpenVinoEngine(opened(source, head, cache), head, source.card("openvino"))
