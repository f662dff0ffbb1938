"""A progress bar for ``pull`` on stderr; none where stderr is no terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from briefer.models.weights.pins import Pin
from briefer.models.weights.sources import OnProgress


@contextmanager
def progress_bar(pin: Pin) -> Iterator[OnProgress]:
    """Show how much of the model is there; give the result to ``pull`` as ``on_progress``."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        TextColumn(pin.name),
        BarColumn(),
        DownloadColumn(binary_units=True),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=pin.n_bytes)

        def show(n_bytes: int, note: str) -> None:
            progress.update(task, completed=n_bytes, description=note)

        yield show
