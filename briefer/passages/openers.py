"""Who opens a sentence: the actor named first, before anything is said of anybody else.

By the names found, without syntax. Knows nothing of tags or statements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefer import terms
from briefer.mentions import lexicon
from briefer.passages.acts import LEAD_IN
from briefer.schema import Character, CleanArticle, Sentence, Span

_TITLES = rf"(?:(?:{'|'.join(sorted(lexicon.words('titles')))})\. ){{0,2}}"  # "Lt. Gov. Lee"
_OPENING = re.compile(
    rf"(?:\([A-Z]{{2,}}\)\s*)?(?:{LEAD_IN})(?:in \w+(?: \w+){{0,2}}, )?(?:the )?{_TITLES}",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"['’]|-\w")
_SUFFERS = re.compile(
    r"(?:, [^,]{1,80},)? (?:(?:is|are|was|were)(?: being)?|ha(?:s|ve|d)(?: \w+)? been) "
    r"(?:(?:\w+ly|also|often|sometimes|widely|again) )?(?:under|(?:accus|"
    r"critici[sz]|condemn|denounc|blam|charg|su|attack|reject|bann|block|arrest|fin)ed)\b"
)
_OF = re.compile(r" of (?:the )?")
_AND_OTHERS = re.compile(r" and other (?:\w+ ){0,2}\w+s\b")


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of somebody who can act: where it stands and by what name he is told."""

    span: Span
    name: str


Openings = Mapping[int, Named]
"""All such mentions by the character at which they begin."""


def index(article: CleanArticle, characters: Sequence[Character]) -> Openings:
    """Whoever can act, no places, by the place where the name begins."""
    return {
        mention.start: Named(mention, _name(mention.of(article.text), one.name))
        for one in characters
        if one.kind != "place"
        for mention in one.mentions
        if not _is_part(mention, article)
    }


def find(sentence: Sentence, article: CleanArticle, named: Openings) -> str | None:
    """The one whose name, or two whose joined names, open the sentence.

    Nobody where something is done to that one: "Lee was accused". Example: "In 2012, Lee refused
    to shake hands." -> ``"Lee"``, by the full name.
    """
    match = _OPENING.match(sentence.text)
    start = sentence.start + (match.end() if match else 0)
    first = named.get(start) or named.get(sentence.start)
    if first is None or _SUFFERS.match(article.text, first.span.end):
        return None
    end = first.span.end
    if owned := _OF.match(article.text, end):
        return _of_whom(first, named.get(owned.end()), article)
    if others := _AND_OTHERS.match(article.text, end):
        return first.name + others[0]
    second = named.get(end + len(" and ")) if article.text.startswith(" and ", end) else None
    return f"{first.name} and {second.name}" if second else first.name


def _of_whom(first: Named, owner: Named | None, article: CleanArticle) -> str | None:
    """A description with the name it belongs to: "Leaders of Norland"; else nobody knows whose."""
    return None if owner is None else article.text[first.span.start : owner.span.end]


def _is_part(mention: Span, article: CleanArticle) -> bool:
    """Whether the words belong to another name: "Lee's", "Selby-led", "Iranian officials"."""
    word = lexicon.key(mention.of(article.text))
    is_adjective = word in lexicon.demonyms() and not word.endswith("ns")
    return is_adjective or _GOES_ON.match(article.text, mention.end) is not None


def _name(words: str, name: str) -> str:
    """The full name; the words themselves where they tell more than it ("other unions")."""
    is_name = name[:1].isupper() and terms.content(words) <= terms.content(name)
    return name if is_name else words
