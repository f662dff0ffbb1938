"""The articles of train-briefs parsed, with their gold, for the small linear models.

Knows nothing of features.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from briefer import text as texts
from briefer.models.syntax import Parser
from briefer.schema import CleanArticle, Sentence

_OWNED = re.compile(r"[’']s\b")
_WORDS = re.compile(r"[\w\-]+")
_PREPOSITIONS = frozenset(("of", "for", "in", "at", "from", "to"))
_EMPTY = frozenset(("the", "a", "an", "unnamed"))


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article as briefer reads it, its parse, and its gold brief (as in the file).

    ``is_original`` are those written for the project, not real news.
    """

    article: CleanArticle
    parse: Doc
    gold: dict[str, Any]
    is_original: bool = False

    def speakers(self) -> dict[int, list[str]]:
        """The speakers of every sentence of reported speech, by its index."""
        found: dict[int, list[str]] = {}
        for group in self.gold["speech"]:
            for index in group["sentences"]:
                found.setdefault(index, []).append(group["speaker"])
        return found

    def aliases(self, name: str) -> list[str]:
        """What gold calls somebody."""
        return [
            alias
            for actor in self.gold["actors"]
            if key(actor["name"]) == key(name)
            for alias in (actor["name"], *actor["aliases"])
        ]


def read(shared: Path, split: str) -> Iterator[Parsed]:
    """The articles of a split (``train``, ``val``), with the sentences that gold counts by."""
    folder = shared / "train-briefs"
    parser = Parser()
    with (folder / "articles.jsonl").open() as articles, (folder / "gold.jsonl").open() as golds:
        for article_line, gold_line in zip(articles, golds, strict=True):
            stored = json.loads(article_line)
            if stored["split"] == split:
                article = _article(stored)
                gold = json.loads(gold_line)
                is_original = stored["licence"] == "original"
                yield Parsed(article, parser.parse(article), gold, is_original)


def _article(stored: dict[str, Any]) -> CleanArticle:
    text = stored["text"]
    starts = [paragraph.start for paragraph in texts.paragraphs(text)]
    sentences = tuple(
        Sentence(index, start, end, text[start:end], bisect_right(starts, start) - 1)
        for index, (start, end) in enumerate(stored["sentences"])
    )
    return CleanArticle(
        text=text,
        sentences=sentences,
        sha256=stored["sha256"],
        title=stored["title"],
        publisher=stored["publisher"],
        ref=stored["id"],
    )


def key(name: str) -> str:
    """A name for comparing: lower case words without articles."""
    folded = _OWNED.sub("", name.casefold().replace(".", "").replace("’", "'"))
    return " ".join(word for word in _WORDS.findall(folded) if word not in _EMPTY)


def ends_alike(found: str, names: Iterable[str]) -> bool:
    """Whether a name is one of gold's or one ends with the other, for there the head stands.

    Stricter than ``is_same``: "Iran" is not "Iran's parliament".
    """
    words = key(found).split()
    wanted = [key(name).split() for name in names]
    return any(one and words and _ends_with(*sorted((one, words), key=len)) for one in wanted)


def _ends_with(shorter: list[str], longer: list[str]) -> bool:
    before = len(longer) - len(shorter)
    is_end = longer[before:] == shorter
    return is_end and (before == 0 or longer[before - 1] not in _PREPOSITIONS)


def is_same(found: str, names: Iterable[str]) -> bool:
    """Whether a name is one of gold's, or its words are among one's (or the other way round)."""
    words = set(key(found).split())
    if not words:
        return False
    wanted = [set(key(name).split()) for name in names]
    return any(one and (one <= words or words <= one) for one in wanted)
