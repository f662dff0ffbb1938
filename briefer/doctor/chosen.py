"""What the model, engine and store that are set need, and whether it is here."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec

import psutil  # type: ignore[import-untyped]

from briefer import settings
from briefer.doctor.finding import Finding, State
from briefer.errors import ConfigError, ModelError, StoreError
from briefer.models import needs, sources, weights
from briefer.models.needs import Needs
from briefer.settings import Settings

_GIB = 2**30


def examine() -> list[Finding]:
    """Read the settings and look at what they need, as far as they can be used."""
    try:
        known = settings.load()
    except ConfigError as error:
        return [_unusable(error, "correct or unset it"), _disk(0)]
    try:
        needed = needs.of(known.model, known.engine)
    except ModelError as error:
        return [_unusable(error, "correct BRIEFER_MODEL"), _disk(0), _store(known.store)]
    return [
        _settings(known),
        *_strangers(),
        _engines(needed),
        *_weights(needed),
        _memory(needed),
        _disk(_n_to_come(known, needed)),
        _store(known.store),
    ]


def _unusable(error: Exception, mend: str) -> Finding:
    return Finding("missing", "settings", str(error), mend)


def _settings(known: Settings) -> Finding:
    engine, model = known.engine, known.model or weights.DEFAULT
    is_of_hub = engine not in ("fake", "remote") and sources.form_of(model) == "hub"
    note = " of the Hugging Face hub, which was not asked for it" if is_of_hub else ""
    return Finding("ok", "settings", f"engine {engine}, model {model}{note}")


# Read where they are used, and no fields of the settings.
_OTHER_VARIABLES = frozenset({"BRIEFER_CACHE", "BRIEFER_REMOTE_KEY", "BRIEFER_SMTP_PASSWORD"})


def _strangers() -> list[Finding]:
    """Variables that look like briefer's and are not: most likely mistyped."""
    known = {f"BRIEFER_{name.upper()}" for name in Settings.model_fields}
    return [
        Finding("odd", "settings", f"{name} is no setting of briefer", "correct or unset it")
        for name in sorted(os.environ)
        if name.startswith("BRIEFER_") and name not in known | _OTHER_VARIABLES
    ]


# Modules an engine needs, and what to install for it.
_ENGINES = {
    "openvino": (("openvino_genai",), "pip install '.[cpu]' in the checkout"),
    "transformers": (("transformers", "torch"), "make env"),
    "llamacpp": (("xllamacpp",), "pip install '.[llamacpp]' in the checkout"),
}


def _engines(needed: Needs) -> Finding:
    usable = [name for name, (modules, _) in _ENGINES.items() if all(map(find_spec, modules))]
    if needed.engine in _ENGINES and needed.engine not in usable:
        others = f"; there are {', '.join(usable)}" if usable else ""
        detail = f"{needed.engine} is not installed{others}"
        return Finding("missing", "engines", detail, _ENGINES[needed.engine][1])
    chosen = f"{needed.engine} is used"
    others = ", ".join(name for name in usable if name != needed.engine)
    return Finding("ok", "engines", f"{chosen}; there are also {others}" if others else chosen)


def _weights(needed: Needs) -> list[Finding]:
    found = [_pin(name, "missing", "is not here") for name in needed.pins]
    if needed.helpful:
        found.append(_pin(needed.helpful, "odd", "is not here, sentences are tagged by rules"))
    if needed.second:
        found.append(_pin(needed.second, "odd", "is not here, no second model reads the facts"))
    return found


def _pin(name: str, state: State, loss: str) -> Finding:
    pin = weights.named(name)
    if weights.is_whole(pin):
        return Finding("ok", "weights", f"{name}, {pin.n_bytes / 1e6:,.0f} MB")
    return Finding(state, "weights", f"{name} {loss}", f"briefer model pull {name}")


_SMALLER = "qwen2.5-coder-0.5b"


def _memory(needed: Needs) -> Finding:
    memory = psutil.virtual_memory()
    detail = f"{memory.available / _GIB:.1f} of {memory.total / _GIB:.1f} GiB free"
    short = f"{detail}; the model needs {needed.n_memory / _GIB:.1f}"
    if memory.total < needed.n_memory:
        is_enough = needs.of(_SMALLER, "auto").n_memory <= memory.total
        mend = f"set BRIEFER_MODEL={_SMALLER}" if is_enough else "use a model on a larger machine"
        return Finding("missing", "memory", short, mend)
    if memory.available < needed.n_memory:
        return Finding("odd", "memory", short, "close something")
    return Finding("ok", "memory", detail)


def _disk(needed: float) -> Finding:
    """``needed`` are the bytes still to come."""
    cache = weights.root()
    home = next(place for place in (cache, *cache.parents) if place.exists())
    free = shutil.disk_usage(home).free
    detail = f"{free / 1e9:.1f} GB free for {cache}"
    if free < needed:
        mend = "free some, or set BRIEFER_CACHE to a larger disk"
        return Finding("missing", "disk", f"{detail}, {needed / 1e9:.1f} GB needed", mend)
    if not os.access(home, os.W_OK):
        mend = "make it writable, or set BRIEFER_CACHE"
        return Finding("missing", "disk", f"{home} cannot be written", mend)
    return Finding("ok", "disk", detail)


def _n_to_come(known: Settings, needed: Needs) -> float:
    """Bytes of weights to fetch, and of what an engine makes of them."""
    names = (*needed.pins, *([needed.second] if needed.second else []))
    lacking = (pin.n_bytes for pin in map(weights.named, names) if not weights.is_whole(pin))
    made = needs.to_make(known.model, known.engine)
    return 1.1 * sum(lacking) + made  # one part more than the model while it is fetched


_STANDINGS: dict[str, tuple[State, str, str]] = {
    "absent": ("ok", "is made when first used", ""),
    "empty": ("ok", "its tables are made when first used", ""),
    "old": ("ok", "is brought up to date when next opened; back it up before", ""),
    "current": ("ok", "up to date", ""),
    "newer": ("missing", "was made by a newer briefer", "upgrade briefer, or restore a backup"),
}


def _store(place: str) -> Finding:
    from briefer import store  # on use: SQLAlchemy takes a moment to load

    try:
        seen = store.look(place)
    except (ConfigError, StoreError) as error:
        mend = "start the database, or correct BRIEFER_STORE and who may write there"
        return Finding("missing", "store", str(error), mend)
    state, told, mend = _STANDINGS[seen.standing]
    return Finding(state, "store", f"{seen.kind} at {seen.place}, {told}", mend)
