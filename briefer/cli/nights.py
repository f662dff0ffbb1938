"""``briefer nightly``: the sources of a configuration file become the day's document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from briefer import addresses, settings, stories
from briefer import nightly as nights
from briefer.cli import editions, options
from briefer.cli.reporting import ExitCode, Reporter, exits
from briefer.errors import RenderError, UnknownOption
from briefer.models import EngineName
from briefer.nightly import watching
from briefer.nightly.documents import path_of
from briefer.schema import Digest

_Workers = Literal["local", "ray"]


@dataclass(frozen=True)
class _Choice:
    """What the options say of the model and of who works with it."""

    model: str | None
    engine: EngineName | None
    workers: _Workers
    ray_address: str


def nightly(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    config: Annotated[Path, typer.Option(metavar="FILE", help="What to read and where it goes.")],
    day: Annotated[
        str | None, typer.Option(help="The edition, YYYY-MM-DD (default: as the time zone says).")
    ] = None,
    workers: Annotated[
        _Workers, typer.Option(help="Where articles are briefed: here, or on a Ray cluster.")
    ] = "local",
    ray_address: Annotated[
        str,
        typer.Option(envvar="RAY_ADDRESS", help="For --workers ray: HOST:PORT, auto or local."),
    ] = nights.LOCAL,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what a run would do.")] = False,
    ping: Annotated[
        str | None, typer.Option(metavar="URL", help="Called when the night is over.")
    ] = None,
    engine: options.Engine = None,
    model: options.Model = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Brief what was first seen since the last edition, and make and deliver the document.

    Safe to run again: it goes on where it was, or says that all is done.
    Exits with 0 complete, or another run has the night; 4 partial (the document lists the
    failures); 5 nothing to report; 1 no document; 2 bad usage; 6 no usable model.
    """
    reporter = options.reporter_of(quiet=quiet, verbose=verbose)
    with exits():
        _check_ping(ping)
        wanted = nights.load(config)
        choice = _Choice(model, engine, workers, ray_address)
        night = _night(context, wanted, day, reporter, choice)
        if dry_run:
            for line in nights.plan(night):
                typer.echo(line)
            raise typer.Exit
        before = night.store.digest_of(night.day)
        outcome = _run(night, reporter, ping)
        _tell(night, outcome, before.digest if before else None, reporter)
    raise typer.Exit(_exit_code(outcome, reporter))


def _check_ping(url: str | None) -> None:
    if url is not None and (fault := addresses.fault_of(url)):  # a secret, which is not told
        raise UnknownOption(
            f"--ping takes an address, and this is none: {fault}; "
            "write it like https://watch.example/night."
        )


def _night(
    context: typer.Context,
    wanted: nights.Config,
    day: str | None,
    reporter: Reporter,
    choice: _Choice,
) -> nights.Night:
    from briefer import store as stores  # on use: SQLAlchemy takes a moment to load

    known = settings.load()
    keeping = stores.Keeping(known.retention_days, known.keep_texts)
    return nights.Night(
        config=wanted,
        store=stores.open(known.store, keeping=keeping),
        crew=_crew(context, known, choice, reporter),
        day=_day(wanted, day, known.timezone),
        encode=stories.encoder_for(choice.engine or known.engine),
        say=reporter.note,
    )


def _crew(
    context: typer.Context, known: settings.Settings, choice: _Choice, reporter: Reporter
) -> nights.Crew:
    """Who briefs; nothing is loaded or connected yet."""
    chosen = (options.tools_of(context), choice.model or known.model, choice.engine or known.engine)
    if choice.workers == "ray":
        open_desk = partial(options.loaded_desk, *chosen)
        return nights.Cluster(open_desk, choice.ray_address, reporter.note)
    return nights.Alone(options.desk_of(*chosen))


def _day(wanted: nights.Config, given: str | None, timezone: str | None) -> date:
    if given is not None:
        return editions.day_named(given)
    return wanted.day_at(datetime.now(UTC), timezone)


def _run(night: nights.Night, reporter: Reporter, ping: str | None) -> nights.Outcome:
    """Run it, and tell those who watch, of a night that broke too."""
    began = datetime.now(UTC)
    outcome = None
    try:
        with reporter.pacing() as paced:
            outcome = _measured(night, nights.run(replace(night, paced=paced)), began)
    except OSError as error:
        raise RenderError(
            f"the documents could not be written: {error}. All briefs are kept; make room, or "
            "correct out in the configuration, and run again."
        ) from error
    finally:
        if ping is not None and (problem := _pinged(ping, outcome)):
            reporter.error(problem)
    return outcome


def _tell(
    night: nights.Night, outcome: nights.Outcome, before: Digest | None, reporter: Reporter
) -> None:
    """Where the edition is and how it stands; ``before`` is the day's edition until then."""
    made = outcome.digest
    if made is None:
        return
    paths = [path_of(made.day, form, night.config.out) for form in night.config.formats]
    n_failed = len(made.failures)
    state = f"{made.state}: {n_failed} failure{'s' * (n_failed != 1)}" if n_failed else made.state
    state = state.replace("_", " ")
    if before == made:
        place = paths[0] if paths else night.config.out
        reporter.note(f"nothing left to brief; the edition of {made.day} is at {place}, {state}.")
        return
    for path in paths:
        reporter.note(f"wrote {path}")
    reporter.note(f"the edition of {made.day} is {state}.")


def _measured(night: nights.Night, outcome: nights.Outcome, began: datetime) -> nights.Outcome:
    """Write the metrics of a finished night; that they could not be is one more problem of it."""
    if night.config.metrics is None or outcome.state != "done":
        return outcome
    try:
        measured = nights.metrics(outcome, began=began, now=datetime.now(UTC))
        watching.write_metrics(night.config.metrics, measured)
    except OSError as error:
        problem = f"the metrics could not be written: {error}"
        return replace(outcome, problems=(*outcome.problems, problem))
    return outcome


def _pinged(url: str, outcome: nights.Outcome | None) -> str | None:
    """Tell who watches how it went, and nothing where another run has the night: that one will."""
    if outcome is not None and outcome.state == "busy":
        return None
    return watching.ping(url, succeeded=outcome is not None and outcome.succeeded)


def _exit_code(outcome: nights.Outcome, reporter: Reporter) -> ExitCode:
    for problem in outcome.problems:
        reporter.error(problem)
    if outcome.state == "busy":
        reporter.note("another run has this night; nothing to do.")
        return ExitCode.OK
    if outcome.digest is None:
        reporter.error("another run took this night over; it will make the document.")
        return ExitCode.NO_DOCUMENT
    return ExitCode.PARTIAL if outcome.problems else editions.EXIT_CODES[outcome.digest.state]
