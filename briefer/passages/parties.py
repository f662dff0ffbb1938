"""Who agreed: the parties of an agreement, by the names that the article gives them.

Those that the syntax says agreed; for "both sides" and "under the deal" those of the agreement
before, or the two named last; otherwise whom the sentences name together, or at all.
Knows nothing of tags.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefer.passages import companions
from briefer.schema import Character, CleanArticle, Sentence
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
_MAX_PARTIES = 6


def find(
    article: CleanArticle,
    sentences: Sequence[int],
    characters: Sequence[Character],
    before: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """The parties of what the sentences report, at most six; ``before`` are those named before."""
    here = [article.sentences[number] for number in sentences]
    found = _agreeing(article, here, characters)
    if not found and _THEY.search(here[0].text):
        before = _newer(article, sentences[0], characters, before)
    if not found and len(before) > 1 and any(_AGAIN.search(one.text) for one in here):
        found += before
    elif not companions.names(found) and any(_THEY.search(one.text) for one in here):
        found += companions.before(article, sentences[0], characters)
    if found and len(before) > 1 and all(map(_stands_in, found)):
        found = list(before)
    if not found:
        found += [match["body"] for one in here if (match := _VOTING_BODY.search(one.text))]
    if not companions.names(found) and not any(map(decides, found)):
        beside = companions.together(article, here, characters) or companions.mentioned(
            article, here, characters
        )
        found += companions.names(beside) if found else beside
    return tuple(dict.fromkeys(_without_stand_ins(found)))[:_MAX_PARTIES]


def _newer(
    article: CleanArticle, number: int, characters: Sequence[Character], before: tuple[str, ...]
) -> tuple[str, ...]:
    """The parties before, or others of their kind that the last sentence sets against each other.

    "Lee accused Ray of copying it. They settled" is not about those who settled before.
    """
    kinds = {one.name: one.kind for one in characters}
    last = companions.just_before(article, number, characters)
    is_alike = {kinds[one] for one in last} == {kinds.get(one) for one in before}
    return last if before and is_alike and set(last).isdisjoint(before) else before


def decides(party: str) -> bool:
    """Whether a party is a body that decides by itself: "the panel"."""
    return _DECIDING.search(party) is not None


def _without_stand_ins(found: Sequence[str]) -> list[str]:
    """The parties without nouns that stand for the named among them, and without owners.

    "Members" for the union that is named, "Hale" beside "Hale's parliament".
    """
    named = companions.names(found)
    nouns = () if not named else _OF_ONE if len(named) == 1 else _STAND_INS
    own = [one for one in found if one in named or one.casefold().split()[-1] not in nouns]
    return [one for one in own if not any(_owns(one, other) for other in own)]


def _stands_in(party: str) -> bool:
    """Whether a party is nobody by itself: "the two parties", "member states"."""
    return not companions.names([party]) and party.split()[-1].casefold() in _STAND_INS


def _owns(name: str, other: str) -> bool:
    rest = other.removeprefix(name)
    is_body = rest[:1] == " " and _DECIDING.search(rest) is not None
    return rest != other and (rest.startswith(("'s ", "’s ")) or is_body)


def pacts_in(article: CleanArticle, characters: Sequence[Character]) -> list[list[tuple[str, str]]]:
    """For each sentence its parties by name, each with a word of agreeing: ("Oruba", "signed")."""
    found: list[list[tuple[str, str]]] = [[] for _ in article.sentences]
    for one in characters:
        for word in one.pacts:
            found[article.sentence_at(word.start)].append((one.name, word.of(article.text)))
    return found


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
            (one for one in characters if _agrees(one, sentence)),
            key=lambda one: min(companions.places(one, sentence), default=sentence.end),
        )
    ]


def _agrees(character: Character, sentence: Sentence) -> bool:
    return any(sentence.start <= word.start < sentence.end for word in character.pacts)


def _name(article: CleanArticle, party: Character, sentence: Sentence) -> str:
    """A proper name, or a noun with what it needs: "representatives of 111 countries"."""
    if companions.names([party.name]):
        return party.name
    for mention in party.mentions:
        if sentence.start <= mention.start < sentence.end:
            more = _OF_THEM.match(article.text, mention.end, sentence.end)
            return article.text[mention.start : more.end() if more else mention.end]
    return party.name
