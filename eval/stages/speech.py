"""Who said what: spans against PolNeAR, resolved speakers against ``speech`` of train-briefs val.

Parts are compared without the punctuation and quotation marks at their edges, on which guidelines
differ. "Right speaker": by name or alias of gold's own actor list (Newell, Margolin and Ruths 2018
for the parts; the resolved speaker is scored as quotation attribution is, by sentence).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, get_args

from briefer import text as texts
from briefer.schema import Span, Statement
from eval.alignment import Alignment
from eval.gold import GoldBrief, labels
from eval.metrics import names, spans
from eval.metrics.figures import Ratio, f1
from eval.readers.fields import AttributedArticle
from eval.rows import Heading, Row
from eval.stages.readings import Readings, plain

FIELD = "who said what"
Part = Literal["source", "cue", "content"]
PARTS: tuple[Part, ...] = get_args(Part)
_EDGES = " \t\n.,;:!?–—-\"'“”‘’«»()"


def spans_of_polnear(articles: Iterable[AttributedArticle], readings: Readings) -> list[Row]:
    """Precision, recall and F1 of source, cue and content, exact and by overlap."""
    scores = [_score(article, readings) for article in articles]
    return Heading(FIELD, "polnear").pooled(scores)


def _score(article: AttributedArticle, readings: Readings) -> dict[str, Ratio]:
    clean = plain(article.text)
    alignment = Alignment(article.text, clean.text)
    found = readings.of(clean).statements
    ratios: dict[str, Ratio] = {}
    for part in PARTS:
        wanted = [
            _trimmed(clean.text, alignment.spans((s.start, s.end) for s in one.spans(part)))
            for one in article.attributions
        ]
        given = [_trimmed(clean.text, _part(one, part)) for one in found]
        ratios |= _compare(part, [w for w in wanted if w], [g for g in given if g])
    return ratios


def _compare(
    part: Part, wanted: Sequence[Sequence[Span]], given: Sequence[Sequence[Span]]
) -> dict[str, Ratio]:
    ratios: dict[str, Ratio] = {}
    for way, at_least in (("exact", 1.0), ("overlap", spans.SOFT)):
        n_hits = len(spans.match(wanted, given, at_least=at_least))
        ratios |= {
            f"{part}, {way}: precision": Ratio(n_hits, len(given)),
            f"{part}, {way}: recall": Ratio(n_hits, len(wanted)),
            f"{part}, {way}: F1": f1(n_hits, len(wanted), len(given)),
        }
    return ratios


def _part(statement: Statement, part: Part) -> tuple[Span, ...]:
    if part == "content":
        return statement.content
    span = statement.source if part == "source" else statement.cue
    return () if span is None else (span,)


def _trimmed(text: str, pieces: Iterable[Span]) -> list[Span]:
    """The spans without marks at their edges, touching ones joined, empty ones left out."""
    joined: list[Span] = []
    for piece in sorted(pieces):
        words = piece.of(text)
        start = piece.start + len(words) - len(words.lstrip(_EDGES))
        end = piece.end - (len(words) - len(words.rstrip(_EDGES)))
        if start >= end:
            continue
        if joined and not text[joined[-1].end : start].strip(_EDGES):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, end))
        else:
            joined.append(Span(start, end))
    return joined


Speakers = Callable[[GoldBrief], Sequence[tuple[Span, str | None]]]
"""For an article the stretches of reported speech and whose they are (``None``: unresolved)."""


def speakers(readings: Readings) -> Speakers:
    """What briefer finds: every sentence of a statement, with its resolved speaker."""

    def found(brief: GoldBrief) -> list[tuple[Span, str | None]]:
        sentences = brief.clean.sentences
        return [
            (Span(sentences[number].start, sentences[number].end), statement.speaker)
            for statement in readings.of(brief.clean).statements
            for number in statement.sentences
        ]

    return found


def annotated(second: dict[str, GoldBrief]) -> Speakers:
    """What a second annotator says, by the article's id."""

    def found(brief: GoldBrief) -> list[tuple[Span, str | None]]:
        speech = second[brief.id].speech
        return [(span, group.speaker) for group in speech for span in group.spans]

    return found


def resolved(
    briefs: Iterable[GoldBrief],
    find: Speakers,
    system: str = "briefer",
    gold: str = "train-briefs val",
) -> list[Row]:
    """Speech sentences found, and of those found the speaker resolved and right."""
    scores = [_speakers_right(brief, find(brief)) for brief in briefs if brief.has_speech]
    return Heading(FIELD, gold, system).pooled(scores)


def _speakers_right(brief: GoldBrief, found: Sequence[tuple[Span, str | None]]) -> dict[str, Ratio]:
    sentences = [Span(s.start, s.end) for s in brief.clean.sentences]
    is_speech = labels(sentences, (group.spans for group in brief.speech))
    is_found = labels(sentences, ((span,) for span, _ in found))
    n_both = sum(a and b for a, b in zip(is_speech, is_found, strict=True))
    n_right = n_resolved = 0
    for sentence, wanted, given in zip(sentences, is_speech, is_found, strict=True):
        if wanted and given:
            named = [who for span, who in found if who and spans.touch([span], [sentence])]
            n_resolved += bool(named)
            n_right += _is_right(brief, sentence, named)
    return {
        "speech sentence: precision": Ratio(n_both, sum(is_found)),
        "speech sentence: recall": Ratio(n_both, sum(is_speech)),
        "speech sentence: F1": f1(n_both, sum(is_speech), sum(is_found)),
        "speaker resolved": Ratio(n_resolved, n_both),
        "speaker right, of resolved": Ratio(n_right, n_resolved),
        "speaker right, of all speech sentences": Ratio(n_right, sum(is_speech)),
    }


def _is_right(brief: GoldBrief, sentence: Span, named: Sequence[str]) -> bool:
    """Whether one of the names is one of the sentence's speakers in gold."""
    aliases = brief.names_of_actors()
    wanted = [
        name
        for group in brief.speech
        if spans.touch([sentence], group.spans)
        for name in names.folded(group.speaker, aliases)
    ]
    given = [name for who in named for name in names.folded(texts.normalise(who), aliases)]
    return names.match(wanted, given)
