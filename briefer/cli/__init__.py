"""The command ``briefer``: what each subcommand takes, prints and exits with.

    inputs.py      arguments become articles, errors among them in order
    running.py     articles become briefs, failures among them in order
    reporting.py   what goes to stderr, and which error exits with what
    options.py     the options that several commands share
    briefing.py    briefer brief      editions.py    briefer digest
    weights.py     briefer model      service.py     briefer serve, doctor
    keys.py        briefer keys       nights.py      briefer nightly

Exit codes are part of the contract; stdout carries results only.
"""

from __future__ import annotations

import sys
from importlib import metadata
from typing import Annotated

import typer

from briefer.cli import briefing, editions, keys, nights, service, weights

__all__ = ["app", "main"]

app = typer.Typer(
    name="briefer",
    help="Briefs of news articles in which every line shows the sentences that carry it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("brief")(briefing.brief)
app.command("digest")(editions.digest)
app.command("nightly")(nights.nightly)
app.command("serve")(service.serve)
app.command("doctor")(service.doctor)
app.add_typer(weights.app, name="model")
app.add_typer(keys.app, name="keys")


def _show_version(value: bool) -> None:  # noqa: FBT001 - typer hands a flag's value to its callback
    if value:
        typer.echo(metadata.version("briefer"))
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; the process ends with the command's exit code."""
    sys.exit(app())
