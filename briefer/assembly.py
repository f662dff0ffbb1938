"""Kept lines become a ``Brief`` in the form of ``brief.schema.json``.

Says for every section whether something was found, whether nothing is there, or whether nobody
could look. Knows nothing of how lines were made or checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from briefer import holders, text
from briefer.schema import (
    Actor,
    Agreement,
    Agreements,
    Brief,
    Character,
    CleanArticle,
    Dissent,
    Dissents,
    Evidence,
    Finding,
    Line,
    Options,
    PassageKind,
    Provenance,
    Reason,
    Section,
    Source,
    Span,
    Withheld,
    Wording,
)
from briefer.settling import Kept, Settled

PIPELINE = "13"
"""Part of every brief's ``id``: raised whenever the same input gives another brief."""

# Every line of these was refused because it is none: the article reports no such thing.
_NONE_AFTER_ALL: frozenset[Reason] = frozenset({"not_an_agreement", "not_dissent", "duplicate"})
# On val .90 of the key actors are named, .75 of those named are on the experts' list; from .5 on
# .84 and .83, on `dev-briefs` .70 and .80 (.75 and .78 from here on). Twelve instead of ten name
# more of them in the long articles of dev only.
_MIN_SALIENCE = 0.4
_MAX_ACTORS = 12
_ID_LENGTH = 32
_EXTRACTIVE = frozenset({"trimmed", "sentence"})


def assemble(
    article: CleanArticle,
    settled: Settled,
    characters: Sequence[Character],
    options: Options,
    provenance: Provenance,
) -> Brief:
    """The brief of an article; of one that cannot be briefed the empty one that says so."""
    shown = _Sections(article, settled)
    return Brief(
        id=fingerprint(article, options, provenance),
        status=article.status,
        headline=next(iter(shown.lines("headline")), None),
        summary=tuple(shown.lines("fact")),
        actors=_actors(article, characters) if _shows_actors(article, options) else (),
        agreements=shown.agreements(options),
        dissent=shown.dissent(options),
        withheld=tuple(_told(one, options) for one in settled.withheld),
        source=_source(article, options),
        provenance=provenance,
    )


def fingerprint(article: CleanArticle, options: Options, provenance: Provenance) -> str:
    """The brief's ``id``: everything that decides what it says, and nothing else.

    ``include``, ``ref``, ``url``, the time and the seconds are no part of it.
    """
    published_at = article.published_at.isoformat() if article.published_at else None
    decisive = {
        "text": article.sha256,
        "title": article.title,
        "publisher": article.publisher,
        "published_at": published_at,
        "language": article.language,
        "genre": article.genre,
        "voice": article.voice.name if article.voice else None,
        "sections": sorted(options.sections),
        "size": options.max_bullets or options.length,
        "prompts": dict(provenance.prompts),
        "model": [provenance.model, provenance.revision, provenance.weights_sha256],
        "adapters": dict(provenance.adapters or {}),
        "engine": provenance.engine,
        "pipeline": PIPELINE,
    }
    return text.fingerprint(json.dumps(decisive, sort_keys=True))[:_ID_LENGTH]


class _Sections:
    """The sections of one article's brief."""

    def __init__(self, article: CleanArticle, settled: Settled) -> None:
        self._article = article
        self._settled = settled

    def lines(self, kind: PassageKind) -> Iterator[Line]:
        for one in self._of(kind):
            yield Line(text=one.line.text, kind=_wording(one), evidence=self._evidence(one))

    def agreements(self, options: Options) -> Agreements:
        items = tuple(
            Agreement(
                parties=one.line.passage.parties,
                text=one.line.text,
                kind=_wording(one),
                evidence=self._evidence(one),
            )
            for one in self._of("agreement")
        )
        return Agreements(status=self._finding("agreements", options, len(items)), items=items)

    def dissent(self, options: Options) -> Dissents:
        items = tuple(
            Dissent(
                holder=one.line.passage.speaker or holders.UNNAMED,
                text=one.line.text,
                against=self._words(one.line.passage.against),
                quote=self._words(one.line.passage.quote),
                kind=_wording(one),
                evidence=self._evidence(one),
            )
            for one in self._of("dissent")
        )
        return Dissents(status=self._finding("dissent", options, len(items)), items=items)

    def _of(self, kind: PassageKind) -> Iterator[Kept]:
        return (one for one in self._settled.kept if one.line.passage.kind == kind)

    def _evidence(self, one: Kept) -> tuple[Evidence, ...]:
        return tuple(_evidence(self._article, number) for number in one.sentences)

    def _words(self, span: Span | None) -> str | None:
        return span.of(self._article.text) if span else None

    def _finding(self, section: Section, options: Options, n_items: int) -> Finding:
        if section not in options.sections:
            return "not_requested"
        if self._article.status != "ok":
            return "not_checked"
        if n_items:
            return "found"
        refused = {one.reason for one in self._settled.withheld if one.section == section}
        return "none_found" if refused <= _NONE_AFTER_ALL else "not_checked"


def _shows_actors(article: CleanArticle, options: Options) -> bool:
    return article.status == "ok" and "actors" in options.sections


def _told(one: Withheld, options: Options) -> Withheld:
    """A withheld line as the caller sees it: what it said, and what was wrong with it, on demand.

    The detail repeats words of the line, which may be false and about a real person.
    """
    if "withheld_text" in options.include:
        return one
    return Withheld(section=one.section, reason=one.reason)


def _wording(one: Kept) -> Wording:
    return "extractive" if one.line.origin in _EXTRACTIVE else "abstractive"


def _evidence(article: CleanArticle, number: int) -> Evidence:
    sentence = article.sentences[number]
    return Evidence(start=sentence.start, end=sentence.end, text=sentence.text)


def _actors(article: CleanArticle, characters: Sequence[Character]) -> tuple[Actor, ...]:
    shown = [one for one in characters if one.salience >= _MIN_SALIENCE and one.mentions]
    return tuple(
        Actor(
            name=one.name,
            kind=one.kind,
            role=one.role.of(article.text) if one.role else None,
            aliases=one.aliases,
            evidence=tuple(_evidence(article, number) for number in _where(article, one)),
        )
        for one in shown[:_MAX_ACTORS]
    )


def _where(article: CleanArticle, one: Character) -> tuple[int, ...]:
    """The sentences that first name the actor and that tell the role."""
    spans = [min(one.mentions), *([one.role] if one.role else [])]
    return tuple(sorted({article.sentence_at(span.start) for span in spans}))


def _source(article: CleanArticle, options: Options) -> Source:
    is_read = article.status == "ok"
    return Source(
        ref=article.ref,
        title=article.title,
        url=article.url,
        publisher=article.publisher,
        published_at=article.published_at,
        language=article.language,
        genre=article.genre,
        sha256=article.sha256,
        n_chars=len(article.text),
        n_sentences=len(article.sentences),
        share_read=1.0 if is_read else 0.0,  # every sentence is a candidate, however long the text
        text=article.text if "source_text" in options.include else None,
    )
