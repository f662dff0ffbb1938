"""What is here whatever is set: Python, briefer's own files, libraries, fonts, the processor."""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from briefer import resources
from briefer.doctor.finding import Finding, State

_APT = "apt-get install --no-install-recommends"


def examine() -> list[Finding]:
    """Look at the machine."""
    return [_python(), _resources(), *_libraries(), *_fonts(), _processor()]


def _python() -> Finding:
    return Finding("ok", "Python", f"{platform.python_version()} on {platform.platform()}")


def _resources() -> Finding:
    try:
        homes = [resources.root("prompts"), resources.root("templates")]
    except FileNotFoundError as error:
        return Finding("missing", "installation", str(error), "reinstall briefer")
    return Finding("ok", "installation", f"prompts and templates in {homes[0].parent}")


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


def _processor() -> Finding:
    flags = _cpu_flags()
    n_cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    fast = [name for name in ("avx2", "avx512f", "avx512_bf16", "amx_bf16") if name in flags]
    detail = f"{n_cores} cores, {', '.join(fast) or 'flags unknown'}"
    if flags and "avx2" not in flags:
        mend = "expect minutes an article; use a newer machine"
        return Finding("odd", "processor", f"{n_cores} cores without AVX2", mend)
    return Finding("ok", "processor", detail)


def _cpu_flags() -> frozenset[str]:
    listing = Path("/proc/cpuinfo")
    if not listing.exists():
        return frozenset()
    lines = listing.read_text(encoding="utf-8", errors="replace").splitlines()
    flags = next((line for line in lines if line.startswith(("flags", "Features"))), "")
    return frozenset(flags.partition(":")[2].split())
