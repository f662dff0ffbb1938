"""Are the names of a line in the text? Aliases, demonyms, acronyms and abbreviations count.

Knows nothing of who the names stand for, and nothing of dates ("March", "Tuesday").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from briefer import terms, text
from briefer.checks import numbers
from briefer.mentions import lexicon

_WORD = r"(?:[^\W\d_a-z]\.){2,}|[^\W\d_a-z][\w’'&-]*"
_LINK = r"(?:(?:of|the|for|de|del|da|du|von|van|bin|al|el|la)\s+){0,2}"
# A run of capitalised words; small words may stand inside one ("Bank of Oruba").
_NAME = re.compile(rf"(?<!\w)(?:{_WORD})(?:\s+{_LINK}(?:{_WORD}))*")
_CAPITALISED = re.compile(rf"(?<!\w)(?:{_WORD})")
_DAYS_AND_MONTHS = (
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday "
    "sunday"
)
_CALENDAR = frozenset(_DAYS_AND_MONTHS.split())
# Words that open a line and are no names, unless they are: "Several", "Unnamed", "Resumption".
_COMMON_ENDING = re.compile(r"(?:[^e]ed|ing|ly|al|ous|ive|ary|ions?|ties|ers|ors|ists)$")
# What stands with names and is none: "Prime Minister", "Transport Minister".
_OFFICES = frozenset(
    (
        *("prime", "chief", "vice", "deputy", "acting", "former", "general", "state", "opposition"),
        *("foreign", "interior", "finance", "defence", "defense", "transport", "trade", "health"),
        *("union", "department", "ministry", "attorney", "education", "justice", "party", "ceo"),
        *("mr", "mrs", "ms", "dr", "sen", "rep", "gov", "gen", "sir", "lord", "lady", "rev"),
    )
)
# The commonest others that open sentences of train-briefs, never names there, and those of the
# experts' lines.
_OPENINGS = (
    "almost along another anyone attempts back beyond causes charges companies costs "
    "countries criticism current data days deaths decades despite details due earlier "
    "enough even every everyone evidence exports failure fees fellow flights full "
    "government heavy homes huge indeed inside instead lack last late later latest less "
    "losses many markets money nearby neither never next nobody none number often outside "
    "overall part past perhaps plans police polls prices prior protests rates recent "
    "records reports results sales schools separate severe shares similar someone soon "
    "sources talks tests threats throughout unlike vehicles violence years"
)
_COMMON_OPENINGS = frozenset(_OPENINGS.split())
_COMMON_LISTS: tuple[lexicon.WordList, ...] = ("person_nouns", "group_nouns", "titles")
_JOINTS = re.compile(r"[-&'’]")  # "Anglo-Dutch", "d'Escoto"
# Longer runs of capitals are headlines, not names.
_MAX_WORDS = 8
# In title case nearly all the longer words are capitalised; a line with fewer of them may just be
# short of other words than names.
_LONG, _LEAST_WORDS, _IN_CAPITALS = 4, 3, 0.8
_TITLE_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w’'-]*")
# Words for the same thing that share no stem and are no states.
_PAIRS = (
    ("GOP", "Republican"),
    ("Dems", "Democrats"),
    ("Tory", "Conservative"),
    ("Senator", "Sen"),
    ("Governor", "Gov"),
    ("Representative", "Rep"),
    ("General", "Gen"),
    ("Lieutenant", "Lt"),
    ("Colonel", "Col"),
    ("Sergeant", "Sgt"),
    ("Captain", "Capt"),
    ("Doctor", "Dr"),
    ("Professor", "Prof"),
    ("Reverend", "Rev"),
    ("Saint", "St"),
    ("Mount", "Mt"),
    ("ISIS", "ISIL"),
)
_STEM_PAIRS = tuple((terms.stem(one), terms.stem(other)) for one, other in _PAIRS)
_SAME = {one: other for pair in _STEM_PAIRS for one, other in (pair, pair[::-1])}


def missing(line: str, near: str, far: str) -> tuple[str, ...]:
    """The names of a line that the text does not support, in order.

    Every word of a name must stand somewhere in ``far`` (the article), in any form, and at least
    one of them in ``near`` (what the line was made from): "John Kerry" may be made of "Kerry". An
    office or a state is not enough: "Minister John Kerry" is not made of "the minister".

    Example: ``missing("Iranian MPs met Ann Lee", "Tehran: MPs met", "Tehran: MPs met")`` is
    ``("Ann Lee",)``.
    """
    here, anywhere = _forms(near), _forms(far)
    return tuple(
        " ".join(words)
        for words in _names(line)
        if not (_is_known(words, anywhere, all) and _is_called(words, here))
    )


def in_sentence_case(title: str, source: str) -> str:
    """A title in title case with small letters where the words are no names; others as they are.

    Those are words that the source has in small letters, and "Slams" and the like. One that the
    source has nowhere may be a name.

    Example: ``in_sentence_case("Oru Parents Oppose School Plan", "parents in Oru oppose the plan to
    close a school")`` is ``"Oru parents oppose school plan"``.
    """
    if not _is_title_case(title):
        return title
    small = {terms.stem(word) for word in text.words(source) if word.islower()}
    return _TITLE_WORD.sub(lambda match: _in_small(match[0], small), title)


def _in_small(word: str, small: Collection[str]) -> str:
    """A title's word in small letters if it is one of these, a stop word or such a verb."""
    is_plain = terms.is_stop_word(word) or terms.stem(word) in small or _is_opposing(word)
    return word.lower() if is_plain and not word.isupper() else word


def _is_opposing(word: str) -> bool:
    """Whether a word is the -s form of a verb that heads titles and is nobody's name: "Slams"."""
    verb = word.casefold()
    lemma, _ = lexicon.cue_verbs().get(verb, (verb, ""))
    is_third_person = verb.endswith("s") and lemma != verb
    return is_third_person and lemma in lexicon.words("opposing_verbs")


def _is_title_case(line: str) -> bool:
    words = [word for word in text.words(line)[1:] if len(word) >= _LONG and word[0].isalpha()]
    return len(words) >= _LEAST_WORDS and (
        sum(word[0].isupper() for word in words) >= _IN_CAPITALS * len(words)
    )


def capitalised(line: str) -> list[str]:
    """The words of all that looks like a name in a line."""
    return [word for name in _names(line) for word in name]


def _names(line: str) -> Iterator[list[str]]:
    """The names of a line, each as its capitalised words."""
    for match in _NAME.finditer(line):
        words = _words_of(match[0])
        opens = not line[: match.start()].strip(" \"'“‘(")
        if opens and words and _is_common(words[0]) and not _is_state(words):
            words = words[1:]
        if words:
            yield words


def _is_state(words: list[str]) -> bool:
    """Whether words name a state together, as "United Kingdom" does and "The French" does not."""
    return not terms.is_stop_word(words[0]) and any(
        key.startswith("state:") for key in _phrase_keys(words)
    )


def _is_known(
    words: list[str], known: frozenset[str], enough: Callable[[Iterable[object]], bool]
) -> bool:
    return bool(_phrase_keys(words) & known) or enough(_keys(word) & known for word in words)


def _is_called(words: list[str], known: frozenset[str]) -> bool:
    """Whether a name is known by its own words, not only by the office or state before them."""
    offices = [place for place, word in enumerate(words) if _is_office(word)]
    own = words[offices[-1] + 1 :] if offices else words
    own = own or [word for word in words if not _is_office(word)] or words
    return bool(_phrase_keys(words) & known) or any(_keys(word) & known for word in own)


def _is_office(word: str) -> bool:
    is_state = any(key.startswith("state:") for key in _keys(word))
    singular = lexicon.singular(word)
    is_noun = any(singular in lexicon.words(name) for name in ("titles", "person_nouns"))
    return is_state or is_noun or lexicon.key(word) in _OFFICES


def _is_common(word: str) -> bool:
    """Whether a word at the head of a line is capitalised only for standing there."""
    singular = lexicon.singular(word)
    return (
        terms.is_stop_word(word)
        or word.casefold() in _COMMON_OPENINGS
        or numbers.is_spelled(word)
        or bool(_COMMON_ENDING.search(word))
        or any(singular in lexicon.words(name) for name in _COMMON_LISTS)
    )


def _words_of(name: str) -> list[str]:
    """The capitalised words of a name, compounds in their parts, without days and months."""
    words = (part for word in _CAPITALISED.findall(name) for part in re.split(r"[-&]", word))
    bare = (word.removesuffix("'s").removesuffix("’s") for word in words)
    return [word for word in bare if word[:1].isupper() and lexicon.key(word) not in _CALENDAR]


@lru_cache(maxsize=64)
def _forms(source: str) -> frozenset[str]:
    """Every key under which a word or name of the source can be met."""
    plain = (part for word in text.words(source) for part in (word, *_JOINTS.split(word)))
    forms = {key for word in plain for key in _keys(word)}
    for match in _NAME.finditer(source):
        words = _words_of(match[0])[:_MAX_WORDS]
        for start, end in combinations(range(len(words) + 1), 2):
            forms |= _phrase_keys(words[start:end])
    return frozenset(forms | _states(source))


def _keys(word: str) -> frozenset[str]:
    """The keys of one word: its stem, its state, itself as an acronym."""
    word = word.removesuffix("'s").removesuffix("’s")
    bare = word.replace(".", "")
    keys = {f"state:{state}" for state in _states_named(lexicon.key(word))}
    if bare.isupper() and len(bare) > 1:
        keys.add(f"short:{bare}")
    if not (bare.isupper() and len(bare) == 2):  # "US" is not "us", "IT" is not "it"
        stem = terms.stem(word)
        keys |= {stem, _SAME.get(stem, stem)}
    return frozenset(keys)


def _phrase_keys(words: list[str]) -> frozenset[str]:
    """The keys of a name of several words: its initials, its state."""
    if len(words) < 2:
        return frozenset()
    initials = "".join(word[0] for word in words)
    states = _states_named(lexicon.key(" ".join(words)))
    return frozenset({f"short:{initials}", *(f"state:{state}" for state in states)})


def _states_named(folded: str) -> Iterator[str]:
    """The states that a name, people or seat of government stands for."""
    for table in (lexicon.state_names(), lexicon.demonyms(), lexicon.capitals()):
        if folded in table:
            yield table[folded]


def _states(source: str) -> frozenset[str]:
    """The states that a text names in two or more words ("New Zealand", "Abu Dhabi")."""
    folded = f" {' '.join(lexicon.key(word) for word in text.words(source))} "
    return frozenset(
        f"state:{state}"
        for table in (lexicon.state_names(), lexicon.demonyms(), lexicon.capitals())
        for name, state in table.items()
        if " " in name and f" {name} " in folded
    )
