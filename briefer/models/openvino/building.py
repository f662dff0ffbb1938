"""What OpenVINO GenAI builds of a GGUF file: made once, kept in the cache, opened from there.

Knows nothing of prompts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openvino_genai as genai  # type: ignore[import-untyped]

from briefer.errors import EngineUnavailable
from briefer.models import convert, processor
from briefer.models.convert.gguf_file import GgufFile
from briefer.models.convert.made import made
from briefer.models.sources import Source

# Its GGUF reader fails on Q5_0 ("gguf_tensor_to_f16 failed"), and does not list the others.
UNREADABLE = frozenset({"Q5_0", "Q5_1", "Q5_K", "Q2_K", "Q3_K", "IQ4_NL", "IQ4_XS"})
# These have a scale and an offset a block; the reader rounds the offset to a whole multiple of the
# scale, and so gets weights that are 8-9 % off (root mean square, 1.5B and 135M). Q4_0, Q6_K and
# Q8_0 come through to within 2e-4.
INEXACT = frozenset({"Q4_1", "Q4_K"})

ARCHITECTURES = frozenset({"llama", "qwen2", "qwen3"})
"""The GGUF architectures that OpenVINO GenAI 2026.4 builds."""

_KV_CACHE_GB = 1  # 36,000 tokens of the 1.5B with 8-bit keys and values
_IR_GROWTH = 4.0  # the built model and the rewritten file, against the one that was given


def opened(source: Source, head: convert.Head, cache: Path | None = None) -> Any:
    """The pipeline of the model that is built of a GGUF file with this head.

    Raises:
        EngineUnavailable: OpenVINO GenAI cannot read the file.
        WeightsError: the disk has too little room.
    """
    if head.architecture not in ARCHITECTURES:
        raise EngineUnavailable(
            f"OpenVINO GenAI cannot build {head.architecture} from a GGUF file "
            f"(it knows {', '.join(sorted(ARCHITECTURES))}): use --engine transformers."
        )
    home = home_of(source, cache)
    n_bytes = int(source.path.stat().st_size * _IR_GROWTH)
    made(home, lambda folder: _write(source, folder), n_bytes=n_bytes)
    try:
        return _pipeline(home)
    except RuntimeError as error:
        raise _refusal(source.path, error) from error


def home_of(source: Source, cache: Path | None = None) -> Path:
    """The folder in the cache for the model that this version builds of the source."""
    return convert.home_of(cache, "openvino", source.key, genai.__version__)


def _write(source: Source, folder: Path) -> None:
    """Write the built model into the folder, without the GGUF file on the way to it."""
    file = convert.written(source, folder, anew=UNREADABLE | INEXACT)
    build(file, folder)
    if file.parent == folder:
        file.unlink()


def build(gguf: Path, folder: Path) -> None:
    """Write model and tokenizer in OpenVINO's form: it saves them beside the file it reads.

    Raises:
        EngineUnavailable: OpenVINO GenAI cannot read the file; the message says what to do.
    """
    beside = folder / "model.gguf"
    beside.symlink_to(gguf.resolve())
    try:
        genai.Tokenizer(beside, enable_save_ov_model=True)
        _pipeline(beside, enable_save_ov_model=True)
    except (RuntimeError, IndexError) as error:  # an IndexError where the file's head lacks a key
        raise _refusal(gguf, error) from error
    beside.unlink()


def _pipeline(path: Path, **properties: object) -> Any:
    scheduler = genai.SchedulerConfig()
    scheduler.cache_size = _KV_CACHE_GB
    scheduler.enable_prefix_caching = True
    threads = processor.owned_cores()
    # No CACHE_DIR: loading the compiled blob of the 1.5B takes 6 s of CPU time and more memory,
    # compiling the built model 3.6 s.
    return genai.ContinuousBatchingPipeline(
        path, scheduler, "CPU", {"INFERENCE_NUM_THREADS": threads, **properties}
    )


def _refusal(gguf: Path, error: Exception) -> EngineUnavailable:
    types = GgufFile(gguf).types if gguf.suffix == ".gguf" else frozenset()
    if unreadable := sorted(UNREADABLE & types):
        return EngineUnavailable(
            f"{gguf.name} holds {', '.join(unreadable)} tensors, which OpenVINO GenAI cannot "
            "read. briefer.models.load rewrites them as Q8_0 on its own; for this file as it is "
            "use --engine transformers or llamacpp."
        )
    said = str(error).strip().splitlines()[-1]
    return EngineUnavailable(
        f"OpenVINO GenAI cannot load {gguf.name}: {said} Use --engine transformers or llamacpp."
    )
