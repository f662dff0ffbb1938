"""Readers of ``train-briefs`` (both annotators) and of the shipped samples, which share a form.

Offsets come out on the prepared text. Knows nothing of measures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal

from briefer import articles, text
from briefer.schema import Article, CleanArticle, Span
from eval.alignment import Alignment
from eval.errors import DataError
from eval.gold import GoldAgreement, GoldBrief, GoldDissent, GoldFact, GoldSpeech
from eval.readers.given import GivenActor, GivenArticle, text_hash
from eval.readers.lines import Record, records

Split = Literal["train", "val"]
At = Callable[[Iterable[int]], tuple[Span, ...]]
"""Sentence indexes to spans of the prepared text."""


class _Article(GivenArticle):
    split: Split
    date: str | None
    sha256: str
    sentences: tuple[tuple[int, int], ...]


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
    quote: str | None
    must: bool
    sentences: tuple[int, ...]


class _Speech(Record):
    speaker: str
    sentences: tuple[int, ...]


class _Annotation(Record):
    id: str
    split: Split
    kind: str
    headline: str
    facts: tuple[_Fact, ...]
    actors: tuple[GivenActor, ...]
    agreements: tuple[_Agreement, ...]
    dissent: tuple[_Dissent, ...]
    speech: tuple[_Speech, ...]


class _SampleAnnotation(_Annotation):
    file: str
    sha256: str
    licence: str
    sentences: tuple[tuple[int, int], ...]


def train_briefs(folder: Path, split: Split, *, gold: str = "gold.jsonl") -> Iterator[GoldBrief]:
    """``train-briefs``: the articles of a split that the gold file annotates.

    ``gold="second.jsonl"`` reads the second annotator's 43 articles of ``val``.
    """
    known = {article.id: article for article in records(folder / "articles.jsonl", _Article)}
    for annotation in records(folder / gold, _Annotation):
        if annotation.id not in known:
            raise DataError(f"{gold}: {annotation.id} has no article in articles.jsonl.")
        if annotation.split == split:
            yield _from_train(known[annotation.id], annotation)


def train_hashes(folder: Path, split: Split) -> frozenset[str]:
    """The ``text_hash`` of every text of a split."""
    known = records(folder / "articles.jsonl", _Article)
    return frozenset(text_hash(article.text) for article in known if article.split == split)


def samples(folder: Path, gold: Path) -> Iterator[GoldBrief]:
    """The shipped samples: files of several forms, gold on the prepared text's offsets."""
    for annotation in records(gold, _SampleAnnotation):
        path = folder / annotation.file
        if not path.is_file():
            raise DataError(f"{gold.name}: {annotation.id}: there is no {annotation.file}.")
        article = next(iter(articles.read_path(path)))
        clean = articles.prepare(article)
        if clean.sha256 != annotation.sha256:
            raise DataError(
                f"{annotation.file} is prepared to another text than its gold was written for; "
                "annotate it anew."
            )
        spans = tuple(Span(*pair) for pair in annotation.sentences)
        at = _by_index(annotation.id, spans)
        yield _build(annotation, article, clean, spans, at)


def _from_train(article: _Article, annotation: _Annotation) -> GoldBrief:
    if article.sha256 != text.fingerprint(article.text):
        raise DataError(f"articles.jsonl: {article.id}: the text does not have its sha256.")
    given = article.as_article(article.date)
    clean = articles.prepare(given)
    alignment = Alignment(article.text, clean.text)
    aligned = [alignment.span(*pair) for pair in article.sentences]
    spans = tuple(span for span in aligned if span is not None)
    return _build(annotation, given, clean, spans, _by_index(annotation.id, aligned))


def _by_index(id: str, spans: Iterable[Span | None]) -> At:  # noqa: A002 - as the field
    """Sentences by their index; those that were left out of the prepared text are skipped."""
    known = tuple(spans)

    def at(indexes: Iterable[int]) -> tuple[Span, ...]:
        wanted = tuple(indexes)
        if any(not 0 <= index < len(known) for index in wanted):
            raise DataError(
                f"{id}: an index of {wanted} is beyond the article's {len(known)} sentences."
            )
        return tuple(span for span in (known[index] for index in wanted) if span is not None)

    return at


def _build(
    annotation: _Annotation,
    article: Article,
    clean: CleanArticle,
    sentences: tuple[Span, ...],
    at: At,
) -> GoldBrief:
    return GoldBrief(
        id=annotation.id,
        article=article,
        clean=clean,
        sentences=sentences,
        headline=annotation.headline,
        facts=tuple(GoldFact(fact.text, at(fact.sentences)) for fact in annotation.facts),
        actors=tuple(actor.as_gold(at(actor.sentences)) for actor in annotation.actors),
        agreements=tuple(
            GoldAgreement(item.parties, item.text, item.must, at(item.sentences))
            for item in annotation.agreements
        ),
        dissent=tuple(
            GoldDissent(d.holder, d.text, d.against, d.must, at(d.sentences), d.quote)
            for d in annotation.dissent
        ),
        speech=tuple(GoldSpeech(s.speaker, at(s.sentences)) for s in annotation.speech),
        has_speech=True,
        kind=annotation.kind,
    )
