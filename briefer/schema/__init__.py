"""The data types, all frozen: what comes in, what the stages hand on, what goes out.

    vocabulary.py   the closed words
    stages.py       *inside*: what one stage finds and the next one needs
    brief.py        *outside*: ``Article`` in, ``Brief`` out
    digest.py       *outside*: a day of briefs
    records.py      what the outside types have in common

``Draft`` is unchecked and ``Brief`` is checked: an unchecked line cannot reach a reader by
accident, for nothing but ``briefing.pipeline`` turns one into the other.

Offsets are 0-based Unicode code points into the cleaned text, end exclusive.
Knows nothing of models, files or HTTP.
"""

from __future__ import annotations

from briefer.schema.brief import (
    Actor,
    Agreement,
    Agreements,
    Article,
    Brief,
    Dissent,
    Dissents,
    Evidence,
    EvidenceList,
    Line,
    Options,
    Provenance,
    Source,
    Text,
    Withheld,
)
from briefer.schema.digest import (
    Difference,
    Digest,
    DigestCounts,
    Failure,
    Maker,
    Story,
    StoryActor,
    StoryAgreement,
    StoryAgreements,
    StoryDissent,
    StoryDissents,
    StoryEvidence,
    StoryEvidenceList,
    StoryLine,
    Version,
    Withdrawn,
)
from briefer.schema.stages import (
    AUTHOR,
    Character,
    CleanArticle,
    Draft,
    DraftLine,
    Passage,
    Sentence,
    Span,
    Statement,
    Tags,
    Voice,
)
from briefer.schema.vocabulary import (
    SECTIONS,
    ActorKind,
    DifferenceKind,
    DigestState,
    FailureKind,
    FailureReason,
    Finding,
    Genre,
    Include,
    Length,
    News,
    PassageKind,
    Reason,
    Section,
    Status,
    Wording,
)

__all__ = [
    "AUTHOR",
    "SECTIONS",
    "Actor",
    "ActorKind",
    "Agreement",
    "Agreements",
    "Article",
    "Brief",
    "Character",
    "CleanArticle",
    "Difference",
    "DifferenceKind",
    "Digest",
    "DigestCounts",
    "DigestState",
    "Dissent",
    "Dissents",
    "Draft",
    "DraftLine",
    "Evidence",
    "EvidenceList",
    "Failure",
    "FailureKind",
    "FailureReason",
    "Finding",
    "Genre",
    "Include",
    "Length",
    "Line",
    "Maker",
    "News",
    "Options",
    "Passage",
    "PassageKind",
    "Provenance",
    "Reason",
    "Section",
    "Sentence",
    "Source",
    "Span",
    "Statement",
    "Status",
    "Story",
    "StoryActor",
    "StoryAgreement",
    "StoryAgreements",
    "StoryDissent",
    "StoryDissents",
    "StoryEvidence",
    "StoryEvidenceList",
    "StoryLine",
    "Tags",
    "Text",
    "Version",
    "Voice",
    "Withdrawn",
    "Withheld",
    "Wording",
]
