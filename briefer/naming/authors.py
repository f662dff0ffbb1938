"""What an opinion piece says in its own voice, told as its author's: "The author says …".

Only what judges or demands; a plain fact, even an author's, stays as it is.
Knows nothing of who else speaks.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from itertools import pairwise

from briefer import terms, text
from briefer.mentions import lexicon
from briefer.schema import AUTHOR, CleanArticle, DraftLine

_DATES = "|".join((*calendar.day_name, *calendar.month_name[1:]))
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


def attribute(line: DraftLine, article: CleanArticle) -> DraftLine:
    """The fact with its author before it, where it judges and does not say who does.

    None of the experts' 276 facts of opinion pieces would change: what judges is attributed there.
    """
    passage = line.passage
    is_authors = passage.kind == "fact" and passage.speaker == AUTHOR
    if not is_authors or not _JUDGING.search(line.text) or _FACTUAL.search(line.text):
        return line
    words = text.words(line.text)
    if any(_is_saying(word, before) for before, word in pairwise(("", *words))):
        return line
    return replace(line, text=f"The author says {_uncapitalised(line.text, article)}")


def _is_saying(word: str, before: str) -> bool:
    """Whether a word is a finite verb of saying or thinking: "warned", "critics warn"."""
    lemma, kind = lexicon.cue_verbs().get(word, (word, "show"))
    is_finite = word != lemma or before.casefold() == "they" or before.endswith("s")
    return kind != "show" and is_finite and not word.endswith("ing")


def _uncapitalised(line: str, article: CleanArticle) -> str:
    """The line within another sentence: a name keeps its capital."""
    first = line.split()[0]
    is_common = f" {first.lower()} " in article.text and not _NAME.match(line)
    return line[:1].lower() + line[1:] if terms.is_stop_word(first) or is_common else line
