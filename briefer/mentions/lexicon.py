"""The word lists under ``briefer/_data/lexicon/``, read once.

One word a line (some with columns), ``#`` opens a comment. Knows nothing of texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from briefer import resources

_OF = frozenset(("of", "for", "in"))
_RULING = "government"

Gender = Literal["m", "f", "n", "?"]
Number = Literal["s", "p"]
CueClass = Literal["speech", "stance", "mind", "show", "quote"]
WordList = Literal[
    "person_nouns",
    "portfolios",
    "group_nouns",
    "organisation_nouns",
    "female_words",
    "male_words",
    "titles",
    "cue_nouns",
    "media_words",
    "cue_adjectives",
    "carriers",
    "honorifics",
    "openers",
    "no_names",
    "family_nouns",
    "thing_nouns",
    "thing_names",
    "trades",
    "opposing_verbs",
]

_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "wives": "wife",
    "policemen": "policeman", "firemen": "fireman", "spokesmen": "spokesman", "media": "media",
    "spokeswomen": "spokeswoman", "businessmen": "businessman", "gunmen": "gunman",
    "fishermen": "fisherman", "congressmen": "congressman", "press": "press",
}  # fmt: skip

_LONGEST_STATE = 3  # "United Arab Emirates", counted in words


@dataclass(frozen=True, slots=True)
class State:
    """A country and the words that stand for it."""

    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]


@cache
def lines(file_name: str) -> tuple[str, ...]:
    """The lines of a list without comments and blanks."""
    text = resources.shipped(f"lexicon/{file_name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words(name: WordList) -> frozenset[str]:
    """A plain list of lower-case words."""
    return frozenset(lines(name))


def is_body(noun: str) -> bool:
    """Whether a noun in any number is what bodies are called: "ministries"."""
    return singular(noun) in words("organisation_nouns")


@cache
def cue_verbs() -> dict[str, tuple[str, CueClass]]:
    """Every form of a cue verb, with its lemma and class."""
    forms: dict[str, tuple[str, CueClass]] = {}
    for line in lines("cue_verbs"):
        lemma, kind, *variants = line.split()
        for variant in variants:
            forms[variant] = (lemma, kind)  # type: ignore[assignment]
    return forms


@cache
def pronouns() -> dict[str, tuple[Gender, Number]]:
    """Pronouns with gender and number."""
    rows = (line.split() for line in lines("pronouns"))
    return {word: (gender, number) for word, gender, number in rows}  # type: ignore[misc]


@cache
def given_names() -> dict[str, Gender]:
    """Given names, lower case, that tell the gender."""
    found: dict[str, Gender] = {}
    for line in lines("given_names"):
        gender, *names = line.split()
        for name in names:
            # A name on both lists tells nothing.
            found[name] = "?" if name in found else gender  # type: ignore[assignment]
    return found


@cache
def states() -> tuple[State, ...]:
    """The countries."""
    return tuple(_state(line) for line in lines("countries"))


def _state(line: str) -> State:
    name, others, adjectives, capitals = (column.strip() for column in line.split("|"))
    return State(
        name=name,
        names=(name, *filter(None, others.split(","))),
        adjectives=tuple(filter(None, adjectives.split(","))),
        capitals=tuple(filter(None, capitals.split(","))),
    )


@cache
def state_names() -> dict[str, str]:
    """Names of states, lower case without dots, with the name they are folded into."""
    return {key(other): state.name for state in states() for other in state.names}


@cache
def demonyms() -> dict[str, str]:
    """Adjectives and peoples, lower case, with their state."""
    return {key(word): state.name for state in states() for word in state.adjectives}


@cache
def capitals() -> dict[str, str]:
    """Seats of government, lower case, with their state."""
    return {key(city): state.name for state in states() for city in state.capitals}


def states_in(phrase: str) -> frozenset[str]:
    """The states that a phrase names or has an adjective of: "South Korean officials"."""
    words = (part.strip(",()").removesuffix("'s").removesuffix("’s") for part in phrase.split())
    parts = [key(word) for word in words]
    runs = [
        " ".join(parts[start:end])
        for start in range(len(parts))
        for end in range(start + 1, min(start + _LONGEST_STATE, len(parts)) + 1)
    ]
    tables = (state_names(), demonyms())
    return frozenset(table[run] for run in runs for table in tables if run in table)


def body_nouns(name: str) -> frozenset[str]:
    """The nouns in a body's name: the "Supreme Court" may be called "the court".

    "The government" is none that only deals with it, like an accountability office.
    """
    parts = [singular(part) for part in name.split()]
    head = parts[next((i for i, part in enumerate(parts) if part in _OF), len(parts)) - 1]
    nouns = frozenset(parts) & words("organisation_nouns")
    return nouns if head == _RULING else nouns - {_RULING}


def key(name: str) -> str:
    """A name for comparing: lower case, no dots, straight apostrophes, no article before it."""
    folded = name.casefold().replace(".", "").replace("’", "'").strip()
    return folded.removeprefix("the ")


def singular(noun: str) -> str:
    """The singular of a noun, lower case; good enough for looking it up."""
    word = noun.casefold()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
