"""Full names where a brief first tells of somebody by surname: "Low said" -> "Ann Low said".

Lines are read in the brief's order. Headlines keep surnames, as newspapers' do.
Knows nothing of checks, evidence or sections.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefer import terms
from briefer.mentions import lexicon
from briefer.mentions.surnames import SUFFIXES
from briefer.naming import descriptions
from briefer.naming.putting import put
from briefer.schema import Character, CleanArticle, DraftLine

# What stands before a surname that is told as somebody's: "Mr", and no "the Low report".
_BEFORE = re.compile(r"(?P<word>[\w.'’-]+) $")
_REACH = 30  # characters
# A people's word is somebody's name where he speaks: "French said", but not "French officials".
_SAYS = r"(?= (?:said|says|told|added|adds)\b)"
_BESIDE = r"[\w'’-]"
# "Low campaign", "Low aides", "Low Hall": the name tells whose it is, nobody acts.
_AFTER = re.compile(r" (?P<word>[\w-]+)")
_HERS = frozenset(("mrs", "ms", "miss"))
_HONORIFICS = _HERS | {"mr", "mx"}
_WHOSE = frozenset(
    (
        *("campaign", "administration", "camp", "era", "presidency", "team", "years", "family"),
        *("government", "ally", "aide", "supporter", "backer", "voter", "rally", "estate"),
        *("foundation", "surrogate", "staffer", "staff", "adviser", "advisor", "official"),
        *("critic", "fan", "opponent", "lawyer", "case", "fundraiser", "event", "plan", "way"),
    )
)
# "Jobs were cut", "Banks across Norland": no single person's.
_OF_MANY = frozenset(("are", "were", "have", "of", "in", "across", "from"))


# A surname is one's who is named so many times as often as all others of that name.
_MAIN_BEARER = 3


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody with a surname: the sentences with the full name, with others of that surname.

    ``own`` are the sentences where the surname is the person's, ``idle`` those where it is a mere
    word: "Banks were closed". ``may_be_her`` is whether "Mrs." can stand before it.
    """

    name: str
    surname: re.Pattern[str]
    sentence: int
    others: frozenset[int]
    own: frozenset[int]
    idle: frozenset[int]
    may_be_her: bool

    def is_meant(self, line: DraftLine) -> bool:
        """Whether the passage and the sentence before it speak of nobody else with the name."""
        first, *rest = told = line.passage.sentences
        if self.own.isdisjoint(told) and not self.idle.isdisjoint(told):
            return False
        return self.others.isdisjoint((first - 1, first, *rest))


def introduce(
    lines: Sequence[DraftLine], article: CleanArticle, characters: Sequence[Character]
) -> tuple[DraftLine, ...]:
    """The lines, each person by the full name where no line before has it.

    Only outside quotations, and only where nobody else with the surname can be meant.
    """
    words = "\n".join(line.text for line in lines)
    named = [one for one in characters if one.name.rpartition(" ")[2] in words]
    left = list(_people(article, named))
    told: list[DraftLine] = []
    for line in lines:
        for person in tuple(left):
            is_ready = line.passage.kind != "headline" and person.is_meant(line)
            line = _introduced(line, person) if is_ready else line
            if person.name in line.text:
                left.remove(person)
        told.append(line)
    return tuple(told)


def _people(article: CleanArticle, characters: Sequence[Character]) -> Iterator[_Person]:
    for one in characters:
        parts = one.name.split()
        is_whole = len(parts) > 1 and all(part[0].isupper() for part in parts)
        if one.kind != "person" or not is_whole or not _is_surname(parts[-1]):
            continue
        first = next((m for m in one.mentions if m.of(article.text) == one.name), None)
        namesakes = (other for other in characters if other.name == parts[-1])
        alone = [mention.start for other in namesakes for mention in other.mentions]
        others = [*_others(parts[-1], one, article), *alone]  # "Mercury", the planet
        if first and len(one.mentions) >= _MAIN_BEARER * len(others):
            after = _SAYS if _is_country(parts[-1]) else ""
            pattern = re.compile(rf"(?<!{_BESIDE}){re.escape(parts[-1])}(?!-|\w)")
            own = {
                match.start()
                for mention in one.mentions
                for match in pattern.finditer(article.text, mention.start, mention.end)
            }
            yield _Person(
                one.name,
                re.compile(pattern.pattern + after),
                article.sentence_at(first.start),
                _sentences(others, article),
                own=_sentences(own, article),
                idle=_sentences(_words(parts[-1], pattern, article) - own, article),
                may_be_her=_may_be_her(one, article),
            )


def _is_country(word: str) -> bool:
    """Whether a surname is a country's or a people's name: "Israel", "French"."""
    return lexicon.key(word) in lexicon.demonyms() or lexicon.key(word) in lexicon.state_names()


def _words(surname: str, pattern: re.Pattern[str], article: CleanArticle) -> set[int]:
    """Where a surname may be a mere word: the text has it small too, or it opens a sentence.

    Then what follows must be of several: "Banks in Norland", "Young people". That no mention was
    found there is not enough: 14 of 4,217 judged lines were such, and all meant the person.
    """
    is_small = re.search(rf"\b{re.escape(surname.lower())}\b", article.text) is not None
    openings = {one.start for one in article.sentences}
    return {
        match.start()
        for match in pattern.finditer(article.text)
        if is_small or (match.start() in openings and _is_of_many(article.text, match.end()))
    }


def _is_of_many(words: str, end: int) -> bool:
    """Whether what follows a word is of no single person."""
    after = _AFTER.match(words, end)
    word = after["word"] if after else ""
    is_people = word.endswith("s") and lexicon.singular(word) in lexicon.words("person_nouns")
    return is_people or word in _OF_MANY or word in lexicon.words("group_nouns")


def _sentences(places: Iterable[int], article: CleanArticle) -> frozenset[int]:
    return frozenset(map(article.sentence_at, places))


def _may_be_her(one: Character, article: CleanArticle) -> bool:
    """Whether a given name is a woman's, or the article writes "Ms." wherever the surname is alone.

    Else "Mrs. Low" may be the wife of Bo Low.
    """
    first, *_, last = one.name.split()
    gender = lexicon.given_names().get(first.casefold(), "?")
    if gender != "?":
        return gender == "f"
    alone = [mention.start for mention in one.mentions if mention.of(article.text) == last]
    before = (_BEFORE.search(article.text, max(0, start - _REACH), start) for start in alone)
    return all(word and word["word"].casefold().rstrip(".") in _HERS for word in before)


def _is_surname(word: str) -> bool:
    """Whether a word means people called so: no "Jr", no "May"."""
    return lexicon.key(word) not in SUFFIXES and word not in calendar.month_name


def _others(surname: str, one: Character, article: CleanArticle) -> list[int]:
    """Where somebody or something with another first name has the surname: "Bo Low"."""
    own = {part for name in (one.name, *one.aliases) for part in name.split()}
    return [
        match.start()
        for match in re.finditer(rf"([A-Z][\w.'’-]*) {re.escape(surname)}\b", article.text)
        if match[1] not in own and not _is_title(match[1]) and not terms.is_stop_word(match[1])
    ]


def _is_title(word: str) -> bool:
    folded = word.casefold().rstrip(".")
    return folded in lexicon.words("titles") or folded in lexicon.words("honorifics")


def _introduced(line: DraftLine, person: _Person) -> DraftLine:
    """The line with the full name for the first surname alone, if it has one."""
    plain = descriptions.blanked(line.text)
    if person.name in line.text:
        return line
    match = person.surname.search(plain)
    start = _start(plain, match.start(), person) if match else None
    if match is None or start is None or _is_owner(plain, match.end()):
        return line
    return put(line, start, match.end(), person.name, person.sentence)


def _start(line: str, place: int, person: _Person) -> int | None:
    """Where the name is to begin, an honorific included; ``None`` if it is no surname alone."""
    before = _BEFORE.search(line, max(0, place - _REACH), place)
    if before is None:
        return place
    word = before["word"]
    folded = word.casefold().rstrip(".")
    if folded in _HONORIFICS:
        return before.start() if person.may_be_her or folded not in _HERS else None
    if folded in ("the", "a", "an"):
        return None
    is_small = word[0].islower() or terms.is_stop_word(word)
    return place if is_small or _is_title(word) else None


def _is_owner(line: str, end: int) -> bool:
    """Whether the next word is what belongs to the person: "Low aides", "Low Hall"."""
    after = _AFTER.match(line, end)
    if after is None:
        return False
    word = after["word"]
    return word[0].isupper() or lexicon.singular(word) in _WHOSE
