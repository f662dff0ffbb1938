"""What briefing with a model on an engine needs: weights, memory, disk for what is made of them.

Looks at names and sizes; loads no model and asks nobody. Knows nothing of how it is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from briefer.errors import EngineUnavailable
from briefer.models import (
    TELL_LIKELIHOODS,
    EngineName,
    convert,
    preferred,
    sources,
    trained,
    weights,
)
from briefer.models.convert.made import is_whole
from briefer.models.sources import Source

_GIB = 2**30
# Parser, programs and the key/value cache (1 GiB in OpenVINO); then weights as they are held. With
# the default model's 1.04 GiB that is 6.0: in OpenVINO two samples peaked at 6.3 resident, of which
# 2.7 were the process's own and 3.6 mapped from disk, which the system may drop (the second model
# read through 12 layers). Others were not measured.
_BASE_BYTES = 2 * _GIB
_HELD_GROWTH = 3.8
# Against the GGUF file. OpenVINO's is 5.4 GB: 4.6 were made, with the tagger's layers and those of
# the second model (docs/scale.md). The others: what ``convert`` wants free.
_MADE_GROWTH = {"openvino": 4.8, "transformers": 6.0, "llamacpp": 2.0}


@dataclass(frozen=True, slots=True)
class Needs:
    """``engine`` is the one that ``auto`` comes to.

    ``pins`` are names of weights without which nothing is briefed, ``helpful`` is that of the
    tagger's, without which it goes by rules, ``second`` that of the second model's, without which a
    fact is believed as far as its writer believes it. ``n_memory`` is in bytes.
    """

    engine: str
    pins: tuple[str, ...]
    helpful: str | None
    second: str | None
    n_memory: int


def of(model: str | None, engine: EngineName) -> Needs:
    """What ``models.load`` with these, and the parser and tagger beside it, need of this machine.

    Raises:
        ModelNotFound: nothing of that name here, and it has not the form of a hub's.
        EngineUnavailable: a remote model without its server's address.
    """
    parser = (weights.PARSER,)
    if engine == "fake":
        return Needs(engine, parser, None, None, _BASE_BYTES)
    if engine == "remote":
        from briefer.models import remote  # on use: imports httpx

        remote.address_of(model)
        return Needs(engine, parser, _tagger_base(), None, _BASE_BYTES)
    return _local(model or weights.DEFAULT, preferred(engine), parser)


def _local(name: str, engine: str, parser: tuple[str, ...]) -> Needs:
    form = sources.form_of(name)
    pins = (name, *parser) if form == "pinned" else parser
    has_tagger = form == "pinned" and trained.find("tagger", weights.named(name).sha256)
    helpful = None if has_tagger else _tagger_base()
    second = weights.SECOND if name == weights.DEFAULT and engine in TELL_LIKELIHOODS else None
    return Needs(engine, pins, helpful, second, int(_BASE_BYTES + _HELD_GROWTH * _size(name, form)))


def to_make(model: str | None, engine: EngineName) -> int:
    """Bytes that the engine is still to make of the weights; reads a GGUF file for its hash.

    Raises:
        ModelNotFound: as ``of``.
    """
    if engine in ("fake", "remote"):
        return 0
    name, chosen = model or weights.DEFAULT, preferred(engine)
    form = sources.form_of(name)
    if form in ("folder", "hub") or _is_made(name, form, chosen):
        return 0
    return int(_MADE_GROWTH[chosen] * _size(name, form))


def _tagger_base() -> str:
    """The first weights that a tagger was trained on and that are here, else the default ones."""
    bases = {part.base for part in trained.all_of("tagger")}
    pins = [pin for pin in weights.PINNED.values() if pin.sha256 in bases]
    return next((pin.name for pin in pins if weights.is_whole(pin)), weights.DEFAULT)


def _size(name: str, form: sources.Form) -> int:
    """Bytes of the weights; 0 for those of the hub, which nobody here knows."""
    if form == "pinned":
        return weights.named(name).n_bytes
    path = Path(name).expanduser()
    if form == "gguf":
        return path.stat().st_size
    # A folder's are held as they are, not unpacked.
    return int(sum(one.stat().st_size for one in path.glob("*.safetensors")) / _HELD_GROWTH)


def _is_made(name: str, form: sources.Form, engine: str) -> bool:
    home = _HOMES[engine](_source(name, form))
    return home is None or is_whole(home)


def _source(name: str, form: sources.Form) -> Source:
    """As ``models.trained_source`` gives it, also before the weights are fetched."""
    if form == "pinned":
        pin = weights.named(name)
        source = Source(name, "gguf", weights.path_of(pin), pin.sha256)
    else:
        source = sources.resolve(name)
    part = trained.find(sources.CONDENSER, source.sha256)
    return replace(source, adapters={sources.CONDENSER: part.sha256}) if part else source


def _openvino_home(source: Source) -> Path:
    try:
        from briefer.models import openvino  # on use: an extra
    except EngineUnavailable:
        return convert.home_of(None, "openvino", source.key)  # nothing is there without it
    return openvino.home_of(source)


def _checkpoint_home(source: Source) -> Path:
    return convert.home_of(None, "checkpoint", source.key)


def _gguf_home(source: Source) -> Path | None:
    return convert.home_of(None, "gguf", source.key) if source.adapters else None


_HOMES: dict[str, Callable[[Source], Path | None]] = {
    "openvino": _openvino_home,
    "transformers": _checkpoint_home,
    "llamacpp": _gguf_home,
}
