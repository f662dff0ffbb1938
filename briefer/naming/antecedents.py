"""Whom a description at a place of the article means, of those named before it.

Only where nobody else can be meant: one candidate, and nothing else in the article before that is
called so. On train-briefs the experts' own lines name somebody else in two of 40 cases.
Knows nothing of lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from briefer import terms
from briefer.mentions import lexicon
from briefer.naming import descriptions
from briefer.schema import Character, CleanArticle, Span, Statement

# Bodies that are called by a noun that is not in their name.
_FAMILIES = (
    ("panel", "committee", "subcommittee", "commission", "board"),
    ("agency", "administration", "bureau", "authority"),
    ("company", "corporation", "corp", "inc", "group"),
    ("airline", "airlines", "airways"),
    ("newspaper", "times", "post", "herald", "tribune"),
)
_ANY_BODY = frozenset(("group", "organisation", "organization", "agency", "body", "watchdog"))
# What a body that is called by a name alone ("Oracle") is called next.
_BUSINESS = frozenset(
    ("company", "firm", "manufacturer", "retailer", "maker", "supplier", "start-up", "startup")
)
_NAMED = frozenset(("person", "organisation", "state"))
_COUNTRY = frozenset(("country", "nation"))
# "The president" is neither the former nor the next one.
_OTHERS = frozenset(
    (
        *("former", "ex", "late", "past", "one-time", "then", "acting", "next", "future", "sub"),
        *("vice", "deputy", "assistant", "under", "incoming", "outgoing", "lieutenant"),
    )
)
_SHORT = {
    "gen.": "general", "gov.": "governor", "lt.": "lieutenant", "prof.": "professor",
    "rep.": "representative", "rev.": "reverend", "sen.": "senator", "sgt.": "sergeant",
}  # fmt: skip
_OF = re.compile(r"\b(?:of|for|on|in|at|to|and|who|which|that)\b|,")
_MAX_TITLE = 3  # words
_REACH = 40  # characters before a mention in which its title stands
_TITLE_REACH = 30
_BARE = re.compile(r"\b(?:the|that|this) $", re.IGNORECASE)
_OWNED = re.compile(r" (?:of|for) |, [A-Z]| [A-Z]")
# Where a name goes on: "the Office for the Coordination of Relief", "the Peace and Rights Group".
_GOES_ON = re.compile(r" (?:of|for) (?:the )?[A-Z]")
_GOES_BEFORE = re.compile(r"[A-Z][\w.]+ (?:and|of|for|of the|for the) $")


def place_of(words: str, sentences: Iterable[int], article: CleanArticle) -> int | None:
    """Where the first of these sentences that has "the" with the words has them."""
    pattern = re.compile(rf"\bthe {re.escape(words)}\b", re.IGNORECASE)
    for number in sentences:
        found = pattern.search(article.sentences[number].text)
        if found:
            return article.sentences[number].start + found.start()
    return None


def find(
    words: str,
    place: int,
    article: CleanArticle,
    statements: Sequence[Statement],
    characters: Sequence[Character],
) -> Character | None:
    """The one character that a description at a place can mean.

    Two ways that must not contradict each other: who the statement's source was found to be, and
    whose name, title or role ends in the description.
    """
    named = [one for one in characters if _is_name(one, words) and min(one.mentions).start < place]
    fitting = [one for one in named if _is_called(words, one, place, article)]
    speaker = _speaker(words, place, article, statements, named)
    if speaker and fitting and (speaker not in fitting or _are_people(fitting)):
        return None
    called = _called(words, place, article, named)
    if speaker and called and speaker is not called:
        return None
    found = called or speaker
    return None if found is None or _is_cut(found, article) else found


def _are_people(fitting: Sequence[Character]) -> bool:
    """Whether several people are called so: "the senator", of two."""
    return sum(one.kind == "person" for one in fitting) > 1


def _is_name(one: Character, words: str) -> bool:
    """Whether a character has a name that tells more than the description."""
    parts = one.name.split()
    is_proper = all(part[0].isupper() or terms.is_stop_word(part) for part in parts)
    is_office = lexicon.words("titles").issuperset(map(str.casefold, parts))
    return is_proper and not is_office and one.kind in _NAMED and one.name.casefold() != words


def _speaker(
    words: str,
    place: int,
    article: CleanArticle,
    statements: Sequence[Statement],
    named: Sequence[Character],
) -> Character | None:
    for one in statements:
        if one.source and one.source.start == place and one.is_named:
            is_whole = one.source.of(article.text).casefold() == f"the {words}"
            found = next((c for c in named if c.name == one.speaker), None)
            is_likely = found and is_whole and _can_be(words, found, place, article)
            return found if is_likely else None
    return None


def _can_be(words: str, one: Character, place: int, article: CleanArticle) -> bool:
    """Whether a description does not contradict what the article calls the speaker."""
    noun = words.rpartition(" ")[2]
    if (one.kind == "person") != descriptions.is_person(words):
        return False
    if one.kind == "person":
        titles = [phrase for phrase in _phrases(one, place, article) if phrase.endswith(noun)]
        if titles and not any(_fits(noun, phrase) for phrase in titles):
            return False  # the former one
        return one.role is None or _fits(noun, _head(one.role.of(article.text)))
    own = lexicon.body_nouns(one.name)
    return noun not in _BUSINESS and (not own or noun in own or noun in _ANY_BODY)


def _called(
    words: str, place: int, article: CleanArticle, named: Sequence[Character]
) -> Character | None:
    if words in _COUNTRY:
        return _country(place, article, named)
    is_business = words in _BUSINESS
    found = [
        one
        for one in named
        if _is_called(words, one, place, article) or (is_business and _may_be_business(one))
    ]
    if len(found) != 1 or (is_business and _may_be_anything(found[0], article)):
        return None
    return None if _has_rival(words, place, found[0], article) else found[0]


def _is_called(words: str, one: Character, place: int, article: CleanArticle) -> bool:
    return any(_fits(words, phrase) for phrase in _phrases(one, place, article))


def _country(place: int, article: CleanArticle, named: Sequence[Character]) -> Character | None:
    """The only state that is spoken of before."""
    if len(lexicon.states_in(article.text[:place])) != 1:
        return None
    states = [one for one in named if one.kind == "state"]
    return states[0] if len(states) == 1 else None


def _fits(words: str, phrase: str) -> bool:
    """Whether what somebody is called ends in a description: "foreign minister" in "minister"."""
    if not phrase.endswith(words):
        return words in _family(phrase.rpartition(" ")[2])
    before = phrase.removesuffix(words)
    return not before or (before.endswith(" ") and _OTHERS.isdisjoint(before.split()))


@cache
def _family(noun: str) -> frozenset[str]:
    return next((frozenset(family) for family in _FAMILIES if noun in family), frozenset())


def _may_be_business(one: Character) -> bool:
    """Whether a body's name does not say what it is."""
    names = (one.name, *one.aliases)
    return one.kind == "organisation" and not any(map(lexicon.body_nouns, names))


def _may_be_anything(one: Character, article: CleanArticle) -> bool:
    """Whether a name is initials, or has "the" before it as no firm's has ("the Selby Isles")."""
    starts = [] if lexicon.body_nouns(one.name) else [mention.start for mention in one.mentions]
    return one.name.isupper() or any(
        _BARE.search(article.text, max(0, start - _REACH), start) for start in starts
    )


def _phrases(one: Character, place: int, article: CleanArticle) -> Iterator[str]:
    """What a character is called, up to "of": its name, its role, its title."""
    if one.role and one.role.start < place:
        yield _head(one.role.of(article.text))
    if one.kind != "person":
        yield from (_head(name) for name in (one.name, *one.aliases))
        return
    for mention in one.mentions:
        if mention.start < place:
            before = article.text[max(0, mention.start - _REACH) : mention.start].split()
            yield _in_full(" ".join(before[-_MAX_TITLE:]).casefold().rpartition(", ")[2])


def _head(phrase: str) -> str:
    return _in_full(_OF.split(phrase, maxsplit=1)[0].strip().casefold())


def _in_full(phrase: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in phrase.split(" "))


def _has_rival(words: str, place: int, one: Character, article: CleanArticle) -> bool:
    """Whether the article speaks of another such before: "an appeals court", "their company"."""
    own = [Span(mention.start - _TITLE_REACH, mention.end) for mention in one.mentions]
    own += [one.role] if one.role else []
    nouns = "|".join(map(re.escape, sorted({words, *_family(words)})))
    for match in re.finditer(rf"\b(?:{nouns})\b", article.text[:place], re.IGNORECASE):
        if any(span.start <= match.start() and match.end() <= span.end for span in own):
            continue
        is_bare = _BARE.search(article.text, max(0, match.start() - _REACH), match.start())
        if not is_bare or _OWNED.match(article.text, match.end()):
            return True
    return False


def _is_cut(one: Character, article: CleanArticle) -> bool:
    """Whether the article's name for a body is longer than the one that was found."""
    return one.kind != "person" and any(
        _GOES_ON.match(article.text, mention.end)
        or _GOES_BEFORE.search(article.text, max(0, mention.start - _REACH), mention.start)
        for mention in one.mentions
        if mention.of(article.text) == one.name
    )
