"""The closed words of a brief and of a day: what a field may say.

Knows nothing of the types that use them.
"""

from __future__ import annotations

from typing import Literal, get_args

Section = Literal["headline", "summary", "actors", "agreements", "dissent"]
SECTIONS: tuple[Section, ...] = get_args(Section)
Status = Literal["ok", "too_short", "not_an_article", "unsupported_language", "incomplete"]
Finding = Literal["found", "none_found", "not_checked", "not_requested"]
Wording = Literal["abstractive", "extractive"]
Genre = Literal["news", "opinion", "interview", "live", "press_release", "other"]
ActorKind = Literal["person", "organisation", "state", "place", "group"]
Length = Literal["short", "standard", "long"]
Reason = Literal[
    "no_evidence",
    "name_not_in_evidence",
    "number_not_in_evidence",
    "date_not_in_evidence",
    "quote_not_exact",
    "wrong_speaker",
    "modality_changed",
    "contradicted",
    "duplicate",
    "not_an_agreement",
    "not_dissent",
    "cut_off",
    "unsafe_text",
    "unsupported",
    "unresolved_speaker",
]
Include = Literal["source_text", "withheld_text"]
PassageKind = Literal["headline", "fact", "dissent", "agreement"]
DigestState = Literal["complete", "partial", "broken", "nothing_to_report", "quiet"]
FailureReason = Literal[
    "unreadable", "too_large", "fetch_refused", "bad_option", "model_failed", "other"
]
FailureKind = Literal["article", "source"]
DifferenceKind = Literal["figure", "attribution", "framing"]
News = Literal["new", "changed", "unchanged"]
