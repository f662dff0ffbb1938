"""Who agreed: the parties of an agreement, by the names that the article gives them.

Those that the syntax says agreed; for "both sides" and "under the deal" those of the agreement
before, or the two named last; otherwise whom the sentences name together, or at all.
Knows nothing of tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from briefer.passages import bystanders
from briefer.schema import Character, CleanArticle, Sentence, Span
from briefer.text import forms

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
_NUMBERS = {"three": 3, "four": 4, "five": 5}
# These are no people: "the three parties".
_NOT_PEOPLE = re.compile(
    r"\b(?P<n>both|two|three|four|five) (?:\w+ )?(?:countries|companies|states|governments|nations|"
    r"parties|groups|unions|clubs|neighbou?rs|teams|firms|capitals)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"\b(?:couple|duo|leaders|men|ministers|pair|presidents|women)\b")
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
# Nouns for those who are known by names: "the two companies", "the parties".
_STAND_INS = forms(
    "club clubs companies councils countries couple firms governments groups leaders members "
    "ministers nations neighbors neighbours partners parties presidents sides states teams unions"
)
# Those of a single body or side: "members", "leaders".
_OF_ONE = forms("leaders members ministers partners sides")
_VOTERS = (
    r"parliament|voters|lawmakers|councillors|shareholders|delegates|MPs|legislature|committee|"
    r"board|council|synod"
)
# A body that votes, where nobody by name is known to have agreed.
_VOTING_BODY = re.compile(
    r"\b(?P<body>(?:[A-Z][\w.’'-]*\s){0,4}(?:Parliament|Senate|House(?: of [A-Z]\w+)?|Congress|"
    rf"Assembly|Council|Committee|Board|Synod|Commission|Cabinet|{_VOTERS}))\b"
    r"[^.;]{0,60}?\b(?:voted|passed|approved|adopted|ratified|endorsed|elected|repealed|backed)\b"
)
# Who decides by itself, even where the article has no name for it: "the panel".
_DECIDING = re.compile(
    rf"\b(?:{_VOTERS}|panel|senate|house|congress|assembly|commission|cabinet|council members|"
    r"jury|judge|court|prosecutors?|bishops|directors|trustees|senators)(?: of\b.*)?$",
    re.IGNORECASE,
)
# What belongs to "representatives", "workers": "of 111 countries", "at Blue Shoal Packers".
_OF_THEM = re.compile(
    r" (?:of|from|at) (?:(?:the|its|their|all|both) )?"
    r"(?:\d[\d,.]*|[A-Z][\w.’'-]*)(?: (?:[A-Z][\w.’'-]*|[a-z]+s\b(?<!is|as|us)))*"
    r"| of [a-z]+s\b(?<!is|as|us)"
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
    elif not _names(found) and any(_THEY.search(one.text) for one in here):
        found += _before(article, sentences[0], characters)
    if not found:
        found += [match["body"] for one in here if (match := _VOTING_BODY.search(one.text))]
    if not _names(found) and not any(map(decides, found)):
        beside = _together(article, here, characters) or _mentioned(article, here, characters)
        found += _names(beside) if found else beside
    return tuple(dict.fromkeys(_without_stand_ins(found)))[:_MAX_PARTIES]


def decides(party: str) -> bool:
    """Whether a party is a body that decides by itself: "the panel"."""
    return _DECIDING.search(party) is not None


def _without_stand_ins(found: Sequence[str]) -> list[str]:
    """The parties without nouns that stand for the named among them, and without owners.

    "Members" for the union that is named, "Hale" beside "Hale's parliament".
    """
    named = _names(found)
    nouns = () if not named else _OF_ONE if len(named) == 1 else _STAND_INS
    own = [one for one in found if one in named or one.casefold().split()[-1] not in nouns]
    return [one for one in own if not any(_owns(one, other) for other in own)]


def _owns(name: str, other: str) -> bool:
    rest = other.removeprefix(name)
    is_body = rest[:1] == " " and _DECIDING.search(rest) is not None
    return rest != other and (rest.startswith(("'s ", "’s ")) or is_body)


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
            return article.text[mention.start : more.end() if more else mention.end]
    return party.name


def _places(character: Character, sentence: Sentence) -> list[int]:
    return [mention.start for mention in _mentions(character, [sentence])]


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


def _names(parties: Sequence[str]) -> list[str]:
    """The proper names among them: "leaders" and "members" may be anybody's."""
    return [party for party in parties if re.search(r"[A-Z\d]", party) and party != "Members"]


def _before(article: CleanArticle, number: int, characters: Sequence[Character]) -> tuple[str, ...]:
    """The two that "they" means: named together shortly before, or two of one kind.

    "The two countries" are else the two states that the article is about.
    """
    now = article.sentences[number].text
    several = None if _PEOPLE.search(now) else _NOT_PEOPLE.search(now)
    earlier = article.sentences[max(0, number - _MAX_BACK) : number][::-1]
    if several:
        characters = [one for one in characters if one.kind != "person"]
    for one in earlier:
        joined = _together(article, [one], characters)
        if joined:
            return joined
    n = _NUMBERS.get(several["n"].casefold(), 2) if several else 2
    found = _of_one_kind(earlier, characters, n)
    if found:
        return found
    states = [one.name for one in characters if one.kind == "state"]
    return tuple(states[:2]) if len(states) > 1 and _TWO_STATES.search(now) else ()


def _of_one_kind(
    earlier: Sequence[Sentence], characters: Sequence[Character], n: int
) -> tuple[str, ...]:
    """The first ``n`` states, bodies or people, from as few sentences back as will do."""
    for n_back in range(1, len(earlier) + 1):
        for kind in ("state", "organisation", "person"):
            alike = [
                one.name
                for one in characters
                if one.kind == kind and _is_in(one, earlier[:n_back]) and _names([one.name])
            ]
            if len(alike) >= n:
                return tuple(alike[:n])
    return ()


def _together(
    article: CleanArticle, sentences: Sequence[Sentence], characters: Sequence[Character]
) -> tuple[str, ...]:
    """The first that are named in one breath, people with people, bodies with bodies."""
    known = [one for one in characters if not bystanders.is_one(one.name)]
    for sentence in sentences:
        for chain in _chains(article, sentence, known):
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


def _mentioned(
    article: CleanArticle, sentences: Sequence[Sentence], characters: Sequence[Character]
) -> tuple[str, ...]:
    """The bodies and states that the sentences name, people only where there are none."""
    here = [
        one
        for one in characters
        if one.kind != "place" and not bystanders.is_one(one.name) and _is_in(one, sentences)
    ]
    named = [one for one in here if _names([one.name])]
    bodies = [one for one in named if one.kind in ("organisation", "state")]
    people = [one for one in named if one.kind == "person"]
    return tuple(
        one.name
        for one in (bodies or people or here)[:_MAX_MENTIONED]
        if not all(bystanders.is_aside(article, mention) for mention in _mentions(one, sentences))
    )


def _is_in(character: Character, sentences: Sequence[Sentence]) -> bool:
    return any(_places(character, sentence) for sentence in sentences)
