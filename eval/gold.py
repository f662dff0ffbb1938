"""What an annotator says about an article, on the prepared text's own offsets.

Readers make these from files; metrics compare briefs with them. Every span is in the same
coordinates as a brief's evidence, so that the two can be laid over each other.
Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefer.schema import Article, CleanArticle, Span


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

    ``clean`` is the article as ``briefer.articles.prepare`` gives it to every stage, with
    briefer's own cut into sentences; ``sentences`` is the annotator's cut of the same text.
    ``has_speech`` says whether the set annotates ``speech``.
    """

    id: str
    article: Article
    clean: CleanArticle
    sentences: tuple[Span, ...]
    headline: str
    facts: tuple[GoldFact, ...]
    actors: tuple[GoldActor, ...]
    agreements: tuple[GoldAgreement, ...]
    dissent: tuple[GoldDissent, ...]
    speech: tuple[GoldSpeech, ...] = ()
    has_speech: bool = False
    kind: str = "news"

    @property
    def text(self) -> str:
        """The text that all spans refer to."""
        return self.clean.text

    def names_of_actors(self) -> list[tuple[str, ...]]:
        """One tuple of names an actor."""
        return [actor.names for actor in self.actors]


def unannotated(id: str, clean: CleanArticle) -> GoldBrief:  # noqa: A002 - as the field
    """An article nobody annotated, for systems that are measured in other ways."""
    return GoldBrief(
        id=id,
        article=Article(text=clean.text, title=clean.title, ref=id),
        clean=clean,
        sentences=tuple(Span(sentence.start, sentence.end) for sentence in clean.sentences),
        headline="",
        facts=(),
        actors=(),
        agreements=(),
        dissent=(),
    )


def labels(sentences: Iterable[Span], items: Iterable[Iterable[Span]]) -> list[bool]:
    """For each sentence whether an item cites it: the sentence's yes/no gold.

    At least half of the sentence, or of the cited stretch, must be common to both, so that two
    cuts of one text that differ by a few characters give the same labels.
    """
    cited = [span for item in items for span in item]
    return [any(_is_mostly_common(sentence, span) for span in cited) for sentence in sentences]


def _is_mostly_common(left: Span, right: Span) -> bool:
    common = min(left.end, right.end) - max(left.start, right.start)
    return common > 0 and 2 * common >= min(left.end - left.start, right.end - right.start)
