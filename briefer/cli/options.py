"""The options that several commands share, and what tests put in the place of the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

import typer

from briefer.cli.reporting import Reporter
from briefer.cli.running import Briefs
from briefer.errors import EngineUnavailable
from briefer.settings import EngineName, Settings

Engine = Annotated[
    EngineName | None, typer.Option(help="What runs the model (default: BRIEFER_ENGINE or auto).")
]
Model = Annotated[
    str | None,
    typer.Option(help="A pinned name, GGUF file, folder or hub id (default: BRIEFER_MODEL)."),
]
Language = Annotated[
    str | None,
    typer.Option(help="The articles' language (BCP 47), where they do not say it and are short."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on stderr.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log what happens on stderr.")]


@dataclass(frozen=True)
class Tools:
    """What commands work with; tests hand in others as typer's context object."""

    make_briefer: Callable[[str | None, EngineName], Briefs]


def tools_of(context: typer.Context) -> Tools:
    """The tools of a run: the real ones unless a test gave others."""
    return context.obj if isinstance(context.obj, Tools) else Tools(_load_briefer)


def _load_briefer(model: str | None, engine: EngineName) -> Briefs:
    if engine == "remote":
        raise EngineUnavailable(
            "the engine 'remote' is not written yet; choose auto, transformers, openvino, "
            "llamacpp or fake."
        )
    from briefer.briefing import Briefer  # on use: spaCy and torch take seconds to load

    return Briefer(model, engine)


def briefer_of(
    context: typer.Context, settings: Settings, model: str | None, engine: EngineName | None
) -> Briefs:
    """The briefer that options and environment ask for; nothing is loaded yet.

    Raises:
        EngineUnavailable: the engine does not exist yet.
    """
    return tools_of(context).make_briefer(model or settings.model, engine or settings.engine)


def reporter_of(*, quiet: bool, verbose: bool) -> Reporter:
    """Who speaks on stderr, as loud as asked for."""
    loudness: Literal["quiet", "normal", "verbose"] = "verbose" if verbose else "normal"
    return Reporter("quiet" if quiet and not verbose else loudness)
