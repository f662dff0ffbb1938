"""What is missing or odd on this machine, one finding a line, each with its mend.

Looks and changes nothing; loads no model.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import psutil  # type: ignore[import-untyped]

from briefer import resources, settings
from briefer.errors import ConfigError, ModelError, StoreError
from briefer.models import needs, sources, weights
from briefer.models.needs import Needs

State = Literal["ok", "odd", "missing"]

_GIB = 2**30
_APT = "apt-get install --no-install-recommends"


@dataclass(frozen=True, slots=True)
class Finding:
    """``missing`` is needed and not there; ``odd`` works, but worse than it could."""

    state: State
    what: str
    detail: str
    mend: str = ""

    @property
    def line(self) -> str:
        """The finding as one line of text."""
        mend = f" -> {self.mend}" if self.mend else ""
        return f"{self.state:<8}{self.what}: {self.detail}{mend}"


def examine() -> list[Finding]:
    """Look at everything that briefing and printing need, in the order one would mend it."""
    findings: list[Finding] = []
    for check in _CHECKS:
        findings += check()
    return findings


def _python() -> list[Finding]:
    return [Finding("ok", "Python", f"{platform.python_version()} on {platform.platform()}")]


def _settings() -> list[Finding]:
    try:
        known = settings.load()
    except ConfigError as error:
        return [Finding("missing", "settings", str(error), "correct or unset it")]
    engine, model = known.engine, known.model or weights.DEFAULT
    try:
        needs.of(known.model, engine)
    except ModelError as error:
        return [Finding("missing", "settings", str(error), "correct BRIEFER_MODEL")]
    is_of_hub = engine not in ("fake", "remote") and sources.form_of(model) == "hub"
    note = " of the Hugging Face hub, which was not asked for it" if is_of_hub else ""
    return [Finding("ok", "settings", f"engine {engine}, model {model}{note}"), *_strangers()]


# Read where they are used, and no fields of the settings.
_OTHER_VARIABLES = frozenset({"BRIEFER_CACHE", "BRIEFER_REMOTE_KEY", "BRIEFER_SMTP_PASSWORD"})


def _strangers() -> list[Finding]:
    """Variables that look like briefer's and are not: most likely mistyped."""
    known = {f"BRIEFER_{name.upper()}" for name in settings.Settings.model_fields}
    return [
        Finding("odd", "settings", f"{name} is no setting of briefer", "correct or unset it")
        for name in sorted(os.environ)
        if name.startswith("BRIEFER_") and name not in known | _OTHER_VARIABLES
    ]


def _needs() -> Needs | None:
    """What the model and engine that are set need; none where the settings' own line is a fault."""
    try:
        known = settings.load()
        return needs.of(known.model, known.engine)
    except (ConfigError, ModelError):
        return None


def _resources() -> list[Finding]:
    try:
        homes = [resources.root("prompts"), resources.root("templates")]
    except FileNotFoundError as error:
        return [Finding("missing", "installation", str(error), "reinstall briefer")]
    return [Finding("ok", "installation", f"prompts and templates in {homes[0].parent}")]


# Sonames on Linux, the Debian package that has them, what is lost without.
_LIBRARIES: tuple[tuple[str, str, State, str], ...] = (
    ("libpango-1.0.so.0", "libpango-1.0-0", "missing", "no PDF can be made"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0", "missing", "no PDF can be made"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset0", "odd", "PDFs with CJK text take 7 s more"),
)


def _libraries() -> list[Finding]:
    if not sys.platform.startswith("linux"):
        detail = f"not looked for on {sys.platform}; PDFs need Pango and HarfBuzz"
        return [Finding("ok", "native libraries", detail)]
    lost = [library for library in _LIBRARIES if not _loads(library[0])]
    if not lost:
        return [Finding("ok", "native libraries", "Pango and HarfBuzz for PDFs")]
    return [
        Finding(state, soname, f"not here: {loss}", f"{_APT} {package}")
        for soname, package, state, loss in lost
    ]


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


# Part of the family names, the Debian package, what is printed as boxes without.
_FONTS = (
    ("Noto Sans", "fonts-noto-core", "Arabic, Urdu and other scripts"),
    ("Noto Sans CJK", "fonts-noto-cjk", "Chinese, Japanese and Korean"),
)


def _fonts() -> list[Finding]:
    families = _font_families()
    if families is None:
        return [Finding("odd", "fonts", "fontconfig is not here", f"{_APT} fontconfig")]
    lost = [font for font in _FONTS if not any(family.startswith(font[0]) for family in families)]
    if not lost:
        return [Finding("ok", "fonts", "Noto for all scripts that are tested")]
    return [
        Finding("odd", "fonts", f"without {family}, {scripts} print as boxes", f"{_APT} {package}")
        for family, package, scripts in lost
    ]


def _font_families() -> list[str] | None:
    listing = shutil.which("fc-list")
    if listing is None:
        return None
    done = subprocess.run(  # noqa: S603 - a fixed command
        [listing, ":", "family"], capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout.splitlines()


def _weights() -> list[Finding]:
    needed = _needs()
    if needed is None:
        return []
    found = [_pin(name, "missing", "is not here") for name in needed.pins]
    if needed.helpful:
        found.append(_pin(needed.helpful, "odd", "is not here, sentences are tagged by rules"))
    if needed.second:
        found.append(_pin(needed.second, "odd", "is not here, no second model reads the lines"))
    return found


def _pin(name: str, state: State, loss: str) -> Finding:
    pin = weights.named(name)
    if weights.is_whole(pin):
        return Finding("ok", "weights", f"{name}, {pin.n_bytes / 1e6:,.0f} MB")
    return Finding(state, "weights", f"{name} {loss}", f"briefer model pull {name}")


# Modules an engine needs, and what to install for it.
_ENGINES = {
    "openvino": (("openvino_genai",), "pip install '.[cpu]' in the checkout"),
    "transformers": (("transformers", "torch"), "make env"),
    "llamacpp": (("xllamacpp",), "pip install '.[llamacpp]' in the checkout"),
}


def _engines() -> list[Finding]:
    needed = _needs()
    if needed is None:
        return []
    usable = [name for name, (modules, _) in _ENGINES.items() if all(map(find_spec, modules))]
    if needed.engine in _ENGINES and needed.engine not in usable:
        others = f"; there are {', '.join(usable)}" if usable else ""
        detail = f"{needed.engine} is not installed{others}"
        return [Finding("missing", "engines", detail, _ENGINES[needed.engine][1])]
    chosen = f"{needed.engine} is used"
    others = ", ".join(name for name in usable if name != needed.engine)
    return [Finding("ok", "engines", f"{chosen}; there are also {others}" if others else chosen)]


def _processor() -> list[Finding]:
    flags = _cpu_flags()
    n_cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    fast = [name for name in ("avx2", "avx512f", "avx512_bf16", "amx_bf16") if name in flags]
    detail = f"{n_cores} cores, {', '.join(fast) or 'flags unknown'}"
    if flags and "avx2" not in flags:
        mend = "expect minutes an article; use a newer machine"
        return [Finding("odd", "processor", f"{n_cores} cores without AVX2", mend)]
    return [Finding("ok", "processor", detail)]


def _cpu_flags() -> frozenset[str]:
    listing = Path("/proc/cpuinfo")
    if not listing.exists():
        return frozenset()
    lines = listing.read_text(encoding="utf-8", errors="replace").splitlines()
    flags = next((line for line in lines if line.startswith(("flags", "Features"))), "")
    return frozenset(flags.partition(":")[2].split())


_SMALLER = "qwen2.5-coder-0.5b"


def _memory() -> list[Finding]:
    needed = _needs()
    if needed is None:
        return []
    memory = psutil.virtual_memory()
    detail = f"{memory.available / _GIB:.1f} of {memory.total / _GIB:.1f} GiB free"
    short = f"{detail}; the model needs {needed.n_memory / _GIB:.1f}"
    if memory.total < needed.n_memory:
        is_enough = needs.of(_SMALLER, "auto").n_memory <= memory.total
        mend = f"set BRIEFER_MODEL={_SMALLER}" if is_enough else "use a model on a larger machine"
        return [Finding("missing", "memory", short, mend)]
    if memory.available < needed.n_memory:
        return [Finding("odd", "memory", short, "close something")]
    return [Finding("ok", "memory", detail)]


def _disk() -> list[Finding]:
    cache = weights.root()
    home = next(place for place in (cache, *cache.parents) if place.exists())
    free = shutil.disk_usage(home).free
    needed = _n_disk()
    detail = f"{free / 1e9:.1f} GB free for {cache}"
    if free < needed:
        mend = "free some, or set BRIEFER_CACHE to a larger disk"
        return [Finding("missing", "disk", f"{detail}, {needed / 1e9:.1f} GB needed", mend)]
    if not os.access(home, os.W_OK):
        mend = "make it writable, or set BRIEFER_CACHE"
        return [Finding("missing", "disk", f"{home} cannot be written", mend)]
    return [Finding("ok", "disk", detail)]


def _n_disk() -> float:
    """Bytes still to come: weights to fetch, and what an engine makes of them."""
    needed = _needs()
    if needed is None:
        return 0
    known = settings.load()
    made = needs.to_make(known.model, known.engine)
    names = (*needed.pins, *([needed.second] if needed.second else []))
    lacking = (pin.n_bytes for pin in map(weights.named, names) if not weights.is_whole(pin))
    return 1.1 * sum(lacking) + made  # one part more than the model while it is fetched


_STANDINGS: dict[str, tuple[State, str, str]] = {
    "absent": ("ok", "is made when first used", ""),
    "empty": ("ok", "its tables are made when first used", ""),
    "old": ("ok", "is brought up to date when next opened; back it up before", ""),
    "current": ("ok", "up to date", ""),
    "newer": ("missing", "was made by a newer briefer", "upgrade briefer, or restore a backup"),
}


def _store() -> list[Finding]:
    from briefer import store  # on use: SQLAlchemy takes a moment to load

    try:
        known = settings.load()
    except ConfigError:
        return []  # which the settings' own line says
    try:
        seen = store.look(known.store)
    except (ConfigError, StoreError) as error:
        mend = "start the database, or correct BRIEFER_STORE and who may write there"
        return [Finding("missing", "store", str(error), mend)]
    state, told, mend = _STANDINGS[seen.standing]
    return [Finding(state, "store", f"{seen.kind} at {seen.place}, {told}", mend)]


_CHECKS: tuple[Callable[[], list[Finding]], ...] = (
    _python,
    _settings,
    _resources,
    _libraries,
    _fonts,
    _engines,
    _weights,
    _processor,
    _memory,
    _disk,
    _store,
)
