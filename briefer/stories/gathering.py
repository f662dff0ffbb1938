"""Briefs of a day become its stories: grouped, then each told.

Knows nothing of what is new in them, or of their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from briefer.errors import ModelNotFound
from briefer.models import EngineName
from briefer.schema import Brief, Story
from briefer.stories import grouping
from briefer.stories.grouping import Encode
from briefer.stories.telling import tell


def gather(
    briefs: Mapping[str, Brief],
    encode: Encode | None,
    copies: Mapping[str, Sequence[str]] | None = None,
) -> list[Story]:
    """The stories of the briefs, which are named by their articles; those without one left out.

    ``copies`` are the other outlets that carried an article.
    """
    fit = {article: one for article, one in sorted(briefs.items()) if one.status == "ok"}
    numbers = grouping.group([grouping.told_by(one) for one in fit.values()], encode)
    members = defaultdict[int, list[str]](list)
    for number, article in zip(numbers, fit, strict=True):
        members[number].append(article)
    carried = {
        article: {name for name in (copies or {}).get(article, ()) if name != one.source.publisher}
        for article, one in fit.items()
    }
    return [
        tell(
            [fit[article] for article in of_one],
            also_in=sorted({name for article in of_one for name in carried[article]}),
        )
        for of_one in members.values()
    ]


def encoder_for(engine: EngineName) -> Encode | None:
    """What puts articles of one event together; ``None`` when words alone must do.

    So it is without the encoder's weights, and with the fake engine, which needs none.
    """
    if engine == "fake":
        return None
    from briefer.models import encoder  # on use: it loads numpy and 90 MB

    try:
        return encoder.load()
    except ModelNotFound:
        return None
