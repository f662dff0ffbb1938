"""How much of a brief is the article's own wording, how often it repeats itself, how long it is.

Copied share: the longest run of words that a sentence has in common with the article, over its
words, after the fragments of Grusky, Naaman and Artzi (Newsroom, NAACL 2018). What stands between
quotation marks must be copied and is left out: the pieces around it each have their longest run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefer import text
from briefer.schema import Brief
from eval.metrics import coverage, words
from eval.metrics.figures import Ratio

COPIED = 0.8
"""A sentence counts as copied where its longest run holds this share of its words."""
REPEATED = 0.75
"""A line repeats an earlier one where they share this part of all their content words (Jaccard)."""
_QUOTED = re.compile(r'"[^"]*"')
# Fewer words beside a quotation than this say nothing about wording.
_MIN_WORDS = 4
# Articles over this many words may have shorter briefs (targets of the quality issue).
LONG_ARTICLE = 600


def copied(line: str, article_words: Sequence[str]) -> list[float]:
    """For each sentence of the line its copied share; sentences that are all quotation left out."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(article_words):
        places.setdefault(word, []).append(place)
    shares = []
    for sentence in text.sentences(text.clean(text.normalise(line))):
        pieces = [text.folded_words(piece) for piece in _QUOTED.split(sentence.text)]
        n_words = sum(map(len, pieces))
        if n_words >= _MIN_WORDS:
            shares.append(sum(_longest_run(piece, places) for piece in pieces) / n_words)
    return shares


def _longest_run(piece: Sequence[str], places: dict[str, list[int]]) -> int:
    """The length of the longest run of the piece that stands in the article."""
    best = 0
    ending_before: dict[int, int] = {}
    for word in piece:
        ending_here = {at: ending_before.get(at - 1, 0) + 1 for at in places.get(word, ())}
        best = max(best, *ending_here.values()) if ending_here else best
        ending_before = ending_here
    return best


def wording(brief: Brief, article: str) -> dict[str, Ratio]:
    """Copied share and copied lines, of the whole brief and of each section."""
    article_words = text.folded_words(article)
    by_section: dict[str, list[float]] = {}
    for claim in coverage.claims(brief):
        shares = copied(claim.text, article_words)
        by_section.setdefault(claim.section, []).extend(shares)
    everything = [share for shares in by_section.values() for share in shares]
    figures = {
        "copied share": Ratio(sum(everything), len(everything)),
        "copied lines": _copied_lines(everything),
    }
    for section, shares in by_section.items():
        figures[f"copied lines in {section}"] = _copied_lines(shares)
    return figures


def _copied_lines(shares: Sequence[float]) -> Ratio:
    return Ratio(sum(share >= COPIED for share in shares), len(shares))


def repeats(brief: Brief) -> Ratio:
    """Lines that say again what an earlier line of the brief said, over all lines."""
    lines = [words.content(claim.text) for claim in coverage.claims(brief)]
    n_repeated = sum(
        any(_jaccard(line, earlier) >= REPEATED for earlier in lines[:number])
        for number, line in enumerate(lines)
    )
    return Ratio(n_repeated, len(lines))


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / len(left | right) if left | right else 1.0


def kinds(brief: Brief) -> dict[str, Ratio]:
    """Shares of the drafted lines that ship in own words, as sentences, or are withheld."""
    lines = [*([brief.headline] if brief.headline else []), *brief.summary]
    shipped = [line.kind for line in lines]
    shipped += [item.kind for item in brief.agreements.items]
    shipped += [item.kind for item in brief.dissent.items]
    n_all = len(shipped) + len(brief.withheld)
    n_own = shipped.count("abstractive")
    return {
        "abstractive": Ratio(n_own, n_all),
        "extractive": Ratio(len(shipped) - n_own, n_all),
        "withheld": Ratio(len(brief.withheld), n_all),
    }


def lengths(brief: Brief, article: str) -> dict[str, Ratio]:
    """Words a reader reads over words of the article: short articles and long ones apart."""
    n_article = len(text.words(article))
    ratio = Ratio(n_words(brief), n_article)
    is_long = n_article > LONG_ARTICLE
    nothing = Ratio(0, 0)
    return {
        "words per word": ratio,
        "words per word, short articles": nothing if is_long else ratio,
        "words per word, long articles": ratio if is_long else nothing,
    }


def n_words(brief: Brief) -> int:
    """The words of the lines, of the actors' names and roles; evidence is not counted."""
    lines = [claim.text for claim in coverage.claims(brief)]
    people = [f"{actor.name} {actor.role or ''}" for actor in brief.actors]
    return sum(len(text.words(line)) for line in [*lines, *people])
