"""Language models and small encoders behind one protocol; the only place that imports torch.

``load`` finds the weights, merges briefer's trained part where there is one, and picks the engine;
``release`` gives it back.
"""

from __future__ import annotations

import threading
from collections import Counter
from importlib import import_module, util
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from briefer.errors import EngineUnavailable, UnknownOption
from briefer.models.base import Engine

if TYPE_CHECKING:
    from briefer.models.sources import Source

EngineName = Literal["auto", "transformers", "openvino", "llamacpp", "remote", "fake"]

TELL_LIKELIHOODS: frozenset[str] = frozenset({"transformers", "openvino"})
"""The engines that tell how likely all that they wrote is, its end included.

A second model reads only lines of which that is known (``Completion.log_likelihood``).
"""

# Imported on use: each takes seconds, and all but the first belong to extras.
_MODULES = {
    "transformers": "briefer.models.transformers",
    "openvino": "briefer.models.openvino",
    "llamacpp": "briefer.models.llamacpp",
}
_lock = threading.Lock()
_Key = tuple[str | None, str, int | None]


@runtime_checkable
class Resident(Engine, Protocol):
    """An engine that ``load`` made."""

    @property
    def is_closed(self) -> bool:
        """Whether the weights were freed."""
        ...


_resident: dict[_Key, Resident] = {}
_n_holders: Counter[_Key] = Counter()


def load(
    model: str | None = None,
    *,
    engine: EngineName = "auto",
    cache: Path | None = None,
    concurrency: int | None = None,
) -> Engine:
    """The model, ready to write; the same object when it is asked for again.

    One engine is resident in a process: asking for another one closes the former. Whoever asked
    gives it back by ``release``, or closes it for all.
    ``model`` is a pinned name, a file, a folder or a hub id (``sources.resolve``), ``None`` the
    default; for ``engine="remote"`` it is the server's address, and ``concurrency`` bounds the
    requests that the server has at once. ``engine="auto"``: transformers
    where there is a CUDA GPU, else OpenVINO where it is installed and reads the file, else
    transformers.

    Raises:
        ModelNotFound: there are no such weights here.
        EngineUnavailable: the engine is not installed, or cannot load these weights.
        WeightsError: the weights are damaged, or the disk is too small to convert them.
    """
    with _lock:
        key = (model, engine, concurrency)
        held = _resident.get(key)
        if held is None or held.is_closed:
            for former in _resident.values():
                former.close()
            _resident.clear()
            _n_holders.clear()
            if engine == "remote":
                held = _connected(model, concurrency)
            else:
                held = _loaded(model, engine, cache)
            _resident[key] = held
        _n_holders[key] += 1
        return held


def release(engine: Engine) -> None:
    """Give an engine back; it is closed when all who loaded it have done so."""
    with _lock:
        for key, held in _resident.items():
            if held is engine:
                _n_holders[key] -= 1
                if _n_holders[key] > 0:
                    return
        engine.close()


def _connected(model: str | None, concurrency: int | None) -> Resident:
    from briefer.models import remote

    return remote.load(model, concurrency=concurrency or remote.CONCURRENCY)


def _loaded(model: str | None, engine: EngineName, cache: Path | None) -> Resident:
    if engine == "fake":
        from briefer.models.fake import FakeEngine

        return FakeEngine()
    if engine != "auto" and engine not in _MODULES:
        known = ", ".join(("auto", *_MODULES, "remote", "fake"))
        raise UnknownOption(f"No engine {engine!r}; there are {known}.")
    source = trained_source(model, cache)
    if engine != "auto":
        return _opened(engine, source, cache)
    return _first_that_loads(source, cache)


def trained_source(model: str | None, cache: Path | None = None) -> Source:
    """The weights with the condenser that was trained on them merged in, if there is one."""
    from briefer.models import convert, sources, trained

    source = sources.resolve(model, cache=cache)
    part = trained.find("condenser", source.sha256)
    if part is None:
        return source
    part.check()
    return convert.merge(source, sources.CONDENSER, part.path)


def _first_that_loads(source: Source, cache: Path | None) -> Resident:
    if preferred("auto") == "openvino":
        try:
            return _opened("openvino", source, cache)
        except EngineUnavailable:
            pass  # a folder, or a file that only torch reads; the provenance says which engine ran
    return _opened("transformers", source, cache)


def preferred(engine: EngineName) -> EngineName:
    """The engine that ``auto`` tries first on this machine; any other name means itself."""
    from briefer.models import processor

    if engine != "auto":
        return engine
    has_openvino = util.find_spec("openvino_genai") is not None
    return "openvino" if has_openvino and not processor.has_cuda() else "transformers"


def _opened(engine: str, source: Source, cache: Path | None) -> Resident:
    opened: Resident = import_module(_MODULES[engine]).load(source, cache=cache)
    return opened
