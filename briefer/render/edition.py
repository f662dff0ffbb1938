"""The record becomes a view: a day's stories in their order, codes as words, text cleaned.

Knows nothing of HTML, Markdown or paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from briefer.render import chapters, origins, safety, wording
from briefer.render.views import Edition, Imprint, Missing, Short, Tally
from briefer.schema import Brief, Digest, DigestCounts, Failure, Maker, Provenance, Story, Withdrawn

_SHORT_HASH = 12


def of_digest(digest: Digest) -> Edition:
    """The edition of a day."""
    briefs = {brief.id: brief for brief in digest.briefs}
    full, rest = _full_and_rest(digest)
    unchanged = [story for story in digest.stories if story.news == "unchanged"]
    told = tuple(
        chapters.chapter(
            number, story, [briefs[key] for key in story.articles], digest.max_quoted_words
        )
        for number, story in enumerate(full, start=1)
    )
    leading = {story.id: chapter for story, chapter in zip(full, told, strict=True)}
    return Edition(
        title=safety.name(digest.title),
        day=wording.day_words(digest.day),
        iso_day=digest.day.isoformat(),
        size=wording.count(digest.counts.n_articles, "article"),
        state=digest.state,
        notice=_notice(digest),
        figures=_figures(digest),
        chapters=told,
        not_briefed=tuple(_not_briefed(one) for one in digest.briefs if one.status != "ok"),
        unread=tuple(_failed(one) for one in digest.failures if one.kind == "source"),
        failures=tuple(_failed(one) for one in digest.failures if one.kind == "article"),
        withheld=chapters.tallies(digest.counts.withheld),
        n_withheld=digest.counts.n_withheld,
        imprints=tuple(_imprint(maker) for maker in digest.made_by),
        made_in=wording.duration_words(digest.seconds),
        front=tuple(leading[one] for one in digest.front if one in leading),
        shorts=tuple(_short(story, briefs) for story in rest),
        unchanged=tuple(_short(story, briefs) for story in unchanged),
        since=wording.day_words(digest.previous_day) if digest.previous_day else None,
        corrections=tuple(_correction(one) for one in digest.withdrawn),
    )


def of_brief(brief: Brief) -> Edition:
    """A brief that stands alone; without a chapter when the article could not be briefed."""
    is_briefed = brief.status == "ok"
    counted = Counter(line.reason for line in brief.withheld)
    moment = brief.source.published_at or brief.provenance.created_at
    return Edition(
        title=safety.name(brief.source.title or origins.UNTITLED),
        day=wording.date_words(moment),
        iso_day=moment.date().isoformat(),
        size=wording.count(1, "article"),
        state="complete",
        notice=None
        if is_briefed
        else f"No brief: the text is {wording.NOT_BRIEFED[brief.status]}.",
        figures=(),
        chapters=(chapters.chapter(1, brief, [brief]),) if is_briefed else (),
        not_briefed=() if is_briefed else (_not_briefed(brief),),
        failures=(),
        withheld=chapters.tallies(counted),
        n_withheld=counted.total(),
        imprints=(_imprint(brief.provenance),),
        made_in=wording.duration_words(brief.provenance.seconds),
    )


def _full_and_rest(digest: Digest) -> tuple[list[Story], list[Story]]:
    """The stories told in full and those told by their headline; the front page's are full."""
    fresh = [story for story in digest.stories if story.news != "unchanged"]
    n_full = len(fresh) if digest.max_chapters is None else digest.max_chapters
    first = [story.id for story in fresh if story.id in digest.front][:n_full]
    others = [story.id for story in fresh if story.id not in first][: n_full - len(first)]
    kept = {*first, *others}
    return [s for s in fresh if s.id in kept], [s for s in fresh if s.id not in kept]


def _short(story: Story, briefs: Mapping[str, Brief]) -> Short:
    told = [briefs[key] for key in story.articles]
    title = origins.headline(story.headline.text) if story.headline else origins.title(told[0])
    return Short(title, origins.origin(told), safety.link(told[0].source.url))


def _notice(digest: Digest) -> str | None:
    """What the front page must say of a day that did not go as it should."""
    missing = _missing(digest.counts)
    if digest.withdrawn and not digest.stories:
        also = f" Also, {missing}. The reasons are below." if missing else ""
        return f"No story is left in this edition: what was withdrawn is named below.{also}"
    n_not_briefable = digest.counts.n_not_briefable
    came = wording.count(n_not_briefable, "article") + " came in and none could be briefed."
    nothing = f"{came} The reasons are below." if n_not_briefable else "no articles came in."
    return {
        "complete": None,
        "quiet": "A quiet day: nothing new since the last edition.",
        "partial": f"This edition is incomplete: {missing}. The reasons are at the end.",
        "broken": f"Something broke, so there are no stories today: {missing}. That says nothing "
        "about the news. The reasons are below.",
        "nothing_to_report": f"Nothing to report: {nothing} Nothing failed.",
    }[digest.state]


def _missing(counts: DigestCounts) -> str:
    """What could not be read or processed, in words."""
    failed = [f"{wording.count(counts.n_failed, 'article')} could not be processed"]
    sources = wording.count(counts.n_sources_failed, "source")
    if counts.n_sources is not None:
        of_all = wording.count(counts.n_sources, "source")
        sources = f"{counts.n_sources_failed} of {of_all}"
    unread = [f"{sources} could not be read"]
    return " and ".join(unread * bool(counts.n_sources_failed) + failed * bool(counts.n_failed))


def _figures(digest: Digest) -> tuple[Tally, ...]:
    counts = digest.counts
    return (
        Tally(counts.n_stories, _noun(counts.n_stories, "story", "stories")),
        Tally(counts.n_agreements, _noun(counts.n_agreements, "agreement", "agreements")),
        Tally(counts.n_dissent, _noun(counts.n_dissent, "dissenting view", "dissenting views")),
        Tally(counts.n_lines, _noun(counts.n_lines, "line shown", "lines shown")),
        Tally(counts.n_withheld, _noun(counts.n_withheld, "line withheld", "lines withheld")),
    )


def _noun(n: int, one: str, many: str) -> str:
    return one if n == 1 else many


def _not_briefed(brief: Brief) -> Missing:
    return Missing(
        origins.title(brief), origins.outlet(brief), wording.NOT_BRIEFED[brief.status], detail=None
    )


def _failed(failure: Failure) -> Missing:
    return Missing(
        title=safety.name(failure.title or failure.ref or "") or origins.UNTITLED,
        outlet=None,
        why=wording.FAILED[failure.reason],
        detail=safety.shown(failure.message),
    )


def _correction(one: Withdrawn) -> str:
    """What the front page says of a withdrawn article."""
    title = safety.name(one.title or "") or origins.UNTITLED
    reason = safety.shown(one.reason)
    return f"Withdrawn after this edition had appeared: {title}" + (
        f" ({reason})" if reason else ""
    )


def _imprint(made: Maker | Provenance) -> Imprint:
    revision = f", revision {made.revision[:_SHORT_HASH]}" if made.revision else ""
    weights = (
        f"SHA-256 {made.weights_sha256[:_SHORT_HASH]}…" if made.weights_sha256 else "not named"
    )
    rows = {
        "Model": made.model + revision,
        "Weights": weights,
        "Trained parts": _with_hashes(made.adapters or {}) or "none",
        "Engine": made.engine,
        "Prompts": _with_hashes(made.prompts) or "none",
        "briefer": made.briefer_version,
    }
    return Imprint(tuple((label, safety.shown(value)) for label, value in rows.items()))


def _with_hashes(named: Mapping[str, str]) -> str:
    return ", ".join(f"{name} ({sha256[:_SHORT_HASH]}…)" for name, sha256 in sorted(named.items()))
