"""Who speaks as "I" in a text: the author of an opinion piece, or the one interviewed.

By names that the text or its title gives in a known formula; nobody is guessed. Works on the
paragraphs of a cleaned text. Knows nothing of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# Begins where a word does, so that a long run without blanks is read once.
_WORD = r"(?<![\w'’-])[A-Z][\w'’-]*\w\b"
_INITIAL = r"[A-Z]\."
_PERSON = rf"{_WORD}(?: (?:{_WORD}|{_INITIAL})){{0,2}} {_WORD}"
_ROLE = re.compile(
    r"\b(?:columnist|reporter|correspondent|writer|editor|contributor|journalist|blogger|professor"
    r"|lecturer|fellow|author of|political analyst)\b"
)
_STAFF = re.compile(r"\b(?:reporters?|correspondents?|journalists?|editors?|producers?)\b")
_BIO = re.compile(
    rf"^(?:Editor['’]?s? [Nn]ote ?[:.–—-]+ ?)?(?:The (?:writer|author), )?(?P<name>{_PERSON})"
    r"(?:, [^,]{3,80},|,)? (?:is|was|writes|teaches|covers|served|works|won|leads|chairs|runs)\b"
)
_TELLS = re.compile(r"\b(?:said|says|told|added|asked|announced)\b|[\"“]")
_MAX_BIO_CHARS = 500


@dataclass(frozen=True, slots=True)
class Bio:
    """A note on who the author is; ``is_sure`` where the role is one that only authors have.

    ``is_staff`` where he reports for the paper, and so hardly writes his own views.
    """

    name: str
    is_sure: bool
    is_staff: bool


def find_bio(paragraph: str, others: Iterable[str]) -> Bio | None:
    """The author by a note set apart from an article that speaks of nobody of that name.

    Example: ``"Bo Kerr is a columnist for the Oru Herald."``
    """
    if paragraph.isupper():
        paragraph = paragraph.title().replace(" Is ", " is ")
    found = None if len(paragraph) > _MAX_BIO_CHARS else _BIO.match(paragraph)
    if found is None or _TELLS.search(paragraph) or found["name"].startswith("The "):
        return None
    first, surname = found["name"].split()[0], found["name"].split()[-1]
    # "James Meehan" is a relative.
    bearer = re.compile(rf"(?:({_WORD}) )?\b{re.escape(surname)}\b")
    if any(one[1] in (None, first) for other in others for one in bearer.finditer(other)):
        return None
    is_sure = _ROLE.search(paragraph) is not None
    return Bio(found["name"], is_sure, is_staff=_STAFF.search(paragraph) is not None)


@dataclass(frozen=True, slots=True)
class Talk:
    """An interview in questions and answers, by the numbers of paragraphs.

    ``label`` is the name before each answer, where there is one.
    """

    questions: frozenset[int]
    answers: frozenset[int]
    label: str | None = None


_LABEL = re.compile(r"^[\"“]?(?P<name>[A-Z][\w.'’ -]{0,30}):\s")
_QUOTED = "\"“'‘"
_TO_YOU = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_OF_ME = re.compile(r"\b(?:I|me|my|we|us|our)\b|\bI['’]")
_MAX_QUESTION_WORDS = 60
_MIN_LABELS = 4
_NO_LABELS = frozenset(("a", "q", "answer", "question"))  # nobody's names


def is_talk(paragraphs: Sequence[str], *, n_questions: int, to_you: float) -> bool:
    """Whether so many questions are asked, and those who answer speak of themselves.

    ``to_you`` is the least share of questions that speak to somebody, where no labels tell.
    """
    found = talk(paragraphs)
    asked = [paragraphs[number] for number in found.questions if "?" in paragraphs[number]]
    answers = [paragraphs[number] for number in found.answers]
    n_own = sum(_OF_ME.search(_QUOTATION.sub("", one)) is not None for one in answers)
    needed = min(n_questions, _MIN_LABELLED) if found.label else n_questions
    n_to_you = sum(_TO_YOU.search(one) is not None for one in asked)
    if found.label is None and n_to_you < to_you * len(asked):
        return False
    return len(asked) >= needed and n_own >= max(1, _MIN_OWN * len(answers))


_QUOTATION = re.compile(r"[\"“][^\"“”\n]{1,1500}[\"”]")
# In 15 gum interviews at least .4 of the answers speak so, in columns that ask much at most .33.
_MIN_OWN, _MIN_LABELLED = 0.38, 2


def _is_question(paragraph: str) -> bool:
    """Whether a paragraph ends with a question that is nobody's quotation."""
    return paragraph.endswith("?") and paragraph[0] not in _QUOTED


def talk(paragraphs: Sequence[str]) -> Talk:
    """Which paragraphs ask and which answer, from the first question on."""
    labelled = _labelled(paragraphs)
    if labelled is not None:
        return labelled
    first = next((n for n, one in enumerate(paragraphs) if _is_question(one)), len(paragraphs))
    rest = range(first, len(paragraphs))
    questions = frozenset(n for n in rest if _is_question(paragraphs[n]) or _asks(paragraphs[n]))
    return Talk(questions, frozenset(rest) - questions)


def _asks(paragraph: str) -> bool:
    """Whether a paragraph speaks to somebody and not of itself, as in "You won it"."""
    is_short = paragraph.count(" ") < _MAX_QUESTION_WORDS
    is_to_you = _TO_YOU.search(paragraph) is not None
    return is_short and is_to_you and not _OF_ME.search(paragraph)


def _labelled(paragraphs: Sequence[str]) -> Talk | None:
    """The talk of two whose turns open with their names; the one who asks more is not asked."""
    labels = [found["name"].strip() if (found := _LABEL.match(one)) else None for one in paragraphs]
    names = {one for one in labels if one is not None}
    if len(names) != 2 or sum(one is not None for one in labels) < _MIN_LABELS:
        return None
    asked = {
        name: sum(one.rstrip(_QUOTED).endswith("?") and label == name
                  for one, label in zip(paragraphs, labels, strict=True))
        for name in names
    }  # fmt: skip
    asking = max(sorted(names), key=lambda name: asked[name])
    speaking, turns = None, {}
    for number, label in enumerate(labels):
        speaking = label or speaking
        if speaking is not None:
            turns[number] = speaking
    questions = frozenset(number for number, name in turns.items() if name == asking)
    (answering,) = names - {asking}
    return Talk(questions, frozenset(turns) - questions, answering)


# "Oru Radio interviews the poet Ann Low about …": the name comes after what she is.
_TRIGGER = re.compile(
    r"\b(?:[Ii]nterview(?:s|ed|ing)?|[Ss]poke|[Tt]alk(?:s|ed)|[Ss]at down|[Cc]aught up"
    r"|[Cc]hat(?:s|ted)?|[Cc]onversation)\b(?: (?:[Ww]ith|to))? (?P<whom>[^.;:?!]{3,200})"
)
_BEFORE = re.compile(rf"(?P<name>{_PERSON})(?:, [^,.]{{3,60}},?)?(?: (?:was|is))? interviewed by\b")
_HEADLINE = re.compile(
    rf"(?P<name>{_PERSON})(?: (?:now )?(?:tells|talks to|speaks to|talks about|speaks about"
    r"|discusses|about)\b|: (?:[Aa]n )?[Ii]nterview\b)"
)
_NAMED = re.compile(rf"(?P<name>{_PERSON})(?![\w'’-])")
_NOT_A_NAME = re.compile(
    r"\b(?:the|a|an|of|at|in|from|for|on|to|by)\s$|\b(?:University|Institute|College|School)\s$",
)
_GOES_ON = re.compile(
    r"^(?:[,.()–—]|['’]s? |\s?$| (?:about|on|in|at|for|after|and|to|from|during|who|by|as|over|with"
    r"|is|was)\b)"
)
_TOPIC = re.compile(r"\b(?:about|regarding|concerning)\b")
_BODY = re.compile(
    r"^The\b|\b(?:University|Institute|College|School|City|Street|House|Party|Committee|Council|Times|News"
    r"|Brotherhood|Association|Union|States|Kingdom|York|Professor|President|Minister|Club|Staff|Team"
    r"|Edited|Editor|Reporter|Correspondent|Writer|Developers|Health)\b"
)


def interviewee(title: str, paragraphs: Sequence[str], found: Talk) -> str | None:
    """The name of the one interviewed: by title, by what stands before the talk, by the labels."""
    start = min(found.answers | found.questions, default=len(paragraphs))
    opening = paragraphs[:start]
    if found.label is not None and found.label.casefold() not in _NO_LABELS:
        return next(_surnamed(found.label, (title, *opening)), None)
    named = (*_interviewed(title), *_matches(_HEADLINE, title))
    named = (*named, *(name for told in opening for name in _interviewed(told)))
    return _without_office(named[0], paragraphs) if named else None


def _without_office(name: str, paragraphs: Sequence[str]) -> str:
    """The name without what he is, where the text has it so: "Ann Low" for "Poet Ann Low"."""
    first, _, rest = name.partition(" ")
    short = re.compile(rf"(?<!{re.escape(first)} )\b{re.escape(rest)}\b")
    return rest if " " in rest and any(map(short.search, paragraphs)) else name


def _surnamed(label: str, told: Iterable[str]) -> Iterator[str]:
    """The full names that end in a label: "Ann Low" of "LOW:"."""
    bearer = re.compile(rf"((?:{_WORD}|{_INITIAL})(?: {_INITIAL})?) ({re.escape(label)})\b", re.I)
    if " " in label:
        yield label.title() if label.isupper() else label
        return
    for text in told:
        for one in bearer.finditer(text):
            if one[1][0].isupper() and one[2][0].isupper():
                yield one[0]


def _interviewed(told: str) -> Iterator[str]:
    yield from _matches(_BEFORE, told)
    for trigger in _TRIGGER.finditer(told):
        whom = _TOPIC.split(trigger["whom"])[0]
        for one in _NAMED.finditer(whom):
            is_whole = _GOES_ON.match(whom[one.end("name") :]) is not None
            is_body = _BODY.search(one["name"]) or _NOT_A_NAME.search(whom[: one.start()])
            if is_whole and not is_body:
                yield one["name"]


def _matches(pattern: re.Pattern[str], told: str) -> Iterator[str]:
    return (one["name"] for one in pattern.finditer(told) if not _BODY.search(one["name"]))
