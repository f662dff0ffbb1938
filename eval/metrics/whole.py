"""Every measure of one brief against one gold reading, under the names of the table.

Knows nothing of systems or of how many articles there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefer import text
from briefer.schema import Brief
from eval.gold import GoldBrief
from eval.metrics import copying, coverage, items, specifics
from eval.metrics.coverage import Claim
from eval.metrics.figures import Figure, Ratio, pool

Scores = dict[tuple[str, str], Ratio]
"""(field, measure) -> what one article gives."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A brief beside the gold it is judged by."""

    gold: GoldBrief
    brief: Brief


def score(gold: GoldBrief, brief: Brief) -> Scores:
    """All measures of one brief."""
    lines = coverage.claims(brief)
    n_covered = sum(coverage.is_covered(fact, lines) for fact in gold.facts)
    found: Scores = {("facts", "covered"): Ratio(n_covered, len(gold.facts))}
    for field, ratios in (
        ("actors", items.actors(gold, brief)),
        ("agreements", items.agreements(gold, brief)),
        ("dissent", items.dissent(gold, brief)),
        ("lines", details(gold, brief, lines)),
        ("wording", copying.wording(brief, gold.text) | copying.kinds(brief)),
        ("length", copying.lengths(brief, gold.text)),
    ):
        found |= {(field, measure): ratio for measure, ratio in ratios.items()}
    found["lines", "repeated"] = copying.repeats(brief)
    return found


def details(gold: GoldBrief, brief: Brief, lines: Sequence[Claim]) -> dict[str, Ratio]:
    """Lines with unsupported details; exact quotations; roles in the article's own words."""
    article = f"{gold.article.title or ''}\n\n{gold.text}"
    published = gold.article.published_at.date() if gold.article.published_at else None

    def is_loose(line: str, support: str) -> bool:
        return bool(specifics.unsupported(line, support, article=article, published=published))

    n_cited = sum(is_loose(line.text, _cited(gold, line)) for line in lines)
    n_anywhere = sum(is_loose(line.text, article) for line in lines)
    quotes = [item.quote for item in brief.dissent.items if item.quote is not None]
    roles = [actor.role for actor in brief.actors if actor.role]
    return {
        "with a detail not in their evidence": Ratio(n_cited, len(lines)),
        "with a detail not in the article": Ratio(n_anywhere, len(lines)),
        "quotes exact": Ratio(sum(quote in gold.text for quote in quotes), len(quotes)),
        "roles in the article's words": Ratio(sum(_is_in(r, gold.text) for r in roles), len(roles)),
    }


def _cited(gold: GoldBrief, line: Claim) -> str:
    return "\n".join(span.of(gold.text) for span in line.spans)


def _is_in(role: str, article: str) -> bool:
    return text.folded(role) in text.folded(article)


def totals(scores: Sequence[Scores]) -> dict[tuple[str, str], Figure]:
    """Each measure over all articles, in the order in which measures first occur."""
    keys = dict.fromkeys(key for one in scores for key in one)
    return {key: pool([one[key] for one in scores if key in one]) for key in keys}
