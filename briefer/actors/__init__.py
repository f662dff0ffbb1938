"""Who acts in an article: people, bodies, states and groups, most important first.

``find`` is the way in. The role is the article's own words or nothing. Knows nothing of agreements
or dissent.
"""

from __future__ import annotations

from briefer.actors.finding import find

__all__ = ["find"]
