"""The small trained parts that are shipped with briefer, and which base weights each belongs to.

``briefer/_data/trained.json`` lists them; ``python -m training`` writes it (``ship``, ``acting``,
``stance``, ``probes``).
Knows nothing of how a part is used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from briefer import resources
from briefer.errors import WeightsError
from briefer.models.weights.cache import sha256_of

Kind = Literal["tagger", "acting", "stance", "condenser", "probes"]
"""``acting`` probes what one tagger sees of words: what it says is ``Tags.acting``, which the
linear model ``salience_read`` weighs (``actors.salience``). ``stance`` probes what it sees of a
single line. ``probes`` read a second model's states."""

MANIFEST = "trained.json"


@dataclass(frozen=True, slots=True)
class Part:
    """A shipped file: ``base`` is the SHA-256 of the weights that it was trained on.

    ``settings`` are the part's own (a tagger's number of layers, its calibration).
    """

    name: str
    kind: Kind
    base: str
    path: Path
    sha256: str
    settings: Mapping[str, Any]

    def check(self) -> None:
        """Read the file and compare its hash.

        Raises:
            WeightsError: it is not there, or not what was shipped.
        """
        if not self.path.is_file() or sha256_of(self.path) != self.sha256:
            raise WeightsError(
                f"{self.path.name}, a trained part of briefer, is missing or damaged; "
                "reinstall briefer."
            )

    def check_on(self, sha256: str, name: str) -> None:
        """As ``check``, and that it was trained on the weights of that hash.

        Raises:
            WeightsError: the file is not what was shipped, or the weights are others.
        """
        self.check()
        if self.base != sha256:
            raise WeightsError(f"{self.name} was trained on other weights than {name}.")

    def check_of(self, tagger: Part) -> None:
        """As ``check``, and that it was fitted on what that tagger sees.

        Raises:
            WeightsError: the file is not what was shipped, or the tagger is another.
        """
        self.check()
        if self.settings["tagger"] != tagger.sha256:
            raise WeightsError(
                f"{self.name} was fitted on what another tagger than {tagger.name} sees."
            )


@cache
def parts() -> tuple[Part, ...]:
    """All shipped parts, the preferred one of a kind first."""
    listing = json.loads(resources.shipped(MANIFEST).read_text(encoding="utf-8"))
    return tuple(
        Part(
            name=known["name"],
            kind=known["kind"],
            base=known["base"],
            path=resources.shipped(known["file"]),
            sha256=known["sha256"],
            settings=known.get("settings", {}),
        )
        for known in listing["parts"]
    )


def all_of(kind: Kind) -> tuple[Part, ...]:
    """The parts of that kind, the preferred one first."""
    return tuple(part for part in parts() if part.kind == kind)


def of_tagger(kind: Literal["acting", "stance"], tagger: Part) -> Part | None:
    """The probe of that kind, fitted on what that tagger's reader sees, if there is one."""
    return next((one for one in all_of(kind) if one.settings["tagger"] == tagger.sha256), None)


def find(kind: Kind, base: str | None) -> Part | None:
    """The part of that kind for these base weights, if there is one."""
    return next((part for part in all_of(kind) if part.base == base), None)
