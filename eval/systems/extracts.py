"""Baselines that take sentences of the article as they stand: lead, LexRank, TextRank.

They name no actors and look for neither agreements nor dissent. LexRank (Erkan and Radev 2004) and
TextRank (Mihalcea and Tarau 2004) are sumy's, on briefer's sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

from sumy.models.dom import (  # type: ignore[import-untyped]
    ObjectDocumentModel,
    Paragraph,
    Sentence,
)
from sumy.nlp.stemmers import Stemmer  # type: ignore[import-untyped]
from sumy.summarizers.lex_rank import LexRankSummarizer  # type: ignore[import-untyped]
from sumy.summarizers.text_rank import TextRankSummarizer  # type: ignore[import-untyped]
from sumy.utils import get_stop_words  # type: ignore[import-untyped]

from briefer import text
from briefer.schema import Brief, Span
from eval.gold import GoldBrief
from eval.systems.assembled import Contents, assemble

_LANGUAGE = "english"


def lead(gold: GoldBrief, n_sentences: int) -> Brief:
    """The first sentences."""
    return _brief(gold, f"lead-{n_sentences}", range(n_sentences))


def lex_rank(gold: GoldBrief, n_sentences: int) -> Brief:
    """The sentences most central by LexRank, in the order of the article."""
    return _ranked(gold, LexRankSummarizer, n_sentences)


def text_rank(gold: GoldBrief, n_sentences: int) -> Brief:
    """The sentences most central by TextRank, in the order of the article."""
    return _ranked(gold, TextRankSummarizer, n_sentences)


def nothing(gold: GoldBrief) -> Brief:
    """Looks for agreements and dissent and always says that there are none."""
    return assemble(gold, "always none", Contents(agreements=(), dissent=()))


class _Words:
    """sumy's tokenizer interface; its own one needs a download."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(text.words(sentence))


def _ranked(gold: GoldBrief, summarizer: type, n_sentences: int) -> Brief:
    sentences = [Sentence(one.text, _Words()) for one in gold.clean.sentences]
    rank = summarizer(Stemmer(_LANGUAGE))
    rank.stop_words = get_stop_words(_LANGUAGE)
    chosen = rank(ObjectDocumentModel([Paragraph(sentences)]), n_sentences)
    places = {id(sentence): number for number, sentence in enumerate(sentences)}
    return _brief(gold, summarizer.__name__, sorted(places[id(one)] for one in chosen))


def _brief(gold: GoldBrief, system: str, chosen: Sequence[int]) -> Brief:
    found = [gold.clean.sentences[n] for n in chosen if n < len(gold.clean.sentences)]
    summary = [(one.text, (Span(one.start, one.end),)) for one in found]
    return assemble(gold, system, Contents(summary=summary, wording="extractive"))
