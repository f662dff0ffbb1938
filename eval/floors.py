"""The floors: what each figure must not fall under, and what they were taken with.

``floors.json`` holds plain fractions, the higher the better; a measure of faults is entered as one
minus itself. Nothing else in the file is between 0 and 1. A hash over the floors tells when
somebody edited them by hand. After the evaluation gate of trafilatura (floors, hash of the corpus,
no silent lowering). Knows nothing of how figures come about.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from eval.errors import DataError
from eval.readers.lines import Record
from eval.rows import Row

PATH = Path(__file__).parent / "floors.json"
LOG = Path(__file__).parent / "LOG.md"
_COMPLEMENT = "1 - "
# Floors are figures rounded down to thousandths; sums in another order may differ beyond.
_STEPS = 1000
# A figure is under its floor only if it is by more than arithmetic can explain.
_ROUNDING = 1e-6


class Floors(Record):
    """Floors by the key of their row, and the hashes of what they were taken with."""

    floors: dict[str, float]
    data_sha256: str
    samples_sha256: str
    prompts_sha256: dict[str, str]
    artefacts_sha256: str
    model: str
    model_revision: str
    floors_sha256: str


def read(path: Path = PATH) -> Floors:
    """The floors on disk.

    Raises:
        DataError: no such file, or it is not as this module writes it.
    """
    try:
        return Floors.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError(
            f"{path.name} not found; set the floors by `python -m eval gate --update`."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise DataError(f"{path.name}: {field}: {first['msg']}.") from error


def write(floors: Floors, path: Path = PATH) -> None:
    """Write the floors in the order of their keys, with their hash."""
    ordered = dict(sorted(floors.floors.items()))
    content = floors.model_dump() | {"floors": ordered, "floors_sha256": digest(ordered)}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def digest(floors: Mapping[str, float]) -> str:
    """The hash over the floors."""
    return hashlib.sha256(json.dumps(dict(sorted(floors.items()))).encode()).hexdigest()


def figures(rows: Iterable[Row]) -> dict[str, float]:
    """The pipeline's figures that can have a floor: fractions, the higher the better."""
    found = {}
    for row in rows:
        value = row.figure.value
        if row.system == "briefer" and value is not None and 0 <= value <= 1:
            is_fault = row.lower_is_better
            found[f"{_COMPLEMENT if is_fault else ''}{row.key}"] = 1 - value if is_fault else value
    return found


def rounded(value: float) -> float:
    """A figure as a floor: rounded down, so that it stands on it itself."""
    return math.floor(value * _STEPS + _ROUNDING) / _STEPS


def under(floors: Mapping[str, float], found: Mapping[str, float]) -> list[str]:
    """What fell: a line for every figure under its floor and every floor without a figure."""
    fallen = []
    for key, floor in sorted(floors.items()):
        if key not in found:
            fallen.append(f"{key}: no longer measured (floor {floor:.3f})")
        elif found[key] < floor - _ROUNDING:
            fallen.append(f"{key}: {found[key]:.3f} is under its floor {floor:.3f}")
    return fallen


def lowered(old: Mapping[str, float], new: Mapping[str, float]) -> list[str]:
    """The floors that would go down or away."""
    return [
        f"{key}: {floor:.3f} -> {f'{new[key]:.3f}' if key in new else 'gone'}"
        for key, floor in sorted(old.items())
        if key not in new or new[key] < floor
    ]


def refuse(down: Sequence[str], why: str | None) -> None:
    """Let floors go down only with a reason.

    Raises:
        DataError: a floor would go down or away and no reason is given.
    """
    if down and not (why and why.strip()):
        raise DataError(
            f"{len(down)} floors would go down:\n  " + "\n  ".join(down) + "\n"
            'Mend what fell, or say why it may: --allow-regression "why".'
        )


def log(down: Sequence[str], why: str, path: Path = LOG) -> None:
    """Append an entry for floors that were lowered; every other one is written by hand."""
    today = date.today().isoformat()  # noqa: DTZ011 - the writer's own day
    entry = f"\n## {today} Floors lowered\n\n**Why.** {why.strip()}\n\n"
    lines = "\n".join(f"- {line}" for line in down)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{entry}{lines}\n")
