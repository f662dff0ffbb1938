"""What a document shows, ready to be laid out: numbered evidence, words instead of codes.

A view holds cleaned text of any content; whoever prints it escapes it for the form at hand.
Knows nothing of HTML, Markdown or paper.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cite:
    """A footnote number behind a line; ``is_first`` where the note links back to."""

    number: int
    is_first: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of an article that carries a line; empty where the edition quotes no more."""

    number: int
    text: str
    outlet: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """A bullet; ``n_outlets`` is how many of the story's outlets say it."""

    text: str
    is_verbatim: bool
    cites: tuple[Cite, ...]
    n_outlets: int = 1


@dataclass(frozen=True, slots=True)
class OutletVersion:
    """How one outlet has something that another one has differently."""

    outlet: str
    text: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Where the outlets differ: about what, and each one's version."""

    label: str
    versions: tuple[OutletVersion, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """An actor with its role."""

    name: str
    kind: str
    role: str | None
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Accord:
    """An agreement with its parties in a row."""

    parties: str
    text: str
    is_verbatim: bool
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """A dissenting view."""

    holder: str
    text: str
    against: str | None
    quote: str | None
    is_verbatim: bool
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """An article behind a story; ``remark`` says what a reader must know of it."""

    title: str
    outlet: str | None
    published: str | None
    url: str | None
    host: str | None
    remark: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many, of what."""

    n: int
    words: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A story as a section. ``no_…`` say why a part is empty, ``None`` when it is not shown.

    ``gist`` are the first lines that say more than the title, ``unquoted`` why notes are empty.
    """

    anchor: str
    number: int
    title: str
    title_cites: tuple[Cite, ...]
    kicker: str
    origin: str
    marks: str
    language: str | None
    points: tuple[Point, ...]
    no_points: str | None
    people: tuple[Person, ...]
    accords: tuple[Accord, ...]
    no_accords: str | None
    opinions: tuple[Opinion, ...]
    no_opinions: str | None
    notes: tuple[Note, ...]
    sources: tuple[SourceLine, ...]
    withheld: str
    splits: tuple[Split, ...] = ()
    also_in: str = ""
    changes: tuple[str, ...] = ()
    gist: tuple[str, ...] = ()
    unquoted: str = ""


@dataclass(frozen=True, slots=True)
class Short:
    """A story told by its headline alone."""

    title: str
    origin: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Missing:
    """An article without a story and why."""

    title: str
    outlet: str | None
    why: str
    detail: str | None


@dataclass(frozen=True, slots=True)
class Imprint:
    """What made the briefs: one row a fact."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A whole document."""

    title: str
    day: str
    iso_day: str
    size: str
    state: str
    notice: str | None
    figures: tuple[Tally, ...]
    chapters: tuple[Chapter, ...]
    not_briefed: tuple[Missing, ...]
    failures: tuple[Missing, ...]
    withheld: tuple[Tally, ...]
    n_withheld: int
    imprints: tuple[Imprint, ...]
    made_in: str
    front: tuple[Chapter, ...] = ()
    shorts: tuple[Short, ...] = ()
    unchanged: tuple[Short, ...] = ()
    since: str | None = None
    corrections: tuple[str, ...] = ()
    unread: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """What the page's form holds, as the visitor typed it; ``takes_links`` where they are read."""

    text: str = ""
    title: str = ""
    url: str = ""
    takes_links: bool = False
