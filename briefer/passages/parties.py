"""Who agreed: the parties of an agreement, by the names that the article gives them.

Those that the syntax says agreed; for "both sides" and "under the deal" those of the agreement
before, or the two named last; otherwise whom the sentences name together, or at all.
Knows nothing of tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from briefer.mentions import lexicon
from briefer.schema import Character, CleanArticle, Sentence, Span

_SEVERAL = (
    r"\b(?:both|the two|two|the three|the four|the five|all|neither) (?:\w+ )?(?:sides|parties|"
    r"countries|companies|states|governments|leaders|nations|groups|unions|clubs|partners|"
    r"neighbou?rs|men|women|teams|firms|ministers|presidents)\b"
    r"|\bthe (?:parties|sides|partners|pair|duo|couple|two)\b"
)
# The parties are those of the sentences before: "both sides", "they agreed".
_THEY = re.compile(
    rf"{_SEVERAL}|\bthey (?:\w+ ){{0,2}}(?:agreed|signed|settled|reached|struck|decided|pledged|"
    r"have|had|will|were)\b",
    re.IGNORECASE,
)
_TWO_STATES = re.compile(
    r"\b(?:both|two) (?:\w+ )?(?:countries|states|governments|nations|neighbou?rs|capitals)\b",
    re.IGNORECASE,
)
_DEAL = (
    r"(?:\w+ )?(?:agreement|deal|accord|treaty|pact|compromise|settlement|contract|memorandum|truce"
)
# They may be: "under the deal", "the truce", "they".
_AGAIN = re.compile(
    rf"{_SEVERAL}|\bboth\b|\b(?:they|each|their)\b|\bterms\b"
    rf"|\b(?:under|as part of) (?:the|its|this|that) {_DEAL}|terms|plan)\b"
    rf"|^(?:the|this|that) {_DEAL}|swap|ceasefire)\b",
    re.IGNORECASE,
)
# What may stand between two that are named together: "X, the Y and Z", "X with the rebel Y".
_LINK = re.compile(
    r"(?:,| and|, and| with|'s| - | & )\s*(?:(?:the|its|their|a|an|rebel|opposition|ruling|rival|"
    r"neighbou?ring|state|government|President|Prime Minister|Foreign Minister|with|both) )*"
    r"| (?:and|with) (?:[a-z-]+ ){0,3}"
)
# Nouns that the article uses for people but that are no party of anything.
_VAGUE = frozenset(
    (
        *("man", "woman", "person", "people", "others", "group", "jury", "executive"),
        *("court", "force", "site", "country", "state"),
    )
)
_MEDIA = lexicon.words("media_words")
# A body that votes, where nobody by name is known to have agreed.
_VOTING_BODY = re.compile(
    r"\b(?P<body>(?:[A-Z][\w.’'-]*\s){0,4}(?:Parliament|Senate|House(?: of [A-Z]\w+)?|Congress|"
    r"Assembly|Council|Committee|Board|Synod|Commission|Cabinet|parliament|voters|lawmakers|"
    r"councillors|shareholders|delegates|MPs|legislature|committee|board|council|synod))\b"
    r"[^.;]{0,60}?\b(?:voted|passed|approved|adopted|ratified|endorsed|elected|repealed|backed)\b"
)
# What belongs to "representatives", "workers": "of 111 countries", "at Blue Shoal Packers".
_OF_THEM = re.compile(
    r" (?:of|from|at) (?:(?:the|its|their|all|both) )?"
    r"(?:\d[\d,.]*|[A-Z][\w.’'-]*)(?: (?:[A-Z][\w.’'-]*|[a-z]+s\b(?<!is|as|us)))*"
)
_WORD = re.compile(r"\S+")
_DASHES = frozenset(("-", "–", "—", "--"))
_MAX_DATELINE = 12
_MAX_PARTIES = 6
_MAX_MENTIONED = 2
_MAX_BACK = 3


def find(
    article: CleanArticle,
    sentences: Sequence[int],
    characters: Sequence[Character],
    before: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """The parties of what the sentences report, at most six; ``before`` are those named before."""
    here = [article.sentences[number] for number in sentences]
    found = _agreeing(article, here, characters)
    if not found and len(before) > 1 and any(_AGAIN.search(one.text) for one in here):
        found += before
    elif len(_names(found)) < 2 and any(_THEY.search(one.text) for one in here):
        found += _before(article, sentences[0], characters)
    if not found:
        found += [match["body"] for one in here if (match := _VOTING_BODY.search(one.text))]
    if not _names(found):
        found += _together(article, here, characters) or _mentioned(here, characters)
    return tuple(dict.fromkeys(found))[:_MAX_PARTIES]


def pacts_in(character: Character, sentence: Sentence) -> list[Span]:
    """The words of agreeing in a sentence that a character is a party to."""
    return [word for word in character.pacts if sentence.start <= word.start < sentence.end]


def is_of_several(sentence: Sentence) -> bool:
    """Whether a sentence speaks of "both sides", "they", "the deal"."""
    return _AGAIN.search(sentence.text) is not None


def _agreeing(
    article: CleanArticle, sentences: Sequence[Sentence], characters: Sequence[Character]
) -> list[str]:
    """Those that the syntax makes parties, in the order of the text."""
    return [
        _name(article, one, sentence)
        for sentence in sentences
        for one in sorted(
            (one for one in characters if pacts_in(one, sentence)),
            key=lambda one: min(_places(one, sentence), default=sentence.end),
        )
    ]


def _name(article: CleanArticle, party: Character, sentence: Sentence) -> str:
    """A proper name, or a noun with what it needs: "representatives of 111 countries"."""
    if _names([party.name]):
        return party.name
    for mention in party.mentions:
        if sentence.start <= mention.start < sentence.end:
            more = _OF_THEM.match(article.text, mention.end, sentence.end)
            return article.text[mention.start : more.end()] if more else party.name
    return party.name


def _places(character: Character, sentence: Sentence) -> list[int]:
    return [
        mention.start
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


def _names(parties: Sequence[str]) -> list[str]:
    """The proper names among them: "leaders" and "members" may be anybody's."""
    return [party for party in parties if re.search(r"[A-Z\d]", party) and party != "Members"]


def _before(article: CleanArticle, number: int, characters: Sequence[Character]) -> tuple[str, ...]:
    """The two that "they" means: named together shortly before, or two of one kind.

    "The two countries" are else the two states that the article is about.
    """
    now = article.sentences[number].text
    earlier = article.sentences[max(0, number - _MAX_BACK) : number][::-1]
    for one in earlier:
        joined = _together(article, [one], characters)
        if joined:
            return joined
    for n_back in range(1, len(earlier) + 1):
        for kind in ("state", "organisation", "person"):
            alike = [
                one.name
                for one in characters
                if one.kind == kind and _is_in(one, earlier[:n_back]) and _names([one.name])
            ]
            if len(alike) > 1:
                return tuple(alike[:2])
    states = [one.name for one in characters if one.kind == "state"]
    return tuple(states[:2]) if len(states) > 1 and _TWO_STATES.search(now) else ()


def _together(
    article: CleanArticle, sentences: Sequence[Sentence], characters: Sequence[Character]
) -> tuple[str, ...]:
    """The first that are named in one breath, people with people, bodies with bodies."""
    for sentence in sentences:
        for chain in _chains(article, sentence, characters):
            if not _names([one.name for _, one in chain]):
                continue
            are_people = {one.kind == "person" for _, one in chain}
            last_gap = article.text[chain[-2][0].end : chain[-1][0].start]
            if len(are_people) == 1 and re.search(r"\b(?:and|with)\b", last_gap):
                return tuple(dict.fromkeys(one.name for _, one in chain))
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


def _mentioned(sentences: Sequence[Sentence], characters: Sequence[Character]) -> tuple[str, ...]:
    """The bodies and states that the sentences name, people only where there are none."""
    here = [
        one
        for one in characters
        if one.kind != "place" and not _is_no_party(one.name) and _is_in(one, sentences)
    ]
    named = [one for one in here if _names([one.name])]
    bodies = [one for one in named if one.kind in ("organisation", "state")]
    people = [one for one in named if one.kind == "person"]
    return tuple(one.name for one in (bodies or people or here)[:_MAX_MENTIONED])


def _is_no_party(name: str) -> bool:
    """Whether a name is a common noun for anybody, or a medium, which mostly only reports."""
    words = frozenset(name.casefold().split())
    return name.casefold() in _VAGUE or not words.isdisjoint(_MEDIA)


def _is_in(character: Character, sentences: Sequence[Sentence]) -> bool:
    return any(_places(character, sentence) for sentence in sentences)
