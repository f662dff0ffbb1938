"""What a text says in its own voice, told as its author's: "The author says …", by name if known.

Of an opinion piece only what judges or demands; a plain fact, even an author's, stays as it is. Of
an interview every answer. Knows nothing of who else speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from briefer import terms, text
from briefer.mentions import lexicon
from briefer.naming import descriptions
from briefer.schema import AUTHOR, CleanArticle, DraftLine

_DATES = "|".join(text.DAYS_AND_MONTHS)
_FACTUAL = re.compile(rf'\d|["“]|\b(?:{_DATES})\b|\b(?:authors?|writers?|columnist)\b')

_NAME = re.compile(r"\S+ (?:of (?:the )?)?[A-Z]")  # "University of Oru"
# What no reporter says in his own voice.
_JUDGING = re.compile(
    r"\b(?:must|should|ought|needs?|instead of|rather than|(?:time|ready|free|fit) to|"
    r"(?:example|kind|symbol|matter|sign|recipe) of|no longer|"
    r"(?:foolish|reckless|shameless|shameful|wise|wrong|right|sad|proud|blind|blatant|brazen|naive|"
    r"cynical|disastrous|desperate|utter|deep|simp|true|clear|obvious|sure|unfortunate)i?ly|"
    r"wrong|foolish|reckless|shameful|disgraceful|cowardly|reprehensible|despicable|outrageous|"
    r"ridiculous|absurd|naive|cynical|corrupt|crooked|dishonest|incompetent|unfit|hypocri\w+|"
    r"disgrace|outrage|shame|folly|farce|disaster|disastrous|catastroph\w+|nonsense|fraudulent|"
    r"bigot\w*|racist|sexist|xenophob\w*|demagogue|liars?|lies|fail(?:s|ed|ing)|failures?|"
    r"derelict\w*|great|greatest|best|better|worse|worst|terrible|horrible|awful|wonderful|"
    r"brilliant|courage\w*|hero\w*|brave|noble|admirable|vital|crucial|essential|critical|"
    r"dangerous|dangerously|unfair|unjust|immoral|stupid|dead on arrival|fast|enough|too)\b",
    re.IGNORECASE,
)


# A line that opens so has nobody to mean within another sentence either.
_OPEN = re.compile(r"(?:He|She|They|It|This|That|These|Those|But|And|So)\b")
_THE_AUTHOR = re.compile(r"\b[Tt]he (?:author|writer|columnist)\b")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|[Uu]s)\b")


# So the condenser ends what a commentary says; it cannot always tell one from news.
_A_COMMENTATOR = re.compile(
    r", (?:a|the) (?P<who>commentator|columnist|author) (?:writes|says|argues)(?=[.]?$)"
)


def attribute(line: DraftLine, article: CleanArticle) -> DraftLine:
    """The line with its author before it, where it judges or answers and does not say who does.

    None of the experts' 276 facts of opinion pieces would change: what judges is attributed there.
    In news a plain fact is nobody's: ", a commentator writes" goes.
    """
    is_plain = line.passage.kind in ("fact", "headline") and not _JUDGING.search(line.text)
    if article.genre == "news" and is_plain:
        line = replace(line, text=_without_commentator(line.text, article))
    if _is_answer(line, article):
        is_first = _FIRST_PERSON.search(descriptions.blanked(line.text))
        is_told = is_first or _OPEN.match(line.text) or _names_voice(line.text, article)
    else:
        is_told = not _judges(line) or _FACTUAL.search(line.text) or _has_saying(line.text)
    if not line.text or is_told:
        return line
    return replace(line, text=f"The author says {_uncapitalised(line.text, article)}")


def _without_commentator(line: str, article: CleanArticle) -> str:
    found = _A_COMMENTATOR.search(line)
    if found is None:
        return line
    told = map(str.casefold, text.words(article.text))
    is_told = not {found["who"], f"{found['who']}s"}.isdisjoint(told)
    return line if is_told else line[: found.start()] + line[found.end() :]


def _judges(line: DraftLine) -> bool:
    is_authors = line.passage.kind == "fact" and line.passage.speaker == AUTHOR
    return is_authors and _JUDGING.search(line.text) is not None


def _is_answer(line: DraftLine, article: CleanArticle) -> bool:
    """Whether a fact or headline stands in the answers of an interview."""
    voice = article.voice
    is_plain = line.passage.kind in ("fact", "headline")
    return is_plain and voice is not None and voice.answers(line.passage.sentences)


def _names_voice(line: str, article: CleanArticle) -> bool:
    surname = article.voice.surname if article.voice else None
    return _THE_AUTHOR.search(line) is not None or bool(surname and surname in line)


def sign(lines: Sequence[DraftLine], article: CleanArticle) -> tuple[DraftLine, ...]:
    """The lines with the name of whoever speaks as "I" for "the author": in full at first.

    What says who that is becomes evidence. The holder of an opinion piece's own view stays "the
    author", as the format of a brief promises.
    """
    if article.voice is None or article.voice.name is None:
        return tuple(lines)
    return tuple(_signed(lines, article, article.voice.name, article.voice.named_in))


def _signed(
    lines: Sequence[DraftLine], article: CleanArticle, name: str, where: Sequence[int]
) -> Iterator[DraftLine]:
    is_known = False
    for line in lines:
        if not _is_own(line, article):
            yield line
            continue
        passage = line.passage
        short = name.split()[-1] if is_known and passage.kind == "fact" else name
        words = _THE_AUTHOR.sub(short, line.text, count=1)
        words = _THE_AUTHOR.sub(name.split()[-1], words)
        is_answer = article.genre == "interview" and passage.speaker == AUTHOR
        speaker = name if is_answer else passage.speaker
        is_named = words != line.text or speaker != passage.speaker
        named_in = (*line.named_in, *(where[:1] if is_named else ()))
        is_known = is_known or (words != line.text and passage.kind != "dissent")
        passage = replace(passage, speaker=speaker)
        yield replace(line, text=words, passage=passage, named_in=named_in)


def _is_own(line: DraftLine, article: CleanArticle) -> bool:
    """Whether a line tells of its text's own author, and not of some book's."""
    if line.passage.speaker == AUTHOR:
        return True
    told = article.text_of(line.passage.sentences)
    return _THE_AUTHOR.search(line.text) is not None and not _AUTHORS.search(told)


_AUTHORS = re.compile(r"\b(?:author|writer|columnist)s?\b", re.IGNORECASE)


def _has_saying(line: str) -> bool:
    words = text.words(line)
    return any(_is_saying(word, before) for before, word in pairwise(("", *words)))


def _is_saying(word: str, before: str) -> bool:
    """Whether a word is a finite verb of saying or thinking: "warned", "critics warn"."""
    lemma, kind = lexicon.cue_verbs().get(word, (word, "show"))
    is_finite = word != lemma or before.casefold() == "they" or before.endswith("s")
    return kind != "show" and is_finite and not word.endswith("ing")


_NO_NAMES = frozenset(
    ("Anybody", "Anyone", "Everybody", "Everyone", "Nobody", "Somebody", "Someone")
)


def _uncapitalised(line: str, article: CleanArticle) -> str:
    """The line within another sentence: a name keeps its capital."""
    first = line.split()[0]
    is_word = terms.is_stop_word(first) or first in _NO_NAMES
    is_common = f" {first.lower()} " in article.text and not _NAME.match(line)
    return line[:1].lower() + line[1:] if is_word or is_common else line
