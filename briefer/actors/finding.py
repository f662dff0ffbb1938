"""From a parsed article to its actors: candidates, their salience, their roles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from briefer.actors import candidates, doubles, pacts, roles, salience
from briefer.actors.candidates import Candidate
from briefer.actors.pacts import Pact
from briefer.actors.presence import Presence
from briefer.actors.scale import Scale
from briefer.mentions import Cast, lexicon, places, quotes
from briefer.mentions.kinds import Kind
from briefer.schema import ActorKind, Character, CleanArticle, Span, Statement, Tags
from briefer.text import forms


def find(
    article: CleanArticle,
    parse: Doc,
    cast: Cast,
    statements: Sequence[Statement],
    tags: Sequence[Tags] = (),
) -> tuple[Character, ...]:
    """The actors of an article, the most salient first; ``tags`` are its sentences'.

    Mere places and the publisher are left out; who only stands in the text (``Presence``) has no
    salience, but may be a party to an agreement or what a view is against.
    """
    found = candidates.find(parse, cast)
    scale = Scale(article, parse, found, statements, tags)
    acting = list(map(Presence(article, scale).acts, found))
    quotations = quotes.find(article.text, article.sentences)
    owners = _owners(found)
    told = tuple(pacts.find(parse, owners))
    agreed = _agreed(told, owners)
    saliences = _saliences(article, scale, found, acting)
    if _is_of_match(article.text):
        found = [replace(one, kind=_TEAM.get(one.kind, one.kind)) for one in found]
    characters = [
        _character(
            parse,
            one,
            saliences[number],
            roles.choose(parse, one, quotations),
            agreed.get(number, ()),
        )
        for number, (one, acts) in enumerate(zip(found, acting, strict=True))
        if acts or _may_be_party(one, scale)
    ]
    characters += _unlisted(told, owners)
    return tuple(sorted(characters, key=lambda one: (-one.salience, one.mentions[0])))


# In a match states are teams: words of which a report of one has several, forms of one together,
# first those that only sport has (politics has "right-wingers" and "defenders of the accord").
_ONLY_OF_MATCHES = forms(
    "batsman/batsmen goalkeeper/goalkeepers halftime innings midfield/midfielder/midfielders "
    "quarterfinal/quarterfinals semifinal/semifinals wicket/wickets"
)
_OF_MATCHES = _ONLY_OF_MATCHES | forms(
    "bowler defender/defenders equaliser/equalizer goals kickoff qualifier/qualifiers "
    "scored/scoring striker tries winger"
)
_MIN_OF_MATCHES = 4
_TEAM: Mapping[Kind, Kind] = {"state": "organisation"}


def _is_of_match(text: str) -> bool:
    words = frozenset(re.findall(r"[a-z]+", text.casefold()))
    is_sure = any(not words.isdisjoint(one.split("/")) for one in _ONLY_OF_MATCHES)
    n_found = sum(not words.isdisjoint(one.split("/")) for one in _OF_MATCHES)
    return is_sure and n_found >= _MIN_OF_MATCHES


# The experts name an author or interviewee whom the article names (5 of 5 opinion pieces of train),
# and call him one whom a brief must name.
_VOICE = 0.7


def _saliences(
    article: CleanArticle, scale: Scale, found: Sequence[Candidate], acting: Sequence[bool]
) -> list[float]:
    """How salient each candidate is; 0 for who does not act, or only repeats another."""
    likely = [
        max(salience.probability(scale, one), _VOICE * _is_voice(one, article)) if acts else 0.0
        for one, acts in zip(found, acting, strict=True)
    ]
    repeated = doubles.find(found, likely)
    return [0.0 if number in repeated else one for number, one in enumerate(likely)]


def _is_voice(candidate: Candidate, article: CleanArticle) -> bool:
    """Whether a candidate is the one who speaks as "I"."""
    name = article.voice.name if article.voice else None
    return name is not None and lexicon.key(name) == lexicon.key(candidate.name)


def _may_be_party(candidate: Candidate, scale: Scale) -> bool:
    is_publisher = lexicon.key(candidate.name) == scale.publisher
    return candidate.kind not in ("place", "other") and not is_publisher


def _owners(found: Sequence[Candidate]) -> dict[int, int]:
    """The tokens that stand for candidates, each with the candidate's number."""
    return {
        token: number
        for number, one in reversed(list(enumerate(found)))
        for token in (*one.places, *(token for span in one.names for token in range(*span)))
    }


def _agreed(told: Sequence[Pact], owners: Mapping[int, int]) -> dict[int, tuple[Span, ...]]:
    """The words of agreeing that each candidate is a party to."""
    agreed: dict[int, list[Span]] = {}
    for word, parties in told:
        for number in dict.fromkeys(owners[party.i] for party in parties if party.i in owners):
            agreed.setdefault(number, []).append(_place(word))
    return {number: tuple(spans) for number, spans in agreed.items()}


def _unlisted(told: Sequence[Pact], owners: Mapping[int, int]) -> list[Character]:
    """Parties that nobody is known by ("the Oruban Senate"): no actors, but who agreed."""
    found: dict[str, Character] = {}
    for word, parties in told:
        for party in (one for one in parties if one.i not in owners):
            start, end = pacts.phrase(party)
            where = places.span(party.doc, start, end)
            name = " ".join(party.doc[start:end].text.split())
            former = found.get(name)
            found[name] = Character(
                name=name,
                kind="organisation",
                aliases=(),
                mentions=(*(former.mentions if former else ()), where),
                role=None,
                salience=0.0,
                pacts=(*(former.pacts if former else ()), _place(word)),
            )
    return list(found.values())


def _place(word: Token) -> Span:
    return places.span(word.doc, word.i, word.i + 1)


def _character(
    parse: Doc,
    candidate: Candidate,
    likely: float,
    role: Span | None,
    agreed: tuple[Span, ...],
) -> Character:
    return Character(
        name=candidate.name,
        kind=_kind(candidate),
        aliases=candidate.aliases,
        mentions=tuple(places.span(parse, start, end) for start, end in candidate.names),
        role=role,
        salience=round(likely, 4),
        pacts=agreed,
    )


def _kind(candidate: Candidate) -> ActorKind:
    return "organisation" if candidate.kind == "other" else candidate.kind
