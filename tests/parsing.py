"""Articles made of a few written-out sentences, parsed by the real small model."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from briefer import actors, articles, mentions, statements, text
from briefer.mentions import Cast, Member
from briefer.models.syntax import Parser
from briefer.schema import Article, Character, CleanArticle, Statement


@cache
def article(words: str, title: str | None = None) -> CleanArticle:
    """An article of that text, cleaned and cut as in use."""
    cleaned = text.clean(words)
    return CleanArticle(
        text=cleaned,
        sentences=text.sentences(cleaned),
        sha256=text.fingerprint(cleaned),
        title=title,
    )


@cache
def parse(words: str) -> Doc:
    """Its parse; the model is loaded once."""
    return Parser().parse(article(words))


@cache
def assembled(words: str) -> Cast:
    """Who and what is named in it."""
    return mentions.assemble(parse(words))


def cast(words: str) -> dict[str, Member]:
    """Who and what is named in it, by the full name."""
    return {member.entity.name: member for member in assembled(words).members}


def forms(member: Member) -> set[str]:
    """Every way in which it is named."""
    return {name.text for name in member.entity.names}


def statements_in(words: str) -> tuple[Statement, ...]:
    """Who says what in it."""
    return statements.find(article(words), parse(words), assembled(words))


def actors_in(words: str, title: str | None = None) -> tuple[Character, ...]:
    """Who acts in it."""
    told = article(words, title)
    return actors.find(told, parse(words), assembled(words), statements_in(words))


def read(words: str, title: str) -> tuple[tuple[Statement, ...], tuple[Character, ...]]:
    """Who says what and who acts in a text prepared as in use."""
    prepared = articles.prepare(Article(text=words, title=title))
    doc = Parser().parse(prepared)
    named = mentions.assemble(doc)
    found = statements.find(prepared, doc, named)
    return found, actors.find(prepared, doc, named, found)
