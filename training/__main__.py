"""``python -m training all`` makes every shipped part anew; the other steps are its pieces."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args

from briefer.errors import BrieferError
from training import (
    acting,
    agreements,
    compare,
    condenser,
    corpus,
    kinds,
    loop,
    lora,
    probes,
    qwen2,
    reproduction,
    salience,
    shipping,
    speaker,
    stance,
    tagger,
)

SHARED = Path("../shared")
OUT = Path("out/training")

Arguments = dict[str, Any]


_FAILED = 2


def main(given: Sequence[str] | None = None) -> int:
    """Run one step; 2 where it cannot be done."""
    arguments = vars(_parser().parse_args(given))
    try:
        if folder := _gold(arguments):
            corpus.check(folder)
        for line in _STEPS[arguments.pop("step")](arguments):
            print(line)
    except BrieferError as error:
        print(f"training: {error}", file=sys.stderr)
        return _FAILED
    return 0


def _gold(arguments: Arguments) -> Path | None:
    """Where the step reads gold from, if it reads any."""
    if "shared" in arguments:
        return Path(arguments["shared"], "train-briefs")
    data: Path | None = arguments.get("data")
    return data


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    _add_all(steps.add_parser("all", help="examples, all parts by their recipes, shipped files"))
    _add_examples(steps.add_parser("examples", help="make the training examples"))
    _add_settings(steps.add_parser("tagger", help="train a sentence tagger"), tagger.Settings)
    _add_settings(steps.add_parser("condenser", help="train a condenser"), condenser.Settings)
    _add_ship(steps.add_parser("ship", help="pack what was trained"))
    _add_compare(steps.add_parser("compare", help="taggers side by side on held-back articles"))
    _add_linear(steps.add_parser("linear", help="fit the small linear models into the package"))
    _add_linear(steps.add_parser("acting", help="what the package's taggers see of who acts"))
    _add_linear(steps.add_parser("stance", help="what the package's taggers see of lines of views"))
    _add_linear(steps.add_parser("probes", help="fit what a second model's states tell of lines"))
    _add_same(steps.add_parser("same", help="the engines' lines beside float32's"))
    return parser


def _all(arguments: Arguments) -> list[str]:
    return _listing(reproduction.run(reproduction.Plan(**arguments)))


def _examples(arguments: Arguments) -> list[str]:
    reproduction.make_examples(**arguments)
    return []


def _linear(arguments: Arguments) -> list[str]:
    # Each reads with what the one before it wrote.
    for part in (kinds, speaker, salience, agreements):
        part.main(arguments["shared"])
    return []


def _probes(arguments: Arguments) -> list[str]:
    return probes.main(arguments["shared"])


def _acting(arguments: Arguments) -> list[str]:
    return acting.main(arguments["shared"])


def _stance(arguments: Arguments) -> list[str]:
    return stance.main(arguments["shared"])


def _tagger(arguments: Arguments) -> list[str]:
    tagger.train(tagger.Settings(**arguments))
    return []


def _condenser(arguments: Arguments) -> list[str]:
    condenser.train(condenser.Settings(**arguments))
    return []


def _compare(arguments: Arguments) -> list[str]:
    return compare.table(**arguments)


def _same(arguments: Arguments) -> list[str]:
    # transformers takes seconds to import and only this step needs it.
    from training import sameness

    return sameness.report(**arguments)


def _ship(arguments: Arguments) -> list[str]:
    only = arguments.pop("only")
    return _listing(shipping.ship(**arguments, chosen=shipping.choices(only)))


_STEPS: dict[str, Callable[[Arguments], list[str]]] = {
    "all": _all,
    "examples": _examples,
    "tagger": _tagger,
    "condenser": _condenser,
    "ship": _ship,
    "compare": _compare,
    "linear": _linear,
    "acting": _acting,
    "stance": _stance,
    "probes": _probes,
    "same": _same,
}


def _listing(files: list[Path]) -> list[str]:
    return [f"{path.stat().st_size:>10} {path}" for path in files]


def _add_all(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=SHARED / "train-briefs")
    parser.add_argument("--dev", type=Path, help="articles to predict, never trained on")
    parser.add_argument("--out", type=Path, default=OUT, help="examples, checkpoints, predictions")
    parser.add_argument("--into", type=Path, default=OUT / "shipped", help="the packed parts")
    parser.add_argument("--limit", type=int, help="train on so many examples: proves the way")
    _add_only(parser)


def _add_ship(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--results", type=Path, default=OUT)
    parser.add_argument("--examples", type=Path, default=OUT / "examples")
    parser.add_argument("--out", type=Path, default=OUT / "shipped")
    _add_only(parser)


def _add_compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=SHARED / "train-briefs")
    parser.add_argument("--results", type=Path, default=OUT, help="holds RUN.final.npz, RUN.0.npz…")
    parser.add_argument("runs", nargs="*", metavar="RUN")


def _add_same(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=SHARED / "train-briefs")
    parser.add_argument("--n", type=int, default=50, help="passages")
    parser.add_argument("--engines", type=_names, default=("openvino", "llamacpp", "transformers"))


def _add_only(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--only", type=_names, default=(), metavar="PART,…", help="names of parts.json"
    )


def _add_linear(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--shared", type=Path, default=SHARED, help="holds train-briefs")


def _add_examples(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder of train-briefs")
    parser.add_argument(
        "--dev", type=Path, help="folder of dev-briefs: predicted, never trained on"
    )
    parser.add_argument("--gguf", type=Path, required=True, help="its tokenizer is used")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)


def _add_settings(parser: argparse.ArgumentParser, settings: type) -> None:
    """One option a field of the dataclass, in its type."""
    for field in dataclasses.fields(settings):
        option = f"--{field.name.replace('_', '-')}"
        is_required = field.default is dataclasses.MISSING
        default = None if is_required else field.default
        parser.add_argument(
            option, required=is_required, default=default, **_reading(field.name, str(field.type))
        )


def _names(given: str) -> tuple[str, ...]:
    return tuple(given.split(","))


def _reading(name: str, type_name: str) -> dict[str, Any]:
    if name == "folds":
        return {"type": _names, "metavar": "final,0,1,…"}
    choices = {
        "Task": condenser.Task,
        "Attention": qwen2.Attention,
        "loop.Precision": loop.Precision,
        "lora.Factors": lora.Factors,
    }
    if type_name in choices:
        return {"choices": get_args(choices[type_name])}
    types: dict[str, Any] = {"Path": Path, "int": int, "float": float, "str": str}
    return {"type": types[type_name.removesuffix(" | None")]}


if __name__ == "__main__":
    sys.exit(main())
