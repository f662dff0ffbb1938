"""Who somebody is, where a brief first tells of them: "Ann Low said" -> "geologist Ann Low said".

The article's own words for the role, from beside the name. Of the experts' bullets 69 in 100 do so
where they first name somebody (929, train), of ours 62 did without this (292, four pools); of their
views, which have a holder of their own, 16 (146): so only facts.
Knows nothing of checks, evidence or sections.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefer import terms, text
from briefer.mentions import lexicon
from briefer.naming import descriptions
from briefer.naming.putting import put
from briefer.schema import Character, CleanArticle, DraftLine

_MAX_WORDS = 6
_DETERMINER = re.compile(r"^(?:an?|the) ", re.IGNORECASE)
# "The day's creator" is told of a day that the line may not have.
_OWNED = re.compile(r"(?:^|\W)[a-z][\w-]*['’]s? ")
_OF = re.compile(r" (?:of|for|at|in|on|to|with|from|and) ")
# Before a name that nothing presents: a clause, a mark of quotation or a small word.
_BEFORE = re.compile(r"(?:^|(?P<comma>,) |[;:\"”] |(?:^|[ (])(?P<word>[\w'’-]+) )$")
# After it goes on with a verb or a small word, or ends: no "Ann Low of Selby", no list, no
# "Ann Low supporters".
_GOES_ON = re.compile(r" (?!(?:of|from|at|in|who|whose|and|or)\b)(?P<word>[a-z]+)(?![\w'’-])")
_ENDS = re.compile(r"['’]s? |[.;]?$")
# What says nothing without whose: "founder Ann Low".
_BARE = frozenset(
    (
        *("founder", "co-founder", "ceo", "director", "chairman", "chairwoman", "chair", "editor"),
        *("manager", "executive", "spokesman", "spokeswoman", "coordinator", "organiser"),
    )
)
_JOINING = frozenset(("and", "or", "as", "than", "like"))
# These belong to a noun after the name: "the Ann Low report", "her Ann Low novel".
_DETERMINERS = frozenset(
    (
        *("a", "an", "the", "this", "these", "those", "such", "some", "any", "no", "all", "each"),
        *("my", "your", "his", "her", "its", "our", "their", "own", "same", "other", "both"),
        *("more", "most", "much", "few", "either", "very", "only", "another", "every"),
    )
)
# Verbs and adverbs that are no nouns as well: "claims" and "plans" are not among them.
_FOLLOWING = text.forms(
    "became began bought broke brought built came chose drew drove fell flew fought found gave got "
    "grew heard held kept knew led left lost made met paid ran sang saw sent sold spoke stood "
    "taught thought threw told took understood went won wore wrote accuses admits agrees argues "
    "becomes believes denies describes explains has insists knows recommends sees suggests thinks "
    "wants writes must never now then later already recently previously near despite alongside"
)
# A past form; "need", "feed" and "speed" are nouns.
_PAST = re.compile(r"\w\w(?:(?<!e)|(?<=agre)|(?<=fre))ed$")
_REACH = 30  # characters


@dataclass(frozen=True, slots=True)
class _Role:
    """What the article calls somebody beside the name, and where."""

    words: str
    is_before: bool
    place: int


def present(
    lines: Sequence[DraftLine], article: CleanArticle, characters: Sequence[Character]
) -> tuple[DraftLine, ...]:
    """The lines in order; in each fact the first person new to the reader with the role."""
    roles = {
        one.name: role
        for one in characters
        if one.kind == "person" and " " in one.name and (role := _role(one, article))
    }
    seen = ""
    made: list[DraftLine] = []
    for line in lines:
        is_fact = line.passage.kind == "fact"
        made.append(_presented(line, seen, roles, article) if is_fact else line)
        if line.passage.kind != "headline":
            roles = {name: role for name, role in roles.items() if not _is_in(name, line.text)}
        seen = f"{seen} {line.text}"
    return tuple(made)


def _is_in(name: str, line: str) -> bool:
    return re.search(rf"\b{re.escape(name.rpartition(' ')[2])}\b", line) is not None


def _role(one: Character, article: CleanArticle) -> _Role | None:
    """The role right before or after a mention, short, and readable by itself."""
    if one.role is None:
        return None
    words = one.role.of(article.text)
    is_bare = _DETERMINER.sub("", words).casefold() in _BARE
    if is_bare or len(words.split()) > _MAX_WORDS or _OWNED.search(words):
        return None
    if any(article.text[one.role.end : mention.start] == " " for mention in one.mentions):
        return _Role(_small(words, one.role.start, article), is_before=True, place=one.role.start)
    if any(article.text[mention.end : one.role.start] == ", " for mention in one.mentions):
        return _Role(words, is_before=False, place=one.role.start)
    return None


def _small(words: str, place: int, article: CleanArticle) -> str:
    """Words that are written large only because they open a sentence, written small."""
    is_opening = any(sentence.start == place for sentence in article.sentences)
    first, _, rest = words.partition(" ")
    known = lexicon.words("person_nouns") - lexicon.words("titles")
    is_common = first.casefold() in known or f" {first.casefold()} " in article.text
    if is_opening and is_common and rest == rest.casefold():
        return f"{first.casefold()} {rest}".strip()
    return words


def _presented(
    line: DraftLine, seen: str, roles: dict[str, _Role], article: CleanArticle
) -> DraftLine:
    plain = descriptions.blanked(line.text)
    told = terms.content(f"{seen} {line.text}")
    for name, role in roles.items():
        place = plain.find(name)
        if place < 0 or terms.content(role.words) <= told:
            continue
        words = _with(plain, place, name, role)
        if words:
            where = article.sentence_at(role.place)
            return put(line, place, place + len(name), words, where)
    return line


def _with(line: str, place: int, name: str, role: _Role) -> str:
    """The name with the role as it fits the line there; empty where something is in the way."""
    before = _BEFORE.search(line, max(0, place - _REACH), place)
    goes_on = _goes_on(line, place + len(name))
    ends = _ENDS.match(line, place + len(name))
    if before is None or not (goes_on or ends) or (before["comma"] and not goes_on):
        return ""
    word = before["word"]
    if word and not _may_precede(word):
        return ""
    if role.is_before or not _OF.search(role.words):
        return f"{_DETERMINER.sub('', role.words)} {name}"
    if goes_on:
        return f"{name}, {role.words},"
    return f"{name}, {role.words}" if line[place + len(name) :] in ("", ".") else ""


def _goes_on(line: str, end: int) -> bool:
    """Whether a verb or a small word follows the name, so that it belongs to no noun."""
    following = _GOES_ON.match(line, end)
    if following is None:
        return False
    word = following["word"]
    return terms.is_stop_word(word) or word in _FOLLOWING or _PAST.search(word) is not None


def _may_precede(word: str) -> bool:
    return word.islower() and terms.is_stop_word(word) and word not in _JOINING | _DETERMINERS
