"""Who acts in an article: people, bodies, states and groups, most important first.

The role is the article's own words or nothing. Knows nothing of agreements or dissent.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from briefer import mentions
from briefer.mentions import Cast, Description, Member
from briefer.schema import Character, CleanArticle, Span, Statement

_MAX_ROLE_WORDS = 12


def find(
    article: CleanArticle, parse: Doc, statements: Sequence[Statement]
) -> tuple[Character, ...]:
    """The actors of an article, the most salient first."""
    cast = mentions.assemble(parse)
    found = [
        _character(parse, member, _salience(parse, cast, member, statements))
        for member in cast.members
        if _acts(parse, member)
    ]
    return tuple(sorted(found, key=lambda character: -character.salience))


def _acts(parse: Doc, member: Member) -> bool:
    if member.kind == "place":
        return False
    return member.kind != "group" or parse[member.entity.names[0].end - 1].tag_ == "NNPS"


def _salience(parse: Doc, cast: Cast, member: Member, statements: Sequence[Statement]) -> float:
    n_names = len(member.entity.names)
    n_said = sum(statement.speaker == member.entity.name for statement in statements)
    first = member.entity.names[0].start / max(len(parse), 1)
    weight = n_names + n_said + 2 * (1 - first)
    return weight / (weight + 4)


def _character(parse: Doc, member: Member, salience: float) -> Character:
    entity = member.entity
    aliases = {name.text for name in entity.names} - {entity.name}
    return Character(
        name=entity.name,
        kind=member.kind,
        aliases=tuple(sorted(aliases)),
        mentions=tuple(_span(parse, name.start, name.end) for name in entity.names),
        role=_role(parse, member.descriptions),
        salience=round(salience, 4),
    )


def _role(parse: Doc, descriptions: Sequence[Description]) -> Span | None:
    usable = [
        description
        for description in descriptions
        if 2 <= description.end - description.start <= _MAX_ROLE_WORDS
    ]
    if not usable:
        return None
    longest = max(usable, key=lambda description: description.end - description.start)
    return _span(parse, longest.start, longest.end)


def _span(parse: Doc, start: int, end: int) -> Span:
    return Span(parse[start].idx, parse[end - 1].idx + len(parse[end - 1]))
