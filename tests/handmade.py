"""Briefs written by hand, for the tests of everything that shows briefs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from briefer import digest, text
from briefer.schema import (
    Actor,
    Agreement,
    Agreements,
    Brief,
    Digest,
    Dissent,
    Dissents,
    Evidence,
    Failure,
    Line,
    Provenance,
    Source,
    Status,
    Withheld,
)

DAY = date(2026, 11, 26)
HARBOUR_TEXT = (
    "Harbour workers in Port Selby walked out on Monday after the city cut 120 jobs.\n\n"
    "The city and the dockers' union agreed on Tuesday to talk for ten days under a mediator.\n\n"
    'Mayor Ruth Amari rejected the criticism. "We had no money left," Amari said.'
)
PIER_TEXT = (
    "The harbour board of Tellmouth voted on Monday to close the old pier, a year after a storm "
    "tore away its western end and left two stalls hanging over the water.\n\n"
    'Its chair, Ingrid Vass, said repairs would cost 4 million crowns. "We do not have the '
    'money," she told reporters.\n\n'
    "The shopkeepers' league rejected the vote and said it would go to court before the summer."
)
# A placard in Urdu, a headline in Russian, a motto in Chinese, a name in Arabic.
SCRIPTS_TEXT = (
    "The placards read “پانی سب کا ہے”, water belongs to everyone. "
    "The evening news closed with «Вода не ждёт». "
    "A stone at the dam says “饮水思源”, and the delegate signed as محمد."
)
BROKEN = Failure(ref="scan.txt", reason="unreadable", message="scan.txt holds no text.")
HOSTILE = (
    "<script>alert(1)</script> {{ 7*7 }} {% raw %} *bold* _it_ [x](javascript:alert(2)) "
    "![i](http://evil.example/p.png) `code` # no heading | a | b | &lt;b&gt; "
    "\u202egnp.exe\u202c \x1b[31mred\x00"
)
"""Markup, template syntax, Markdown, a direction override, a terminal escape and a NUL."""


def provenance(**changed: Any) -> Provenance:
    known: dict[str, Any] = {
        "model": "example/tiny-1b",
        "revision": "f86cb2c1fa58255f8052cc32aeede1b7482d4361",
        "weights_sha256": "cc" * 32,
        "engine": "fake",
        "prompts": {"condense@v4": "ab" * 32},
        "briefer_version": "0.1.0",
        "created_at": datetime(2026, 11, 26, 4, 0, tzinfo=UTC),
        "seconds": 12.5,
        "adapters": {"condenser": "de" * 32},
    }
    return Provenance(**(known | changed))


def source(article: str, **changed: Any) -> Source:
    known: dict[str, Any] = {
        "ref": None,
        "title": "Harbour workers walk out",
        "url": "https://news.example/harbour",
        "publisher": "The Selby Herald",
        "published_at": datetime(2026, 11, 25, 18, 30, tzinfo=UTC),
        "language": "en",
        "genre": "news",
        "sha256": text.fingerprint(article),
        "n_chars": len(article),
        "n_sentences": len(text.sentences(article)),
        "share_read": 1.0,
    }
    return Source(**(known | changed))


def evidence(article: str, *words: str) -> tuple[Evidence, ...]:
    """The stretches of the article that read so."""
    starts = [article.index(part) for part in words]
    return tuple(
        Evidence(start=start, end=start + len(part), text=part)
        for start, part in zip(starts, words, strict=True)
    )


def brief(**changed: Any) -> Brief:
    """The brief of the harbour article."""
    first, second, third, fourth = (one.text for one in text.sentences(HARBOUR_TEXT))
    known: dict[str, Any] = {
        "id": "harbour",
        "status": "ok",
        "headline": Line(
            text="Port Selby's harbour workers strike over 120 lost jobs",
            kind="abstractive",
            evidence=evidence(HARBOUR_TEXT, first),
        ),
        "summary": (
            Line(
                text="Harbour workers walked out on Monday over the loss of 120 jobs.",
                kind="abstractive",
                evidence=evidence(HARBOUR_TEXT, first),
            ),
            Line(text=second, kind="extractive", evidence=evidence(HARBOUR_TEXT, second)),
        ),
        "actors": _actors(third, second),
        "agreements": Agreements(status="found", items=(_agreement(second),)),
        "dissent": Dissents(status="found", items=(_dissent(third, fourth),)),
        "withheld": (
            Withheld(section="summary", reason="number_not_in_evidence"),
            Withheld(section="dissent", reason="wrong_speaker"),
            Withheld(section="summary", reason="number_not_in_evidence"),
        ),
        "source": source(HARBOUR_TEXT),
        "provenance": provenance(),
    }
    return Brief(**(known | changed))


def _actors(of_mayor: str, of_union: str) -> tuple[Actor, ...]:
    mayor = Actor(
        name="Ruth Amari",
        kind="person",
        role="mayor of Port Selby",
        aliases=("Amari",),
        evidence=evidence(HARBOUR_TEXT, of_mayor),
    )
    union = Actor(
        name="dockers' union",
        kind="organisation",
        role=None,
        aliases=(),
        evidence=evidence(HARBOUR_TEXT, of_union),
    )
    return mayor, union


def _agreement(words: str) -> Agreement:
    return Agreement(
        parties=("the city", "dockers' union"),
        text="The city and the dockers' union agreed to ten days of mediated talks.",
        kind="abstractive",
        evidence=evidence(HARBOUR_TEXT, words),
    )


def _dissent(*words: str) -> Dissent:
    return Dissent(
        holder="Ruth Amari",
        text="Ruth Amari rejected the criticism of the cuts.",
        against="the harbour workers",
        quote="We had no money left",
        kind="abstractive",
        evidence=evidence(HARBOUR_TEXT, *words),
    )


def line(words: str, article: str, kind: str = "abstractive") -> Line:
    """A line that the whole article carries."""
    return Line.model_validate(
        {"text": words, "kind": kind, "evidence": evidence(article, article)}
    )


def plain_brief(key: str, article: str, **changed: Any) -> Brief:
    """A brief of one line, without actors, agreements, dissent or withheld lines."""
    known: dict[str, Any] = {
        "id": key,
        "headline": None,
        "summary": (line(article, article, "extractive"),),
        "actors": (),
        "agreements": Agreements(status="none_found"),
        "dissent": Dissents(status="none_found"),
        "withheld": (),
        "source": source(article, title=key),
    }
    return brief(**(known | changed))


def unbriefable(status: Status = "not_an_article", key: str = "cookies") -> Brief:
    """The answer for a text that cannot be briefed."""
    return plain_brief(
        key,
        "We value your privacy.",
        status=status,
        summary=(),
        agreements=Agreements(status="not_checked"),
        dissent=Dissents(status="not_checked"),
        source=source("We value your privacy.", title="We value your privacy", publisher=None),
    )


def hostile_brief() -> Brief:
    """A brief in which every text that came from outside is an attack."""
    carried = evidence(HOSTILE, HOSTILE)
    told = Line(text=HOSTILE, kind="abstractive", evidence=carried)
    return brief(
        id="hostile",
        headline=told,
        summary=(told,),
        actors=(Actor(name=HOSTILE, kind="group", role=HOSTILE, aliases=(), evidence=carried),),
        agreements=Agreements(
            status="found",
            items=(
                Agreement(parties=(HOSTILE,), text=HOSTILE, kind="abstractive", evidence=carried),
            ),
        ),
        dissent=Dissents(
            status="found",
            items=(
                Dissent(
                    holder=HOSTILE,
                    text=HOSTILE,
                    against=HOSTILE,
                    quote=HOSTILE,
                    kind="extractive",
                    evidence=carried,
                ),
            ),
        ),
        source=source(
            HOSTILE,
            title=HOSTILE,
            publisher=HOSTILE,
            url="javascript:alert(document.cookie)",
            language='en"><script>',
            ref="../../etc/passwd",
        ),
        provenance=provenance(model=HOSTILE, engine=HOSTILE),
    )


def day_of_two_stories() -> Digest:
    """Two stories, an article that cannot be briefed and one that failed."""
    briefs = [brief(), plain_brief("Scripts", SCRIPTS_TEXT), unbriefable()]
    return digest.build(briefs, day=DAY, failures=[BROKEN])
