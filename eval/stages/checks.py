"""Checks: what do they stop, and how many right lines do they cost?

Three measures. On experts' lines with one planted fault: share stopped by fault, and right lines
rejected. On lines of the system judged by hand: wrong before (p), caught (s), right lines lost (f)
and what ships wrong, ``p(1-s) / (p(1-s) + (1-p)(1-f))``, counted, with exact intervals. On QAGS: a
learned score alone (Wang, Cho and Lewis, Asking and answering questions, ACL 2020; a summary is
factual if all its sentences are).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from briefer import checks, evidence
from briefer.schema import DraftLine, Passage, PassageKind, Span
from eval.gold import GoldBrief, labels
from eval.metrics.figures import Figure, Ratio, exact_interval
from eval.readers.lines import Record
from eval.rows import Heading, Row
from eval.stages import faults
from eval.stages.faults import GoldLine
from eval.stages.readings import Reading, Readings

FIELD = "checks"

Review = Callable[[DraftLine, tuple[int, ...], Reading], str | None]
"""The reason against a line, or ``None``."""


def shipped(line: DraftLine, sentences: tuple[int, ...], reading: Reading) -> str | None:
    """The verdict of ``briefer.checks``."""
    verdict = checks.review(
        line, sentences, reading.article, reading.statements, reading.characters
    )
    return verdict.reason


def planted(
    briefs: Iterable[GoldBrief], readings: Readings, heading: Heading, review: Review = shipped
) -> list[Row]:
    """Planted faults stopped, by kind, and right lines rejected."""
    return heading.pooled([_planted(brief, readings.of(brief.clean), review) for brief in briefs])


def _planted(brief: GoldBrief, reading: Reading, review: Review) -> dict[str, Ratio]:
    counts: dict[str, list[bool]] = {}
    for line in faults.lines(brief):
        if _is_stopped(line, line.text, brief, reading, review):
            counts.setdefault("right lines rejected", []).append(True)
            continue  # what stops the right line too says nothing about the fault
        counts.setdefault("right lines rejected", []).append(False)
        for name, fault in faults.FAULTS.items():
            wrong = fault(line, brief)
            if wrong is not None:
                stopped = _is_stopped(line, wrong, brief, reading, review)
                counts.setdefault(f"stopped: {name}", []).append(stopped)
    return {name: Ratio(sum(stopped), len(stopped)) for name, stopped in counts.items()}


def _is_stopped(
    line: GoldLine, text: str, brief: GoldBrief, reading: Reading, review: Review
) -> bool:
    drafted = DraftLine(_passage(line, brief), text, "model")
    sentences = evidence.attach(drafted, reading.article) or drafted.passage.sentences
    return review(drafted, sentences, reading) is not None


def _passage(line: GoldLine, brief: GoldBrief) -> Passage:
    """The cited sentences as the passage that the line was condensed from."""
    sentences = [Span(s.start, s.end) for s in brief.clean.sentences]
    cited = labels(sentences, [line.spans])
    kind: PassageKind = "dissent" if line.holder else "agreement" if line.parties else "fact"
    return Passage(
        kind=kind,
        sentences=tuple(number for number, is_cited in enumerate(cited) if is_cited) or (0,),
        score=1.0,
        speaker=line.holder,
        parties=line.parties,
    )


class JudgedLine(Record):
    """A line of the system's own that was judged with the article in view.

    ``id`` is the article's and the line's place in the brief. Misleading: nothing in it is false,
    but a reader takes something false from it (a referent left behind, a hedge lost).
    ``trained_on``: trained parts have learned from the gold of its article.
    """

    id: str
    verdict: Literal["right", "misleading", "wrong"]
    was_rejected: bool
    pattern: str | None = None
    trained_on: bool = False


def by_hand(lines: Sequence[JudgedLine], system: str = "briefer") -> list[Row]:
    """p, s, f and the share of shipped lines that are wrong, with Clopper-Pearson intervals.

    Where nobody judged what was rejected, only what shipped is known.
    """
    wrong = [line for line in lines if line.verdict == "wrong"]
    right = [line for line in lines if line.verdict == "right"]
    kept = [line for line in lines if not line.was_rejected]
    heading = Heading(FIELD, "own lines judged by hand", system)
    drafted = {
        "drafted wrong (p)": (len(wrong), len(lines)),
        "wrong ones caught (s)": (sum(line.was_rejected for line in wrong), len(wrong)),
        "right ones lost (f)": (sum(line.was_rejected for line in right), len(right)),
    }
    counts = (drafted if len(kept) < len(lines) else {}) | {
        "shipped wrong": (sum(line.verdict == "wrong" for line in kept), len(kept)),
        "shipped misleading": (sum(line.verdict == "misleading" for line in kept), len(kept)),
    }
    return [heading.row(name, _exact(*count)) for name, count in counts.items()]


def _exact(hits: int, of: int) -> Figure:
    if of == 0:
        return Figure(None, 0, 0)
    low, high = exact_interval(hits, of)
    return Figure(hits / of, of, of, low, high)
