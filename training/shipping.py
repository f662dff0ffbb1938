"""Turn trained adapters and heads into the files that briefer ships, and list them.

``parts.json`` says which run becomes which part, and how that run is trained; a tagger is
calibrated on what all its folds predict for articles they have not seen. A pair of factors is first
balanced (both get the roots of the product's singular values), so that few bits hold both.
Knows nothing of training.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from briefer.models import packed, trained, weights
from briefer.models.trained import MANIFEST, Part
from briefer.models.weights.cache import sha256_of
from training import calibration, lora
from training.errors import UntrainedError

CHOICE = Path(__file__).with_name("parts.json")
_HEAD_BITS: packed.Bits = 8


def choices(only: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The parts of ``parts.json``; those named in ``only``, if any are."""
    known: list[dict[str, Any]] = json.loads(CHOICE.read_text())
    return [choice for choice in known if not only or choice["name"] in only]


def ship(
    results: Path, examples: Path, out: Path, chosen: Sequence[Mapping[str, Any]]
) -> list[Path]:
    """Write the chosen parts and the manifest to ``out``; removes former files."""
    out.mkdir(parents=True, exist_ok=True)
    for former in out.glob("*.safetensors"):
        former.unlink()
    listed, written = [], []
    for choice in chosen:
        path = _write(choice, results, out)
        written.append(path)
        settings = _tagger_settings(choice, results, examples) if choice["kind"] == "tagger" else {}
        base = weights.named(choice["model"]).sha256
        listed.append(_row(NewPart(choice["name"], choice["kind"], base, settings), path))
    (out / MANIFEST).write_text(json.dumps({"parts": listed}, indent=1) + "\n")
    return [*written, out / MANIFEST]


@dataclass(frozen=True, slots=True)
class NewPart:
    """What the manifest says of a part beside its file."""

    name: str
    kind: trained.Kind
    base: str
    settings: Mapping[str, Any]


def add(part: NewPart, tensors: Mapping[str, packed.Array], into: Path) -> Path:
    """Write a part of vectors and list it in the manifest, both in the place of the former one."""
    name = part.name
    for former in into.glob(f"{name}-*.safetensors"):
        former.unlink()
    path = _packed(name, tensors, {}, into)
    manifest = into / MANIFEST
    listed = json.loads(manifest.read_text()) if manifest.is_file() else {"parts": []}
    others = [one for one in listed["parts"] if one["name"] != name]
    manifest.write_text(json.dumps({"parts": [*others, _row(part, path)]}, indent=1) + "\n")
    return path


def add_probe(
    kind: Literal["acting", "stance"],
    tagger: Part,
    probe: tuple[str, np.ndarray, float],
    into: Path,
) -> Path:
    """Write a probe of what a tagger sees (its name, weights and bias) and list it."""
    name, weights_of_it, bias = probe
    settings = {"tagger": tagger.sha256, "bias": round(bias, 4)}
    part = NewPart(tagger.name.replace(tagger.kind, kind), kind, tagger.base, settings)
    return add(part, {name: weights_of_it.astype(np.float32)}, into)


def _row(part: NewPart, path: Path) -> dict[str, Any]:
    """What the manifest says of a part and its file."""
    return {
        "name": part.name,
        "kind": part.kind,
        "base": part.base,
        "file": path.name,
        "sha256": sha256_of(path),
        "settings": dict(part.settings),
    }


def _packed(
    name: str, tensors: Mapping[str, packed.Array], bits: Mapping[str, packed.Bits], out: Path
) -> Path:
    """Write a part's file, which is named by its hash."""
    partial = out / f"{name}.partial"
    packed.write(partial, tensors, bits)
    return partial.rename(out / f"{name}-{sha256_of(partial)[:8]}.safetensors")


def _write(choice: Mapping[str, Any], results: Path, out: Path) -> Path:
    run = choice["run"] if choice["kind"] == "condenser" else f"{choice['run']}.final"
    adapter = lora.read(results / f"{run}.adapter")
    if not adapter:
        raise UntrainedError(f"no {run}.adapter.*.safetensors in {results}; train it first.")
    tensors = balanced({name: values.numpy() for name, values in adapter.items()})
    bits: dict[str, packed.Bits] = dict.fromkeys(tensors, choice["bits"])
    if choice["kind"] == "tagger":
        head = lora.read(results / f"{run}.head")
        tensors |= {f"head.{name}": values.numpy() for name, values in head.items()}
        bits |= {f"head.{name}": _HEAD_BITS for name in head}
    return _packed(choice["name"], tensors, bits, out)


def balanced(tensors: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The same products ``b a`` with factors of equal size, strongest direction first."""
    made: dict[str, np.ndarray] = {}
    for name in sorted(key.removesuffix(".a") for key in tensors if key.endswith(".a")):
        across, upper = np.linalg.qr(tensors[f"{name}.b"])  # (out, r), (r, r)
        along, lower = np.linalg.qr(tensors[f"{name}.a"].T)  # (in, r), (r, r)
        left, sizes, right = np.linalg.svd(upper @ lower.T)
        roots = np.sqrt(sizes)
        made[f"{name}.a"] = roots[:, None] * (right @ along.T)
        made[f"{name}.b"] = (across @ left) * roots
    return made


def _tagger_settings(choice: Mapping[str, Any], results: Path, examples: Path) -> dict[str, Any]:
    with (examples / "tags.jsonl").open() as stored:
        rows = [json.loads(line) for line in stored]
    known = {row["id"]: row for row in rows if row["split"] != "dev"}
    runs = [f"{choice['run']}.{fold}" for fold in choice["recipe"]["folds"]]
    scales = calibration.fit(*_predicted(runs, results, known))
    return {
        "n_layers": choice["recipe"]["n_layers"],
        "calibration": {name: [one.slope, one.bias] for name, one in scales.items()},
        "thresholds": {name: one.threshold for name, one in scales.items()},
    }


def _predicted(
    names: list[str], results: Path, known: Mapping[str, dict[str, Any]]
) -> tuple[list[dict[str, Any]], dict[str, np.ndarray]]:
    """Rows and logits of all predictions; an article predicted twice counts twice.

    Raises:
        UntrainedError: a prediction is not there; of fewer another calibration would come.
    """
    absent = [f"{name}.npz" for name in names if not (results / f"{name}.npz").exists()]
    if absent:
        raise UntrainedError(f"no {', '.join(absent)} in {results}; train these folds first.")
    found = {
        (name, article): logits
        for name in names
        for article, logits in np.load(results / f"{name}.npz").items()
        if article in known
    }
    rows = [known[article] | {"id": f"{name} {article}"} for name, article in found]
    return rows, {f"{name} {article}": logits for (name, article), logits in found.items()}
