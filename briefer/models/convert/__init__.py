"""GGUF files in the forms that the engines read, with briefer's trained parts merged in.

Everything made is kept in ``<cache>/converted``, named by what it was made from, so it is made
once. Knows nothing of engines.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from briefer.errors import WeightsError
from briefer.models import weights
from briefer.models.convert.adapter import read, sha256_of_files
from briefer.models.convert.gguf_file import GgufFile, rewrite
from briefer.models.convert.made import made
from briefer.models.sources import Source

__all__ = ["Head", "checkpoint", "gguf", "head", "home_of", "merge", "tokenizer", "written"]

# Part of every name: a new way of converting must not find the files of the old one.
_VERSION = "1"
_Q8_GROWTH = 2.0  # Q8_0 against the smallest type in use, four bits and its scales
_FLOAT16_GROWTH = 4.0
_TOKENIZER_BYTES = 32 << 20
_HEAD = "head.json"


@dataclass(frozen=True, slots=True)
class Head:
    """What a GGUF file says of itself; kept apart, for opening one takes up to seven seconds.

    ``types`` are the storage types of its tensors, ``specials`` its control tokens as spelled,
    ``n_context`` the tokens it was made for.
    """

    architecture: str
    types: tuple[str, ...]
    specials: tuple[str, ...]
    n_context: int


def home_of(cache: Path | None, form: str, *made_from: str) -> Path:
    """The folder in the cache for something made in that form from those hashes and words."""
    key = hashlib.sha256("\n".join((_VERSION, form, *made_from)).encode()).hexdigest()
    return (cache or weights.root()) / "converted" / f"{form}-{key[:24]}"


def merge(source: Source, name: str, adapter: Path) -> Source:
    """The model with a low-rank adapter, which is merged into whatever is made from it.

    ``name`` is the trained part's, for the provenance. Nothing is written yet.

    Raises:
        WeightsError: the model is not a GGUF file, or has an adapter already.
    """
    if source.form != "gguf" or source.adapter is not None:
        raise WeightsError(
            f"{name} cannot be merged into {source.name}: it needs a bare GGUF file."
        )
    adapters = {name: sha256_of_files(adapter)}
    return replace(source, adapter=adapter, adapters=adapters)


def head(source: Source, *, cache: Path | None = None) -> Head:
    """What the GGUF file says of itself.

    Raises:
        WeightsError: it cannot be read.
    """
    home = home_of(cache, "head", source.sha256)
    made(home, lambda folder: _write_head(GgufFile(source.path), folder / _HEAD), n_bytes=0)
    said = json.loads((home / _HEAD).read_text())
    return Head(
        architecture=said["architecture"],
        types=tuple(said["types"]),
        specials=tuple(said["specials"]),
        n_context=said["n_context"],
    )


def written(source: Source, folder: Path, *, anew: frozenset[str] = frozenset()) -> Path:
    """The GGUF file with its adapter merged in and tensors of the types ``anew`` as Q8_0.

    Written into ``folder``, unless the source's own file is that already.

    Raises:
        WeightsError: the adapter is another model's, or the disk is full.
    """
    file = GgufFile(source.path)
    if source.adapter is None and not anew & file.types:
        return source.path
    adapter = read(source.adapter) if source.adapter else None
    target = folder / source.path.name
    rewrite(file, target, adapter=adapter, anew=anew)
    return target


def gguf(source: Source, *, cache: Path | None = None) -> Path:
    """The GGUF file with its adapter merged in; tensors that it corrects become Q8_0."""
    if source.adapter is None:
        return source.path
    home = home_of(cache, "gguf", source.key)
    n_bytes = int(source.path.stat().st_size * _Q8_GROWTH)
    made(home, lambda folder: _write(source, folder), n_bytes=n_bytes)
    return home / source.path.name


def tokenizer(source: Source, *, cache: Path | None = None) -> Path:
    """A folder with the model's ``tokenizer.json`` and chat template; seconds, the first time."""
    if source.form == "folder":
        return source.path
    from briefer.models.convert.torch_folder import write_tokenizer  # on use: imports transformers

    home = home_of(cache, "tokenizer", source.sha256)
    return made(home, lambda folder: write_tokenizer(source.path, folder), n_bytes=_TOKENIZER_BYTES)


def checkpoint(source: Source, *, cache: Path | None = None) -> Path:
    """A folder that transformers loads in seconds; a minute and much memory, the first time."""
    if source.form == "folder":
        return source.path
    from briefer.models.convert.torch_folder import write_checkpoint

    def make(folder: Path) -> None:
        merged = written(source, folder)
        write_checkpoint(merged, folder)
        if merged.parent == folder:
            merged.unlink()

    home = home_of(cache, "checkpoint", source.key)
    n_bytes = int(source.path.stat().st_size * (_FLOAT16_GROWTH + _Q8_GROWTH))
    return made(home, make, n_bytes=n_bytes)


def _write(source: Source, folder: Path) -> None:
    written(source, folder)


def _write_head(file: GgufFile, target: Path) -> None:
    said = Head(
        architecture=file.architecture,
        types=tuple(sorted(file.types)),
        specials=tuple(file.special_tokens()),
        n_context=int(file.setting("context_length")),
    )
    target.write_text(json.dumps(asdict(said)))
