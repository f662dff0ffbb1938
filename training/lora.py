"""A linear layer with frozen weights and a trainable low-rank correction (Hu et al. 2021, eq. 3).

``y = x W^T + b + scale * dropout(x A^T) B^T``, ``scale = 2`` (alpha is twice the rank). ``B``
starts at zero, so an untrained adapter changes nothing. Knows nothing of models or training.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

Factors = Literal["both", "b"]
"""Which factors are trained; with ``b`` alone ``a`` stays as drawn (Zhang et al. 2023, LoRA-FA)."""

SCALE = 2.0
MAX_FILE_BYTES = 15 * 2**20


class Adapted(nn.Module):
    """``weight`` and ``bias`` are buffers; ``a`` (rank, in) and ``b`` (out, rank) are trained."""

    weight: Tensor
    bias: Tensor | None

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        super().__init__()
        self.register_buffer("weight", weight)
        self.register_buffer("bias", bias)
        self.a: nn.Parameter | None = None
        self.b: nn.Parameter | None = None
        self.dropout = 0.0

    def adapt(
        self, rank: int, dropout: float, generator: torch.Generator, factors: Factors
    ) -> None:
        """Begin a fresh adapter of the given rank; drops a former one."""
        n_out, n_in = self.weight.shape
        start = torch.empty(rank, n_in)
        nn.init.kaiming_uniform_(start, a=5**0.5, generator=generator)
        self.a = nn.Parameter(start.to(self.weight.device), requires_grad=factors == "both")
        self.b = nn.Parameter(torch.zeros(n_out, rank, device=self.weight.device))
        self.dropout = dropout

    def forward(self, x: Tensor) -> Tensor:
        """(…, in) -> (…, out)."""
        y = functional.linear(x, self.weight, self.bias)
        if self.a is None or self.b is None:
            return y
        low = functional.dropout(functional.linear(x, self.a), self.dropout, self.training)
        return y + functional.linear(low, self.b * SCALE)


def parameters(model: nn.Module) -> list[nn.Parameter]:
    """The adapter's parameters that are trained, in the order of the layers."""
    found = [module for module in model.modules() if isinstance(module, Adapted)]
    both = [p for module in found for p in (module.a, module.b) if p is not None]
    return [p for p in both if p.requires_grad]


def begin(
    model: nn.Module, *, rank: int, dropout: float, seed: int, factors: Factors = "both"
) -> None:
    """Give every adapted layer a fresh adapter; rank 0 leaves the model as it is."""
    generator = torch.Generator().manual_seed(seed)
    for module in model.modules():
        if isinstance(module, Adapted) and rank:
            module.adapt(rank, dropout, generator, factors)


def state(model: nn.Module) -> dict[str, Tensor]:
    """``<layer>.a`` and ``<layer>.b``; the names are those of the GGUF's tensors."""
    return {
        f"{name}.{part}": getattr(module, part).detach()
        for name, module in model.named_modules()
        if isinstance(module, Adapted) and module.a is not None
        for part in ("a", "b")
    }


def load(model: nn.Module, tensors: dict[str, Tensor]) -> None:
    """Put saved values into adapters that were begun with the same rank."""
    with torch.no_grad():
        for name, value in state(model).items():
            value.copy_(tensors[name])


def save(tensors: dict[str, Tensor], path: Path) -> list[Path]:
    """Write float16 files of at most 15 MiB: ``<path>.0.safetensors``, ``<path>.1.…``."""
    parts: list[dict[str, Tensor]] = [{}]
    n_bytes = 0
    for name, value in tensors.items():
        half = value.detach().to(torch.float16).cpu().contiguous()
        if parts[-1] and n_bytes + half.nbytes > MAX_FILE_BYTES:
            parts.append({})
            n_bytes = 0
        parts[-1][name] = half
        n_bytes += half.nbytes
    written = [path.with_name(f"{path.name}.{k}.safetensors") for k in range(len(parts))]
    for part, target in zip(parts, written, strict=True):
        save_file(part, target)
    return written


def read(path: Path) -> dict[str, Tensor]:
    """Read back what ``save`` wrote to ``path``, in float32."""
    tensors: dict[str, Tensor] = {}
    for part in sorted(path.parent.glob(f"{path.name}.[0-9].safetensors")):
        with safe_open(part, framework="pt") as opened:
            tensors |= {name: opened.get_tensor(name).float() for name in opened.keys()}  # noqa: SIM118
    return tensors
