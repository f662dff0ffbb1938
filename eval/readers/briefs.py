"""Readers of gold briefs: ``dev-briefs``, ``train-briefs`` (both annotators), the shipped samples.

Offsets come out on the prepared text. Knows nothing of measures.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from briefer import articles, text
from briefer.schema import Article, Span
from eval.alignment import Alignment
from eval.errors import DataError
from eval.gold import (
    GoldActor,
    GoldAgreement,
    GoldBrief,
    GoldDissent,
    GoldFact,
    GoldSpeech,
)
from eval.readers.lines import Record, record, records

Split = Literal["train", "val"]


class _TrainArticle(Record):
    id: str
    split: Split
    title: str | None
    date: str | None
    publisher: str | None
    url: str | None
    licence: str
    sha256: str
    text: str
    sentences: tuple[tuple[int, int], ...]


class _Actor(Record):
    name: str
    aliases: tuple[str, ...]
    key: bool
    role: str | None = None
    kind: str | None = None
    sentences: tuple[int, ...] = ()


class _Fact(Record):
    text: str
    sentences: tuple[int, ...]


class _Agreement(Record):
    parties: tuple[str, ...]
    text: str
    must: bool
    sentences: tuple[int, ...]


class _Dissent(Record):
    holder: str
    text: str
    against: str | None
    quote: str | None = None
    must: bool
    sentences: tuple[int, ...]


class _Speech(Record):
    speaker: str
    sentences: tuple[int, ...]


class _TrainGold(Record):
    id: str
    split: Split
    kind: str
    headline: str
    facts: tuple[_Fact, ...]
    actors: tuple[_Actor, ...]
    agreements: tuple[_Agreement, ...]
    dissent: tuple[_Dissent, ...]
    speech: tuple[_Speech, ...]


class _DevArticle(Record):
    id: str
    title: str | None
    text: str
    url: str | None = None
    licence: str = ""


class _DevAgreement(Record):
    parties: tuple[str, ...]
    text: str
    must: bool
    evidence: tuple[str, ...]


class _DevDissent(Record):
    holder: str
    view: str
    against: str | None
    must: bool
    evidence: tuple[str, ...]


class _DevGold(Record):
    id: str
    headline: str
    actors: tuple[_Actor, ...]
    agreements: tuple[_DevAgreement, ...]
    dissent: tuple[_DevDissent, ...]
    facts: tuple[str, ...]
    facts_evidence: tuple[tuple[str, ...], ...]


def train_briefs(folder: Path, split: Split, *, gold: str = "gold.jsonl") -> Iterator[GoldBrief]:
    """``train-briefs``: the articles of a split that the gold file annotates.

    ``gold="second.jsonl"`` reads the second annotator's 43 articles of ``val``.
    """
    known = {a.id: a for a in records(folder / "articles.jsonl", _TrainArticle)}
    for annotation in records(folder / gold, _TrainGold):
        if annotation.id not in known:
            raise DataError(f"{gold}: {annotation.id} has no article in articles.jsonl.")
        if annotation.split == split:
            yield _from_train(known[annotation.id], annotation)


def train_hashes(folder: Path, split: Split) -> frozenset[str]:
    """SHA-256 of the texts of a split, of their letters and digits only (see ``text_hash``)."""
    known = records(folder / "articles.jsonl", _TrainArticle)
    return frozenset(text_hash(a.text) for a in known if a.split == split)


def text_hash(article: str) -> str:
    """A hash that survives differences of white space, punctuation and case."""
    return text.fingerprint("".join(filter(str.isalnum, article.casefold())))


def _from_train(article: _TrainArticle, gold: _TrainGold) -> GoldBrief:
    if article.sha256 != text.fingerprint(article.text):
        raise DataError(f"articles.jsonl: {article.id}: the text does not have its sha256.")
    given = _article(article, article.date)
    clean = articles.prepare(given)
    alignment = Alignment(article.text, clean.text)

    def at(indexes: Iterable[int]) -> tuple[Span, ...]:
        try:
            return alignment.spans(article.sentences[index] for index in indexes)
        except IndexError as error:
            raise DataError(
                f"{gold.id}: a sentence index is beyond the article's "
                f"{len(article.sentences)} sentences."
            ) from error

    return GoldBrief(
        id=gold.id,
        article=given,
        clean=clean,
        sentences=alignment.spans(article.sentences),
        headline=gold.headline,
        facts=tuple(GoldFact(fact.text, at(fact.sentences)) for fact in gold.facts),
        actors=tuple(_actor(actor, at(actor.sentences)) for actor in gold.actors),
        agreements=tuple(
            GoldAgreement(item.parties, item.text, item.must, at(item.sentences))
            for item in gold.agreements
        ),
        dissent=tuple(
            GoldDissent(d.holder, d.text, d.against, d.must, at(d.sentences), d.quote)
            for d in gold.dissent
        ),
        speech=tuple(GoldSpeech(s.speaker, at(s.sentences)) for s in gold.speech),
        has_speech=True,
        kind=gold.kind,
        licence=article.licence,
    )


def dev_briefs(folder: Path) -> Iterator[GoldBrief]:
    """``dev-briefs``: 24 articles with gold, in the order of ``INDEX.tsv``."""
    for row in _index(folder / "INDEX.tsv"):
        article = record(folder / "articles" / f"{row['id']}.json", _DevArticle)
        gold = record(folder / "gold" / f"{row['id']}.json", _DevGold)
        yield _from_dev(article, gold, row["published"])


def _index(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        raise DataError(f"{path.parent.name}/{path.name} not found; give its folder by --data.")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or not {"id", "published"} <= set(rows[0]):
        raise DataError(f"{path.name}: the columns id and published are missing.")
    return rows


def _from_dev(article: _DevArticle, gold: _DevGold, published: str) -> GoldBrief:
    if len(gold.facts) != len(gold.facts_evidence):
        raise DataError(f"gold/{gold.id}.json: facts and facts_evidence differ in length.")
    given = _article(article, published)
    clean = articles.prepare(given)
    alignment = Alignment(article.text, clean.text)

    def at(strings: Sequence[str]) -> tuple[Span, ...]:
        return alignment.spans(_find(article, string) for string in strings)

    return GoldBrief(
        id=gold.id,
        article=given,
        clean=clean,
        sentences=tuple(Span(s.start, s.end) for s in clean.sentences),
        headline=gold.headline,
        facts=tuple(map(GoldFact, gold.facts, map(at, gold.facts_evidence))),
        actors=tuple(_actor(actor, ()) for actor in gold.actors),
        agreements=tuple(
            GoldAgreement(item.parties, item.text, item.must, at(item.evidence))
            for item in gold.agreements
        ),
        dissent=tuple(
            GoldDissent(d.holder, d.view, d.against, d.must, at(d.evidence)) for d in gold.dissent
        ),
        licence=article.licence,
    )


def _find(article: _DevArticle, string: str) -> tuple[int, int]:
    start = article.text.find(string)
    if start < 0:
        raise DataError(f"gold/{article.id}.json: evidence {string[:60]!r} is not in the text.")
    return start, start + len(string)


def _actor(actor: _Actor, spans: tuple[Span, ...]) -> GoldActor:
    return GoldActor(actor.name, actor.aliases, actor.key, actor.role, actor.kind, spans)


def _article(article: _TrainArticle | _DevArticle, date: str | None) -> Article:
    return Article(
        text=article.text,
        title=article.title,
        url=article.url,
        publisher=getattr(article, "publisher", None),
        published_at=_date(date, article.id),
        ref=article.id,
    )


def _date(written: str | None, where: str) -> datetime | None:
    """A date as the sets write it: ``2010-10-09`` or ``May 30, 2008``."""
    if not written:
        return None
    for form in ("%Y-%m-%d", "%B %d, %Y"):
        with suppress(ValueError):
            return datetime.strptime(written, form).replace(tzinfo=UTC)
    raise DataError(f"{where}: {written!r} is not a date.")
