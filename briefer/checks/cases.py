"""A line with all that the checks hold it against, gathered once.

Knows nothing of what is asked of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefer import terms, text
from briefer.schema import Character, CleanArticle, DraftLine, Statement


@dataclass(frozen=True, slots=True)
class Case:
    """A line with what it is held against: its evidence, what it was written from, the article.

    ``shown`` is what else a model that is sure of its line saw, ``own`` what was written from with
    that and with all names of those named there, ``near`` has title and sentence before as well;
    ``present`` are those named there.
    """

    line: DraftLine
    evidence: str
    read: str
    shown: str
    own: str
    near: str
    far: str
    published: date | None
    article: CleanArticle
    rare: Mapping[str, float]
    spoken: tuple[Statement, ...]
    characters: tuple[Character, ...]
    present: tuple[Character, ...]


def case_of(
    line: DraftLine,
    sentences: tuple[int, ...],
    article: CleanArticle,
    statements: Sequence[Statement],
    characters: Sequence[Character],
) -> Case:
    """What a line that these sentences carry is held against."""
    passage = line.passage
    places = sorted({*sentences, *passage.sentences})
    read = [article.sentences[number].text for number in places]
    present = tuple(one for one in characters if _is_named_in(one, places, article))
    heard = " ".join((*read, passage.speaker or ""))
    told = " ".join((heard, *passage.parties))
    # Not the parties: they may be those of another agreement. Of 98 lines of the experts' with a
    # wrong party that the passage was given too, 78 are stopped so, else 5; of the 206 right ones
    # five more are (train and val).
    named = [article.sentences[number].text for number in line.named_in]
    aliases = [name for one in present for name in (one.name, *one.aliases)]
    shown = "\n".join(article.sentences[number].text for number in line.shown)
    own = "\n".join((heard, shown, *named, *aliases))
    title = _title_beside(line, article)
    return Case(
        line=line,
        evidence="\n".join(article.sentences[number].text for number in sentences),
        read=told,
        shown=shown,
        own=own,
        near="\n".join((own, title, _before(places[0], article))),
        far="\n".join((article.text, title, article.publisher or "")),
        rare=terms.rarity_in(article),
        published=article.published_at.date() if article.published_at else None,
        article=article,
        spoken=tuple(one for one in statements if not set(one.sentences).isdisjoint(sentences)),
        characters=tuple(characters),
        present=present,
    )


def _title_beside(line: DraftLine, article: CleanArticle) -> str:
    """The article's title; empty for a line that is this very title, which proves nothing of it.

    A headline that the model did not word may be the title, whatever code has put into it since.
    """
    title = article.title or ""
    is_title = text.folded_words(line.text) == text.folded_words(title)
    is_title = is_title or (line.passage.kind == "headline" and line.origin == "sentence")
    return "" if is_title else title


def _before(first: int, article: CleanArticle) -> str:
    """The sentence before, where the names may stand that a "he" or "they" of the passage means."""
    return article.sentences[first - 1].text if first else ""


def _is_named_in(character: Character, places: Sequence[int], article: CleanArticle) -> bool:
    spans = [article.sentences[number] for number in places]
    return any(
        sentence.start <= mention.start < sentence.end
        for mention in character.mentions
        for sentence in spans
    )
