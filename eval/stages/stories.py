"""Stories: are the articles of one event put together, and no others?

NeuS gives three outlets' excerpts of each of 307 events; the pile is all of them, mixed. Pairwise
and B-cubed F1, intervals by event. Knows nothing of how articles are grouped.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from briefer.schema import Article
from eval.metrics import clusters
from eval.metrics.figures import Figure
from eval.readers.documents import SharedEvent
from eval.rows import Heading, Row

HEADING = Heading("stories", "neus")
Group = Callable[[Sequence[Article]], Sequence[Hashable]]
"""For each article, in order, the story it is put into."""


def run(events: Iterable[SharedEvent], group: Group) -> list[Row]:
    """Pairwise and B-cubed precision, recall and F1 over the whole pile."""
    pile = [
        (event.id, Article(text=one.text, title=one.title, ref=f"{event.id}-{number}"))
        for event in events
        for number, one in enumerate(event.articles)
    ]
    # By title, so that neighbours in the file are not neighbours in the pile.
    pile.sort(key=lambda entry: (entry[1].title or "", entry[1].ref or ""))
    found = group([article for _, article in pile])
    gold = {str(article.ref): event for event, article in pile}
    grouped = {str(article.ref): story for (_, article), story in zip(pile, found, strict=True)}
    rows = HEADING.pooled([clusters.pairwise(gold, grouped)])
    n_events = len(set(gold.values()))
    return rows + [
        HEADING.row(name, Figure(value, len(gold), n_events))
        for name, value in clusters.b_cubed(gold, grouped).items()
    ]
