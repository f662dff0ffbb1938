"""Reader of ``dev-briefs``: 24 articles, gold with evidence as exact strings.

Offsets come out on the prepared text. Knows nothing of measures.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefer import articles
from briefer.schema import Span
from eval.alignment import Alignment
from eval.errors import DataError
from eval.gold import GoldAgreement, GoldBrief, GoldDissent, GoldFact
from eval.readers.given import GivenActor, GivenArticle
from eval.readers.lines import Record, record


class _Agreement(Record):
    parties: tuple[str, ...]
    text: str
    must: bool
    evidence: tuple[str, ...]


class _Dissent(Record):
    holder: str
    view: str
    against: str | None
    must: bool
    evidence: tuple[str, ...]


class _Gold(Record):
    id: str
    headline: str
    actors: tuple[GivenActor, ...]
    agreements: tuple[_Agreement, ...]
    dissent: tuple[_Dissent, ...]
    facts: tuple[str, ...]
    facts_evidence: tuple[tuple[str, ...], ...]


def dev_briefs(folder: Path) -> Iterator[GoldBrief]:
    """The articles with gold, in the order of ``INDEX.tsv``, which has their dates."""
    for row in _index(folder / "INDEX.tsv"):
        article = record(folder / "articles" / f"{row['id']}.json", GivenArticle)
        gold = record(folder / "gold" / f"{row['id']}.json", _Gold)
        yield _build(article, gold, row["published"])


def _index(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        raise DataError(f"{path.parent.name}/{path.name} not found; give its folder by --data.")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or not {"id", "published"} <= set(rows[0]):
        raise DataError(f"{path.name}: the columns id and published are missing.")
    return rows


def _build(article: GivenArticle, gold: _Gold, published: str) -> GoldBrief:
    if len(gold.facts) != len(gold.facts_evidence):
        raise DataError(f"gold/{gold.id}.json: facts and facts_evidence differ in length.")
    given = article.as_article(published)
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
        actors=tuple(actor.as_gold() for actor in gold.actors),
        agreements=tuple(
            GoldAgreement(item.parties, item.text, item.must, at(item.evidence))
            for item in gold.agreements
        ),
        dissent=tuple(
            GoldDissent(d.holder, d.view, d.against, d.must, at(d.evidence)) for d in gold.dissent
        ),
    )


def _find(article: GivenArticle, string: str) -> tuple[int, int]:
    start = article.text.find(string)
    if start < 0:
        raise DataError(f"gold/{article.id}.json: evidence {string[:60]!r} is not in the text.")
    return start, start + len(string)
