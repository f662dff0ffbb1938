"""A brief section by section, each with the brief as far as it is ready.

Sooner begun, later done than a brief in one go: each section is a batch of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

from briefer.briefing.pipeline import Stages, draft, provenance_of, read, settle
from briefer.drafting import Request
from briefer.schema import Article, Brief, Draft, Options, Passage, PassageKind, Section
from briefer.settling import SECTION_OF

# So that nothing told is taken back: what a later part repeats is the later one's duplicate. Only a
# headline that is none, or too long, gives way to a fact in the end.
_PARTS: tuple[PassageKind, ...] = ("headline", "agreement", "dissent", "fact")


def brief_in_parts(
    article: Article,
    stages: Stages,
    options: Options,
    turn: AbstractContextManager[object],
    turn_at_engine: AbstractContextManager[object],
) -> Iterator[tuple[Section, Brief]]:
    """Brief one article part by part: the actors, then each section that was asked for.

    Each step takes its turn and ends it: nothing is held while the caller looks at a part.
    """
    with turn:
        began = stages.now()
        reading = read(stages.prepare(article), stages, options)
    drafts: list[Draft] = []
    kinds: list[PassageKind] = []
    for kind in (None, *_PARTS):
        section: Section = SECTION_OF[kind] if kind else "actors"
        if kind is not None:
            some = tuple(one for one in reading.passages if one.kind == kind)
            request = Request(reading.article, some, reading.statements)
            drafts += draft([request], stages, turn, turn_at_engine)
            kinds.append(kind)
        so_far = _joined(drafts, kinds, reading.passages)
        provenance = provenance_of(stages, so_far, began)
        if section in options.sections or section == "summary":
            with turn:
                brief = settle(reading, so_far, options, provenance)
            yield section, brief


def _joined(
    drafts: Sequence[Draft], kinds: Sequence[PassageKind], chosen: Sequence[Passage]
) -> Draft:
    """One draft of several, its candidates in the order in which the passages were chosen."""
    waiting = {kind: iter(one.candidates) for kind, one in zip(kinds, drafts, strict=True)}
    return Draft(
        candidates=tuple(next(waiting[one.kind]) for one in chosen if one.kind in waiting),
        n_prompt_tokens=sum(one.n_prompt_tokens for one in drafts),
        n_output_tokens=sum(one.n_output_tokens for one in drafts),
    )
