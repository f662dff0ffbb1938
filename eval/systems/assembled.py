"""Puts a ``Brief`` together from texts and spans, for systems that are not the pipeline.

Knows nothing of where the texts come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import get_args

from briefer import text
from briefer.schema import (
    Actor,
    ActorKind,
    Agreement,
    Agreements,
    Brief,
    Dissent,
    Dissents,
    Evidence,
    Line,
    Provenance,
    Source,
    Span,
    Wording,
)
from eval.gold import GoldBrief

Cited = tuple[str, tuple[Span, ...]]
"""A line and the spans that carry it."""
ActorContents = tuple[str, tuple[str, ...], str | None, str | None, tuple[Span, ...]]
"""Name, aliases, kind, role, spans."""
AgreementContents = tuple[tuple[str, ...], str, tuple[Span, ...]]
"""Parties, text, spans."""
DissentContents = tuple[str, str, str | None, str | None, tuple[Span, ...]]
"""Holder, text, against, quote, spans."""

# A brief must say when it was made; a baseline's is not of interest and must not differ.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a system says about an article. ``None`` for agreements or dissent: not looked for."""

    headline: Cited | None = None
    summary: Sequence[Cited] = ()
    actors: Sequence[ActorContents] = ()
    agreements: Sequence[AgreementContents] | None = None
    dissent: Sequence[DissentContents] | None = None
    wording: Wording = "abstractive"
    provenance: dict[str, str] = field(default_factory=dict)


def assemble(gold: GoldBrief, system: str, contents: Contents) -> Brief:
    """The brief of the gold's article that says the contents; gold lends only its text."""
    article = gold.article
    return Brief(
        id=text.fingerprint(f"{system}\n{gold.text}"),
        status="ok",
        headline=_line(gold, contents, contents.headline) if contents.headline else None,
        summary=tuple(_line(gold, contents, cited) for cited in contents.summary),
        actors=_actors(gold, contents),
        agreements=_agreements(gold, contents),
        dissent=_dissent(gold, contents),
        withheld=(),
        source=Source(
            ref=gold.id,
            title=article.title,
            url=article.url,
            publisher=article.publisher,
            published_at=article.published_at,
            language="en",
            genre=None,
            sha256=text.fingerprint(gold.text),
            n_chars=len(gold.text),
            n_sentences=len(gold.sentences),
            share_read=1,
        ),
        provenance=_provenance(system, contents),
    )


def _provenance(system: str, contents: Contents) -> Provenance:
    return Provenance(
        model=contents.provenance.get("model", system),
        revision=None,
        weights_sha256=contents.provenance.get("weights_sha256"),
        engine=contents.provenance.get("engine", "none"),
        prompts={},
        briefer_version=f"eval/{system}",
        created_at=_NEVER,
        seconds=0,
    )


def evidence(article_text: str, spans: Iterable[Span]) -> tuple[Evidence, ...]:
    """The spans as evidence; the article's start where there is none, for a brief must cite."""
    cited = tuple(sorted(set(spans))) or (Span(0, min(1, len(article_text))),)
    return tuple(Evidence(start=s.start, end=s.end, text=s.of(article_text)) for s in cited)


def _line(gold: GoldBrief, contents: Contents, cited: Cited) -> Line:
    words, spans = cited
    return Line(text=words, kind=contents.wording, evidence=evidence(gold.text, spans))


def _actors(gold: GoldBrief, contents: Contents) -> tuple[Actor, ...]:
    return tuple(
        Actor(
            name=name,
            kind=_kind(kind),
            role=role,
            aliases=aliases,
            evidence=evidence(gold.text, spans),
        )
        for name, aliases, kind, role, spans in contents.actors
    )


def _kind(kind: str | None) -> ActorKind:
    for known in get_args(ActorKind):
        if kind == known:
            found: ActorKind = known
            return found
    return "group"


def _agreements(gold: GoldBrief, contents: Contents) -> Agreements:
    if contents.agreements is None:
        return Agreements(status="not_checked")
    items = tuple(
        Agreement(
            parties=parties,
            text=words,
            kind=contents.wording,
            evidence=evidence(gold.text, spans),
        )
        for parties, words, spans in contents.agreements
    )
    return Agreements(status="found" if items else "none_found", items=items)


def _dissent(gold: GoldBrief, contents: Contents) -> Dissents:
    if contents.dissent is None:
        return Dissents(status="not_checked")
    items = tuple(
        Dissent(
            holder=holder,
            text=words,
            against=against,
            quote=quote if quote and quote in gold.text else None,
            kind=contents.wording,
            evidence=evidence(gold.text, spans),
        )
        for holder, words, against, quote, spans in contents.dissent
    )
    return Dissents(status="found" if items else "none_found", items=items)
