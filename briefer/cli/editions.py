"""``briefer digest``: articles in, one document a format in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, get_args

import typer

from briefer import digest as digests
from briefer import settings, stories, timezones
from briefer.cli import inputs, options, running
from briefer.cli.briefing import refusal
from briefer.cli.reporting import ExitCode, Reporter, exits, say
from briefer.errors import BrieferError, RenderError, UnknownOption
from briefer.nightly.config import Format
from briefer.nightly.documents import document, path_of, write_whole
from briefer.schema import Brief, Digest, DigestState, Failure, Options
from briefer.stories import Encode

_FORMATS: tuple[Format, ...] = get_args(Format)

EXIT_CODES: dict[DigestState, ExitCode] = {
    "complete": ExitCode.OK,
    "quiet": ExitCode.OK,
    "partial": ExitCode.PARTIAL,
    "broken": ExitCode.PARTIAL,
    "nothing_to_report": ExitCode.NOTHING_TO_REPORT,
}


Paths = Annotated[
    list[str] | None, typer.Argument(metavar="PATH", help="Files, folders, JSON Lines, feeds.")
]
Day = Annotated[str | None, typer.Option(help="The edition's label, YYYY-MM-DD (default: today).")]
Withdraw = Annotated[
    str | None,
    typer.Option(metavar="ID", help="Take an article out of the stored edition of --day."),
]


def digest(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    paths: Paths = None,
    out: Annotated[Path, typer.Option(help="The folder for the documents.")] = Path("out"),
    day: Day = None,
    format: Annotated[str, typer.Option(help="Any of pdf,html,md,json.")] = ",".join(_FORMATS),  # noqa: A002
    withdraw: Withdraw = None,
    reason: Annotated[str, typer.Option(help="Why, for the note in the corrected edition.")] = "",
    engine: options.Engine = None,
    model: options.Model = None,
    language: options.Language = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Make one document of many articles: OUT/DAY.pdf, .html, .md and .json.

    With --withdraw and no PATH: the nightly run's stored edition without one article, reissued
    with a note. ID is the id of its brief or its address.

    Exits with 0 complete; 4 partial (the document lists the failures); 5 nothing to report;
    1 no document; 2 bad usage; 6 no usable model.
    """
    reporter = options.reporter_of(quiet=quiet, verbose=verbose)
    with exits():
        known = settings.load()
        formats = _formats(format)
        label = today(datetime.now(UTC), known.timezone) if day is None else day_named(day)
        _check_out(out)
        if withdraw is not None:
            if paths:
                raise UnknownOption("--withdraw changes a stored edition; it takes no PATH.")
            edition = _withdraw(known.store, label, withdraw, reason)
        else:
            briefer = options.briefer_of(context, known, model, engine)
            given = _some(paths)
            items = inputs.scan(given, language=language)
            outcomes = running.brief_each(items, briefer, Options())
            encode = stories.encoder_for(engine or known.engine)
            edition = _build(outcomes, label, encode, reporter)
            if not edition.briefs and not edition.failures:
                kinds = f"briefer reads {inputs.KINDS}"
                reporter.note(f"no articles in {' '.join(given)}; {kinds}")
        written = _write_all(edition, formats, out)
        for path in written:
            reporter.note(f"wrote {path}")
    raise typer.Exit(_exit_code(edition, written, formats))


def _some(paths: Sequence[str] | None) -> Sequence[str]:
    if not paths:
        raise UnknownOption("give a PATH with articles, or --withdraw ID.")
    return paths


def _check_out(folder: Path) -> None:
    """Find out before an hour of briefing whether its documents can be written; makes nothing.

    Raises:
        UnknownOption: they cannot.
    """
    homes = (folder, *folder.absolute().parents)
    try:
        home = next(place for place in homes if place.exists())
        TemporaryDirectory(prefix=".briefer-", dir=home).cleanup()
    except OSError as error:
        why = error.strerror or error
        raise UnknownOption(f"--out {folder} cannot be written: {why}.") from error


def _withdraw(url: str, day: date, id_: str, reason: str) -> Digest:
    from briefer import store as stores  # on use: SQLAlchemy takes a moment to load

    store = stores.open(url)
    stored = store.digest_of(day)
    if stored is None:
        raise UnknownOption(f"the store has no edition of {day}; briefer nightly makes them.")
    corrected = digests.withdraw(stored.digest, id_, reason)
    store.save_digest(corrected)
    return corrected


def _exit_code(edition: Digest, written: Sequence[Path], formats: Sequence[Format]) -> ExitCode:
    if not written:
        return ExitCode.NO_DOCUMENT
    return ExitCode.PARTIAL if len(written) < len(formats) else EXIT_CODES[edition.state]


def _formats(given: str) -> tuple[Format, ...]:
    names = [name.strip().lower() for name in given.split(",") if name.strip()]
    for name in names:
        if name not in _FORMATS:
            raise UnknownOption(f"--format knows no {name!r}; it takes {','.join(_FORMATS)}.")
    if not names:
        raise UnknownOption(f"--format is empty; it takes any of {','.join(_FORMATS)}.")
    return tuple(form for form in _FORMATS if form in names)


def day_named(given: str) -> date:
    """The edition's day as ``--day`` names it.

    Raises:
        UnknownOption: there is no such day, or it is written in another way.
    """
    with suppress(ValueError):
        day = date.fromisoformat(given)
        if day.isoformat() == given:  # ISO 8601 has other ways too: 20261124, 2026-W48-2
            return day
    raise UnknownOption(f"--day {given!r} is no day; write it like 2026-11-24.")


def today(now: datetime, timezone: str | None) -> date:
    """The day of an aware moment in a time zone; ``None`` is the machine's."""
    return timezones.local(now, timezone).date()


def _build(
    outcomes: Iterable[running.Outcome], day: date, encode: Encode | None, reporter: Reporter
) -> Digest:
    briefs: list[Brief] = []
    failures: list[Failure] = []
    with reporter.progress() as advance:
        for article, outcome in outcomes:
            ref = article.ref if article else None
            advance(ref or "")
            if isinstance(outcome, BrieferError):
                reporter.error(f"{ref}: {outcome}" if ref else str(outcome))
                failures.append(digests.failure(ref, outcome))
                continue
            briefs.append(outcome)
            if article and outcome.status != "ok":
                reporter.note(refusal(article, outcome))
    by_id = {brief.id: brief for brief in briefs}
    return digests.build(briefs, day=day, failures=failures, stories=stories.gather(by_id, encode))


def _write_all(edition: Digest, formats: Sequence[Format], folder: Path) -> list[Path]:
    """Write what can be made; a format that cannot is said on stderr, the others still come."""
    written: list[Path] = []
    for form in formats:
        path = path_of(edition.day, form, folder)
        try:
            write_whole(path, document(edition, form))
        except (RenderError, OSError) as error:
            say(f"{path} could not be made: {error}")
        else:
            written.append(path)
    return written
