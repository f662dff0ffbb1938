"""``briefer keys``: make, list and revoke the API keys of the service."""

from __future__ import annotations

from typing import Annotated

import typer

from briefer import settings, store
from briefer.cli.reporting import exits, say
from briefer.errors import UnknownOption
from briefer.store import Store

app = typer.Typer(help="Make, list and revoke API keys.", no_args_is_help=True)


@app.command()
def create(name: Annotated[str, typer.Argument(help="Whose key it is, for the list.")]) -> None:
    """Make a key and print it: this once, for only its hash is kept.

    From the first key on the service asks for one, on loopback too. Exits with 0; 2 bad usage.
    """
    with exits():
        key, token = _store().create_key(name)
        typer.echo(token)
        say(f"made key {key.id}; it is not shown again")


@app.command("list")
def list_() -> None:
    """List the keys, one a line: id, state, when it was made, name, tab between."""
    with exits():
        for key in _store().list_keys():
            state = "revoked" if key.revoked_at else "works"
            typer.echo(f"{key.id}\t{state}\t{key.created_at.isoformat()}\t{key.name!r}")


@app.command()
def revoke(id: Annotated[str, typer.Argument(help="The id that the list shows.")]) -> None:  # noqa: A002
    """Revoke a key at once. Its briefs stay. Exits with 0; 2 no such key that works."""
    with exits():
        if not _store().revoke_key(id):
            raise UnknownOption(f"no key {id!r} works; briefer keys list shows them.")
        say(f"revoked key {id}")


def _store() -> Store:
    return store.open(settings.load().store)
