"""Is what a line tells of "the author" the author's, and does the article have one who speaks?

Knows nothing of how the author was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer import terms, text
from briefer.mentions import lexicon
from briefer.schema import CleanArticle, DraftLine

# "The author was married": experts tell of him in the present and by what he says or thinks.
_AUTHOR_DOES = re.compile(
    r"[Tt]he (?:author|writer|columnist) (?:(?:also|then|\w+ly) )*(?P<verb>(?!and\b|of\b)\w+)"
)
# "The author said the author had three husbands" is of somebody else.
_OF_HIMSELF = re.compile(r"[Tt]he author (?:said|says|told [\w ]{2,20}?) (?:that )?the author\b")
_STATES = frozenset(("is", "was", "has", "had", "does", "will", "would"))
# "It attacked the mayor", "Lee and Low call them".
_SOMEBODY_DOES = re.compile(
    r"\b(?P<who>[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[A-Z][\w.'’-]+) (?:(?:also|then|has|had|have|\w+ly) )*"
    r"(?P<verb>[a-z]+)\b"
)
_OWN_VOICE = re.compile(r"\b(?:I|me|my|mine|we|us|our|ours|myself|ourselves)\b", re.IGNORECASE)
_AUTHOR = re.compile(r"\b(?:author|writer|columnist)s?\b", re.IGNORECASE)
_THE_AUTHOR = re.compile(r"\b[Tt]he (?:author|writer|columnist)\b")
_HE_OR_SHE = re.compile(r"\b(?:he|she|his|hers?|him|himself|herself)\b", re.IGNORECASE)


def mistaken(line: str, read: str) -> Iterator[str]:
    """What a line tells of the author where the text speaks of somebody else: "He was married".

    None of the experts' lines (5,188 of train-briefs) do.
    """
    if _OF_HIMSELF.match(line):
        yield "it is not the author who is meant twice"
    does = _AUTHOR_DOES.match(line)
    if does is None or _OWN_VOICE.search(read):
        return
    verb = does["verb"]
    if verb in _STATES or (verb not in lexicon.cue_verbs() and not verb.endswith("s")):
        yield f"it is not the author who {verb}"
    yield from _done_by_another(verb, read)


def _done_by_another(verb: str, read: str) -> Iterator[str]:
    """Whose the verb is wherever the text has it, if it is somebody's who is named or told of.

    Three of the lines that readers judged, all wrong; none of the experts'.
    """
    stem = terms.stem(verb)
    n_times = [terms.stem(word) for word in text.words(read)].count(stem)
    others = [
        match["who"]
        for match in _SOMEBODY_DOES.finditer(read)
        if terms.stem(match["verb"]) == stem and _is_somebody(match["who"])
    ]
    if others and len(others) == n_times:
        yield f"“{verb}” is said of {others[0]} there"


def _is_somebody(word: str) -> bool:
    return word.casefold() in ("he", "she", "it", "they") or not terms.is_stop_word(word)


def unknown(line: DraftLine, article: CleanArticle) -> Iterator[str]:
    """An author where none speaks: in news "I" is somebody else, or the outlet.

    Of 12 such lines of val and two pools of other outlets that readers judged one stands. What an
    interview's answers tell is nobody's where it does not name the one who answers.
    """
    voice = article.voice
    is_told = _THE_AUTHOR.search(line.text) is not None
    if voice is not None and voice.answers(line.passage.sentences):
        is_named = voice.surname is not None and voice.surname in line.text
        if voice.name is None or not (is_told or is_named or line.passage.kind == "dissent"):
            yield "it does not say whose answer it is"
    elif article.genre not in (None, "opinion") and is_told and not _AUTHOR.search(article.text):
        yield "nobody in it is its author"


def gendered(line: str, read: str) -> Iterator[str]:
    """A "he" or "she" for an author of whom the text only says "I"."""
    said = {word.lower() for word in _HE_OR_SHE.findall(read)}
    told = [word for word in _HE_OR_SHE.findall(line) if word.lower() not in said]
    if told and _THE_AUTHOR.search(line):
        yield f"“{told[0]}” is not said of the author"
