"""What goes to stderr, and which error exits with what.

Progress is shown on a terminal only. Article text and file names are hostile: no control
character of theirs reaches the terminal.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from briefer import errors, text

if TYPE_CHECKING:
    from briefer.nightly import Pace

_LINE_EVERY_S = 60.0
"""Where there is no terminal, a log should tell that the night lives, and not more."""


class ExitCode(IntEnum):
    """The contract's exit codes."""

    OK = 0
    NO_DOCUMENT = 1
    BAD_USAGE = 2
    INPUT_NOT_BRIEFED = 3
    PARTIAL = 4
    NOTHING_TO_REPORT = 5
    NO_MODEL = 6


_EXIT_CODES: tuple[tuple[type[errors.BrieferError], ExitCode], ...] = (
    (errors.UnknownOption, ExitCode.BAD_USAGE),
    (errors.ConfigError, ExitCode.BAD_USAGE),
    (errors.InputError, ExitCode.INPUT_NOT_BRIEFED),
    (errors.ModelError, ExitCode.NO_MODEL),
)


@contextmanager
def exits() -> Iterator[None]:
    """Turn briefer's errors into a message on stderr and the contract's exit code."""
    try:
        yield
    except errors.BrieferError as error:
        say(str(error))
        codes = (code for kind, code in _EXIT_CODES if isinstance(error, kind))
        raise typer.Exit(next(codes, ExitCode.NO_DOCUMENT)) from error


def say(message: str) -> None:
    """One line on stderr."""
    typer.echo(f"briefer: {' '.join(text.clean(message).split())}", err=True)


Advance = Callable[[str], None]
Paced = Callable[["Pace", str], None]
"""How far a night is, and with what."""


class Reporter:
    """Speaks on stderr: errors always, notes unless quiet, progress on a terminal."""

    def __init__(self, loudness: Literal["quiet", "normal", "verbose"]) -> None:
        self._loudness = loudness
        if loudness == "verbose":
            logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
            # It logs whole addresses, and a webhook's or a ping's is a secret.
            logging.getLogger("httpx").setLevel(logging.WARNING)

    def error(self, message: str) -> None:
        """Say what went wrong."""
        say(message)

    def note(self, message: str) -> None:
        """Say what is worth knowing."""
        if self._loudness != "quiet":
            say(message)

    @contextmanager
    def progress(self) -> Iterator[Advance]:
        """Articles counted while they are briefed, each call with the name of the last one done."""
        console = Console(stderr=True)
        columns = (
            TextColumn("briefing"),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
        )
        is_off = self._loudness == "quiet" or not console.is_terminal
        with Progress(*columns, console=console, disable=is_off, transient=True) as shown:
            task = shown.add_task("", total=None)

            def advance(name: str) -> None:
                shown.update(task, advance=1, description=text.clean(name)[:60])

            yield advance

    @contextmanager
    def pacing(self, seconds: Callable[[], float] = time.monotonic) -> Iterator[Paced]:
        """How far a night is, with rate and time left: a bar on a terminal, else a line a minute.

        ``seconds`` is the clock that tells when the next line is due.
        """
        console = Console(stderr=True)
        if self._loudness == "quiet" or not console.is_terminal:
            yield self._lines(seconds)
            return
        columns = (BarColumn(bar_width=20), TextColumn("{task.description}", markup=False))
        with Progress(*columns, console=console, transient=True) as shown:
            task = shown.add_task("", total=None)

            def move(pace: Pace, name: str) -> None:
                told = f"{pace.words}  {text.clean(name)[:40]}"
                shown.update(task, completed=pace.n_done, total=pace.n_all, description=told)

            yield move

    def _lines(self, seconds: Callable[[], float]) -> Paced:
        due = seconds()

        def tell(pace: Pace, _: str) -> None:
            nonlocal due
            if seconds() >= due or pace.n_done == pace.n_all:
                self.note(f"{pace.words}.")
                due = seconds() + _LINE_EVERY_S

        return tell
