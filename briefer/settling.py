"""Unchecked candidates become kept lines with evidence, or withheld ones with a reason.

Of a passage's candidates the first that holds ships; a passage without one is withheld with the
reason against its best candidate. A line that says what a kept line already says is a duplicate.
Knows nothing of models or of the brief's form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefer import checks, evidence, holders, terms
from briefer.passages import spans
from briefer.schema import (
    Character,
    CleanArticle,
    Draft,
    DraftLine,
    PassageKind,
    Section,
    Span,
    Statement,
    Withheld,
)

SECTION_OF: Mapping[PassageKind, Section] = {
    "headline": "headline",
    "fact": "summary",
    "agreement": "agreements",
    "dissent": "dissent",
}
# A fact that the headline, an agreement or a view already tells is the one to go.
_PRIORITY: Mapping[PassageKind, int] = {"headline": 0, "agreement": 1, "dissent": 2, "fact": 3}
# The share (by rarity) of a line's words that another line holds. Of the experts' own facts 8 %
# stand so close to another of their lines, mostly to a view that tells the same; of views .1 %.
_SAME = 0.75


@dataclass(frozen=True, slots=True)
class Kept:
    """A line that holds, and the sentences that carry it."""

    line: DraftLine
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What an article's draft came to; ``kept`` in the order of the passages."""

    kept: tuple[Kept, ...] = ()
    withheld: tuple[Withheld, ...] = ()


def settle(
    draft: Draft,
    article: CleanArticle,
    statements: Sequence[Statement],
    characters: Sequence[Character],
) -> Settled:
    """Decide on every passage of the draft."""
    outcomes = [
        _best(candidates, article, statements, characters)
        for candidates in draft.candidates
        if not _is_nothing(candidates)
    ]
    kept = [outcome for outcome in outcomes if isinstance(outcome, Kept)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, Withheld)]
    unique, repeated = _without_repeats(kept, article)
    return Settled(tuple(unique), (*refused, *repeated))


def _is_nothing(candidates: Sequence[DraftLine]) -> bool:
    """Whether nobody found a view or an agreement in the passage: then no line is withheld."""
    kinds = {line.passage.kind for line in candidates}
    is_asked = kinds <= {"dissent", "agreement"}
    return is_asked and not any(line.text or line.is_cut_off for line in candidates)


def _best(
    candidates: Sequence[DraftLine],
    article: CleanArticle,
    statements: Sequence[Statement],
    characters: Sequence[Character],
) -> Kept | Withheld:
    refusals = []
    for candidate in candidates:
        line = holders.resolve(candidate, article, characters)
        sentences = evidence.attach(line, article)
        verdict = checks.review(line, sentences, article, statements, characters)
        if verdict.reason is None:
            return _kept(line, sentences, article, statements)
        refusals.append(_withheld(line, verdict))
    return refusals[0]


def _kept(
    line: DraftLine,
    sentences: tuple[int, ...],
    article: CleanArticle,
    statements: Sequence[Statement],
) -> Kept:
    """The line, a view with a quotation from the sentences that carry it, if they hold one."""
    passage = line.passage
    if passage.kind != "dissent":
        return Kept(line, sentences)
    own = (statements[number] for number in passage.statements)
    told = [one for one in own if not set(one.sentences).isdisjoint(sentences)]
    quote = spans.quotation(article, told, statements)
    if quote and not _carries(sentences, quote, article):
        quote = None
    return Kept(replace(line, passage=replace(passage, quote=quote)), sentences)


def _carries(sentences: Sequence[int], span: Span, article: CleanArticle) -> bool:
    read = [article.sentences[number] for number in sentences]
    touched = [s for s in article.sentences if s.start < span.end and span.start < s.end]
    return all(sentence in read for sentence in touched)


def _withheld(line: DraftLine, verdict: checks.Verdict) -> Withheld:
    section = SECTION_OF[line.passage.kind]
    reason = verdict.reason or "unsupported"
    return Withheld(section=section, reason=reason, text=line.text, detail=verdict.detail)


def _without_repeats(
    kept: Sequence[Kept], article: CleanArticle
) -> tuple[list[Kept], list[Withheld]]:
    rare = terms.rarity_in(article)
    unique: list[Kept] = []
    repeated: list[Withheld] = []
    for one in sorted(kept, key=lambda one: _PRIORITY[one.line.passage.kind]):
        twin = next((other for other in unique if _says_the_same(one, other, rare)), None)
        if twin is None:
            unique.append(one)
        else:
            verdict = checks.Verdict("duplicate", f"already said: {twin.line.text}")
            repeated.append(_withheld(one.line, verdict))
    unique.sort(key=kept.index)
    return unique, repeated


def _says_the_same(one: Kept, other: Kept, rare: Mapping[str, float]) -> bool:
    if other.line.passage.kind == "headline" and one.line.passage.kind != "fact":
        return False
    return terms.share(terms.content(one.line.text), terms.content(other.line.text), rare) >= _SAME
