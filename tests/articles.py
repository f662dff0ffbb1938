"""Two made-up articles with gold briefs, laid out as ``train-briefs`` is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FIRST = (
    "Lyr and Tessmark agreed on Monday to share the Ardo shoals.",
    "Ann Lee, who leads the opposition, called the deal a betrayal.",
    "The sea was calm.",
    "“We were never asked,” she said.",
)
SECOND = ("The town of Orm opened a library.", "It holds 9,000 books.", "Children may borrow two.")


def _gold(**known: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "kind": "news",
        "actors": [],
        "agreements": [],
        "dissent": [],
        "near": [],
        "speech": [],
    }
    return empty | known


GOLD_FIRST = _gold(
    headline="Lyr and Tessmark share shoals",
    facts=[{"text": "Lyr and Tessmark will share the Ardo shoals.", "sentences": [0]}],
    agreements=[
        {
            "parties": ["Lyr", "Tessmark"],
            "text": "Lyr and Tessmark agreed to share the Ardo shoals.",
            "sentences": [0],
            "must": True,
        }
    ],
    dissent=[
        {
            "holder": "Ann Lee",
            "against": "the deal",
            "text": "Ann Lee called the deal a betrayal.",
            "quote": None,
            "sentences": [1, 3],
            "must": False,
        }
    ],
    speech=[{"speaker": "Ann Lee", "sentences": [1, 3]}],
)
GOLD_SECOND = _gold(
    headline="Orm opens library",
    facts=[
        {"text": "Orm opened a library.", "sentences": [0]},
        {"text": "The library in Orm holds 12,000 books.", "sentences": [1]},
    ],
    near=[{"not": "dissent", "sentences": [2], "why": "A rule, no view."}],
)


def write(folder: Path, n_copies: int = 1) -> Path:
    """Write both articles ``n_copies`` times; of each kind the last copy is in ``val``."""
    folder.mkdir(parents=True, exist_ok=True)
    articles, golds = [], []
    for copy in range(n_copies):
        split = "val" if copy == n_copies - 1 and n_copies > 1 else "train"
        for name, sentences, gold in (("a", FIRST, GOLD_FIRST), ("b", SECOND, GOLD_SECOND)):
            articles.append(_article(f"{name}{copy}", split, sentences, gold["headline"]))
            golds.append({"id": f"{name}{copy}", "split": split, **gold})
    for file, rows in (("articles", articles), ("gold", golds)):
        (folder / f"{file}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def _article(name: str, split: str, sentences: tuple[str, ...], title: str) -> dict[str, Any]:
    spans, text = [], ""
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence + " "
    known = {"id": name, "split": split, "licence": "original", "title": title}
    return known | {"text": text, "sentences": spans}
