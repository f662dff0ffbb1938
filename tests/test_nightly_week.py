"""A small simulated week: seven nights, each killed at another point and started again."""

from __future__ import annotations

from pathlib import Path

from tests.newsstand import FirstSentences
from tests.week import made_up, simulate


def test_a_week_of_dying_nights_loses_and_doubles_nothing(tmp_path: Path) -> None:
    pieces, desk = made_up(7 * 5), FirstSentences()

    nights = simulate(tmp_path, pieces, desk, n_a_day=5)

    editions = [night.outcome.digest for night in nights if night.outcome.digest is not None]
    assert len(editions) == 7
    titles = [
        brief.source.title for made in editions for brief in made.briefs if brief.status == "ok"
    ]
    assert set(titles) == {piece.title for piece in pieces}
    n_rewritten = sum(night.n_rewritten for night in nights)
    assert n_rewritten == 3  # articles 1, 11 and 21; 31 is rewritten after the last night
    assert len(titles) == len(pieces) + n_rewritten
    assert set(desk.made.values()) == {1}
    copied = [story.also_in for made in editions for story in made.stories if story.also_in]
    assert len(copied) == sum(night.n_copied for night in nights) == 4
    assert all(night.died_at for night in nights)
    # Each night the dead host and the page that is no feed; never an article.
    assert [made.counts.n_sources_failed for made in editions] == [2] * 7
    assert [made.counts.n_failed for made in editions] == [0] * 7
