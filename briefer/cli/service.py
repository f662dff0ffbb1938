"""``briefer serve`` and ``briefer doctor``."""

from __future__ import annotations

from typing import Annotated

import typer

from briefer import doctor as examination
from briefer import settings
from briefer.cli import options
from briefer.cli.reporting import exits
from briefer.models import needs, weights


def serve(  # noqa: PLR0913 - one parameter an option
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port.")] = 8000,
    require_key: Annotated[
        bool, typer.Option("--require-key", help="Ask for a key on loopback too: behind a proxy.")
    ] = False,
    engine: options.Engine = None,
    model: options.Model = None,
    verbose: options.Verbose = False,
) -> None:
    """Serve the API and the pages until told to stop.

    Exits with 0; 2 bad usage; 6 no usable model.
    """
    from briefer import server  # on use: fastapi takes a second to load

    options.reporter_of(quiet=False, verbose=verbose)
    with exits():
        known = settings.load()
        chosen = {"model": model or known.model, "engine": engine or known.engine}
        wanted = known.model_copy(update=chosen)
        _check_model(wanted)
        server.serve(wanted, host=host, port=port, require_key=require_key)


def _check_model(wanted: settings.Settings) -> None:
    """Say before the port is open what the service would find out after, and could not end with.

    Asks nobody: a model server or a hub that is away now may be back later.

    Raises:
        ModelError: the model's name or address is wrong, or its weights are not here.
    """
    for name in needs.of(wanted.model, wanted.engine).pins:
        weights.find(name)


def doctor() -> None:
    """Say what is missing or odd on this machine, one line each, with its mend.

    Exits with 0; 1 something that is needed is missing.
    """
    findings = examination.examine()
    for finding in findings:
        typer.echo(finding.line)
    raise typer.Exit(any(finding.state == "missing" for finding in findings))
