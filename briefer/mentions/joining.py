"""Names that the parser cut in two put together: at hyphens, "of", "and", or for no reason.

Works on token ranges with labels. Knows nothing of who is who.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from briefer.mentions import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Range = tuple[int, int, str]
"""First token, the one after the last, label."""

_PROPER = frozenset(("NNP", "NNPS"))
HYPHENS = frozenset(("-", "‐", "‑", "–"))
"""What joins two words to one."""
_PARTICLES = frozenset(("al", "el", "ad", "an", "as", "ash", "at", "ul", "ur", "bin", "ben"))
BEFORE_SURNAME = frozenset(
    ("da", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "van", "von", "zu")
)
"""What a surname begins with, written small: "Ursula von der | Leyen"."""
_OWNERS = frozenset(("'s", "’s"))
_OF = (["of"], ["of", "the"])
_COMPLEMENTS = frozenset(("for", "of", "on"))
AND = frozenset(("and", "&"))
"""What joins two names, or two halves of one."""
# What two names that are ever together ("Altar and Order") have to be met, to be one.
_MIN_TOGETHER = 2


def join(parse: Doc, ranges: Iterable[Range]) -> list[Range]:
    """The ranges in order, none in another, those of one name joined."""
    apart = list(_apart(_hyphenated(parse, one) for one in ranges))
    adjacent = list(_adjacent(parse, apart))
    whole = list(_with_and(parse, list(_with_of(parse, adjacent))))
    return list(_apart(_with_office(parse, one) for one in whole))


def _hyphenated(parse: Doc, one: Range) -> Range:
    """A name with the rest of its first and last word, where the parser cut it ("Diaz-|Ruz").

    States stay apart: "Iran-Iraq" is two.
    """
    start, end, label = one
    while start > 1 and _is_one_word(parse, start - 1):
        start -= 2
    while end < len(parse) - 1 and _is_one_word(parse, end):
        end += 2
    return start, end, label


def _is_one_word(parse: Doc, hyphen: int) -> bool:
    """Whether a hyphen joins two parts of one name."""
    before, after = parse[hyphen - 1], parse[hyphen + 1]
    is_hyphen = parse[hyphen].text in HYPHENS and not parse[hyphen].whitespace_
    if not is_hyphen or before.whitespace_ or not (before.is_alpha and after.text[0].isupper()):
        return False
    if not (before.text[0].isupper() or before.lower_ in _PARTICLES):
        return False
    return not any(is_country_word(token.text) for token in (before, after))


def is_country_word(word: str) -> bool:
    """Whether a word is a state, its adjective or its capital."""
    key = lexicon.key(word)
    return any(
        key in table for table in (lexicon.state_names(), lexicon.demonyms(), lexicon.capitals())
    )


def _apart(ranges: Iterable[Range]) -> Iterator[Range]:
    """Ranges in order without those that lie in another."""
    reached = 0
    for start, end, label in sorted(ranges, key=lambda one: (one[0], -one[1])):
        if end > reached:
            yield max(start, reached), end, label
            reached = end


def _adjacent(parse: Doc, ranges: Iterable[Range]) -> Iterator[Range]:
    """Put names together that the model cut in two ("Peter Kodwo", "Appiah Turkson")."""
    last: Range | None = None
    for one in ranges:
        if last is not None and last[1] == one[0] and _are_one(parse, last, one):
            last = (last[0], one[1], _label_of(last, one))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _are_one(parse: Doc, left: Range, right: Range) -> bool:
    last = parse[left[1] - 1]
    if left[2] == "PERSON" and last.text in _OWNERS:
        return False  # "Ruth Amari's | HaleX"
    if left[2] == "PERSON" and (right[2] in ("PERSON", "") or last.text in BEFORE_SURNAME):
        return True
    if _is_open(parse, left) and right[2] in ("ORG", ""):
        return True
    if "" not in (left[2], right[2]) or _is_country(parse, left) or _is_country(parse, right):
        return False
    following = parse[right[0]]
    if any(is_office(word) for word in (last, following, parse[right[1] - 1])):
        return False
    if right[2] == "PERSON" and right[1] - right[0] > 1:  # whole without what stands before
        return left[1] - left[0] == 1 and last.lower_ in lexicon.given_names()
    root = parse[left[0] : left[1]].root
    is_part = root.dep_ in ("compound", "amod") and right[0] <= root.head.i < right[1]
    return is_part and following.tag_ in _PROPER and last.tag_ in _PROPER


def _is_open(parse: Doc, left: Range) -> bool:
    """Whether a body's name breaks off after "and": "the Hale Fish and"."""
    start, end, label = left
    is_cut = parse[end - 1].lower_ in AND and label == "ORG" and end - start > 1
    return is_cut and not is_body(parse[end - 2])


def is_office(token: Token) -> bool:
    """Whether a word is a title or stands for a person."""
    word = lexicon.singular(token.text.rstrip("."))
    return word in lexicon.words("titles") or word in lexicon.words("person_nouns")


def _label_of(left: Range, right: Range) -> str:
    if "PERSON" in (left[2], right[2]):
        return "PERSON"
    return right[2] or left[2]


def _is_country(parse: Doc, one: Range) -> bool:
    return is_country_word(parse[one[0] : one[1]].text)


def _with_of(parse: Doc, ranges: list[Range]) -> Iterator[Range]:
    """Put "Supreme Court" and "Norland" together where "of" joins them."""
    number = 0
    while number < len(ranges):
        start, end, label = ranges[number]
        while number + 1 < len(ranges) and _is_of(parse, end, ranges[number + 1][0]):
            number += 1
            end, label = ranges[number][1], "ORG"
        yield start, end, label
        number += 1


def _is_of(parse: Doc, end: int, start: int) -> bool:
    """Whether a body's name ends before "of" and another name begins after it."""
    between = [token.lower_ for token in parse[end:start]]
    return between in _OF and parse[end - 1].tag_ in _PROPER and is_body(parse[end - 1])


def is_body(token: Token) -> bool:
    """Whether a name ends like a body's ("Justice Department" has no title in it)."""
    return lexicon.is_body(token.text)


def _with_and(parse: Doc, ranges: list[Range]) -> Iterator[Range]:
    """Put "Altar" and "Order" together where "and" always joins them, and halves of one name."""
    always = _always_together(parse, ranges)
    number = 0
    while number < len(ranges):
        one = ranges[number]
        following = ranges[number + 1] if number + 1 < len(ranges) else None
        if following is not None and _are_halves(parse, one, following, always):
            one = (one[0], following[1], "ORG")
            number += 1
        yield _with_owners(parse, one)
        number += 1


def _are_halves(parse: Doc, left: Range, right: Range, always: frozenset[tuple[str, str]]) -> bool:
    if _is_listed(parse, left, right):
        return True
    if not _is_and(parse, left, right):
        return False
    if _is_firm(parse, left, right):
        return True
    return (_key(parse, left), _key(parse, right)) in always or _is_half(parse, left, right)


def _is_firm(parse: Doc, left: Range, right: Range) -> bool:
    """Whether a "&" joins the words of one firm's name, and no two people or countries."""
    names = (left, right)
    are_people = any(label == "PERSON" and end - start > 1 for start, end, label in names)
    are_states = any(is_country_word(_key(parse, one)) for one in names)
    return parse[left[1]].text == "&" and not are_people and not are_states


def _is_listed(parse: Doc, left: Range, right: Range) -> bool:
    """Whether a list goes on after a comma: "Academy of Law", "Trade and Shipping"."""
    first, second = parse[left[0] : left[1]], parse[right[0] : right[1]]
    is_next = right[0] == left[1] + 1 and parse[left[1]].text == ","
    is_rest = any(token.lower_ in AND for token in second) and not is_body(second[-1])
    place = next((token.i for token in first if token.lower_ in _COMPLEMENTS), left[0])
    is_open = any(is_body(token) for token in parse[left[0] : place])
    is_joined = second.root.dep_ == "conj" and left[0] <= second.root.head.i < left[1]
    return is_next and is_rest and is_open and is_joined and right[2] in ("ORG", "")


def _is_and(parse: Doc, left: Range, right: Range) -> bool:
    return right[0] == left[1] + 1 and parse[left[1]].lower_ in AND


def _key(parse: Doc, one: Range) -> str:
    return lexicon.key(parse[one[0] : one[1]].text)


def _always_together(parse: Doc, ranges: list[Range]) -> frozenset[tuple[str, str]]:
    """Pairs of names of bodies that are met together twice or more and never alone."""
    surnames = surnames_in(parse, ranges)
    counts = Counter(_key(parse, one) for one in ranges)
    pairs: Counter[tuple[str, str]] = Counter()
    firms: set[tuple[str, str]] = set()
    for left, right in pairwise(ranges):
        if _is_and(parse, left, right) and "PERSON" not in (left[2], right[2]):
            pair = _key(parse, left), _key(parse, right)
            pairs[pair] += 1
            if parse[left[1]].text == "&":
                firms.add(pair)
    return frozenset(
        pair
        for pair, count in pairs.items()
        if count >= _MIN_TOGETHER
        and counts[pair[0]] == counts[pair[1]] == count
        and not any(is_country_word(name) for name in pair)
        and (pair in firms or surnames.isdisjoint(pair))
    )


def _is_half(parse: Doc, left: Range, right: Range) -> bool:
    """Whether neither is whole: "Customs" and "Border Service", "Group for Prayer" and "War"."""
    if is_country_word(_key(parse, left)) or is_country_word(_key(parse, right)):
        return False
    first, second = parse[left[0] : left[1]], parse[right[0] : right[1]]
    if any(is_body(token) for token in second):
        is_open = first[-1].dep_ in ("nmod", "compound") and first[-1].head.i >= right[0]
        is_opener = _key(parse, left) in lexicon.words("openers")
        are_bodies = is_opener or (right[2] == "ORG" and left[2] in ("ORG", ""))
        return is_open and are_bodies and not any(is_body(token) for token in first)
    is_complement = any(token.lower_ in _COMPLEMENTS for token in first)
    is_joined = second.root.dep_ == "conj" and left[0] < second.root.head.i < left[1]
    return is_complement and is_joined and right[2] in ("ORG", "")


def _with_owners(parse: Doc, one: Range) -> Range:
    """The whole "Seafarers' and Dockers' Union", of which the parser saw the second half."""
    start, end, label = one
    owner = parse[start - 3] if start > 2 else None
    marks = [token.text for token in parse[max(start - 2, 0) : start]]
    is_owned = owner is not None and owner.tag_ == "NNPS" and owner.text[0].isupper()
    has_noun = end - start > 1 and is_body(parse[end - 1])
    has_mark = any(token.tag_ == "POS" for token in parse[start:end])
    if is_owned and has_noun and has_mark and marks[0] in ("'", "’") and marks[1] in AND:
        return start - 3, end, label
    return one


def surnames_in(parse: Doc, ranges: Iterable[Range]) -> frozenset[str]:
    """The last words of people's full names, lower case."""
    return frozenset(
        parse[end - 1].lower_
        for start, end, label in ranges
        if label == "PERSON" and end - start > 1
    )


def is_possessive(token: Token) -> bool:
    """Whether a token is the mark of an owner, whatever the parser calls it."""
    return token.tag_ == "POS" or token.text in _OWNERS


def is_office_of(parse: Doc, mark: int) -> bool:
    """Whether a possessive stands in a body's name: "Coroner's Office", "Sheriff's Department"."""
    if not 0 < mark < len(parse) - 1 or not is_possessive(parse[mark]):
        return False
    owner, body = parse[mark - 1], parse[mark + 1]
    is_official = is_office(owner) or owner.lower_ == "general"
    is_named = owner.text[0].isupper() and body.text[0].isupper() and body.tag_ in _PROPER
    return is_official and is_named and is_body(body)


def _with_office(parse: Doc, one: Range) -> Range:
    """The whole "Hale County Coroner's Office", which the parser cuts at the apostrophe."""
    start, end, label = one
    mark = end - 1 if is_possessive(parse[end - 1]) else end
    return (start, mark + 2, "ORG") if is_office_of(parse, mark) else (start, end, label)
