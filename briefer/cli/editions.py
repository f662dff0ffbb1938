"""``briefer digest``: articles in, one document a format in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo

import typer

from briefer import digest as digests
from briefer import render, settings
from briefer.cli import inputs, options, running
from briefer.cli.briefing import refusal
from briefer.cli.reporting import ExitCode, Reporter, exits, say
from briefer.errors import BrieferError, RenderError, UnknownOption
from briefer.schema import Brief, Digest, DigestState, Failure, Options

Format = Literal["pdf", "html", "md", "json"]
_FORMATS: tuple[Format, ...] = get_args(Format)

_EXIT_CODES: dict[DigestState, ExitCode] = {
    "complete": ExitCode.OK,
    "quiet": ExitCode.OK,
    "partial": ExitCode.PARTIAL,
    "broken": ExitCode.PARTIAL,
    "nothing_to_report": ExitCode.NOTHING_TO_REPORT,
}


def digest(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders, JSON Lines, feeds.")
    ],
    out: Annotated[Path, typer.Option(help="The folder for the documents.")] = Path("out"),
    day: Annotated[
        str | None, typer.Option(help="The edition's label, YYYY-MM-DD (default: today).")
    ] = None,
    format: Annotated[str, typer.Option(help="Any of pdf,html,md,json.")] = ",".join(_FORMATS),  # noqa: A002
    engine: options.Engine = None,
    model: options.Model = None,
    language: options.Language = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Make one document of many articles: OUT/DAY.pdf, .html, .md and .json.

    Exits with 0 complete; 4 partial (the document lists the failures); 5 nothing to report;
    1 no document; 2 bad usage; 6 no usable model.
    """
    reporter = options.reporter_of(quiet=quiet, verbose=verbose)
    with exits():
        known = settings.load()
        formats, label = _formats(format), _day(day, known.timezone)
        briefer = options.briefer_of(context, known, model, engine)
        outcomes = running.brief_each(inputs.scan(paths, language=language), briefer, Options())
        edition = _build(outcomes, label, reporter)
        written = _write_all(edition, formats, out)
        for path in written:
            reporter.note(f"wrote {path}")
    raise typer.Exit(_exit_code(edition, written, formats))


def _exit_code(edition: Digest, written: Sequence[Path], formats: Sequence[Format]) -> ExitCode:
    if not written:
        return ExitCode.NO_DOCUMENT
    return ExitCode.PARTIAL if len(written) < len(formats) else _EXIT_CODES[edition.state]


def _formats(given: str) -> tuple[Format, ...]:
    names = [name.strip().lower() for name in given.split(",") if name.strip()]
    for name in names:
        if name not in _FORMATS:
            raise UnknownOption(f"--format knows no {name!r}; it takes {','.join(_FORMATS)}.")
    if not names:
        raise UnknownOption(f"--format is empty; it takes any of {','.join(_FORMATS)}.")
    return tuple(form for form in _FORMATS if form in names)


def _day(given: str | None, timezone: str | None) -> date:
    if given is None:
        return datetime.now(ZoneInfo(timezone) if timezone else None).astimezone().date()
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise UnknownOption(f"--day {given!r} is no day; write it like 2026-11-24.") from error


def _build(outcomes: Iterable[running.Outcome], day: date, reporter: Reporter) -> Digest:
    briefs: list[Brief] = []
    failures: list[Failure] = []
    with reporter.progress("briefing") as advance:
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
    return digests.build(briefs, day=day, failures=failures)


def _write_all(edition: Digest, formats: Sequence[Format], folder: Path) -> list[Path]:
    """Write what can be made; a format that cannot is said on stderr, the others still come."""
    written: list[Path] = []
    for form in formats:
        path = folder / f"{edition.day.isoformat()}.{form}"
        try:
            write_whole(path, _document(edition, form))
        except (RenderError, OSError) as error:
            say(f"{path} could not be made: {error}")
        else:
            written.append(path)
    return written


def _document(edition: Digest, form: Format) -> bytes:
    if form == "pdf":
        return render.pdf(edition)
    writers = {"html": render.html, "md": render.markdown, "json": digests.dump}
    return writers[form](edition).encode()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that under its name there is the old or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with scratch.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
