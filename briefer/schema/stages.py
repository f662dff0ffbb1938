"""What one stage of the pipeline finds and the next one needs: *inside*, never shown.

Offsets are 0-based Unicode code points into the cleaned text, end exclusive.
Knows nothing of briefs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from briefer.schema.vocabulary import ActorKind, Genre, PassageKind, Status


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the cleaned text, ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the cleaned text; ``text`` is exactly the text at its offsets."""

    index: int
    start: int
    end: int
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks as "I" in a text: an opinion piece's author, the one who answers an interview.

    ``name`` is ``None`` where the article does not give it; ``named_in`` are the sentences that
    say who that is, ``sentences`` those of an interview's answers.
    """

    name: str | None
    named_in: tuple[int, ...] = ()
    sentences: frozenset[int] = frozenset()

    @property
    def surname(self) -> str | None:
        """The last word of the name."""
        return self.name.split()[-1] if self.name else None

    def answers(self, sentences: Iterable[int]) -> bool:
        """Whether all of these are answers of an interview."""
        return self.sentences.issuperset(sentences)


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article whose text is cleaned and cut into sentences; what every stage reads.

    ``status`` is ``ok`` or the reason why it cannot be briefed, ``note`` says the latter in words.
    ``asides`` are sentences that tell nothing by themselves: who the author is, questions asked.
    """

    text: str
    sentences: tuple[Sentence, ...]
    sha256: str
    status: Status = "ok"
    note: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    genre: Genre | None = None
    ref: str | None = None
    voice: Voice | None = None
    asides: frozenset[int] = frozenset()

    def text_of(self, sentences: Iterable[int]) -> str:
        """The words of these sentences, with a blank between two."""
        return " ".join(self.sentences[number].text for number in sentences)

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence at a character, or of the last before it; at least 0."""
        return max(bisect_right(self.sentences, offset, key=lambda one: one.start) - 1, 0)


AUTHOR = "the author"
"""The speaker of what a text says in its own voice; told by name where its ``Voice`` has one."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what, in PolNeAR's terms (source, cue, content), as spans of the cleaned text.

    ``speaker`` is the resolved source: a name as the article gives it in full, a description for
    an unnamed source ("two officials"), ``AUTHOR`` in an opinion piece, or ``None`` when a
    pronoun or description could not be resolved. ``sentences`` are the indexes it touches,
    sentences that continue the quotation included. ``target`` is what the syntax says the words
    are aimed at ("denounced [the letter]"), whether or not they oppose it.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    sentences: tuple[int, ...]
    speaker: str | None
    is_named: bool
    nested_in: int | None = None
    target: Span | None = None


@dataclass(frozen=True, slots=True)
class Character:
    """An actor as found in the text: names folded, before it is chosen for the brief.

    ``mentions`` are spans of the names (not pronouns); ``role`` is a span of the article's own
    words (apposition, title, office) or ``None``; ``salience`` is a probability that a short
    brief must name it; ``pacts`` are the verbs and nouns of agreeing, told as done, that it is a
    party to.
    """

    name: str
    kind: ActorKind
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]
    role: Span | None
    salience: float
    pacts: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Tags:
    """Calibrated probabilities of what a sentence carries: key fact, dissent, agreement, speech.

    Where the tagger knows them: ``lead``, one of the first four facts; ``must``, a dissent or
    agreement that must be told; ``joined``, an item that the sentence before carries too. Of these
    two nothing depends any more; the trained heads were taught them, and tell. ``acting`` holds
    for each word of the sentence (each run of letters and digits) the log-odds that it names one
    who acts or speaks in the article (a trained part of that kind says so).
    """

    fact: float
    dissent: float
    agreement: float
    speech: float
    lead: float | None = None
    must: float | None = None
    joined: float | None = None
    acting: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One to four sentences chosen to become one line.

    ``speaker`` is the resolved holder for ``dissent`` (and for a fact that is reported speech);
    ``parties`` the parties found for ``agreement``; ``against`` and ``quote`` are spans of the
    article chosen by code; ``score`` orders passages of a kind, best first. Of an ``agreement``
    that is not ``is_sure`` only the line itself can show that it is one. A fact ``in_reserve`` is
    told only in the place of one that is withheld. ``odds`` are those of each sentence of
    ``dissent``, that it dissents; empty where nobody has said.
    """

    kind: PassageKind
    sentences: tuple[int, ...]
    score: float
    speaker: str | None = None
    parties: tuple[str, ...] = ()
    against: Span | None = None
    quote: Span | None = None
    statements: tuple[int, ...] = ()
    is_sure: bool = True
    in_reserve: bool = False
    odds: tuple[float, ...] = ()


Origin = Literal["model", "composed", "trimmed", "sentence"]
"""Who worded a line.

``model`` condensed by the language model, ``composed`` put together by code from spans, ``trimmed``
a sentence of the article shortened by code, ``sentence`` one taken whole.
"""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One unchecked line for one passage.

    One that ``is_doubtful`` is not told, one that ``is_unsure`` only for want of others.
    ``trust`` is the probability that an editor would let it stand, ``opposes`` the natural log-odds
    that a view's line opposes something, by what a reader of it sees; ``None`` where none read it.
    ``named_in`` is the sentence, perhaps of no passage, that has the name that code put in;
    ``shown`` are those that were before the model beside the passage, of a line it is sure of.
    """

    passage: Passage
    text: str
    origin: Origin
    is_cut_off: bool = False
    is_doubtful: bool = False
    is_unsure: bool = False
    named_in: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()
    trust: float = 1.0
    opposes: float | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """All unchecked lines of an article: for each passage its candidates, best guess first."""

    candidates: tuple[tuple[DraftLine, ...], ...]
    n_prompt_tokens: int = 0
    n_output_tokens: int = 0
