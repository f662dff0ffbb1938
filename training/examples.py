"""Turn gold briefs into what is trained on: token ids of passages, whole briefs and articles.

Writes to the output folder:
``passages.jsonl``  one passage -> line a row: ``p`` prompt ids, ``o`` line ids, its origin
                    or yes or no to a line of it (kind ``question``)
``untrained.jsonl`` the held-back passages as the prompt for untrained models asks them
``briefs.jsonl``    one article -> whole brief a row, same form
``tags.jsonl``      one article a row: ``title`` ids, ``sentences`` (ids each), ``labels``
``keep.npy``        every token id that occurs, and the most common ones: a vocabulary to train with

Knows nothing of models but their tokenizer.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from briefer import prompts
from briefer.drafting import TRAINED
from training import corpus, own, pairs
from training.condenser import QUESTION
from training.pairs import REFUSAL, Pair

END = "<|im_end|>"
N_HELD_BACK = 300
N_COMMON = 20_000  # lowest ids of a byte-pair vocabulary are its most common pieces
MAX_BRIEF_TOKENS = 2400


def brief_prompt(title: str, sentences: Iterable[str]) -> str:
    """An article with numbered sentences, to be continued with its whole brief."""
    numbered = "\n".join(f"[{i}] {sentence}" for i, sentence in enumerate(sentences))
    return f"Title: {title}\n{numbered}\nBrief:\n"


def brief_lines(gold: dict[str, Any]) -> str:
    """Headline, facts, agreements, dissent: a letter, sentence numbers, names, the line."""
    lines = [f"H | {gold['headline']}"]
    lines += [f"F {_ranges(item['sentences'])} | {item['text']}" for item in gold["facts"]]
    lines += [
        f"A {_ranges(item['sentences'])} | {'; '.join(item['parties'])} | {item['text']}"
        for item in gold["agreements"]
    ] or ["A none"]
    lines += [
        f"D {_ranges(item['sentences'])} | {item['holder']} | {item['text']}"
        for item in gold["dissent"]
    ] or ["D none"]
    return "\n".join(lines)


def _ranges(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def build(data: Path, dev: Path | None, tokenizer: Any, out: Path, seed: int) -> dict[str, int]:
    """Write all files; returns how many rows each has."""
    out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)  # noqa: S311 - shuffling
    train = list(corpus.read_train(data))
    measured = list(corpus.read_dev(dev)) if dev else []
    found = [pair for example in train for pair in pairs.make(example, rng)]
    held_back = _held_back(found, rng)
    rows = [_passage_row(tokenizer, k, pair, k in held_back) for k, pair in enumerate(found)]
    known = {example.id: example for example in train}
    judged = list(own.read(known))
    rows += _own_rows(tokenizer, judged)
    rows += [_question_row(tokenizer, one) for one in own.questions(judged, found, known, rng)]
    untrained = [_untrained_row(tokenizer, k, found[k]) for k in sorted(held_back)]
    articles = [*train, *measured]
    written = {
        "passages": rows,
        "untrained": untrained,
        "briefs": [_brief_row(tokenizer, example) for example in articles],
        "tags": [_tag_row(tokenizer, example) for example in articles],
    }
    for name, table in written.items():
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table)
        (out / f"{name}.jsonl").write_text(lines)
    np.save(out / "keep.npy", _kept(written))
    return {name: len(table) for name, table in written.items()}


def _held_back(found: list[Pair], rng: random.Random) -> set[int]:
    """300 of the held-back passages: all agreements, then in the shares of the kinds."""
    usable = [k for k, pair in enumerate(found) if pair.split == "val" and pair.line != REFUSAL]
    chosen = [k for k in usable if found[k].kind == "agreement"]
    for kind, n in (("dissent", 90), ("headline", 35)):
        of_kind = [k for k in usable if found[k].kind == kind]
        chosen += rng.sample(of_kind, min(n, len(of_kind)))
    facts = [k for k in usable if found[k].kind == "fact"]
    return {*chosen, *rng.sample(facts, min(len(facts), N_HELD_BACK - len(chosen)))}


def _passage_row(tokenizer: Any, number: int, pair: Pair, is_held_back: bool) -> dict[str, Any]:  # noqa: FBT001
    row = {key: value for key, value in asdict(pair).items() if key != "variables"}
    row |= {"half": corpus.fold_of(f"half {pair.id}", 2)}
    row |= {"n": number, "held_back": is_held_back, "speaker": pair.variables["speaker"]}
    row["p"] = _prompt_ids(tokenizer, pair.variables)
    return row | {"o": _ids(tokenizer, f" {pair.line}{END}")}


def _own_rows(tokenizer: Any, judged: list[own.Judged]) -> list[dict[str, Any]]:
    """The lines that readers let stand or wrote, for the passages that the pipeline chooses."""
    return [
        {
            "id": one.id,
            "split": "train",
            "licence": one.licence,
            "kind": one.kind,
            "line": one.wanted,
            "half": corpus.fold_of(f"half {one.id}", 2),
            "held_back": False,
            "p": _prompt_ids(tokenizer, one.variables),
            "o": _ids(tokenizer, f" {one.wanted}{END}"),
        }
        for one in judged
        if one.wanted is not None and not one.is_held_out
    ]


def _question_row(tokenizer: Any, one: own.Question) -> dict[str, Any]:
    return {
        "id": one.id,
        "split": "val" if one.is_held_out else "train",
        "licence": one.licence,
        "kind": QUESTION,
        "line": one.answer,
        "half": corpus.fold_of(f"half {one.id}", 2),
        "held_back": False,
        "p": _prompt_ids(tokenizer, one.variables),
        "o": _ids(tokenizer, f" {one.answer}"),
    }


def _prompt_ids(tokenizer: Any, variables: Mapping[str, Any]) -> list[int]:
    rendered = prompts.render("condense", TRAINED.version, **variables)
    return _ids(tokenizer, rendered.instruction + rendered.text)


def _untrained_row(tokenizer: Any, number: int, pair: Pair) -> dict[str, Any]:
    rendered = prompts.render("condense", "v1", **pair.variables)
    turns = (("system", rendered.instruction.strip()), ("user", rendered.text.strip()))
    chat = "".join(f"<|im_start|>{role}\n{said}{END}\n" for role, said in turns)
    return {"n": number, "p": _ids(tokenizer, f"{chat}<|im_start|>assistant\n")}


def _brief_row(tokenizer: Any, example: corpus.Example) -> dict[str, Any]:
    sentences = list(example.sentences)
    while len(ids := _ids(tokenizer, brief_prompt(example.title, sentences))) > MAX_BRIEF_TOKENS:
        sentences.pop()
    row: dict[str, Any] = {"id": example.id, "split": example.split, "licence": example.licence}
    row |= {"n_sentences": len(sentences), "is_whole": len(sentences) == len(example.sentences)}
    line = "" if example.split == "dev" else brief_lines(example.gold)
    return row | {"p": ids, "o": _ids(tokenizer, line + END)}


def _tag_row(tokenizer: Any, example: corpus.Example) -> dict[str, Any]:
    return {
        "id": example.id,
        "split": example.split,
        "licence": example.licence,
        "fold": corpus.fold_of(example.id, 5),
        "title": _ids(tokenizer, f"Title: {example.title}\n"),
        "sentences": [_ids(tokenizer, f"{sentence}\n") for sentence in example.sentences],
        "labels": example.labels,
    }


def _ids(tokenizer: Any, text: str) -> list[int]:
    ids: list[int] = tokenizer(text, add_special_tokens=False)["input_ids"]
    return ids


def _kept(written: dict[str, list[dict[str, Any]]]) -> np.ndarray:
    used = set(range(N_COMMON))
    for table in written.values():
        for row in table:
            for part in ("p", "o", "title"):
                used.update(row.get(part, []))
            for sentence in row.get("sentences", []) if "title" in row else []:
                used.update(sentence)
    return np.array(sorted(used), dtype=np.int64)
