"""For each sentence: does it carry a key fact, dissent, an agreement, reported speech?

``LearnedTagger`` reads the article with the first layers of a language model, where its weights
are; ``RuleTagger`` needs none. Knows nothing of speakers, passages or prompts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from briefer.models import sources, trained, weights
from briefer.models.base import ModelCard, Prober
from briefer.models.trained import Part
from briefer.schema import CleanArticle, Tags
from briefer.tagging.rules import RuleTagger

if TYPE_CHECKING:
    from briefer.models.tagger import SentenceTagger

__all__ = ["LearnedTagger", "RuleTagger", "Tagger", "load"]

# 20,000 words, 25 median articles: minutes of reading on two cores.
_MOST_CHARS = 120_000


class Tagger(Protocol):
    """What every sentence of an article carries, and what its words name if it can tell."""

    @property
    def adapters(self) -> Mapping[str, str]:
        """Trained parts in use -> SHA-256 of the shipped file; goes into the provenance."""
        ...

    def tag(self, article: CleanArticle) -> tuple[Tags, ...]:
        """One ``Tags`` a sentence, in order."""
        ...


def load(card: ModelCard | None = None, *, cache: Path | None = None) -> Tagger:
    """The best tagger beside the language model of that card.

    It is the trained one on the same weights; for another model, the first whose weights have been
    fetched. Without a card, with the fake engine, without torch or without weights: the rules.

    Raises:
        WeightsError: a trained part is damaged, or its weights cannot be converted.
    """
    if card is None or card.engine == "fake" or find_spec("torch") is None:
        return RuleTagger()
    part, base = _choice(card, cache)
    if part is None or base is None:
        return RuleTagger()
    from briefer.models import tagger  # on use: imports torch

    source = sources.resolve(base, cache=cache)
    return LearnedTagger(tagger.load(part, source, trained.of_tagger("acting", part), cache=cache))


def stance_of(tagger: Tagger) -> Prober | None:
    """What tells of lines whether they oppose something, by what that tagger sees; if anything.

    Raises:
        WeightsError: the trained part is damaged.
    """
    if not isinstance(tagger, LearnedTagger):
        return None
    part = trained.of_tagger("stance", tagger.reader.part)
    if part is None:
        return None
    from briefer.models.tagger import stance  # on use: imports torch

    return stance.load(part, tagger.reader)


def adapters_of(part: Part, probe: Part | None) -> dict[str, str]:
    """The trained parts at work where that tagger is, with that probe -> SHA-256 of each."""
    return {"tagger": part.sha256} | ({"acting": probe.sha256} if probe else {})


def _choice(card: ModelCard, cache: Path | None) -> tuple[Part | None, str | None]:
    """The trained part to use, and the name of its base weights."""
    own = trained.find("tagger", card.weights_sha256)
    if own and card.engine != "remote":  # else the weights may be on the server only
        return own, card.model
    fetched = {pin.sha256: pin.name for pin in weights.PINNED.values() if _is_there(pin, cache)}
    parts = [*([own] if own else []), *trained.all_of("tagger")]
    part = next((one for one in parts if one.base in fetched), None)
    return part, fetched.get(part.base) if part else None


def _is_there(pin: weights.Pin, cache: Path | None) -> bool:
    return not pin.is_folder and weights.is_whole(pin, cache)


@dataclass(frozen=True)
class LearnedTagger:
    """Tags by what a language model read; its figures are in ``training/card.md``.

    Of very long texts the beginning is read so; the rules tag the rest.
    """

    reader: SentenceTagger

    @property
    def adapters(self) -> Mapping[str, str]:
        """The shipped files with the reader's adapter and head, and with its probe."""
        probe = self.reader.probe
        return adapters_of(self.reader.part, probe.part if probe else None)

    def tag(self, article: CleanArticle) -> tuple[Tags, ...]:
        """One ``Tags`` a sentence, in order."""
        sentences = article.sentences
        n_read = sum(sentence.end <= _MOST_CHARS for sentence in sentences)
        read = [sentence.text for sentence in sentences[:n_read]]
        judged = self.reader.judge(article.title or "", read)
        tags = [Tags(**one.probabilities, acting=one.words) for one in judged]
        rest = RuleTagger().tag(article)[n_read:] if n_read < len(sentences) else ()
        return (*tags, *rest)
