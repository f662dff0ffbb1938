"""The options that several commands share, and what tests put in the place of the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from briefer import language_tags, settings, text
from briefer.cli.reporting import Reporter
from briefer.cli.running import Briefs
from briefer.models import EngineName
from briefer.schema import Article, Brief, Options
from briefer.settings import Settings

if TYPE_CHECKING:
    from briefer.briefing import Stages

Engine = Annotated[
    EngineName | None, typer.Option(help="What runs the model (default: BRIEFER_ENGINE or auto).")
]
Model = Annotated[
    str | None,
    typer.Option(help="A pinned name, GGUF file, folder or hub id (default: BRIEFER_MODEL)."),
]


def _checked_tag(given: str | None) -> str | None:
    if given is not None and language_tags.normalise(given) is None:
        raise typer.BadParameter(f"{given!r} is no language tag (BCP 47); write it like en-GB.")
    return given


Language = Annotated[
    str | None,
    typer.Option(
        callback=_checked_tag,
        help="The articles' language (BCP 47), where they do not say it and are short.",
    ),
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
    from briefer.briefing import Briefer  # on use: spaCy and torch take seconds to load

    return Briefer(model, engine, concurrency=settings.load().concurrency)


def briefer_of(
    context: typer.Context, known: Settings, model: str | None, engine: EngineName | None
) -> Briefs:
    """The briefer that options and environment ask for; nothing is loaded yet."""
    return tools_of(context).make_briefer(model or known.model, engine or known.engine)


@dataclass(frozen=True)
class Desk:
    """What a night asks of a briefer: a brief's id before it is made, and the brief."""

    briefer: Briefs

    @property
    def n_at_once(self) -> int:
        """How many articles its engine likes to have side by side."""
        return self.briefer.n_at_once

    def load(self) -> None:
        """Load the model now rather than with the first article."""
        self._stages()

    def identify(self, article: Article) -> str:
        """The id of the brief that ``brief`` would make."""
        from briefer import briefing

        stages = self._stages()
        if stages is None:
            return text.fingerprint(text.clean(article.text))[:32]
        return briefing.identify(article, stages, Options())

    def brief(self, article: Article) -> Brief:
        """Brief an article."""
        return self.briefer.brief(article)

    def _stages(self) -> Stages | None:
        """The loaded parts; a test's briefer has none, and no model to name."""
        from briefer import briefing

        return self.briefer.stages if isinstance(self.briefer, briefing.Briefer) else None


def desk_of(tools: Tools, model: str | None, engine: EngineName) -> Desk:
    """A desk with that model; nothing is loaded yet."""
    return Desk(tools.make_briefer(model, engine))


def loaded_desk(tools: Tools, model: str | None, engine: EngineName) -> Desk:
    """A desk whose model is loaded; runs on a worker's machine."""
    desk = desk_of(tools, model, engine)
    desk.load()
    return desk


def reporter_of(*, quiet: bool, verbose: bool) -> Reporter:
    """Who speaks on stderr, as loud as asked for."""
    loudness: Literal["quiet", "normal", "verbose"] = "verbose" if verbose else "normal"
    return Reporter("quiet" if quiet and not verbose else loudness)
