"""Dissenting views: runs of one speaker, and acts of opposition without speech."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from briefer.schema import Character, CleanArticle, Passage, Span, Statement, Tags

# Issue 13: a view goes on over gaps of up to three sentences.
_MAX_GAP = 3
_MAX_SENTENCES = 4
# TODO(pipeline): fit on train-briefs.
_THRESHOLD = 0.35
_SENTENCE_THRESHOLD = 0.2


@dataclass(frozen=True, slots=True)
class _Run:
    """Statements of one speaker that stand close together."""

    speaker: str
    statements: tuple[int, ...]
    sentences: tuple[int, ...]


def find(
    article: CleanArticle,
    tags: Sequence[Tags],
    statements: Sequence[Statement],
    characters: Sequence[Character],
) -> tuple[Passage, ...]:
    """The views that the article reports, surest first."""
    found = [
        _passage(article, run, tags, statements)
        for run in _runs(statements)
        if _pooled(run.sentences, tags) >= _THRESHOLD
    ]
    return tuple(sorted(found, key=lambda passage: -passage.score))


def _runs(statements: Sequence[Statement]) -> Iterator[_Run]:
    spoken = [(index, one) for index, one in enumerate(statements) if one.speaker]
    spoken.sort(key=lambda pair: (str(pair[1].speaker), pair[1].sentences))
    for speaker, group in groupby(spoken, key=lambda pair: str(pair[1].speaker)):
        run: list[tuple[int, Statement]] = []
        for index, statement in group:
            if run and statement.sentences[0] - run[-1][1].sentences[-1] > _MAX_GAP + 1:
                yield _run(speaker, run)
                run = []
            run.append((index, statement))
        yield _run(speaker, run)


def _run(speaker: str, members: Sequence[tuple[int, Statement]]) -> _Run:
    sentences = sorted({number for _, one in members for number in one.sentences})
    return _Run(speaker, tuple(index for index, _ in members), tuple(sentences))


def _pooled(sentences: Sequence[int], tags: Sequence[Tags]) -> float:
    """The probability that at least one sentence of the run dissents, were they independent."""
    return 1 - math.prod(1 - tags[number].dissent for number in sentences)


def _passage(
    article: CleanArticle, run: _Run, tags: Sequence[Tags], statements: Sequence[Statement]
) -> Passage:
    likely = sorted(run.sentences, key=lambda number: -tags[number].dissent)
    kept = [number for number in likely if tags[number].dissent >= _SENTENCE_THRESHOLD]
    sentences = tuple(sorted((kept or likely[:1])[:_MAX_SENTENCES]))
    return Passage(
        kind="dissent",
        sentences=sentences,
        score=_pooled(run.sentences, tags),
        speaker=run.speaker,
        quote=_quote(article, sentences, [statements[index] for index in run.statements]),
        statements=run.statements,
    )


def _quote(
    article: CleanArticle, sentences: Sequence[int], statements: Sequence[Statement]
) -> Span | None:
    return None
