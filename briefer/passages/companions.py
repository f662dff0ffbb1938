"""Who is named together in a sentence, or shortly before it: "X, the Y and Z".

Knows nothing of agreements or tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from briefer.passages import bystanders
from briefer.schema import Character, CleanArticle, Sentence, Span

_TWO_STATES = re.compile(
    r"\b(?:both|two) (?:\w+ )?(?:countries|states|governments|nations|neighbou?rs|capitals)\b",
    re.IGNORECASE,
)
_NUMBERS = {"three": 3, "four": 4, "five": 5}
# These are no people: "the three parties".
_NOT_PEOPLE = re.compile(
    r"\b(?P<n>both|two|three|four|five) (?:\w+ )?(?:countries|companies|states|governments|nations|"
    r"parties|groups|unions|clubs|neighbou?rs|teams|firms|capitals)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"\b(?:couple|duo|leaders|men|ministers|pair|presidents|women)\b")
# What may stand between two that are named together: "X, the Y and Z", "X with the rebel Y".
_LINK = re.compile(
    r"(?:,| and|, and| with|'s| - | & )\s*(?:(?:the|its|their|a|an|rebel|opposition|ruling|rival|"
    r"neighbou?ring|state|government|President|Prime Minister|Foreign Minister|with|both) )*"
    r"| (?:and|with) (?:[a-z-]+ ){0,3}"
)
_WORD = re.compile(r"\S+")
_DASHES = frozenset(("-", "–", "—", "--"))
_MAX_DATELINE = 12
_MAX_MENTIONED = 2
_MAX_BACK = 3


def names(parties: Sequence[str]) -> list[str]:
    """The proper names among them: "leaders" and "members" may be anybody's."""
    return [party for party in parties if re.search(r"[A-Z\d]", party) and party != "Members"]


def together(
    article: CleanArticle, sentences: Sequence[Sentence], characters: Sequence[Character]
) -> tuple[str, ...]:
    """The first that are named in one breath, people with people, bodies with bodies."""
    known = [one for one in characters if not bystanders.is_one(one.name)]
    for sentence in sentences:
        for chain in _chains(article, sentence, known):
            if not names([one.name for _, one in chain]):
                continue
            are_people = {one.kind == "person" for _, one in chain}
            last_gap = article.text[chain[-2][0].end : chain[-1][0].start]
            if len(are_people) == 1 and re.search(r"\b(?:and|with)\b", last_gap):
                return tuple(dict.fromkeys(one.name for _, one in chain))
    return ()


def before(article: CleanArticle, number: int, characters: Sequence[Character]) -> tuple[str, ...]:
    """The two that "they" means: named together shortly before, or two of one kind.

    "The two countries" are else the two states that the article is about.
    """
    now = article.sentences[number].text
    earlier = article.sentences[max(0, number - _MAX_BACK) : number][::-1]
    characters, n = _meant(now, characters)
    for one in earlier:
        joined = together(article, [one], characters)
        if joined:
            return joined
    found = _of_one_kind(earlier, characters, n)
    if found:
        return found
    states = [one.name for one in characters if one.kind == "state"]
    return tuple(states[:2]) if len(states) > 1 and _TWO_STATES.search(now) else ()


def just_before(
    article: CleanArticle, number: int, characters: Sequence[Character]
) -> tuple[str, ...]:
    """The pair that the last sentence names, together or as two of one kind."""
    last = article.sentences[max(0, number - 1) : number]
    characters, n = _meant(article.sentences[number].text, characters)
    return together(article, last, characters) or _of_one_kind(last, characters, n)


def _meant(now: str, characters: Sequence[Character]) -> tuple[Sequence[Character], int]:
    """Of whom, and of how many, a sentence may speak: "the three parties" are no people."""
    several = None if _PEOPLE.search(now) else _NOT_PEOPLE.search(now)
    if several is None:
        return characters, 2
    bodies = [one for one in characters if one.kind != "person"]
    return bodies, _NUMBERS.get(several["n"].casefold(), 2)


def mentioned(
    article: CleanArticle, sentences: Sequence[Sentence], characters: Sequence[Character]
) -> tuple[str, ...]:
    """The bodies and states that the sentences name, people only where there are none."""
    here = [
        one
        for one in characters
        if one.kind != "place" and not bystanders.is_one(one.name) and _is_in(one, sentences)
    ]
    named = [one for one in here if names([one.name])]
    bodies = [one for one in named if one.kind in ("organisation", "state")]
    people = [one for one in named if one.kind == "person"]
    return tuple(
        one.name
        for one in (bodies or people or here)[:_MAX_MENTIONED]
        if not all(_is_none(article, mention) for mention in _mentions(one, sentences))
    )


def _is_none(article: CleanArticle, mention: Span) -> bool:
    """Whether somebody is named there as anything but a party."""
    return bystanders.is_aside(article, mention) or bystanders.is_against(article, mention)


def places(character: Character, sentence: Sentence) -> list[int]:
    """Where a sentence names somebody, its dateline left out."""
    return [mention.start for mention in _mentions(character, [sentence])]


def _of_one_kind(
    earlier: Sequence[Sentence], characters: Sequence[Character], n: int
) -> tuple[str, ...]:
    """The first ``n`` states, bodies or people, from as few sentences back as will do."""
    for n_back in range(1, len(earlier) + 1):
        for kind in ("state", "organisation", "person"):
            alike = [
                one.name
                for one in characters
                if one.kind == kind and _is_in(one, earlier[:n_back]) and names([one.name])
            ]
            if len(alike) >= n:
                return tuple(alike[:n])
    return ()


def _chains(
    article: CleanArticle, sentence: Sentence, characters: Sequence[Character]
) -> Iterator[list[tuple[Span, Character]]]:
    """Runs of two mentions or more that only links stand between."""
    mentions = sorted(
        (
            (mention, one)
            for one in characters
            for mention in one.mentions
            if _start(sentence) <= mention.start < sentence.end and one.kind != "place"
            if not bystanders.is_against(article, mention)
        ),
        key=lambda pair: (pair[0].start, -pair[0].end),
    )
    chain: list[tuple[Span, Character]] = []
    for pair in mentions:
        gap = article.text[chain[-1][0].end : pair[0].start] if chain else ""
        if chain and (pair[0].start < chain[-1][0].end or not _LINK.fullmatch(gap)):
            if len(chain) > 1:
                yield chain
            chain = []
        chain.append(pair)
    if len(chain) > 1:
        yield chain


def _mentions(character: Character, sentences: Sequence[Sentence]) -> list[Span]:
    return [
        mention
        for sentence in sentences
        for mention in character.mentions
        if _start(sentence) <= mention.start < sentence.end
    ]


def _start(sentence: Sentence) -> int:
    """Where a sentence begins after its dateline: "SELMOR, Tarvia, March 3 (CW) - "."""
    start = sentence.start
    if sentence.index:
        return start
    for word in islice(_WORD.finditer(sentence.text), _MAX_DATELINE):
        if word[0][0].islower():
            break
        if word[0] in _DASHES or word[0].endswith((")", ":")):
            start = sentence.start + word.end()
    return start


def _is_in(character: Character, sentences: Sequence[Sentence]) -> bool:
    return any(places(character, sentence) for sentence in sentences)
