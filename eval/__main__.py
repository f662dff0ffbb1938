"""The evaluation's command line: ``python -m eval [COMMAND]``; without one, the whole table.

(none)        model-free measures, whole briefs, baselines: table, report.json, report.html
brief         only make the briefs that a table needs, in pieces of --minutes
score FILE    judge the briefs of any system (JSON Lines of briefs, source.ref = article id)
check-briefs  schema, and every piece of evidence where it says
gate          figures against their floors; --update sets them
refresh       compute the completions and tags that the gate takes from store
bench         seconds an article, by engine
judge         agreement of a judge model with human labels (needs a model behind an API)
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from briefer.errors import BrieferError
from eval import commands
from eval.bench import ENGINES
from eval.data import DEFAULT, REPOSITORY
from eval.errors import GateClosed, MissingCompletion

_CLOSED, _FAILED = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when the gate is closed, 2 when it cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except (GateClosed, MissingCompletion) as error:
        print(error, file=sys.stderr)
        return _CLOSED
    except BrieferError as error:
        print(f"eval: {error}", file=sys.stderr)
        return _FAILED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_places(parser)
    _add_table(parser)
    parser.set_defaults(command=commands.table)
    named = parser.add_subparsers(title="commands")
    _add_makers(named)
    _add_judges(named)
    return parser


def _add_places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=DEFAULT, help="folder with dev-briefs, train-briefs, data"
    )
    parser.add_argument(
        "--out", type=Path, default=REPOSITORY / "eval" / "out", help="where runs are kept"
    )
    parser.add_argument("--model", default=None, help="as briefer's --model")
    parser.add_argument("--engine", default="auto", help="as briefer's --engine")


def _add_table(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--only", default=None, help="fields to measure, separated by commas; 'whole' for briefs"
    )
    parser.add_argument(
        "--minutes",
        type=float,
        default=24 * 60.0,
        help="stop making briefs then; 0: only what is kept",
    )
    parser.add_argument(
        "--background", action="store_true", help="go on without this terminal; log in --out"
    )


def _add_makers(named: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    brief = named.add_parser("brief", help="make briefs and stop when the time is up")
    brief.add_argument("system", choices=("pipeline", "one-shot"))
    brief.add_argument("--minutes", type=float, default=24 * 60.0)
    brief.set_defaults(command=commands.brief)
    refresh = named.add_parser("refresh", help="completions and tags for the gate")
    refresh.add_argument("--samples-only", action="store_true", help="tag the samples only")
    refresh.add_argument("--minutes", type=float, default=24 * 60.0, help="stop tagging then")
    refresh.set_defaults(command=commands.refresh)
    bench = named.add_parser("bench", help="seconds an article, by engine")
    bench.add_argument("--articles", type=int, default=5, help="how many, near the median length")
    bench.add_argument(
        "--engines",
        type=_engines,
        default=(),
        metavar="ENGINE,…",
        help=f"of {', '.join(ENGINES)}; without it the one that --engine chooses",
    )
    bench.set_defaults(command=commands.bench)


def _engines(given: str) -> tuple[str, ...]:
    names = tuple(given.split(","))
    unknown = [name for name in names if name not in ENGINES]
    if unknown:
        raise argparse.ArgumentTypeError(
            f"no engine {', '.join(unknown)}; there are: {', '.join(ENGINES)}"
        )
    return names


def _add_judges(named: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    score = named.add_parser("score", help="judge briefs of any system")
    score.add_argument("briefs", type=Path)
    score.add_argument("--name", default="given", help="what the table calls the system")
    score.set_defaults(command=commands.score)
    check = named.add_parser("check-briefs", help="schema and evidence of the kept briefs")
    check.add_argument("briefs", type=Path, nargs="?", default=None)
    check.set_defaults(command=commands.check_briefs)
    gate = named.add_parser("gate", help="figures against their floors")
    gate.add_argument("--update", action="store_true", help="set the floors at today's figures")
    gate.add_argument("--allow-regression", metavar="WHY", default=None)
    gate.add_argument("--samples-only", action="store_true", help="leave the gold outside alone")
    gate.set_defaults(command=commands.gate_command)
    judge = named.add_parser("judge", help="how far a judge model agrees with humans")
    judge.add_argument("--url", required=True, help="base URL of an OpenAI-compatible API")
    judge.add_argument("--judge-model", required=True)
    judge.add_argument("--limit", type=int, default=100)
    judge.set_defaults(command=commands.judge)


if __name__ == "__main__":
    sys.exit(main())
