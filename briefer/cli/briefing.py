"""``briefer brief``: articles in, briefs on stdout, in the order of the arguments."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Annotated, Literal, get_args

import typer

from briefer import articles, render, settings
from briefer.cli import inputs, options, running
from briefer.cli.reporting import ExitCode, Reporter, exits
from briefer.errors import BrieferError, UnknownOption
from briefer.schema import Article, Brief, Include, Options

Format = Literal["json", "markdown", "text", "html"]


def brief(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help="Text, Markdown, HTML, JSON, ninjs, JSON Lines, PDF, feeds, folders; - for stdin.",
        ),
    ],
    format: Annotated[Format, typer.Option(help="What a brief looks like.")] = "json",  # noqa: A002
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False,
    include: Annotated[
        str, typer.Option(help="Add texts: source_text, withheld_text, or both with a comma.")
    ] = "",
    engine: options.Engine = None,
    model: options.Model = None,
    language: options.Language = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Brief one article a file, or all of a feed, a folder or JSON Lines.

    Several articles, or --jsonl, give one JSON object a line, in the order of the arguments; with
    --format markdown or text one after the other. --format html takes a single article.
    Exits with 0; 2 bad usage; 3 an input could not be briefed; 6 no usable model.
    """
    reporter = options.reporter_of(quiet=quiet, verbose=verbose)
    with exits():
        wanted = Options(include=_included(include))
        briefer = options.briefer_of(context, settings.load(), model, engine)
        items = inputs.scan_filled(files, language=language)
        head = list(islice(items, 2))
        are_many = jsonl or len(files) > 1 or len(head) > 1
        _check_form(format, jsonl=jsonl, are_many=are_many)
        outcomes = running.brief_each(chain(head, items), briefer, wanted)
        form = "jsonl" if are_many and format == "json" else format
        n_failed = _print_all(outcomes, form, reporter)
    raise typer.Exit(ExitCode.INPUT_NOT_BRIEFED if n_failed else ExitCode.OK)


def _included(written: str) -> tuple[Include, ...]:
    names = [name.strip() for name in written.split(",") if name.strip()]
    known: tuple[Include, ...] = get_args(Include)
    for name in names:
        if name not in known:
            raise UnknownOption(f"--include knows no {name!r}; it takes {' and '.join(known)}.")
    return tuple(name for name in known if name in names)


def _check_form(form: Format, *, jsonl: bool, are_many: bool) -> None:
    if jsonl and form != "json":
        raise UnknownOption(f"--jsonl prints JSON; it does not go with --format {form}.")
    if are_many and form == "html":
        raise UnknownOption(
            "--format html makes one page of one article; use briefer digest for several."
        )


def _print_all(
    outcomes: Iterator[running.Outcome], form: Format | Literal["jsonl"], reporter: Reporter
) -> int:
    """Print what came out; the number of inputs that could not be briefed."""
    n_failed = 0
    with reporter.progress() as advance:
        for number, (article, outcome) in enumerate(outcomes):
            advance((article.ref if article else None) or "")
            if isinstance(outcome, BrieferError):
                reporter.error(_failure(article, outcome))
            else:
                _print(outcome, form, is_first=number == 0)
                if article and outcome.status != "ok":
                    reporter.error(refusal(article, outcome))
            n_failed += isinstance(outcome, BrieferError) or outcome.status != "ok"
    return n_failed


def _failure(article: Article | None, error: BrieferError) -> str:
    return f"{article.ref or 'an article'}: {error}" if article else str(error)


def refusal(article: Article, brief: Brief) -> str:
    """Why an article got an empty brief, in words."""
    note = articles.prepare(article).note or "it cannot be briefed"
    return f"{article.ref or 'the article'}: {brief.status}: {note}"


def _print(brief: Brief, form: Format | Literal["jsonl"], *, is_first: bool) -> None:
    if form in {"markdown", "text"} and not is_first:
        typer.echo()
    typer.echo(_written(brief, form).encode(), nl=False)


def _written(brief: Brief, form: Format | Literal["jsonl"]) -> str:
    if form == "jsonl":
        return brief.model_dump_json() + "\n"
    if form == "json":
        return brief.model_dump_json(indent=2) + "\n"
    writers = {"markdown": render.markdown, "text": render.text, "html": render.html}
    return writers[form](brief).rstrip("\n") + "\n"
