"""Which weights a user means: a pinned name, a GGUF file, a folder, or a model of the hub.

Fetches from the Hugging Face hub when asked for a model of it; the pinned weights are fetched by
``weights``. Knows nothing of engines.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from briefer.errors import ModelNotFound
from briefer.models import weights
from briefer.models.base import ModelCard
from briefer.models.weights.cache import sha256_of

CONDENSER: Literal["condenser"] = "condenser"
"""The name of the trained part that writes lines; with it merged in, a model is trained."""

Form = Literal["pinned", "gguf", "folder", "hub"]

_HUB_ID = re.compile(
    r"(?P<repo>[\w.-]+/[\w.-]+)(?:@(?P<revision>[\w./-]+))?(?::(?P<file>[\w./-]+\.gguf))?"
)
_GGUF_MAGIC = b"GGUF"
# What transformers reads; not the copies in other frameworks' formats that many repositories hold.
_WANTED = ("*.json", "*.safetensors", "*.model", "*.txt", "*.jinja")


@dataclass(frozen=True, slots=True)
class Source:
    """Weights on this disk. ``path`` is a GGUF file, or a folder as ``save_pretrained`` writes it.

    ``name`` is what the user called it. ``sha256`` is the file's; of a folder that of the
    ``sha256sum`` listing of its weights. ``adapter`` is a trained part that is merged into whatever
    is made from a GGUF file, ``adapters`` its name and hash.
    """

    name: str
    form: Literal["gguf", "folder"]
    path: Path
    sha256: str
    revision: str | None = None
    adapters: Mapping[str, str] = field(default_factory=dict)
    adapter: Path | None = None

    @property
    def key(self) -> str:
        """Stands for weights and adapter in the names of what is made from them."""
        return "\n".join((self.sha256, *self.adapters.values()))

    def card(self, engine: str) -> ModelCard:
        """What a brief's provenance says of these weights on that engine."""
        return ModelCard(
            model=self.name,
            revision=self.revision,
            weights_sha256=self.sha256,
            engine=engine,
            adapters=self.adapters,
            is_trained=CONDENSER in self.adapters,
        )


def resolve(model: str | None, *, cache: Path | None = None) -> Source:
    """Find the weights called ``model``; ``None`` is the default model.

    Accepted: a pinned name (``qwen2.5-coder-1.5b``), a path to a ``.gguf`` file or to a folder, a
    hub id ``owner/name``, with ``@revision`` and ``:file.gguf`` when wanted.

    Raises:
        ModelNotFound: nothing of that name here or on the hub, or it is no language model.
    """
    name = model or weights.DEFAULT
    form, path = form_of(name), Path(name).expanduser()
    if form == "pinned":
        return _pinned(name, cache)
    if form == "gguf":
        return _file(name, path)
    if form == "folder":
        return _folder(name, path)
    return _from_hub(name)


def form_of(name: str) -> Form:
    """What ``resolve`` would take it for; asks nobody and reads no weights.

    Raises:
        ModelNotFound: nothing of that name here, nor of a hub's form, or it is no language model.
    """
    path = Path(name).expanduser()
    if name in weights.PINNED:
        if weights.named(name).is_folder:
            raise ModelNotFound(f"{name} does not write text; it is one of briefer's encoders.")
        return "pinned"
    if path.is_file():
        _check_magic(path)
        return "gguf"
    if path.is_dir():
        _weights_in(path)
        return "folder"
    if _HUB_ID.fullmatch(name):
        return "hub"
    known = ", ".join(pin.name for pin in weights.PINNED.values() if not pin.is_folder)
    raise ModelNotFound(
        f"No model {name!r}: not a known name ({known}), no file or folder of this machine, "
        "and not of the hub's form owner/name."
    )


def _pinned(name: str, cache: Path | None) -> Source:
    pin = weights.named(name)
    path = weights.find(name, cache=cache)
    return Source(name, "gguf", path, pin.sha256, pin.hub.revision if pin.hub else None)


def _file(name: str, path: Path, revision: str | None = None) -> Source:
    _check_magic(path)
    return Source(name, "gguf", path, sha256_of(path), revision)


def _check_magic(path: Path) -> None:
    with path.open("rb") as stream:
        magic = stream.read(len(_GGUF_MAGIC))
    if magic != _GGUF_MAGIC:
        raise ModelNotFound(
            f"{path} is not a GGUF file; give a .gguf file or a folder with config.json."
        )


def _folder(name: str, path: Path, revision: str | None = None) -> Source:
    files = _weights_in(path)
    listing = "".join(f"{sha256_of(file)}  {file.name}\n" for file in files)
    return Source(name, "folder", path, hashlib.sha256(listing.encode()).hexdigest(), revision)


def _weights_in(path: Path) -> list[Path]:
    if not (path / "config.json").is_file():
        raise ModelNotFound(
            f"{path} holds no config.json; a model's folder has one beside its weights. "
            "For a GGUF file name the file itself."
        )
    files = sorted(path.glob("*.safetensors")) or sorted(path.glob("*.bin"))
    if not files:
        raise ModelNotFound(f"{path} holds no weights (*.safetensors).")
    return files


def _from_hub(name: str) -> Source:
    from huggingface_hub import hf_hub_download, snapshot_download  # on use: slow to import
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    found = _HUB_ID.fullmatch(name)
    repo, revision, file = found.group("repo", "revision", "file") if found else (name, None, None)
    try:
        if file:
            path = Path(hf_hub_download(repo, file, revision=revision))
            return _file(name, path, _commit(path))
        path = Path(snapshot_download(repo, revision=revision, allow_patterns=list(_WANTED)))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise ModelNotFound(
            f"{name} is no file or folder of this machine, and the Hugging Face hub did not give "
            f"it ({type(error).__name__}). Check the name and the network, or name a local file."
        ) from error
    return _folder(name, path, _commit(path))


def _commit(path: Path) -> str | None:
    """The commit in the path of the hub's cache, ``…/snapshots/<commit>/…``."""
    parts = path.parts
    return parts[parts.index("snapshots") + 1] if "snapshots" in parts else None
