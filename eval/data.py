"""Where the gold is, and the briefs of it read once.

The gold sets lie outside the repository and are read where they lie. Knows nothing of measures.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from eval import identity
from eval.errors import DataError
from eval.gold import GoldBrief
from eval.readers import annotated, dev

REPOSITORY = Path(__file__).resolve().parent.parent
DEFAULT = REPOSITORY.parent / "shared"
SAMPLES = REPOSITORY / "eval" / "samples"
# Beside the folder, not in it: whoever briefs the folder would take it for articles.
SAMPLES_GOLD = REPOSITORY / "eval" / "samples.jsonl"
_FOLDERS = ("dev-briefs", "train-briefs", "data")
# The files that model-free figures are taken on; the data's hash is over these.
_MEASURED = (
    "dev-briefs/INDEX.tsv",
    "train-briefs/articles.jsonl",
    "train-briefs/gold.jsonl",
    "train-briefs/second.jsonl",
    "data/polnear/dev.jsonl",
    "data/plover/train.jsonl",
    "data/wikinews_salience/dev.jsonl",
    "data/multinews_attributed/dev.jsonl",
    "data/wice/claim_dev.jsonl",
)


def samples() -> list[GoldBrief]:
    """The shipped samples with our own gold."""
    return list(annotated.samples(SAMPLES, SAMPLES_GOLD))


@dataclass(frozen=True)
class Data:
    """The gold under one folder that holds ``dev-briefs``, ``train-briefs`` and ``data``."""

    root: Path

    @classmethod
    def at(cls, path: Path) -> Data:
        """The gold at a path; its ``data`` folder itself will do.

        Raises:
            DataError: one of the three folders is not there.
        """
        root = path.parent if path.name == "data" and not (path / "data").is_dir() else path
        missing = [name for name in _FOLDERS if not (root / name).is_dir()]
        if missing:
            raise DataError(
                f"no {', '.join(missing)} under {path}; give the folder that holds "
                f"{', '.join(_FOLDERS)} by --data."
            )
        return cls(root)

    @property
    def sets(self) -> Path:
        """The folder of the single-stage sets."""
        return self.root / "data"

    @cached_property
    def dev(self) -> tuple[GoldBrief, ...]:
        """The 24 articles of ``dev-briefs``."""
        return tuple(dev.dev_briefs(self.root / "dev-briefs"))

    @cached_property
    def val(self) -> tuple[GoldBrief, ...]:
        """The 52 articles of ``train-briefs`` val."""
        return tuple(annotated.train_briefs(self.root / "train-briefs", "val"))

    @cached_property
    def second(self) -> tuple[GoldBrief, ...]:
        """The second annotation of 43 of them."""
        folder = self.root / "train-briefs"
        return tuple(annotated.train_briefs(folder, "val", gold="second.jsonl"))

    @cached_property
    def trained_on(self) -> frozenset[str]:
        """Hashes of the texts that rules and models may have been fitted to."""
        return annotated.train_hashes(self.root / "train-briefs", "train")

    @cached_property
    def in_train_briefs(self) -> frozenset[str]:
        """Hashes of all texts of ``train-briefs``."""
        return self.trained_on | annotated.train_hashes(self.root / "train-briefs", "val")

    def pairs(self) -> list[tuple[GoldBrief, GoldBrief]]:
        """First and second annotation of the articles that have both."""
        first = {brief.id: brief for brief in self.val}
        return [(first[brief.id], brief) for brief in self.second if brief.id in first]

    def sha256(self) -> str:
        """The hash of the files that model-free figures are taken on."""
        files = [self.root / name for name in _MEASURED]
        files += sorted((self.root / "dev-briefs").glob("*/*.json"))
        absent = [path.name for path in files if not path.is_file()]
        if absent:
            raise DataError(f"{', '.join(absent)} not found under the gold folder.")
        return identity.of_files(files, self.root)
