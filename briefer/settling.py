"""Unchecked candidates become kept lines with evidence, or withheld ones with a reason.

Of a passage's candidates the first that holds ships; a passage without one is withheld with the
reason against its best candidate. A line that says what a kept line already says is a duplicate.
Knows nothing of models or of the brief's form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from briefer import checks, evidence, heading, holders, naming, partners, terms
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
# Of 2,314 pairs of views in the experts' briefs none have so many words beside their holders, of
# which each holds that share of the other's (the closest .62).
_MANY = 5
# A line with a run of this share of its words is the article's own. Of the facts those may be that
# are worth so much, and of these no more than this share: .28 of all lines on val are copies.
_COPIED, _MAY_COPY, _COPIES = 0.8, 0.5, 0.6
# A line of more words is no bullet; told only for want of others.
_TOO_LONG = 46
# But a model that mostly copies tells this share of the facts nonetheless.
_ENOUGH = 0.6


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
    """Decide on every passage of the draft; facts in reserve take the place of those that fail."""
    outcomes = {
        place: _best(candidates, article, statements, characters)
        for place, candidates in enumerate(draft.candidates)
        if not _is_nothing(candidates)
    }
    told, refused = _without_repeats(outcomes, article, characters)
    passages = {place: draft.candidates[place][0].passage for place in outcomes}
    in_reserve = {place for place, passage in passages.items() if passage.in_reserve}
    facts = {place for place, passage in passages.items() if passage.kind == "fact"}
    told = _weightiest(told, len(facts - in_reserve), article)
    if any(passage.kind == "headline" for passage in passages.values()):
        told = _headed(told)
    return Settled(
        _introduced([told[place] for place in sorted(told)], article, characters),
        tuple(one for place, one in refused.items() if place not in in_reserve),
    )


def _weightiest(told: Mapping[int, Kept], n: int, article: CleanArticle) -> dict[int, Kept]:
    """The ``n`` facts of most weight, minor ones not in the article's own words; all other lines.

    What the model was unsure of, and then copies, only where there would be too few.
    """
    facts = [place for place, one in told.items() if one.line.passage.kind == "fact"]
    facts.sort(key=lambda place: -_weight(told[place].line))
    copied = [place for place in facts if _is_copied(told[place], article)]
    major = [place for place in copied if told[place].line.passage.score >= _MAY_COPY]
    allowed = major[: max(1, round(_COPIES * n))]
    surplus = [place for place in copied if place not in allowed]
    long = [place for place in facts if len(told[place].line.text.split()) > _TOO_LONG]
    excess = tuple(dict.fromkeys((*surplus, *long)))
    unsure = [place for place in facts if told[place].line.is_unsure and place not in excess]
    chosen = [place for place in facts if place not in (*excess, *unsure)][:n]
    n_missing = max(0, ceil(_ENOUGH * n) - len(chosen))
    left_out = set(facts).difference(chosen, (*unsure, *excess)[:n_missing])
    return {place: one for place, one in told.items() if place not in left_out}


def _introduced(
    told: Sequence[Kept], article: CleanArticle, characters: Sequence[Character]
) -> tuple[Kept, ...]:
    """The lines with full names, and the sentences that have these as evidence."""
    lines = naming.introduce([one.line for one in told], article, characters)
    lines = naming.sign(naming.make_unknown(lines), article)
    lines = tuple(partners.resolve(line, characters) for line in lines)
    return tuple(
        Kept(line, tuple(sorted({*one.sentences, *line.named_in})))
        for one, line in zip(told, lines, strict=True)
    )


def _headed(told: Mapping[int, Kept]) -> dict[int, Kept]:
    """The lines with a fact as headline where there is none, or one too long: then they change.

    What repeats the long one is gone already, and it may be the news itself.
    """
    first = heading.fact_instead({place: one.line for place, one in told.items()})
    if first is None:
        return {p: replace(one, line=heading.shortened(one.line)) for p, one in told.items()}
    heads = {place: one for place, one in told.items() if one.line.passage.kind == "headline"}
    facts = {p: replace(one, line=heading.fact_of(one.line)) for p, one in heads.items()}
    head = replace(told[first], line=heading.headline_of(told[first].line))
    return {**told, **facts, first: head}


def _weight(line: DraftLine) -> float:
    return line.passage.score * line.trust


def _is_copied(one: Kept, article: CleanArticle) -> bool:
    return checks.copied_share(one.line.text, article.text_of(one.sentences)) >= _COPIED


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
    for candidate in heading.candidates(candidates, article):
        line = holders.resolve(candidate, article, characters)
        line = naming.resolve(line, article, statements, characters)
        line = naming.attribute(line, article)
        sentences = evidence.attach(line, article)
        line = naming.credit(line, sentences, article, statements)
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
    """The line, a view with quotation and target only from the sentences that carry it."""
    passage = line.passage
    named_in = evidence.naming(line.text, sentences, article)
    shown = tuple(sorted({*sentences, *line.named_in, *named_in}))
    if passage.kind != "dissent":
        return Kept(line, shown)
    own = (statements[number] for number in passage.statements)
    told = [one for one in own if not set(one.sentences).isdisjoint(sentences)]
    quotes = spans.quotations(article, told, statements, line.text)
    quote = next((one for one in quotes if _carries(sentences, one, article)), None)
    against = passage.against
    if against and not _carries(sentences, against, article):
        against = None
    return Kept(replace(line, passage=replace(passage, quote=quote, against=against)), shown)


def _carries(sentences: Sequence[int], span: Span, article: CleanArticle) -> bool:
    read = [article.sentences[number] for number in sentences]
    touched = [s for s in article.sentences if s.start < span.end and span.start < s.end]
    return all(sentence in read for sentence in touched)


def _withheld(line: DraftLine, verdict: checks.Verdict) -> Withheld:
    section = SECTION_OF[line.passage.kind]
    reason = verdict.reason or "unsupported"
    return Withheld(section=section, reason=reason, text=line.text, detail=verdict.detail)


def _without_repeats(
    outcomes: Mapping[int, Kept | Withheld],
    article: CleanArticle,
    characters: Sequence[Character],
) -> tuple[dict[int, Kept], dict[int, Withheld]]:
    """What is told and what is withheld, by place, the refused before the repeated."""
    rare = terms.rarity_in(article)
    told: dict[int, Kept] = {}
    withheld = {place: one for place, one in outcomes.items() if isinstance(one, Withheld)}
    kept = [(place, one) for place, one in outcomes.items() if isinstance(one, Kept)]
    for place, one in sorted(kept, key=lambda item: _PRIORITY[item[1].line.passage.kind]):
        twin = next((other for other in told.values() if _says_the_same(one, other, rare)), None)
        if twin is None:
            told[place] = one
        else:
            withheld[place] = _repeated(one, twin)
    for place, twin in _told_of_nameless(told, rare, characters):
        withheld[place] = _repeated(told.pop(place), twin)
    return told, withheld


def _repeated(one: Kept, twin: Kept) -> Withheld:
    verdict = checks.Verdict("duplicate", f"already said: {twin.line.text}")
    return _withheld(one.line, verdict)


def _says_the_same(one: Kept, other: Kept, rare: Mapping[str, float]) -> bool:
    if other.line.passage.kind == "headline" and one.line.passage.kind != "fact":
        return False
    return terms.share(terms.content(one.line.text), terms.content(other.line.text), rare) >= _SAME


def _told_of_nameless(
    told: Mapping[int, Kept], rare: Mapping[str, float], characters: Sequence[Character]
) -> list[tuple[int, Kept]]:
    """The views of somebody without a name that somebody named tells too, with these.

    "A Selby couple says X" is "Ann Lee and Tom Amari say X".
    """
    named: list[Kept] = []
    nameless: list[tuple[int, Kept]] = []
    for place, one in told.items():
        holder = one.line.passage.speaker
        if one.line.passage.kind == "dissent" and holder is not None:
            is_named = holders.has_name(holder, characters)
            named += [one] if is_named else []
            nameless += [] if is_named else [(place, one)]
    found = {
        place: twin
        for place, one in nameless
        for twin in named
        if _differ_in_holder(one, twin, rare)
    }
    return list(found.items())


def _differ_in_holder(one: Kept, other: Kept, rare: Mapping[str, float]) -> bool:
    """Whether two views say the same of so many words, but for whose they are."""
    holders = terms.content(f"{one.line.passage.speaker} {other.line.passage.speaker}")
    these, those = (terms.content(view.line.text) - holders for view in (one, other))
    shared = min(terms.share(these, those, rare), terms.share(those, these, rare))
    return min(len(these), len(those)) >= _MANY and shared >= _SAME
