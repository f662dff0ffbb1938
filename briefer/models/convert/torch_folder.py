"""A GGUF file becomes a folder that transformers loads in seconds: weights, config, tokenizer.

transformers reads GGUF itself, but takes most of a minute for it, in every process. Knows nothing
of engines or of where files are kept.
"""

from __future__ import annotations

import io
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

from briefer.errors import WeightsError


def write_tokenizer(gguf: Path, folder: Path) -> None:
    """Write ``tokenizer.json``, its config and the chat template.

    Raises:
        WeightsError: transformers does not know this kind of file.
    """
    from transformers import AutoTokenizer  # on use: seconds to import

    try:
        tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    except (ValueError, KeyError, OSError, NotImplementedError) as error:
        raise _unknown(gguf, error) from error
    tokenizer.save_pretrained(folder)


def write_checkpoint(gguf: Path, folder: Path) -> None:
    """Write weights and config; needs about six bytes of memory a weight, for a minute.

    Matrices are kept as float16, which holds what eight-bit and smaller blocks say to within
    5e-4 of each value; vectors (norms, biases) as float32.

    Raises:
        WeightsError: transformers does not know this kind of file.
    """
    from safetensors.torch import save_file
    from transformers import AutoModelForCausalLM

    try:
        # Its progress bar cannot be switched off; progress is the command line's business.
        with redirect_stderr(io.StringIO()):
            model = AutoModelForCausalLM.from_pretrained(
                gguf.parent, gguf_file=gguf.name, dtype="float32"
            )
    except (ValueError, KeyError, OSError, NotImplementedError) as error:
        raise _unknown(gguf, error) from error
    state = model.state_dict()
    weights = {name: _stored(state.pop(name)) for name in list(state)}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    # transformers takes the model for a quantised one for ever after, and would refuse to load it.
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    model.config.architectures = [type(model).__name__]  # servers such as vLLM choose by it
    model.config.save_pretrained(folder)
    model.generation_config.save_pretrained(folder)


def _stored(values: Any) -> Any:
    import torch

    if values.dim() < 2:
        return values.contiguous()
    half = values.to(torch.float16)
    return (half if torch.isfinite(half).all() else values).contiguous()


def _unknown(gguf: Path, error: Exception) -> WeightsError:
    return WeightsError(
        f"transformers cannot read {gguf.name}: {error}. "
        "Use --engine llamacpp or openvino for it, or another model."
    )
