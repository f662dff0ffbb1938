"""Whether a name is a thing's: a ship's, a storm's, a film's, a dog's. Such names never act.

By the words beside the name and the marks around it; where these say nothing it is nobody's thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefer.mentions import lexicon
from briefer.mentions.names import Name, of_most_words
from briefer.text import forms

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_HULLS = frozenset(("hms", "mv", "rms", "rrs", "uss"))
_STORMS = frozenset(("cyclone", "hurricane", "typhoon"))
_STORM_OPENERS = frozenset(("extratropical", "severe", "subtropical", "super", "tropical"))
_QUOTES = frozenset(('"', "“", "”", "``", "''", "‘", "’", "'"))
_NAMING = frozenset(("named", "called", "dubbed", "titled", "entitled", "christened"))
_LABELS = frozenset(("EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "FAC"))
_NOUNS = frozenset(("NN", "NNS"))
# What bodies, teams and towns are called too.
_PERHAPS = frozenset(
    ("air", "basin", "bay", "beach", "canyon", "castle", "coast", "creek", "dollar", "falls",
     "film", "forest", "forum", "harbor", "harbour", "heights", "hill", "international", "island",
     "isle", "lake", "line", "mountain", "peninsula", "plan", "port", "programme", "project",
     "resource", "ridge", "river", "sound", "spring", "street", "territory", "valley", "wall",
     "wood", "woods")
)  # fmt: skip
# "EB-5", "Covid-19", "H5N1", no group of states ("G-20").
_CODE = re.compile(r"(?!g-)[a-z]{1,5}-\d+[a-z]?|[a-z]\d+[a-z]\d+")
# "Title IX", "Chapter 11": what has a number in a book of laws, on a map, in the air.
_NUMBERED = forms(
    "amendment article bill chapter clause flight highway interstate measure proposition "
    "resolution route section title"
)
_NUMBER = re.compile(r"\d+[a-z]?|[ivxl]+")
# "A Hale", "her Hale", "the second Hale": one of many that are made.
_ONE_OF = forms("a an another each every first her his my our second their third your")
# Who has it is ill: "diagnosed with Hale", "Hale symptoms".
_ILL = forms("diagnosed infected afflicted people patients suffering symptoms cases")
_PARTED = forms("CD HYPH NN NNP NNPS NNS POS")
_VEHICLES = forms("bomber car helicopter jeep motorcycle pickup rifle sedan tank")
_OF_ILLS = forms("infection infections outbreak patient patients sufferers symptom symptoms virus")
_PLURALS = frozenset(("species", "standards"))  # "The Standard" is a newspaper
_OF = frozenset(("for", "of", "on"))
_SMALL = frozenset(("a", "an", "and", "for", "of", "the", "to"))
_MAKES = frozenset(("FAC", "ORG", "PRODUCT"))
# A noun and its apposition stand side by side, a comma or an article between.
_NEAR = 3
# The share of a name's occurrences that must look like a thing's; people are quoted now and then.
_SHARE = 0.3


def is_thing(parse: Doc, names: Sequence[Name]) -> bool:
    """Whether the occurrences of a name together are a thing's."""
    if any(name.is_titled for name in names):
        return False
    if any(_opens_as_thing(name) or _is_short_for_thing(parse, name) for name in names):
        return True
    if _is_known(names) or _ends_as_thing(names) or _are_made_or_caught(parse, names):
        return True
    told = [set(signs(parse, name)) for name in names]
    if any("called" in found for found in told) and not any(is_whole_person(n) for n in names):
        return True
    if any(is_whole_person(name) for name in names):
        return all("quoted" in found for found in told)
    return sum("quoted" in found for found in told) > _SHARE * len(names)


def are_many(parse: Doc, names: Sequence[Name]) -> bool:
    """Whether what looks like a person's name is several people's: "the Amaris", "Hale rebels"."""
    longest = of_most_words(names)
    is_whole = any(is_whole_person(name) or name.is_titled for name in names)
    alike = [name for name in names if name.key == longest.key and not _is_before_noun(parse, name)]
    return longest.key.endswith("s") and not is_whole and any(_has_the(parse, n) for n in alike)


def is_ship(parse: Doc, names: Sequence[Name]) -> bool:
    """Whether what looks like a person's name never stands without "the": "the Amalia sank"."""
    are_bare = all(len(name.parts) == 1 and not name.is_titled for name in names)
    return are_bare and all(_has_the(parse, n) and not _is_before_noun(parse, n) for n in names)


def _has_the(parse: Doc, name: Name) -> bool:
    return name.start > 0 and parse[name.start - 1].lower_ == "the"


def _is_before_noun(parse: Doc, name: Name) -> bool:
    following = parse[name.end] if name.end < len(parse) else None
    return following is not None and following.tag_ in (*_NOUNS, "POS", "HYPH", "NNP", "NNPS")


def signs(parse: Doc, name: Name) -> Iterator[str]:
    """What about one occurrence speaks for a thing, for the models that weigh it."""
    if _opens_as_thing(name):
        yield "opens"
    if _is_quoted(parse, name):
        yield "quoted"
    if any(_is_thing_noun(noun) for noun in _called(parse, name)):
        yield "called"
    if name.label in _LABELS:
        yield "labelled"
    head = parse[name.start : name.end].root
    if head.dep_ == "compound" and _is_thing_noun(head.head):
        yield "before"


def is_whole_person(name: Name) -> bool:
    """Whether a given name opens it: "the play Ruth Amari wrote" makes her no play."""
    return name.label == "PERSON" and name.has_given_name


def _opens_as_thing(name: Name) -> bool:
    first, *rest = name.parts
    is_storm = first in _STORM_OPENERS and bool(rest) and rest[0] in _STORMS | {"storm"}
    is_pair = "/" in name.text  # "Duckworth/Lewis"
    is_coded = any(_CODE.fullmatch(part) for part in name.parts)
    if is_pair or is_coded or _is_numbered(name.parts):
        return True
    return bool(rest) and (first in _HULLS or first in _STORMS or is_storm)


def _is_numbered(parts: Sequence[str]) -> bool:
    """Whether a name is a law's or a road's: "Title IX", "Senate Bill 12"."""
    return len(parts) > 1 and parts[-2] in _NUMBERED and bool(_NUMBER.fullmatch(parts[-1]))


def _is_short_for_thing(parse: Doc, name: Name) -> bool:
    """Whether letters in brackets are short for no name: "a memorandum of understanding (MoU)"."""
    letters = name.key.removesuffix("s")
    before = parse[max(name.start - 1, 0)]
    if before.text != "(" or " " in letters or not name.text[1:2].isalpha() or before.i == 0:
        return False
    words = parse[max(before.i - 2 * len(letters), 0) : before.i]
    whole = [word for word in words if word.lower_ not in _SMALL or word.lower_[0] in letters]
    spelling = whole[-len(letters) :]
    is_spelled = "".join(word.lower_[0] for word in spelling) == letters
    return is_spelled and len(letters) > 1 and _is_plain_thing(spelling)


def _is_plain_thing(words: Sequence[Token]) -> bool:
    """Whether words in small letters tell neither people nor a body."""
    nouns = [lexicon.singular(word.text) for word in words]
    acting = ("organisation_nouns", "person_nouns", "group_nouns")
    may_act = any(noun in lexicon.words(name) for noun in nouns for name in acting)
    return not may_act and all(word.text.islower() for word in words)


def _are_made_or_caught(parse: Doc, names: Sequence[Name]) -> bool:
    """Whether a name is as often as not told as one of a kind, or as an illness."""
    if any(name.label == "PERSON" for name in names) or not _MAKES & {name.label for name in names}:
        return False
    are_made = any(_is_one_of_many(parse, name, _ONE_OF) for name in names)
    one_of = _ONE_OF | {"the"} if are_made else frozenset[str]()  # "a Hale", then "the Hale"
    told = [
        _is_one_of_many(parse, name, one_of)
        or _is_before_vehicle(parse, name)
        or _is_illness(parse, name)
        for name in names
    ]
    return 2 * sum(told) >= len(names)


def _is_one_of_many(parse: Doc, name: Name, one_of: frozenset[str]) -> bool:
    """Whether a name is told as a kind: "an eastbound Hale" is a car, "his Hale Two" a watch."""
    head = parse[name.start : name.end].root
    is_open = name.label in (*_MAKES, "NORP", "") and not name.text.isupper()
    following = parse[name.end] if name.end < len(parse) else None
    is_part = following is not None and (following.tag_ in _PARTED or following.text == "(")
    if not is_open or is_part or _has_body_word(name):
        return False
    before = [child for child in head.children if child.i < name.start]
    # "A weakened Hale" is no second one; the parser calls it now a participle, now an adjective.
    is_changed = any(one.tag_ == "VBN" or one.text.endswith("ened") for one in before)
    return not is_changed and not one_of.isdisjoint(child.lower_ for child in before)


def _is_before_vehicle(parse: Doc, name: Name) -> bool:
    """Whether a name only says which make a vehicle is: "two Hale helicopters"."""
    following = parse[name.end].text if name.end < len(parse) else ""
    return lexicon.singular(following) in _VEHICLES


def _is_illness(parse: Doc, name: Name) -> bool:
    head = parse[name.start : name.end].root
    is_had = head.dep_ == "pobj" and head.head.lower_ == "with" and head.head.head.lower_ in _ILL
    return is_had or (head.dep_ == "compound" and head.head.lower_ in _OF_ILLS)


def _has_body_word(name: Name) -> bool:
    return any(map(lexicon.is_body, name.parts))


def _is_known(names: Sequence[Name]) -> bool:
    """Whether the fullest form is a law's, an illness's or a product's that all know by name."""
    longest = of_most_words(names)
    known = lexicon.words("thing_names")
    forms_of = (longest.key, longest.key.removesuffix("s"), longest.parts[-1])
    return not is_whole_person(longest) and not known.isdisjoint(forms_of)


def _ends_as_thing(names: Sequence[Name]) -> bool:
    """Whether the fullest form is an event's or a work's: "World Cup", "Freedom Act"."""
    longest = of_most_words(names)
    if len(longest.parts) < 2:
        return False
    is_person = any(name.label == "PERSON" for name in names if name.key == longest.key)
    last = longest.parts[-2 if longest.parts[-1].isdigit() else -1]  # "Hale Phone 7"
    is_thing = last in _PLURALS or _is_thing_word(lexicon.singular(last))
    return not is_person and is_thing and not _opens_as_body(longest)


def _opens_as_body(name: Name) -> bool:
    """Whether a body's word stands before "for": "Committee for a Fair Budget"."""
    matter = next((n for n, part in enumerate(name.parts) if part in _OF), 0)
    return any(map(lexicon.is_body, name.parts[:matter]))


def _is_quoted(parse: Doc, name: Name) -> bool:
    """Whether quotation marks stand right around a name, a comma before the second or not."""
    if name.start == 0 or name.end >= len(parse):
        return False
    closing = parse[name.end]
    if closing.text in (",", ".") and name.end + 1 < len(parse):
        closing = parse[name.end + 1]
    return parse[name.start - 1].text in _QUOTES and closing.text in _QUOTES


def _called(parse: Doc, name: Name) -> Iterator[Token]:
    """The nouns that say what a name stands for: "the tanker X", "X, a tanker", "a dog named X"."""
    head = parse[name.start : name.end].root
    before = parse[name.start - 1] if name.start > 0 else None
    if before is not None and before.tag_ == "NN" and before.head.i in range(name.start, name.end):
        yield before
    if head.dep_ == "appos" and 0 < name.start - head.head.i <= _NEAR:
        yield head.head
    for child in head.children:
        if child.dep_ == "appos" and 0 <= child.left_edge.i - name.end <= 1:
            yield child
    if head.dep_ == "oprd" and head.head.lower_ in _NAMING and head.head.dep_ == "acl":
        yield head.head.head


def _is_thing_noun(noun: Token) -> bool:
    return noun.tag_ in _NOUNS and _is_thing_word(lexicon.singular(noun.text))


def _is_thing_word(word: str) -> bool:
    is_other = any(word in lexicon.words(name) for name in ("organisation_nouns", "person_nouns"))
    return word in lexicon.words("thing_nouns") and word not in _PERHAPS and not is_other
