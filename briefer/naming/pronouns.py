"""Names for a "he" or "she" that opens a line: only of whom the article is about.

Knows nothing of checks or evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from briefer.mentions import lexicon, subjects
from briefer.naming.putting import put
from briefer.schema import Character, CleanArticle, DraftLine, Sentence, Statement

_GENDERS = {"he": "m", "she": "f"}
_REACH = 3  # sentences back to the name


def resolve(
    line: DraftLine,
    article: CleanArticle,
    statements: Sequence[Statement],
    characters: Sequence[Character],
) -> DraftLine:
    """The line with the name of its subject, where the passage opens with the pronoun too.

    Meant is the most named of those it can be, and only who alone is named in the nearest sentence
    before that names anybody.
    """
    subject = subjects.unnamed(line.text)
    first = article.sentences[line.passage.sentences[0]]
    own = subjects.unnamed(first.text)
    if subject is None or own is None:
        return line
    pronoun = subject["pronoun"].casefold()
    if pronoun not in _GENDERS or pronoun != own["pronoun"].casefold():
        return line
    one = _main(pronoun, characters)
    if one is None or _is_said_by_another(one, first.start + own.start("pronoun"), statements):
        return line
    number = _named_before(one, first, article, characters)
    if number is None:
        return line
    start, end = subject.span("pronoun")
    return put(line, start, end, _short(one, article), number)


def _main(pronoun: str, characters: Sequence[Character]) -> Character | None:
    """Who of those that the pronoun may mean is named most."""
    known = lexicon.given_names()
    can_be = [
        one
        for one in characters
        if one.kind == "person"
        and _is_name(one)
        and known.get(one.name.split()[0].casefold(), "?") in ("?", _GENDERS[pronoun])
    ]
    return max(can_be, key=lambda one: len(one.mentions), default=None)


def _is_name(one: Character) -> bool:
    return one.name[:1].isupper() and " " in one.name


def _is_said_by_another(one: Character, place: int, statements: Sequence[Statement]) -> bool:
    """Whether the pronoun is the source of a statement that was found to be somebody else's."""
    sources = [other for other in statements if other.source and other.source.start == place]
    return any(other.speaker != one.name for other in sources)


def _named_before(
    one: Character, first: Sentence, article: CleanArticle, characters: Sequence[Character]
) -> int | None:
    """The sentence before, of the last few, that names this person and no other."""
    people = [other for other in characters if other.kind == "person"]
    for number in range(first.index - 1, max(-1, first.index - 1 - _REACH), -1):
        named = {other.name for other in people if _is_in(other, article.sentences[number])}
        if named:
            return number if named == {one.name} else None
    return None


def _is_in(one: Character, sentence: Sentence) -> bool:
    return any(sentence.start <= mention.start < sentence.end for mention in one.mentions)


def _short(one: Character, article: CleanArticle) -> str:
    """What the article mostly calls the person by one word of the name; else the whole name."""
    counts = Counter(_alone(one, article))
    return max(counts, key=lambda word: counts[word], default=one.name)


def _alone(one: Character, article: CleanArticle) -> Iterator[str]:
    parts = one.name.split()
    return (words for words in (m.of(article.text) for m in one.mentions) if words in parts)
