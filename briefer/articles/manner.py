"""How a text is told: its genre, whose voice it is in, and which sentences tell nothing.

Brings what genres, voices and letters know of paragraphs to the sentences of one text.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from briefer import text
from briefer.articles import genres, letters, voices
from briefer.articles.boilerplate import Stripped
from briefer.articles.voices import Bio
from briefer.schema import Genre, Sentence, Voice


@dataclass(frozen=True, slots=True)
class Manner:
    """A text without what is not told in it, and what is known of the way it is told."""

    text: str
    sentences: tuple[Sentence, ...]
    genre: Genre | None
    voice: Voice | None = None
    asides: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Note:
    """Where a text says who its author is, by the number of a paragraph; ``None`` outside it."""

    bio: Bio
    paragraph: int | None


_N_LAST = 2  # paragraphs: a note, and where to write to


def find(
    title: str | None,
    stripped: Stripped,
    sentences: tuple[Sentence, ...],
    *,
    genre: Genre | None = None,
) -> Manner:
    """The manner of an English text, cut into sentences; ``genre`` is what the caller knows of it.

    A note on its author stays where the text is in that author's voice; elsewhere it goes.
    """
    paragraphs = stripped.text.split("\n\n")
    note = _note(paragraphs, stripped.removed)
    bio = note.bio if note else None
    genre = genre or genres.classify(title, stripped.text, notices=stripped.removed, bio=bio)
    if genre == "opinion":
        return _opinion(paragraphs, sentences, note, stripped.removed)
    told = stripped.text
    if note and note.bio.is_sure and note.paragraph is not None:
        del paragraphs[note.paragraph]
        told = "\n\n".join(paragraphs)
        sentences = text.sentences(told)
    if genre == "interview":
        return _interview(title or "", paragraphs, sentences)
    return Manner(told, sentences, genre)


def _note(paragraphs: Sequence[str], removed: Iterable[str]) -> _Note | None:
    """The first note on the author: among the last paragraphs, or in what was taken out."""
    for number in range(max(1, len(paragraphs) - _N_LAST), len(paragraphs)):
        others = [one for place, one in enumerate(paragraphs) if place != number]
        bio = voices.find_bio(paragraphs[number], others)
        if bio is not None:
            return _Note(bio, number)
    outside = (voices.find_bio(one, paragraphs) for one in removed)
    return next((_Note(bio, None) for bio in outside if bio is not None), None)


def _opinion(
    paragraphs: Sequence[str],
    sentences: tuple[Sentence, ...],
    note: _Note | None,
    removed: Sequence[str],
) -> Manner:
    """An opinion piece; its author has a name only where a sentence of the text has it."""
    signed = letters.signatures(paragraphs)
    name: str | None = None
    where: tuple[int, ...] = ()
    if note is not None and note.paragraph is not None:
        name, where = note.bio.name, _in(sentences, (note.paragraph,))
    elif len(signed) == 1 and not signed[0].startswith("@"):
        last = max(n for n, one in enumerate(paragraphs) if one.startswith(signed[0]))
        name, where = signed[0], _in(sentences, range(last, len(paragraphs)))
    elif any(map(genres.is_opinion_notice, removed)):
        first, *rest = (one.text for one in sentences)
        bio = voices.find_bio(first, rest)
        name, where = (bio.name, (0,)) if bio else (name, where)
    voice = Voice(name, where) if where else Voice(None)
    return Manner("\n\n".join(paragraphs), sentences, "opinion", voice, frozenset(where))


def _in(sentences: Iterable[Sentence], paragraphs: Container[int]) -> tuple[int, ...]:
    return tuple(one.index for one in sentences if one.paragraph in paragraphs)


def _interview(title: str, paragraphs: Sequence[str], sentences: tuple[Sentence, ...]) -> Manner:
    talk = voices.talk(paragraphs)
    name = voices.interviewee(title, paragraphs, talk)
    answers = frozenset(one.index for one in sentences if one.paragraph in talk.answers)
    asked = frozenset(one.index for one in sentences if one.paragraph in talk.questions)
    told = (one for one in sentences if one.index not in asked | answers)
    named_in = _first_named(name, told) if name else ()
    voice = Voice(name, named_in, answers)
    return Manner("\n\n".join(paragraphs), sentences, "interview", voice, asked)


def _first_named(name: str, sentences: Iterable[Sentence]) -> tuple[int, ...]:
    """The first sentence that has the name, else the surname."""
    told = list(sentences)
    for words in (name, name.split()[-1]):
        whole = re.compile(rf"\b{re.escape(words)}\b")
        found = next((one.index for one in told if whole.search(one.text)), None)
        if found is not None:
            return (found,)
    return ()
