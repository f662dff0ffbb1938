"""``python -m training examples | tagger | condenser``: one step each; ``make train`` runs all."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any, get_args

from training import condenser, loop, qwen2, tagger


def main() -> None:
    """Run one step."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    _add_examples(steps.add_parser("examples", help="make the training examples"))
    _add_settings(steps.add_parser("tagger", help="train the sentence tagger"), tagger.Settings)
    _add_settings(steps.add_parser("condenser", help="train the condenser"), condenser.Settings)
    arguments = vars(parser.parse_args())
    step = arguments.pop("step")
    if step == "examples":
        _make_examples(**arguments)
    elif step == "tagger":
        tagger.train(tagger.Settings(**arguments))
    else:
        condenser.train(condenser.Settings(**arguments))


def _add_examples(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder of train-briefs")
    parser.add_argument(
        "--dev", type=Path, help="folder of dev-briefs: predicted, never trained on"
    )
    parser.add_argument("--gguf", type=Path, required=True, help="its tokenizer is used")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)


def _make_examples(data: Path, dev: Path | None, gguf: Path, out: Path, seed: int) -> None:
    # transformers takes seconds to import and only this step needs it.
    from transformers import AutoTokenizer

    from training import examples

    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    print(examples.build(data, dev, tokenizer, out, seed))


def _add_settings(parser: argparse.ArgumentParser, settings: type) -> None:
    """One option a field of the dataclass, in its type."""
    for field in dataclasses.fields(settings):
        option = f"--{field.name.replace('_', '-')}"
        is_required = field.default is dataclasses.MISSING
        default = None if is_required else field.default
        parser.add_argument(
            option, required=is_required, default=default, **_reading(field.name, str(field.type))
        )


def _reading(name: str, type_name: str) -> dict[str, Any]:
    if name == "folds":
        return {"type": lambda given: tuple(given.split(",")), "metavar": "final,0,1,…"}
    choices = {
        "Task": condenser.Task,
        "Attention": qwen2.Attention,
        "loop.Precision": loop.Precision,
    }
    if type_name in choices:
        return {"choices": get_args(choices[type_name])}
    types: dict[str, Any] = {"Path": Path, "int": int, "float": float, "str": str}
    return {"type": types[type_name.removesuffix(" | None")]}


if __name__ == "__main__":
    main()
