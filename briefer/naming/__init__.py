"""Names put where a line only describes: "the fund warned" of the one fund that the article names.

Knows nothing of models, checks or evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefer import terms
from briefer.mentions import lexicon
from briefer.naming import amounts, antecedents, dating, descriptions, introducing, pronouns
from briefer.naming.acronyms import spell_out
from briefer.naming.authors import attribute, sign
from briefer.naming.crediting import credit
from briefer.naming.descriptions import Description
from briefer.naming.papers import make_unknown
from briefer.naming.presenting import present
from briefer.naming.putting import put
from briefer.naming.specifying import specify
from briefer.schema import Character, CleanArticle, DraftLine, Span, Statement

__all__ = ["attribute", "credit", "introduce", "make_unknown", "resolve", "sign"]

_REACH = 40  # characters
_BARE = frozenset(
    (
        "airline",
        "brand",
        "city",
        "company",
        "corporation",
        "county",
        "giant",
        "magazine",
        "store",
        "studio",
    )
)
_PLURAL_STATE = re.compile(r"United |.*(?:Netherlands|Philippines|Republic|Islands|Emirates)$")


def resolve(
    line: DraftLine,
    article: CleanArticle,
    statements: Sequence[Statement],
    characters: Sequence[Character],
) -> DraftLine:
    """The line with the name for its first description that means somebody named before.

    The line must not have the name yet. Example: "The fund warned" -> "The Norland Fund warned".
    What happened at another time gets the date of its sentence, an amount its "at least".
    """
    line = amounts.limit(dating.date(line, article), article)
    line = pronouns.resolve(line, article, statements, characters)
    for described in descriptions.find(line.text):
        place = antecedents.place_of(described.words, line.passage.sentences, article)
        if place is not None:
            found = antecedents.find(described.words, place, article, statements, characters)
            rest = line.text[: described.start] + line.text[described.end :]
            if found and not _is_told(found, rest):
                return _named(line, described, found, place, article)
    return line


def introduce(
    lines: Sequence[DraftLine], article: CleanArticle, characters: Sequence[Character]
) -> tuple[DraftLine, ...]:
    """The brief's lines in order: who and what is told of first with the article's full name.

    Bodies known by letters too, and in facts people with their roles.
    """
    named = specify(introducing.introduce(lines, article, characters), article)
    return present(spell_out(named, article, characters), article, characters)


def _is_told(one: Character, line: str) -> bool:
    """Whether a line has a word of the name already."""
    told = terms.content(line)
    return any(not told.isdisjoint(terms.content(name)) for name in (one.name, *one.aliases))


def _named(
    line: DraftLine, described: Description, one: Character, place: int, article: CleanArticle
) -> DraftLine:
    name, end = _told_name(one, described.words, place, article), described.end
    if name.endswith("s") and line.text.startswith("'s", end):
        name, end = f"{name}'", end + len("'s")
    mention = max(mention for mention in one.mentions if mention.start < place)
    return put(line, described.start, end, name, article.sentence_at(mention.start))


def _told_name(one: Character, words: str, place: int, article: CleanArticle) -> str:
    """The name as a line needs it: "the" Fund, "Judge" Lee."""
    if one.kind != "person":
        return f"the {one.name}" if _takes_article(one, article) else one.name
    is_title = words.rpartition(" ")[2] in lexicon.words("titles")
    if is_title and any(_is_before(m, words, article) for m in one.mentions if m.start < place):
        return f"{words.title()} {one.name}"
    return one.name


def _is_before(mention: Span, words: str, article: CleanArticle) -> bool:
    start = max(0, mention.start - _REACH)
    return article.text[start : mention.start].casefold().endswith(f"{words} ")


def _takes_article(one: Character, article: CleanArticle) -> bool:
    """Whether "the" belongs before a body's or a state's name.

    Where the noun is in it ("Fund") mostly; else where the article mostly writes it so.
    """
    if one.name.casefold().startswith("the "):
        return False
    if one.kind == "state":
        return _PLURAL_STATE.match(one.name) is not None
    before = [article.text[max(0, m.start - 4) : m.start].casefold() for m in one.mentions]
    n_so = before.count("the ")
    return bool(lexicon.body_nouns(one.name) - _BARE) or 2 * n_so > len(before)
