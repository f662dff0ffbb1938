"""Stories: are the articles of one event put together, and no others?

NeuS gives three outlets' excerpts of each of 307 events. The thresholds were chosen on the odd
events; the pile is the even ones among articles of other years. Pairwise and B-cubed F1. Knows
nothing of how articles are grouped.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from briefer.schema import Article
from eval.metrics import clusters
from eval.readers.documents import SharedEvent
from eval.rows import Heading, Row

FIELD = "stories"
HEADING = Heading(FIELD, "neus")
Group = Callable[[Sequence[Article]], Sequence[Hashable]]
"""For each article, in order, the story it is put into."""


def run(
    events: Iterable[SharedEvent],
    group: Group,
    *,
    apart: Iterable[Article] = (),
    heading: Heading = HEADING,
) -> list[Row]:
    """Pairwise and B-cubed precision, recall and F1 over the whole pile.

    ``apart`` are articles that share no event with any other; each must stay alone.
    """
    pile = [
        (event.id, Article(text=one.text, title=one.title, ref=f"{event.id}-{number}"))
        for event in events
        for number, one in enumerate(event.articles)
    ]
    pile += [(f"apart {number}", _renamed(one, number)) for number, one in enumerate(apart)]
    # By title, so that neighbours in the file are not neighbours in the pile.
    pile.sort(key=lambda entry: (entry[1].title or "", entry[1].ref or ""))
    found = group([article for _, article in pile])
    gold = {str(article.ref): event for event, article in pile}
    grouped = {str(article.ref): story for (_, article), story in zip(pile, found, strict=True)}
    figures = clusters.pairwise(gold, grouped) | clusters.b_cubed(gold, grouped)
    return [heading.row(name, figure) for name, figure in figures.items()]


def _renamed(article: Article, number: int) -> Article:
    return article.model_copy(update={"ref": f"apart {number}"})
