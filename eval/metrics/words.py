"""Content words and numbers of a line, in a form in which two writers' words can be compared.

Stems by Porter's second stemmer (Porter, Snowball, 2001); function words and verbs of saying left
out; numbers by value, written out or in digits. Knows nothing of gold or briefs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nltk.stem.snowball import SnowballStemmer  # type: ignore[import-untyped]

from briefer import text

# Function words, contractions' tails, and verbs of saying, which two writers choose freely.
_FUNCTION_WORDS = """
a an the and or but nor so yet of in on at by to for from with without within into onto over under
about after before between among against during through as than then that this these those which
who whom whose what when where while why how it its it's he him his she her they them their theirs
we our you your i me my is are was were be been being am do does did done have has had having
will would can could may might shall should must not no if because since until there here also said
says say saying told tells tell according just only very more most some any each other such own
same both all up down out off again once s t d ll re ve
"""
_STOP = frozenset(_FUNCTION_WORDS.split())

_ABBREVIATED = {
    "united states": "us",
    "united kingdom": "uk",
    "united nations": "un",
    "european union": "eu",
}
_SMALL = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_UNITS = {word: value for value, word in enumerate(_SMALL.split())}
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_DIGITS = re.compile(r"(\d+(?:[.,]\d+)*)(?:[ -]?(bn|mn|tn)\b|(k|m)\b)?")
_ENDING = re.compile(r"(?:'s?|n't)$")

_stemmer = SnowballStemmer("english")


def content(line: str) -> frozenset[str]:
    """The stems of the content words and the values of the numbers."""
    found = set()
    for word in tokens(line):
        if word[0].isdigit():
            found.add(word.replace(",", ""))
        elif word not in _STOP:
            found.add(_spelled(word) or stem(word))
    return frozenset(found)


def tokens(line: str) -> list[str]:
    """The words, lower case, without accents, stops of abbreviations and endings ("'s", "n't")."""
    plain = unaccented(text.normalise(line)).casefold()
    for long, short in _ABBREVIATED.items():
        plain = plain.replace(long, short)
    stripped = (_ENDING.sub("", word) for word in text.words(plain))
    return [part for word in stripped for part in _parts(word) if part]


def _parts(word: str) -> list[str]:
    parts = word.split("-")
    return [part if part[:1].isdigit() else part.replace(".", "") for part in parts]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one lower-case word."""
    return str(_stemmer.stem(word))


def unaccented(line: str) -> str:
    """The line with accents taken off its letters."""
    decomposed = unicodedata.normalize("NFD", line)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _spelled(word: str) -> str | None:
    value = _UNITS.get(word, _TENS.get(word))
    return None if value is None else str(value)


def numbers(line: str) -> frozenset[float]:
    """The values of all numbers, in digits or words; a scaled one counts scaled and bare.

    ``"$1.5 million for twenty-two"`` holds 1.5, 1500000, 22 (and 20 and 2). "one" is no number:
    it is a pronoun too often.
    """
    plain = text.folded(line)
    words = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", plain)
    found: set[float] = set()
    for match in _DIGITS.finditer(plain):
        value = _value(match[1])
        found |= {value, value * _SHORT_SCALES.get(match[2] or match[3] or "", 1)}
    for position, word in enumerate(words):
        found |= _values_at(words, position, word)
    return frozenset(found)


def _values_at(words: list[str], position: int, word: str) -> set[float]:
    """What the word is worth, alone and together with the next ones ("twenty two", "3 million")."""
    following = words[position + 1] if position + 1 < len(words) else ""
    if word[0].isdigit():
        bare: float | None = _value(word)
    else:
        bare = _UNITS.get(word, _TENS.get(word))
    if word == "dozen":
        bare = 12
    if bare is None:
        return set()
    values = set() if word == "one" else {float(bare)}
    if word in _TENS and 0 < _UNITS.get(following, 0) < 10:
        values.add(float(bare + _UNITS[following]))
    if following in _SCALES:
        values.add(bare * _SCALES[following])
    return values


def _value(digits: str) -> float:
    """The value of digits with separators; a lone comma before three digits groups thousands."""
    plain = digits.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits) else digits
    try:
        return float(plain.replace(",", "."))
    except ValueError:  # "1.2.2011", "10.000.000": no single value, its digits still identify it
        return float(re.sub(r"\D", "", digits))
