"""Articles read once and kept: parsed, with who says what; who acts when somebody asks.

Several stages look at the same articles; the parser is the slow part of them all.
Knows nothing of gold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from briefer import actors, mentions, statements
from briefer.mentions import Cast
from briefer.models.syntax import Parser
from briefer.schema import Character, CleanArticle, Sentence, Statement, Tags
from briefer.tagging import Tagger
from briefer.text import clean, fingerprint, sentences


@dataclass(frozen=True)
class Reading:
    """What code found in an article before anything is chosen, and who tags it if asked."""

    article: CleanArticle
    parse: Doc
    cast: Cast
    statements: tuple[Statement, ...]
    tagger: Tagger

    @cached_property
    def characters(self) -> tuple[Character, ...]:
        """Who acts, by what the tagger read too."""
        return self.acting(self.tagger.tag(self.article))

    def acting(self, tags: Sequence[Tags]) -> tuple[Character, ...]:
        """Who acts in the article whose sentences have these tags."""
        return actors.find(self.article, self.parse, self.cast, self.statements, tags)


class Readings:
    """Reads articles on demand, each text once; only who acts needs the tagger."""

    def __init__(self, tagger: Tagger) -> None:
        self._parser = Parser()
        self._tagger = tagger
        self._known: dict[str, Reading] = {}

    def of(self, article: CleanArticle) -> Reading:
        """The article with its statements and characters."""
        if article.sha256 not in self._known:
            parse = self._parser.parse(article)
            cast = mentions.assemble(parse)
            spoken = statements.find(article, parse, cast)
            self._known[article.sha256] = Reading(article, parse, cast, spoken, self._tagger)
        return self._known[article.sha256]

    def __call__(
        self, article: CleanArticle, tags: Sequence[Tags]
    ) -> tuple[tuple[Statement, ...], tuple[Character, ...]]:
        """As ``briefing.Stages.read`` wants it."""
        reading = self.of(article)
        return reading.statements, reading.acting(tags)


def plain(published: str, *, title: str | None = None) -> CleanArticle:
    """A text as an article of which nothing is left out, for sets with offsets of their own."""
    text = clean(published)
    return CleanArticle(
        text=text, sentences=sentences(text), sha256=fingerprint(text), title=title, language="en"
    )


def of_sentences(given: Sequence[str]) -> CleanArticle:
    """An article that is cut exactly as a set cuts it; an empty sentence becomes a dash."""
    found: list[Sentence] = []
    at = 0
    for number, one in enumerate(given):
        words = " ".join(clean(one).split()) or "–"
        found.append(Sentence(number, at, at + len(words), words, 0))
        at += len(words) + 1
    text = " ".join(sentence.text for sentence in found)
    return CleanArticle(text=text, sentences=tuple(found), sha256=fingerprint(text), language="en")
