"""The ways to write one name: "UN Security Council", "Department of Justice", "Republican Low".

Works on keys (``lexicon.key``), but for the fullest form. Knows nothing of texts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from briefer.mentions import lexicon

# How the names of their bodies open too.
_SHORTENED = (("united states", "us"), ("united nations", "un"), ("united kingdom", "uk"))
# What is written in several ways, as a name or within one.
_VARIANTS = (
    (re.compile(r"^(?:isil|daesh|islamic state(?: group)?)$"), "isis"),
    (re.compile(r"\bm[ou]hamm?[ae]d\b"), "mohamed"),
)
_PARTIES = frozenset(("conservative", "democrat", "labour", "liberal", "republican"))
_OFFICES = lexicon.words("person_nouns") | lexicon.words("titles")
# Letters: of 631 articles seven such words so long were misspelt, and all seven were the persons'.
_MIN_MISSPELT = 7
_MAX_MISSPELT = 30  # letters: no surname is longer
_OFFICE = re.compile(r"^(?!(?:us|uk) )(?!.* of )(.+) (department|ministry)$")

Slips = Mapping[str, Sequence[str]]
"""Full names by what a long surname is with a letter left out, or whole."""


def spell(key: str) -> str:
    """One form for all ways to write a name: "un security council", "department of justice"."""
    spelled = key.replace("-", " ")
    for long, short in _SHORTENED:
        spelled = re.sub(rf"^{long} (?=.)", f"{short} ", spelled)
    for variant, common in _VARIANTS:
        spelled = variant.sub(common, spelled)
    return _OFFICE.sub(r"\2 of \1", spelled)


def without_party(key: str) -> str:
    """The surname in "Republican Low", "Prosecutor Low"; anything else as it is."""
    party, _, surname = key.partition(" ")
    is_said_of = party in _PARTIES or party in _OFFICES or party in lexicon.demonyms()
    is_surname = len(surname.rstrip(".")) > 1 and " " not in surname
    return surname if is_said_of and is_surname and surname not in lexicon.demonyms() else key


def is_misspelt(key: str, surname: str) -> bool:
    """Whether a word is a long surname with a letter more or less inside, or with two swapped.

    The first letter is right.
    """
    short, long = sorted((key, surname), key=len)
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), 0)
    if at == 0 or len(long) < _MIN_MISSPELT:
        return False
    is_swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return short[at:] == long[at + 1 :] or is_swapped


def slips(full: Iterable[str]) -> Slips:
    """The full names by all that a misspelt surname of theirs may be cut down to.

    So that the thousands of names of a long list need not be compared one by one.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys(full):
        for slip in _slips_of(name.split()[-1]):
            found[slip].append(name)
    return found


def meant(key: str, slips: Slips) -> list[str]:
    """The full names whose surname, misspelt, a word is: "bornsten" is Harold Bornstein's."""
    alike = dict.fromkeys(name for slip in _slips_of(key) for name in slips.get(slip, ()))
    return [name for name in alike if is_misspelt(key, name.split()[-1])]


def _slips_of(word: str) -> Iterable[str]:
    """A long word, and it without each of its letters in turn."""
    if not _MIN_MISSPELT - 1 <= len(word) <= _MAX_MISSPELT:
        return ()
    return dict.fromkeys((word, *(word[:n] + word[n + 1 :] for n in range(len(word)))))


def fullest(texts: Iterable[str], state: str | None) -> str:
    """Of the forms of one name the longest in words, the more frequent one at equal length.

    That of a state is the usual one, where the text has it.
    """
    counts = Counter(texts)
    if state is not None and state in counts:
        return state
    for text in sorted(counts, key=len, reverse=True):
        if _is_stray(text, counts):
            del counts[text]
    return max(counts, key=lambda text: (len(text.split()), len(text), counts[text]))


def _is_stray(text: str, counts: Counter[str]) -> bool:
    """Whether a form has a word too many: "Ruth Amari Harbour", "Republican Amari"."""
    shorter = text.rpartition(" ")[0]
    surname = without_party(text.casefold())
    if any(one != text and one.casefold().endswith(f" {surname}") for one in counts):
        return True  # "Democrat Low", of "Ruth Low"
    is_person = shorter.partition(" ")[0].casefold() in lexicon.given_names()
    return is_person and " " in shorter and counts[shorter] > counts[text]
