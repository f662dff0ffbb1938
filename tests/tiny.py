"""A random Qwen2 model of a few thousand weights as a GGUF file, tokenizer included."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from gguf import GGMLQuantizationType, GGUFWriter, TokenType
from gguf.quants import quantize

from briefer.models import trunk
from briefer.models.convert.adapter import Adapter, LowRank
from briefer.models.reader import Reader
from briefer.models.sources import Source

WIDTH, INNER, N_LAYERS, N_HEADS, N_KV_HEADS = 64, 128, 3, 4, 2
TEMPLATE = (
    "{% for turn in messages %}<|im_start|>{{ turn['role'] }}\n{{ turn['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
SPECIALS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")


def write_gguf(
    path: Path,
    *,
    kind: GGMLQuantizationType = GGMLQuantizationType.Q8_0,
    architecture: str = "qwen2",
) -> Source:
    """Write the model, always the same; embeddings and matrices are stored as ``kind``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = GGUFWriter(path, architecture)
    writer.add_file_type(kind)  # OpenVINO GenAI wants one
    writer.add_block_count(N_LAYERS)
    writer.add_context_length(4096)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(N_HEADS)
    writer.add_head_count_kv(N_KV_HEADS)
    writer.add_rope_freq_base(10000.0)
    writer.add_rope_dimension_count(WIDTH // N_HEADS)
    writer.add_layer_norm_rms_eps(1e-6)
    _add_tokenizer(writer)
    rng = np.random.default_rng(3)
    for name, shape in _shapes().items():
        if architecture == "llama" and name.endswith(".bias"):
            continue  # its layers have none
        values = rng.normal(1.0 if "norm" in name else 0.0, 0.1, shape).astype(np.float32)
        if len(shape) == 1:
            writer.add_tensor(name, values)
        else:
            writer.add_tensor(name, quantize(values, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return Source("tiny", "gguf", path, "0" * 64)


def random_adapter(rank: int, n_layers: int = N_LAYERS) -> dict[str, np.ndarray]:
    """Factors for every matrix of the first layers, ``blk.N.x.a`` and ``.b``."""
    rng = np.random.default_rng(4)
    made = {}
    for name, shape in _shapes().items():
        if name.startswith("blk.") and len(shape) == 2 and int(name.split(".")[1]) < n_layers:
            layer = name.removesuffix(".weight")
            made[f"{layer}.a"] = rng.normal(0, 0.1, (rank, shape[1])).astype(np.float32)
            made[f"{layer}.b"] = rng.normal(0, 0.1, (shape[0], rank)).astype(np.float32)
    return made


def peft_names(factors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The same factors under the names that peft gives them."""
    parts = {
        "attn_q": "self_attn.q_proj",
        "attn_k": "self_attn.k_proj",
        "attn_v": "self_attn.v_proj",
        "attn_output": "self_attn.o_proj",
        "ffn_gate": "mlp.gate_proj",
        "ffn_up": "mlp.up_proj",
        "ffn_down": "mlp.down_proj",
    }
    named = {}
    for name, values in factors.items():
        _, number, layer, half = name.split(".")
        path = f"base_model.model.model.layers.{number}.{parts[layer]}"
        named[f"{path}.lora_{half.upper()}.weight"] = values
    return named


def _shapes() -> dict[str, tuple[int, ...]]:
    vocabulary = len(_tokens())
    kv = WIDTH // N_HEADS * N_KV_HEADS
    shapes: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (vocabulary, WIDTH),
        "output_norm.weight": (WIDTH,),
    }
    for k in range(N_LAYERS):
        shapes |= {
            f"blk.{k}.attn_norm.weight": (WIDTH,),
            f"blk.{k}.ffn_norm.weight": (WIDTH,),
            f"blk.{k}.attn_q.weight": (WIDTH, WIDTH),
            f"blk.{k}.attn_q.bias": (WIDTH,),
            f"blk.{k}.attn_k.weight": (kv, WIDTH),
            f"blk.{k}.attn_k.bias": (kv,),
            f"blk.{k}.attn_v.weight": (kv, WIDTH),
            f"blk.{k}.attn_v.bias": (kv,),
            f"blk.{k}.attn_output.weight": (WIDTH, WIDTH),
            f"blk.{k}.ffn_gate.weight": (INNER, WIDTH),
            f"blk.{k}.ffn_up.weight": (INNER, WIDTH),
            f"blk.{k}.ffn_down.weight": (WIDTH, INNER),
        }
    return shapes


def _tokens() -> list[str]:
    """The 256 bytes as byte-level BPE spells them, one merge, the special tokens."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in printable]
    spelled = [chr(byte) for byte in printable] + [chr(256 + k) for k in range(len(rest))]
    return [*spelled, "th", *SPECIALS]


def _add_tokenizer(writer: GGUFWriter) -> None:
    tokens = _tokens()
    plain = [TokenType.NORMAL] * (len(tokens) - len(SPECIALS))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types([*plain, *[TokenType.CONTROL] * len(SPECIALS)])
    writer.add_token_merges(["t h"])
    writer.add_eos_token_id(len(tokens) - 1)
    writer.add_pad_token_id(len(tokens) - 3)
    writer.add_bos_token_id(len(tokens) - 3)
    writer.add_chat_template(TEMPLATE)


def adapter(rank: int = 4) -> Adapter:
    """A random adapter of every matrix."""
    factors = random_adapter(rank)
    layers = {
        name.removesuffix(".a"): LowRank(values, factors[f"{name.removesuffix('.a')}.b"], 2.0)
        for name, values in factors.items()
        if name.endswith(".a")
    }
    return Adapter(layers, "gguf", "1" * 64)


def opened_reader(folder: Path, kind: GGMLQuantizationType) -> tuple[Source, Reader]:
    """The first two layers of the model with that adapter, on the CPU in float32."""
    source = write_gguf(folder / "gguf", kind=kind)
    own = trunk.of(source, adapter(), n_layers=2, storage="float16", cache=folder / "cache")
    return source, Reader(own, torch.float32, torch.device("cpu"))
