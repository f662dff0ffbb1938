"""Read the articles with gold briefs, and what each of their sentences carries.

The layout is that of ``train-briefs`` and ``dev-briefs`` (their README files).
Knows nothing of tokens or models.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefer import text as texts
from briefer.models.tagger.head import HINTS
from briefer.models.tagger.sentences import on_one_line
from training.errors import GoldError

N_LEAD = 4
_FILES = ("articles.jsonl", "gold.jsonl")


@dataclass(frozen=True, slots=True)
class Example:
    """An article, its sentences (white space on_one_line) and its gold brief (as in the file)."""

    id: str
    split: str
    licence: str
    title: str
    sentences: tuple[str, ...]
    gold: dict[str, Any]
    labels: tuple[tuple[int, ...], ...]


def check(folder: Path) -> None:
    """Find the gold before any work is done.

    Raises:
        GoldError: a file of it is not there.
    """
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise GoldError(
            f"no {', '.join(missing)} in {folder}: give the folder of your gold briefs (by --data, "
            "for the step linear the one that holds train-briefs by --shared). Ours are not "
            'published; "Without our gold" in training/card.md says what goes without.'
        )


def read_train(folder: Path) -> Iterator[Example]:
    """All articles of ``train-briefs``, splits ``train`` and ``val``."""
    with (folder / "articles.jsonl").open() as articles, (folder / "gold.jsonl").open() as golds:
        for article_line, gold_line in zip(articles, golds, strict=True):
            article, gold = json.loads(article_line), json.loads(gold_line)
            spans = article["sentences"]
            cut = tuple(on_one_line(article["text"][start:end]) for start, end in spans)
            yield Example(
                id=article["id"],
                split=article["split"],
                licence=article["licence"],
                title=on_one_line(article["title"] or ""),
                sentences=cut,
                gold=gold,
                labels=labels(gold, len(cut)),
            )


def read_dev(folder: Path) -> Iterator[Example]:
    """All articles of ``dev-briefs``: to measure, never to train. Their speech is not labelled."""
    for path in sorted((folder / "articles").glob("*.json")):
        article = json.loads(path.read_text())
        gold = json.loads((folder / "gold" / path.name).read_text())
        cleaned = texts.clean(article["text"])
        cut = texts.sentences(cleaned)
        spans = [(sentence.start, sentence.end) for sentence in cut]
        yield Example(
            id=f"dev:{article['id']}",
            split="dev",
            licence="",
            title=on_one_line(article["title"] or ""),
            sentences=tuple(on_one_line(sentence.text) for sentence in cut),
            gold=gold,
            labels=_dev_labels(gold, cleaned, spans),
        )


def fold_of(identifier: str, n_folds: int) -> int:
    """Which fold an article is in: by its id, so that it never changes."""
    return int(hashlib.sha256(f"fold {identifier}".encode()).hexdigest(), 16) % n_folds


def labels(gold: dict[str, Any], n: int) -> tuple[tuple[int, ...], ...]:
    """For each of the ``n`` sentences the labels and hints (0 or 1), as in the tagger's columns."""
    facts, dissent, agreements = gold["facts"], gold["dissent"], gold["agreements"]
    must = [item for item in (*dissent, *agreements) if item["must"]]
    groups = (facts, dissent, agreements, gold["speech"], facts[:N_LEAD], must)
    columns = [{i for item in items for i in item["sentences"]} for items in groups]
    items = [set(item["sentences"]) for item in (*facts, *dissent, *agreements)]
    columns.append({i for i in range(1, n) if any({i - 1, i} <= item for item in items)})
    return tuple(tuple(int(i in column) for column in columns) for i in range(n))


def _dev_labels(
    gold: dict[str, Any], text: str, spans: Sequence[tuple[int, int]]
) -> tuple[tuple[int, ...], ...]:
    quotes = (
        [quote for evidence in gold["facts_evidence"] for quote in evidence],
        [quote for item in gold["dissent"] for quote in item["evidence"]],
        [quote for item in gold["agreements"] for quote in item["evidence"]],
    )
    columns = [_touched(found, text, spans) for found in quotes]
    rest = (0,) * (1 + len(HINTS))
    return tuple((*(int(i in column) for column in columns), *rest) for i in range(len(spans)))


def _touched(quotes: list[str], text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    touched = set()
    for quote in map(texts.clean, quotes):
        at = text.find(quote)
        for i, (start, end) in enumerate(spans):
            shared = min(end, at + len(quote)) - max(start, at)
            # Half of a short sentence or 15 characters of a long one count as touched.
            if at >= 0 and shared > min(15, 0.5 * (end - start)):
                touched.add(i)
    return touched
