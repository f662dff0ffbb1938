"""What an annotator says about an article, on the cleaned text's own offsets.

Readers make these from files; metrics compare briefs with them. Every span is in the same
coordinates as a brief's evidence, so that the two can be laid over each other.
Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefer.schema import Article, Span


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact a reader must know, in the annotator's words, and the spans that carry it."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldActor:
    """An actor with aliases as in the text; ``is_key``: a short brief must name it."""

    name: str
    aliases: tuple[str, ...]
    is_key: bool
    role: str | None = None
    kind: str | None = None
    spans: tuple[Span, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class GoldAgreement:
    """What parties agreed; ``is_must`` false: a correct extra, neither missed nor invented."""

    parties: tuple[str, ...]
    text: str
    is_must: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldDissent:
    """A dissenting view; ``is_must`` as with agreements."""

    holder: str
    text: str
    against: str | None
    is_must: bool
    spans: tuple[Span, ...]
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class GoldSpeech:
    """All sentences in which one speaker's words are reported."""

    speaker: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldBrief:
    """One annotator's reading of one article.

    ``text`` is ``briefer.text.clean(article.text)``, ``sentences`` the annotator's own cut of it.
    ``speech`` is empty where the set does not annotate it (``has_speech`` says so).
    """

    id: str
    article: Article
    text: str
    sentences: tuple[Span, ...]
    headline: str
    facts: tuple[GoldFact, ...]
    actors: tuple[GoldActor, ...]
    agreements: tuple[GoldAgreement, ...]
    dissent: tuple[GoldDissent, ...]
    speech: tuple[GoldSpeech, ...] = ()
    has_speech: bool = False
    kind: str = "news"
    licence: str = ""

    def names_of_actors(self) -> list[tuple[str, ...]]:
        """One tuple of names an actor."""
        return [actor.names for actor in self.actors]


def labels(sentences: Iterable[Span], items: Iterable[Iterable[Span]]) -> list[bool]:
    """For each sentence whether any item's spans touch it: the sentence's yes/no gold."""
    spans = [span for item in items for span in item]
    return [any(s.start < e.end and e.start < s.end for e in spans) for s in sentences]
