"""The record becomes a view: evidence is numbered, codes become words, text is cleaned.

Knows nothing of HTML, Markdown or paper.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from urllib.parse import urlsplit

from briefer import stories
from briefer.render import safety, standing, wording
from briefer.render.footnotes import Footnotes
from briefer.render.views import (
    Accord,
    Chapter,
    Edition,
    Imprint,
    Missing,
    Opinion,
    Person,
    Point,
    Short,
    SourceLine,
    Tally,
)
from briefer.schema import (
    Actor,
    Agreement,
    Brief,
    Digest,
    Dissent,
    Failure,
    Line,
    Maker,
    Provenance,
    Reason,
    Story,
    StoryLine,
)

_SHORT_HASH = 12
_N_GIST = 3
"""What the front page tells of its first story: three columns."""
_N_ACTOR_NOTES = 2
"""An actor is often named in many sentences: the record has them all, the page two."""


def of_digest(digest: Digest) -> Edition:
    """The edition of a day."""
    briefs = {brief.id: brief for brief in digest.briefs}
    full, rest = standing.full_and_rest(digest)
    unchanged = [story for story in digest.stories if story.news == "unchanged"]
    chapters = tuple(
        _chapter(number, story, [briefs[key] for key in story.articles], digest.max_quoted_words)
        for number, story in enumerate(full, start=1)
    )
    leading = {story.id: chapter for story, chapter in zip(full, chapters, strict=True)}
    return Edition(
        title=safety.name(digest.title),
        day=wording.day_words(digest.day),
        iso_day=digest.day.isoformat(),
        size=wording.count(digest.counts.n_articles, "article"),
        state=digest.state,
        notice=_notice(digest),
        figures=_figures(digest),
        chapters=chapters,
        not_briefed=tuple(_not_briefed(one) for one in digest.briefs if one.status != "ok"),
        failures=tuple(_failed(failure) for failure in digest.failures),
        withheld=_tallies(digest.counts.withheld),
        n_withheld=digest.counts.n_withheld,
        imprints=tuple(_imprint(maker) for maker in digest.made_by),
        made_in=wording.duration_words(digest.seconds),
        front=tuple(leading[one] for one in digest.front if one in leading),
        shorts=tuple(_short(story, briefs) for story in rest),
        unchanged=tuple(_short(story, briefs) for story in unchanged),
        since=wording.day_words(digest.previous_day) if digest.previous_day else None,
        corrections=tuple(standing.correction(one) for one in digest.withdrawn),
    )


def _short(story: Story, briefs: Mapping[str, Brief]) -> Short:
    told = [briefs[key] for key in story.articles]
    title = _headline(story.headline.text) if story.headline else _title_of(told[0])
    return Short(title, _origin(told), safety.link(told[0].source.url))


def of_brief(brief: Brief) -> Edition:
    """A brief that stands alone; without a chapter when the article could not be briefed."""
    is_briefed = brief.status == "ok"
    counted = Counter(line.reason for line in brief.withheld)
    moment = brief.source.published_at or brief.provenance.created_at
    return Edition(
        title=safety.name(brief.source.title or standing.UNTITLED),
        day=wording.date_words(moment),
        iso_day=moment.date().isoformat(),
        size=wording.count(1, "article"),
        state="complete",
        notice=None
        if is_briefed
        else f"No brief: the text is {wording.NOT_BRIEFED[brief.status]}.",
        figures=(),
        chapters=(_chapter(1, brief, [brief]),) if is_briefed else (),
        not_briefed=() if is_briefed else (_not_briefed(brief),),
        failures=(),
        withheld=_tallies(counted),
        n_withheld=counted.total(),
        imprints=(_imprint(brief.provenance),),
        made_in=wording.duration_words(brief.provenance.seconds),
    )


def _notice(digest: Digest) -> str | None:
    """What the front page must say of a day that did not go as it should."""
    failed = wording.count(digest.counts.n_failed, "article")
    n_not_briefable = digest.counts.n_not_briefable
    came = wording.count(n_not_briefable, "article") + " came in and none could be briefed."
    nothing = f"{came} The reasons are below." if n_not_briefable else "no articles came in."
    return {
        "complete": None,
        "quiet": "A quiet day: nothing new since the last edition.",
        "partial": f"This edition is incomplete: {failed} could not be processed. "
        "The reasons are at the end.",
        "broken": f"Something broke, so there are no stories today: {failed} could not be "
        "processed. That says nothing about the news. The reasons are below.",
        "nothing_to_report": f"Nothing to report: {nothing} Nothing failed.",
    }[digest.state]


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


def _chapter(
    number: int,
    told: Story | Brief,
    briefs: Sequence[Brief],
    max_quoted_words: int | None = None,
) -> Chapter:
    notes = Footnotes({brief.id: _outlet(brief) for brief in briefs}, max_quoted_words)
    withheld = Counter(line.reason for brief in briefs for line in brief.withheld)
    headline = told.headline
    title = _headline(headline.text) if headline else _title_of(briefs[0])
    findings = wording.NO_FINDINGS if len(briefs) == 1 else wording.NO_FINDINGS_OF_SEVERAL
    return Chapter(
        anchor=f"story-{number}",
        number=number,
        title=title,
        title_cites=notes.cite(headline.evidence) if headline else (),
        kicker=_kicker(briefs),
        origin=_origin(briefs),
        marks=_marks(told),
        language=_language(briefs),
        points=tuple(_point(line, notes, briefs) for line in told.summary),
        people=tuple(_person(actor, notes) for actor in told.actors),
        accords=tuple(_accord(item, notes) for item in told.agreements.items),
        no_accords=findings[told.agreements.status],
        opinions=tuple(_opinion(item, notes) for item in told.dissent.items),
        no_opinions=findings[told.dissent.status],
        splits=tuple(standing.split(one, notes) for one in standing.differences(told)),
        notes=notes.notes(),
        sources=tuple(_source(brief) for brief in briefs),
        withheld=_tallies(withheld),
        n_withheld=withheld.total(),
        gist=_gist(title, told.summary),
        unquoted=_unquoted(max_quoted_words),
        **standing.standing(told),
    )


def _gist(title: str, lines: Sequence[Line]) -> tuple[str, ...]:
    """The first lines that say more than the title does."""
    fresh = (line.text for line in lines if not stories.shares_words(title, line.text))
    return tuple(safety.shown(one) for one in islice(fresh, _N_GIST))


def _unquoted(max_quoted_words: int | None) -> str:
    if max_quoted_words is None:
        return ""
    return wording.UNQUOTED.format(wording.count(max_quoted_words, "word"))


# The stop of a sentence set as a headline; not that of "U.S.", "Sen." or "etc."
_LAST_STOP = re.compile(r"(?:(?<=[^\s.]{4})|(?<=[\s’'-][a-z]{2})|(?<=[\s’'-][a-z]{3})(?<!etc))\.$")


def _headline(text: str) -> str:
    return _LAST_STOP.sub("", safety.shown(text))


def _point(line: Line, notes: Footnotes, briefs: Sequence[Brief]) -> Point:
    saying = {one.article for one in line.evidence} if isinstance(line, StoryLine) else set()
    outlets = {_outlet(brief) or brief.id for brief in briefs if brief.id in saying}
    return Point(
        safety.shown(line.text),
        line.kind == "extractive",
        cites=notes.cite(line.evidence),
        n_outlets=max(1, len(outlets)),
    )


def _accord(item: Agreement, notes: Footnotes) -> Accord:
    return Accord(
        parties=_capital(" · ".join(safety.name(party) for party in item.parties)),
        text=safety.shown(item.text),
        is_verbatim=item.kind == "extractive",
        cites=notes.cite(item.evidence),
    )


def _opinion(item: Dissent, notes: Footnotes) -> Opinion:
    return Opinion(
        holder=_capital(safety.name(item.holder)),
        text=safety.shown(item.text),
        against=safety.name(item.against) if item.against else None,
        quote=safety.shown(item.quote) if item.quote else None,
        is_verbatim=item.kind == "extractive",
        cites=notes.cite(item.evidence),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _person(actor: Actor, notes: Footnotes) -> Person:
    return Person(
        name=_capital(safety.name(actor.name)),
        kind=actor.kind,
        role=safety.shown(actor.role) if actor.role else None,
        cites=notes.cite(actor.evidence[:_N_ACTOR_NOTES]),
    )


def _source(brief: Brief) -> SourceLine:
    source = brief.source
    url = safety.link(source.url)
    share = source.share_read
    return SourceLine(
        title=_title_of(brief),
        outlet=_outlet(brief),
        published=wording.moment_words(source.published_at) if source.published_at else None,
        url=url,
        host=urlsplit(url).hostname if url else None,
        remark=f"only {share:.0%} of the text was read" if share < 1 else None,
    )


def _title_of(brief: Brief) -> str:
    return safety.name(brief.source.title or brief.source.ref or "") or standing.UNTITLED


def _outlet(brief: Brief) -> str | None:
    return safety.name(brief.source.publisher or "") or None


def _kicker(briefs: Sequence[Brief]) -> str:
    """Genre, outlets and day, where they are known."""
    source = briefs[0].source
    genre = wording.GENRES[source.genre] if source.genre else None
    day = wording.date_words(source.published_at) if source.published_at else None
    return " · ".join(part for part in (genre, _outlets(briefs), day) if part)


def _origin(briefs: Sequence[Brief]) -> str:
    """Where the story is from, shortly: the outlets, else the genre."""
    return _outlets(briefs) or wording.GENRES[briefs[0].source.genre or "other"]


def _outlets(briefs: Sequence[Brief]) -> str:
    return ", ".join(dict.fromkeys(filter(None, map(_outlet, briefs))))


def _marks(told: Story | Brief) -> str:
    counted = (
        (len(told.agreements.items), "agreement"),
        (len(told.dissent.items), "dissenting view"),
    )
    return ", ".join(wording.count(n, noun) for n, noun in counted if n)


def _language(briefs: Sequence[Brief]) -> str | None:
    """The stories' language tag, ``None`` for English, which the whole page is in."""
    tag = safety.language(briefs[0].source.language)
    return None if tag and tag.lower().split("-")[0] == "en" else tag


def _not_briefed(brief: Brief) -> Missing:
    return Missing(_title_of(brief), _outlet(brief), wording.NOT_BRIEFED[brief.status], detail=None)


def _failed(failure: Failure) -> Missing:
    return Missing(
        title=safety.name(failure.title or failure.ref or "") or standing.UNTITLED,
        outlet=None,
        why=wording.FAILED[failure.reason],
        detail=safety.shown(failure.message),
    )


def _tallies(withheld: Mapping[Reason, int]) -> tuple[Tally, ...]:
    ordered = sorted(withheld.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Tally(n, wording.WITHHELD[reason]) for reason, n in ordered)


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
