"""What kind of thing a name stands for, from all its occurrences together.

Features for a trained classifier (``_data/mentions-*.json``); the parser's own label is only one of
them, for it takes many an unfamiliar name for something else. Knows nothing of importance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, get_args

from briefer.mentions import lexicon, surnames, things
from briefer.mentions.descriptions import Description
from briefer.mentions.names import Name, of_most_words
from briefer.models import linear

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MODELS = "mentions"
"""The trained models (``training/kinds.py``), one a kind."""

Kind = Literal["person", "organisation", "state", "place", "group", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)

DIVISIONS = frozenset(
    ("borough", "city", "county", "district", "island", "port", "province", "region", "state",
     "territory", "town", "village")
)  # fmt: skip
"""What parts of a country are called."""
_STREETS = frozenset(
    ("avenue", "boulevard", "drive", "freeway", "highway", "lane", "road", "street")
)
_ADULT = 2  # digits of an age
LOCAL = frozenset(
    ("in", "at", "near", "from", "to", "into", "across", "outside", "around", "through")
)
"""The prepositions that lead to places."""


def tell(
    parse: Doc, names: Sequence[Name], descriptions: Sequence[Description]
) -> Mapping[Kind, float]:
    """How likely each kind is, each by itself; some are so for sure."""
    sure = _for_sure(parse, names)
    if sure is not None:
        return {kind: float(kind == sure) for kind in KINDS}
    models = linear.load(MODELS)
    found = features(parse, names, descriptions)
    return {kind: models[kind].probability(found) for kind in KINDS}


def _for_sure(parse: Doc, names: Sequence[Name]) -> Kind | None:
    """The kind of a listed state, a plain thing, of "the town of X" and of "X, 34, said"."""
    is_person = any(things.is_whole_person(name) for name in names)  # "Jim Jordan"
    if not is_person and any(name.key in lexicon.state_names() for name in names):
        return "state"
    if things.is_thing(parse, names):
        return "other"
    if any(_is_place(parse, name) for name in names):
        return "place"
    if any(_has_age(parse, name) or _is_in_full(name) for name in names):
        return "person"
    return None


def _is_place(parse: Doc, name: Name) -> bool:
    """Whether a name is told to be a place's ("the state of Hale"), or ends as a street's does."""
    before = parse[max(name.start - 2, 0) : name.start]
    is_owner = name.end < len(parse) and parse[name.end].tag_ == "POS"
    words = [token.lower_ for token in before]
    if len(words) > 1 and words[0] in DIVISIONS and words[1] == "of" and not is_owner:
        return True
    return len(name.parts) > 1 and name.parts[-1] in _STREETS and not name.has_given_name


def _is_in_full(name: Name) -> bool:
    """Whether a name has a suffix or a middle initial: "Van R. Novak II"."""
    is_initial = len(name.parts) == 3 and len(name.parts[1]) == 1 and name.parts[1].isalpha()
    is_suffixed = len(name.parts) > 2 and name.parts[-1] in surnames.SUFFIXES
    return (is_initial and "." in name.text) or is_suffixed


def _has_age(parse: Doc, name: Name) -> bool:
    """Whether an age between commas follows: "Ruth Amari, 34, said"."""
    after = [token.text for token in parse[name.end : name.end + 3]]
    is_age = len(after) > 1 and after[1].isdigit() and len(after[1]) == _ADULT
    return is_age and after[0] == "," and after[-1] in (",", ".")


def features(
    parse: Doc, names: Sequence[Name], descriptions: Sequence[Description]
) -> Mapping[str, float]:
    """Shares (0 to 1) of the occurrences for which something holds."""
    shares: Counter[str] = Counter()
    for name in names:
        shares.update(set(_of_occurrence(parse, name)))
    found = {feature: count / len(names) for feature, count in shares.items()}
    found.update(dict.fromkeys(_of_form(names), 1.0))
    for description in descriptions:
        found.update(dict.fromkeys(_of_description(parse, description), 1.0))
    return found


def _of_occurrence(parse: Doc, name: Name) -> Iterator[str]:
    yield f"label={name.label}"
    head = parse[name.start : name.end].root
    yield f"dep={head.dep_}"
    if head.dep_ == "pobj" and head.head.lower_ in LOCAL:
        yield "local"
    if head.dep_ in ("nsubj", "nsubjpass"):
        yield from _of_subject(head)
    if name.start > 0 and parse[name.start - 1].lower_ == "the":
        yield "the"
    if name.is_titled:
        yield "title"
    yield from _of_following(parse, name.end)
    for sign in things.signs(parse, name):
        yield f"thing {sign}"


def _of_subject(head: Token) -> Iterator[str]:
    verb = head.head.lower_
    if verb in lexicon.cue_verbs():
        yield f"subject:{lexicon.cue_verbs()[verb][1]}"
    if any(child.dep_ == "relcl" for child in head.children):
        yield "relative"


def _of_following(parse: Doc, end: int) -> Iterator[str]:
    if end + 1 >= len(parse):
        return
    if parse[end].text == "," and parse[end + 1].text.isdigit() and len(parse[end + 1]) <= 3:
        yield "age"
    if parse[end].lower_ == "who" or (parse[end].text == "," and parse[end + 1].lower_ == "who"):
        yield "who"
    if parse[end].tag_ == "POS":
        yield "owns"
    if parse[end].tag_ in ("NN", "NNS"):
        yield "before noun"


def _of_form(names: Sequence[Name]) -> Iterator[str]:
    longest = of_most_words(names)
    parts = longest.parts
    yield f"parts={min(len(parts), 5)}"
    if len(parts) > 1:
        yield f"given={lexicon.given_names().get(parts[0], 'no')}"
        if any(name.key == parts[-1] for name in names):
            yield "surname alone"
        if any(name.key == parts[0] for name in names):
            yield "first part alone"
    yield f"body word={_has_body_word(parts)}"
    if any(len(name.text) <= 6 and name.text.replace(".", "").isupper() for name in names):
        yield "acronym"
    yield from _of_spelling(longest.text, parts)


def _has_body_word(parts: Sequence[str]) -> str:
    if lexicon.is_body(parts[-1]):
        return "last"
    return "inside" if any(map(lexicon.is_body, parts)) else "no"


def _of_spelling(text: str, parts: Sequence[str]) -> Iterator[str]:
    if any(char.isdigit() for char in text):
        yield "digit"
    if any(part in ("of", "for", "and", "&") for part in parts):
        yield "of"
    if parts[-1] in lexicon.demonyms():
        yield "demonym"
    if lexicon.singular(parts[-1]) in lexicon.words("thing_nouns"):
        yield "thing"
    if parts[-1].endswith("s"):
        yield "plural"
    if parts[-1] in lexicon.words("media_words"):
        yield "media"
    if " ".join(parts) in lexicon.capitals():
        yield "capital"


def _of_description(parse: Doc, description: Description) -> Iterator[str]:
    noun = description.noun(parse)
    if description.form == "who":
        yield "described as person:who"
    elif noun in lexicon.words("person_nouns") or noun in lexicon.words("titles"):
        yield f"described as person:{description.form}"
    elif noun in lexicon.words("organisation_nouns"):
        yield f"described as body:{description.form}"
    else:
        yield f"described:{description.form}"
