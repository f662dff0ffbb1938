"""Where the outlets of a story disagree: figures, whose words a quotation is, how it is framed.

Parties that disagree are ``dissent``, never found here. Knows nothing of how stories are grouped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from briefer import terms, text
from briefer.schema import (
    Actor,
    Agreement,
    Brief,
    Difference,
    Dissent,
    Line,
    StoryEvidence,
    Version,
)
from briefer.stories.wording import figures, overlap

_ABOUT_THE_SAME = 0.5
"""Of the shorter line's terms; below the bar for the same line, for here the unit agrees too."""
_FRAMED_ALIKE = 0.5
_MIN_QUOTED_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Told:
    line: Line | Dissent
    brief: Brief


def find(briefs: Sequence[Brief]) -> tuple[Difference, ...]:
    """What the briefs of one story do not agree on, figures first."""
    return (*_figures(briefs), *_attributions(briefs), *_framings(briefs))


def _outlet_of(brief: Brief) -> str:
    """Who published the article, or what it is known by."""
    source = brief.source
    return source.publisher or source.title or source.ref or "an unnamed source"


def cited(item: Line | Actor | Agreement | Dissent, brief: Brief) -> tuple[StoryEvidence, ...]:
    """The item's evidence, which names its article."""
    return tuple(
        StoryEvidence(start=one.start, end=one.end, text=one.text, article=brief.id)
        for one in item.evidence
    )


def _version(told: _Told) -> Version:
    evidence = cited(told.line, told.brief)
    return Version(outlet=_outlet_of(told.brief), text=told.line.text, evidence=evidence)


def _pairs(told: Sequence[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Pairs from different outlets: one may correct in the evening what it said at noon."""
    for one, other in combinations(told, 2):
        if _outlet_of(one.brief) != _outlet_of(other.brief):
            yield one, other


def _figures(briefs: Sequence[Brief]) -> Iterator[Difference]:
    told = [_Told(line, brief) for brief in briefs for line in brief.summary]
    counted = {id(one): figures(one.line.text) for one in told}
    versions: dict[str, dict[tuple[str, str], Version]] = {}
    for one, other in _pairs([one for one in told if counted[id(one)]]):
        for unit in counted[id(one)].keys() & counted[id(other)].keys():
            is_same_number = counted[id(one)][unit] == counted[id(other)][unit]
            if is_same_number or overlap(one.line.text, other.line.text) < _ABOUT_THE_SAME:
                continue
            kept = versions.setdefault(unit, {})
            for each in (one, other):
                kept.setdefault((each.brief.id, counted[id(each)][unit]), _version(each))
    for unit in sorted(versions):
        found = tuple(versions[unit].values())
        yield Difference(kind="figure", about=_counted_thing(unit, found), versions=found)


def _counted_thing(stem: str, versions: Sequence[Version]) -> str:
    words = (word for one in versions for word in text.words(one.text))
    return next((word for word in words if terms.stem(word) == stem), stem)


def _attributions(briefs: Sequence[Brief]) -> Iterator[Difference]:
    quoted = [(view, brief) for brief in briefs for view in brief.dissent.items]
    for (one, its), (other, others) in combinations(quoted, 2):
        if not one.quote or not other.quote or _outlet_of(its) == _outlet_of(others):
            continue
        if _are_one_quote(one.quote, other.quote) and not _are_one_name(one.holder, other.holder):
            versions = (_version(_Told(one, its)), _version(_Told(other, others)))
            yield Difference(kind="attribution", about=one.quote, versions=versions)


def _are_one_quote(one: str, other: str) -> bool:
    left, right = (text.folded_words(each) for each in (one, other))
    shorter, longer = sorted((" ".join(left), " ".join(right)), key=len)
    return min(len(left), len(right)) >= _MIN_QUOTED_WORDS and shorter in longer


def _are_one_name(one: str, other: str) -> bool:
    left, right = (set(text.words(each.casefold())) for each in (one, other))
    return left <= right or right <= left


def _framings(briefs: Sequence[Brief]) -> Iterator[Difference]:
    """The headlines, when two of different outlets share little."""
    told: dict[str, _Told] = {}
    for brief in briefs:
        if brief.headline is not None:
            told.setdefault(_outlet_of(brief), _Told(brief.headline, brief))
    differ = any(
        overlap(one.line.text, other.line.text) < _FRAMED_ALIKE
        for one, other in combinations(told.values(), 2)
    )
    if differ:
        versions = tuple(_version(one) for one in told.values())
        yield Difference(kind="framing", about="headlines", versions=versions)
