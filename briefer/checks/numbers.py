"""Are the numbers of a line in the text? Words and digits, units and scales are the same.

Knows nothing of dates: a caller takes them out first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefer import text
from briefer.schema import Span

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_VALUES: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_ONES.split())},
    **{word: 10.0 * value for value, word in enumerate(_TENS.split(), start=2)},
    **{word: float(value) for value, word in enumerate(_ORDINALS.split())},
    **dict.fromkeys(("twice", "double", "doubled", "both", "couple", "pair"), 2.0),
    **dict.fromkeys(("triple", "tripled", "thirds"), 3.0),
    **dict.fromkeys(("dozen", "dozens"), 12.0),
    **dict.fromkeys(("half", "halved"), 0.5),
    **dict.fromkeys(("quarter", "quarters"), 0.25),
}
_SCALES: dict[str, float] = {
    **dict.fromkeys(("hundred", "hundreds"), 1e2),
    **dict.fromkeys(("thousand", "thousands", "k"), 1e3),
    **dict.fromkeys(("million", "millions", "mn", "m"), 1e6),
    **dict.fromkeys(("billion", "billions", "bn", "b"), 1e9),
    **dict.fromkeys(("trillion", "trillions", "tn"), 1e12),
}
_CURRENCIES: dict[str, tuple[str, ...]] = {
    "dollar": ("$", "dollar", "usd"),
    "pound": ("£", "pound", "gbp", "sterling"),
    "euro": ("€", "euro", "eur"),
    "yen": ("¥", "yen", "yuan"),
    "rupee": ("₹", "rupee", "rs"),
}
_SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee"}

_NUMBER_WORD = "|".join(sorted((*_VALUES, *(s for s in _SCALES if len(s) > 2)), key=len)[::-1])
_NUMBER = re.compile(
    r"(?P<sign>[$£€¥₹])?\s?"
    r"(?:(?P<digits>(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![A-Za-z_.])\d+(?:\.\d+)?)"
    r"(?:[\s-]?(?P<scale>(?:hundred|thousand|million|billion|trillion|bn|mn|tn|[kmb])\b))?"
    rf"|\b(?P<words>(?:{_NUMBER_WORD})(?:(?:[\s-]|\sand\s)(?:{_NUMBER_WORD}))*)\b)"
    r"(?P<percent>\s?%|[\s-](?:percent|per\scent|pct|percentage\spoints?)\b)?",
    re.IGNORECASE,
)
# "100m" and "10K" may be metres and kilometres, "$5m" is money.
_SHORT = re.compile(r"(?<![\w.,$£€¥₹])\d[\d,]*(?:\.\d+)?(?=[mk]\b)", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|some|over|under|than|approximately|least|up to)\s*$",
    re.IGNORECASE,
)
# "The two sides", "the three leaders": whoever they are, the text names them one by one.
_THE = re.compile(r"\b(?:the|these|those)\s*$", re.IGNORECASE)
_NAMED_ONE_BY_ONE = frozenset({"two", "three"})
# "about 84,000" for 84,121: what an editor rounds to stays within a twentieth.
_ROUNDING = 0.05
# "One" and "first" without a unit are mostly no numbers; "both" counts what any text may name one
# by one.
_IGNORED_VALUES = frozenset({0.0, 1.0})
_IGNORED_WORDS = frozenset({"both", "couple", "pair"})
# Before a unit: "a dollar" and the "one" of "one or two dollars", but not "half a dollar".
_ONE = r"(?:(?<!half )(?<!of )\ban?|\bone[ -](?:to|or|and)[ -][\w.]+)[ -]?"
_ROUND = frozenset({"dozens", "hundreds", "thousands", "millions", "billions"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts: ``percent``, a currency, or nothing that is known."""

    value: float
    unit: str
    words: str
    is_about: bool
    is_the: bool = False


def missing(line: str, source: str) -> tuple[str, ...]:
    """The numbers of a line that a source text does not hold, in order, as the line writes them.

    Example: ``missing("5m dollars for two towns", "$5 million for both towns")`` is ``()``.
    """
    known = (*_quantities(source), *_quantities(" ".join(_SHORT.findall(source))))
    folded = source.casefold()
    return tuple(
        one.words
        for one in _quantities(line)
        if not (_is_known(one, known) or _is_article(one, folded)) or _is_other(one, folded)
    )


def is_spelled(word: str) -> bool:
    """Whether a word is a number: "twelve", "second", "thousands"."""
    return word.casefold() in _VALUES or (word.casefold() in _SCALES and len(word) > 2)


def values(words: str) -> frozenset[float]:
    """The numbers of a text, spelled out or not; "one" and "hundreds" are none.

    Example: ``values("six of 1.5 million")`` is ``{6.0, 1500000.0}``.
    """
    return frozenset(
        one.value
        for one in _quantities(words)
        if one.words.casefold() not in _IGNORED_WORDS | _ROUND
        if one.value not in _IGNORED_VALUES or any(map(str.isdigit, one.words))
    )


@lru_cache(maxsize=16)  # several checks ask it of one line
def spans(words: str) -> tuple[tuple[float, Span], ...]:
    """Each number of a text in its normal form, and where it stands with its scale and unit."""
    matches = _NUMBER.finditer(words)
    return tuple((value, Span(*match.span())) for match in matches for value in _values(match))


def _is_known(one: Quantity, known: Sequence[Quantity]) -> bool:
    if _is_idle(one) or one.words.casefold() in _IGNORED_WORDS:
        return True
    if one.is_the and one.words.casefold() in _NAMED_ONE_BY_ONE:
        return True
    return any(
        math.isclose(one.value, other.value)
        or (one.is_about and _is_rounded(one.value, other.value))
        for other in known
        if not (_is_idle(other) and other.words.isalpha())
    )


def _is_idle(one: Quantity) -> bool:
    """Whether it is the "one" of "one of them"; "1 percent" is a number."""
    return one.value in _IGNORED_VALUES and not one.unit


def _is_article(one: Quantity, source: str) -> bool:
    """Whether the source has "a percent", or "one to two percent", for 1 percent; so of dollars."""
    if one.value != 1 or not one.unit:
        return False
    unit = r"(?:%|per ?cent(?:age point)?\b)" if one.unit == "percent" else one.unit
    return re.search(_ONE + unit, source) is not None


def _is_rounded(value: float, exact: float) -> bool:
    """Whether "about 80,000" may stand for 81,250: near, and with fewer digits that count."""
    is_near = abs(value - exact) <= _ROUNDING * exact
    return is_near and _n_significant(value) < _n_significant(exact)


def _n_significant(value: float) -> int:
    return len(f"{value:.6g}".partition("e")[0].replace(".", "").rstrip("0"))


def _is_other(one: Quantity, source: str) -> bool:
    """Whether the source counts in another unit: percent or a currency that it never names."""
    if one.unit == "percent":
        return "%" not in source and "per cent" not in source and "percent" not in source
    return bool(one.unit) and not any(name in source for name in _CURRENCIES[one.unit])


@lru_cache(maxsize=256)
def _quantities(words: str) -> tuple[Quantity, ...]:
    return tuple(_found(text.normalise(words)))


def _found(words: str) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(words):
        unit = "percent" if match["percent"] else _SIGNS.get(match["sign"] or "", "")
        is_about = bool(_ABOUT.search(words, max(0, match.start() - 20), match.start()))
        is_the = bool(_THE.search(words, max(0, match.start() - 8), match.start()))
        for value in _values(match):
            yield Quantity(value, unit, match[0].strip(), is_about, is_the)


def _values(match: re.Match[str]) -> list[float]:
    if match["digits"]:
        scale = _SCALES.get((match["scale"] or "").casefold(), 1.0)
        return [float(match["digits"].replace(",", "")) * scale]
    return _spelled(re.split(r"[\s-]", match["words"].casefold()))


def _spelled(words: Sequence[str]) -> list[float]:
    """``two hundred and fifty thousand`` -> 250,000; ``two five`` (-year terms) -> 2 and 5."""
    found: list[float] = []
    total, current = 0.0, 0.0
    for word in words:
        if _SCALES.get(word, 0.0) > 100:
            total, current = total + (current or 1.0) * _SCALES[word], 0.0
        elif word in _SCALES:
            current = (current or 1.0) * 100
        elif _fits(current, _VALUES.get(word, 0.0)):
            current += _VALUES.get(word, 0.0)
        elif word in _VALUES:
            found.append(total + current)
            total, current = 0.0, _VALUES[word]
    return [*found, total + current]


def _fits(value: float, unit: float) -> bool:
    """Whether a spelled number goes on with a smaller one: twenty-five, but not two five."""
    return value % 100 == 0 or (value % 100 >= 20 and value % 10 == 0 and unit < 10)
