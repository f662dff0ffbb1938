"""Agreements: what two or more parties agreed, signed, accepted or decided together."""

from __future__ import annotations

from collections.abc import Sequence

from briefer.schema import Character, CleanArticle, Passage, Statement, Tags

_THRESHOLD = 0.25


def find(
    article: CleanArticle,
    tags: Sequence[Tags],
    statements: Sequence[Statement],
    characters: Sequence[Character],
) -> tuple[Passage, ...]:
    """The agreements that the article reports, surest first; each with the parties it names."""
    found = [
        Passage(
            kind="agreement",
            sentences=(sentence.index,),
            score=tags[sentence.index].agreement,
            parties=_parties(article, sentence.index, characters),
        )
        for sentence in article.sentences
        if tags[sentence.index].agreement >= _THRESHOLD
    ]
    return tuple(sorted(found, key=lambda passage: -passage.score))


def _parties(article: CleanArticle, index: int, characters: Sequence[Character]) -> tuple[str, ...]:
    sentence = article.sentences[index]
    return tuple(
        one.name
        for one in characters
        if any(sentence.start <= mention.start < sentence.end for mention in one.mentions)
    )
