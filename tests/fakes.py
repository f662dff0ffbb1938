"""Deterministic stand-ins for the slow parts, shared by the tests of several modules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from briefer import drafting, text
from briefer.drafting import UNTRAINED, Condenser, Request
from briefer.models.base import Completion, Engine, ModelCard, Prober, Prompt
from briefer.schema import Article, Character, CleanArticle, Draft, Span, Statement, Tags

CARD = ModelCard(model="scripted", revision=None, weights_sha256=None, engine="fake")


@dataclass
class ScriptedEngine:
    """Answers each prompt with what ``answer`` says, and remembers what it was asked."""

    answer: Callable[[Prompt], str]
    card: ModelCard = CARD
    asked: list[list[Prompt]] = field(default_factory=list)
    is_closed: bool = False

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        self.asked.append(list(prompts))
        return [self._complete(prompt) for prompt in prompts]

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def close(self) -> None:
        self.is_closed = True

    def _complete(self, prompt: Prompt) -> Completion:
        words = self.answer(prompt)
        n_read = self.count_tokens(prompt.instruction + prompt.text)
        return Completion(words, n_read, self.count_tokens(words), "end")


@dataclass(frozen=True)
class FixedTagger:
    """Gives every sentence the tags that a table holds for its index, else next to nothing."""

    table: Mapping[int, Tags]
    adapters: Mapping[str, str] = field(default_factory=dict)

    def tag(self, article: CleanArticle) -> tuple[Tags, ...]:
        return tuple(
            self.table.get(sentence.index, Tags(0.01, 0.01, 0.01, 0.01))
            for sentence in article.sentences
        )


def cleaned(words: str, **known: object) -> CleanArticle:
    """A clean article of plain text, whatever its length."""
    return CleanArticle(
        text=words,
        sentences=text.sentences(words),
        sha256=text.fingerprint(words),
        language="en",
        **known,  # type: ignore[arg-type]
    )


def prepared(article: Article) -> CleanArticle:
    """What ``articles.prepare`` does to a good English article, without judging it."""
    return cleaned(
        text.clean(article.text),
        title=article.title,
        publisher=article.publisher,
        published_at=article.published_at,
        url=article.url,
        ref=article.ref,
        genre=article.genre,
    )


def span(article: CleanArticle, words: str) -> Span:
    """The first stretch of the text that reads so."""
    start = article.text.index(words)
    return Span(start, start + len(words))


def noon() -> datetime:
    return datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def says(article: CleanArticle, speaker: str, *contents: str) -> Statement:
    """A statement of a named speaker, found by the words of its content."""
    spans = tuple(span(article, words) for words in contents)
    touched = tuple(
        one.index
        for one in article.sentences
        if any(one.start < part.end and part.start < one.end for part in spans)
    )
    return Statement(None, None, spans, touched, speaker, is_named=True)


def character(article: CleanArticle, name: str, *aliases: str, salience: float = 0.9) -> Character:
    """A person with all mentions of a name."""
    mentions = []
    for spelling in (name, *aliases):
        start = article.text.find(spelling)
        while start >= 0:
            mentions.append(Span(start, start + len(spelling)))
            start = article.text.find(spelling, start + 1)
    return Character(name, "person", aliases, tuple(sorted(mentions)), None, salience)


@dataclass
class Clock:
    """A clock that goes on only when told."""

    seconds: float = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


def draft_one(
    request: Request,
    engine: Engine,
    condenser: Condenser = UNTRAINED,
    prober: Prober | None = None,
) -> Draft:
    """The draft of one request, as one batch of its own."""
    (only,) = drafting.draft_many([request], engine, condenser, prober)
    return only
