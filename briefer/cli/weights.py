"""``briefer model``: fetch, list and verify the pinned weights."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from briefer.cli.reporting import ExitCode, exits, say
from briefer.errors import ModelNotFound, UnknownOption
from briefer.models import weights

app = typer.Typer(help="Fetch, list and verify model weights.", no_args_is_help=True)

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME", help="Pinned names; briefer model list shows them."),
]


@app.command()
def pull(
    names: Names = None,
    given: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Take one model's weights from a local file."),
    ] = None,
) -> None:
    """Fetch weights and check their SHA-256; without a name, all that briefing needs.

    Exits with 0; 2 bad usage; 6 no source gave the right bytes.
    """
    with exits():
        wanted = names or ([weights.DEFAULT] if given else list(weights.DEFAULTS))
        if given and len(wanted) > 1:
            raise UnknownOption("--from takes one file; name the one model it is.")
        for pin in _pins(wanted):
            with weights.progress_bar(pin) as on_progress:
                path = weights.pull(pin.name, given=given, on_progress=on_progress)
            say(f"{pin.name} is at {path}")


@app.command("list")
def list_() -> None:
    """List the pinned weights, one a line: name, path or -, bytes, SHA-256, tab between."""
    for pin in weights.PINNED.values():
        path = weights.path_of(pin) if weights.is_whole(pin) else "-"
        typer.echo(f"{pin.name}\t{path}\t{pin.n_bytes}\t{pin.sha256}")


@app.command()
def verify(names: Names = None) -> None:
    """Read fetched weights and compare their SHA-256; without a name, all that are here.

    Exits with 0; 2 bad usage; 6 some are damaged, or named and missing.
    """
    with exits():
        pins = _pins(names or weights.PINNED)
        checks = [weights.check(pin) for pin in pins if names or weights.path_of(pin).exists()]
        for check in checks:
            detail = f"\t{check.detail}" if check.detail else ""
            typer.echo(f"{check.pin.name}\t{check.state}\t{check.path}{detail}")
        if not checks:
            say("no weights are here; briefer model pull fetches them.")
        if any(check.state != "whole" for check in checks):
            raise typer.Exit(ExitCode.NO_MODEL)


def _pins(names: Iterable[str]) -> list[weights.Pin]:
    """All named models; a name that is mistyped is found before any is fetched."""
    try:
        return [weights.named(name) for name in names]
    except ModelNotFound as error:
        raise UnknownOption(str(error)) from error
