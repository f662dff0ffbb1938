"""Which sentences become lines: one passage an item, not one a sentence.

Dissent and agreements are chosen first; then the facts, by what each adds to what is chosen; last
the headline. Thresholds are on calibrated probabilities and hold for any tagger.
Knows nothing of wording, prompts or models.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefer.passages import agreements, facts, views
from briefer.schema import Character, CleanArticle, Options, Passage, Statement, Tags

_SILENT = Tags(fact=0.0, dissent=0.0, agreement=0.0, speech=0.0, lead=0.0, must=0.0, joined=0.0)


def choose(
    article: CleanArticle,
    tags: Sequence[Tags],
    statements: Sequence[Statement],
    characters: Sequence[Character],
    options: Options,
) -> tuple[Passage, ...]:
    """The passages of all requested sections, headline first.

    Views and agreements surest first, facts in the article's order.
    """
    tags = [_SILENT if n in article.asides else one for n, one in enumerate(tags)]
    dissent = views.find(article, tags, statements, characters)
    agreed = agreements.find(article, tags, characters)
    lead = facts.headline(article, tags, statements)
    sure = tuple(one for one in agreed if one.is_sure)
    told = (*sure, *dissent, *(lead if "headline" in options.sections else ()))
    n_bullets = facts.limit(article, options, n_others=len(dissent) + len(agreed))
    wanted = {
        "dissent": dissent,
        "agreements": agreed,
        "summary": facts.find(article, tags, statements, told, n_bullets),
        "headline": lead,
    }
    order = ("headline", "summary", "agreements", "dissent")
    return tuple(
        passage for section in order if section in options.sections for passage in wanted[section]
    )
