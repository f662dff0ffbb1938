"""The condenser's own lines, judged beside their articles by readers, and what is learned of them.

``judged.jsonl`` holds a row a line that the pipeline asked for on a training article: ``verdict`` T
(an editor lets it stand), M (misleads) or W (wrong), and for M and W ``better``, the line as it
should be ("none" where the passage carries none); ``sampled`` where it was drawn at a temperature
of .8 instead of being the likeliest. Three and more words that stand so in the
article are kept as places in it, ``[first word, how many]``: no text of the articles is here.
Knows nothing of tokens.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

from training import corpus, pairs

JUDGED = Path(__file__).with_name("judged.jsonl")
HOLDS, FAILS = "yes", "no"

# Of the experts' lines so many are asked about beside the judged ones; of those with a name of
# somebody else in the article's cast put in, so many; of the readers' own lines so many. So four
# questions in five are about judged passages, and .54 of the answers are "yes".
P_EXPERTS = 0.2
P_SWAPPED = 0.2
P_READERS = 0.6
# Of the lines that readers wrote for passages of which no line was judged, so many.
P_WRITTEN = 0.4
# Readers had the whole article before them. In experts' lines at most .3 of the longer words are
# new (95 in 100 lines).
MAX_NEW_WORDS = 0.4
_N_HELD_OUT = 10  # one article in ten


Spelled = list[str | list[int]]
"""A line as words of its own and as places in its article's words."""

_MIN_RUN = 3


def spelled(line: str, article: Sequence[str]) -> Spelled:
    """The line without the article's words; the longest run first, from left to right."""
    words = line.split()
    parts: Spelled = []
    at = 0
    while at < len(words):
        start, n = _longest_run(words[at:], article)
        if n >= _MIN_RUN:
            parts.append([start, n])
            at += n
        elif parts and isinstance(parts[-1], str):
            parts[-1] += f" {words[at]}"
            at += 1
        else:
            parts.append(words[at])
            at += 1
    return parts


def _longest_run(words: Sequence[str], article: Sequence[str]) -> tuple[int, int]:
    """Where in the article the longest opening of the words stands, and how many they are."""
    starts = (start for start, word in enumerate(article) if word == words[0])
    runs = ((start, _n_shared(words, article[start:])) for start in starts)
    return max(runs, key=lambda run: run[1], default=(0, 0))


def _n_shared(words: Sequence[str], others: Sequence[str]) -> int:
    pairs_of_words = zip(words, others, strict=False)
    return sum(1 for _ in takewhile(lambda both: both[0] == both[1], pairs_of_words))


def read_back(parts: Spelled, article: Sequence[str]) -> str:
    """The line that was spelled."""
    return " ".join(
        part if isinstance(part, str) else " ".join(article[part[0] : part[0] + part[1]])
        for part in parts
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """A line of the condenser's own with a reader's verdict."""

    id: str
    licence: str
    kind: str
    line: str
    verdict: str
    better: str
    variables: Mapping[str, Any] = field(repr=False)
    is_sampled: bool = False
    fault: str = ""

    @property
    def is_held_out(self) -> bool:
        """Whether it is measured on and not learned from."""
        return corpus.fold_of(f"judged {self.id}", _N_HELD_OUT) == 0

    @property
    def is_told(self) -> bool:
        """Whether the condenser wrote a line at all, and none that refuses."""
        return bool(self.line) and self.line.lower() != pairs.REFUSAL

    @property
    def wanted(self) -> str | None:
        """The line to learn; none where the reader's own tells what the prompt does not.

        Of a line that was sampled only the verdict is learned: nearly all of their passages have
        a likelier one.
        """
        if self.is_sampled:
            return None
        if self.verdict == "T":
            return self.line
        is_told = self.better == pairs.REFUSAL or (
            pairs.is_supported(self.better, dict(self.variables))
            and pairs.share_of_new_words(self.better, dict(self.variables)) <= MAX_NEW_WORDS
        )
        return self.better if is_told else None


@dataclass(frozen=True, slots=True)
class Question:
    """A line about which is asked whether it holds; ``variables`` hold the line too."""

    id: str
    licence: str
    answer: str
    variables: Mapping[str, Any] = field(repr=False)
    is_held_out: bool = False


def words_of(example: corpus.Example) -> list[str]:
    """The words of an article, in order."""
    return " ".join(example.sentences).split()


def read(examples: Mapping[str, corpus.Example], path: Path = JUDGED) -> Iterator[Judged]:
    """The judged lines of these articles (by id)."""
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if row["id"] in examples:
            words = words_of(examples[row["id"]])
            names = {"speaker": row["speaker"], "parties": row["parties"]}
            yield Judged(
                id=row["id"],
                licence=examples[row["id"]].licence,
                kind=row["kind"],
                line=read_back(row["line"], words),
                verdict=row["verdict"],
                better=read_back(row["better"], words),
                is_sampled=row.get("sampled", False),
                fault=row["fault"],
                variables=pairs.variables_of(
                    examples[row["id"]], row["kind"], row["sentences"], **names
                ),
            )


def questions(
    judged: list[Judged],
    found: list[pairs.Pair],
    examples: Mapping[str, corpus.Example],
    rng: random.Random,
) -> Iterator[Question]:
    """Own lines and what readers made of them, then experts' lines, some with a wrong name."""
    for own in judged:
        if own.is_told:
            yield _question(own, own.line, HOLDS if own.verdict == "T" else FAILS)
        is_rewritten = own.verdict != "T" and own.wanted not in (None, pairs.REFUSAL)
        if is_rewritten and rng.random() < (P_READERS if own.line else P_WRITTEN):
            yield _question(own, own.better, HOLDS)
    for pair in found:
        is_telling = pair.split == "train" and pair.is_supported and pair.kind != "headline"
        if not is_telling or pair.line == pairs.REFUSAL:
            continue
        if rng.random() < P_EXPERTS:
            yield Question(pair.id, pair.licence, HOLDS, {**pair.variables, "line": pair.line})
        wrong = _swapped(pair.line, examples[pair.id], rng)
        if wrong is not None and rng.random() < P_SWAPPED:
            yield Question(pair.id, pair.licence, FAILS, {**pair.variables, "line": wrong})


def _question(own: Judged, line: str, answer: str) -> Question:
    return Question(
        own.id, own.licence, answer, {**own.variables, "line": line}, is_held_out=own.is_held_out
    )


def _swapped(line: str, example: corpus.Example, rng: random.Random) -> str | None:
    """The line with one of its actors changed for another of the article."""
    names = [actor["name"] for actor in example.gold["actors"]]
    told = [name for name in names if name in line]
    others = [name for name in names if name.split()[-1] not in line]
    if not told or not others:
        return None
    return line.replace(told[0], rng.choice(others), 1)
