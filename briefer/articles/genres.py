"""What kind of text an English article is: news unless there is good evidence for something else.

First what it says of itself (title, notices, form), then, for opinion only, how it is written.
Downstream an opinion piece's own claims become a holder's view, so in doubt it stays news.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from briefer import text
from briefer.articles import voices
from briefer.articles.voices import Bio
from briefer.schema import Genre

_FLAGS = re.IGNORECASE
_MAX_CHARS = 20_000  # how much of a text is looked at; style does not change after that


def classify(
    title: str | None, cleaned: str, *, notices: Sequence[str] = (), bio: Bio | None = None
) -> Genre:
    """The genre of a cleaned English text, from which ``notices`` were taken out.

    ``bio`` is its note on who the author is.
    """
    title = title or ""
    sample = cleaned[:_MAX_CHARS]
    paragraphs = sample.split("\n\n")
    if _is_press_release(title, sample):
        return "press_release"
    if _is_live(title, paragraphs):
        return "live"
    if _is_interview(title, paragraphs):
        return "interview"
    if _OPINION_TITLE.search(title) or any(map(is_opinion_notice, notices)):
        return "opinion"
    is_signed = bio is not None and not bio.is_staff
    least = _MIN_SIGNED_SCORE if is_signed else _MIN_OPINION_SCORE
    return "opinion" if _opinion_score(sample) > least else "news"


_RELEASE_TITLE = re.compile(r"^\W*(?:press|news|media) (?:release|statement)\b", _FLAGS)
_RELEASE_NOTICE = re.compile(
    r"^\W*for immediate release\b|(?-i:\bFOR IMMEDIATE RELEASE\b)|/ ?pr ?newswire ?/"
    r"|\bbusiness wire\b ?[)-]|\bglobe newswire\b ?[)-]|\(accesswire\)"
    r"|^\W*(?:press|media) release\b|^\W*(?:media|press) contacts?:"
    r"|(?-i:\b(?:Media|MEDIA|Press|PRESS) (?:Contact|CONTACT)[sS]?:)",
    _FLAGS | re.MULTILINE,
)
_LIVE_TITLE = re.compile(
    r"^\W*live(?:\s-\s|\s?(?::|–|—|\||updates?|blog|coverage))|\blive (?:updates|blog|coverage)\b"
    r"|^\W*as it happen(?:s|ed)\b|[:|–—-]\s*as it happen(?:s|ed)\W*$|\bminute by minute\b",
    _FLAGS,
)
_TIME_STAMP = re.compile(
    r"^\W{0,3}(?:[01]?\d|2[0-3])[.:][0-5]\d ?(?:[ap]\.?m\.?|[A-Z]{3,4})?\b", _FLAGS
)
_MIN_TIME_STAMPS = 4


def _is_press_release(title: str, sample: str) -> bool:
    return bool(_RELEASE_TITLE.search(title) or _RELEASE_NOTICE.search(sample))


def _is_live(title: str, paragraphs: Sequence[str]) -> bool:
    n_stamps = sum(_TIME_STAMP.match(paragraph) is not None for paragraph in paragraphs)
    return bool(_LIVE_TITLE.search(title)) or n_stamps >= _MIN_TIME_STAMPS


_INTERVIEW_TITLE = re.compile(
    r"\binterviews?\b|\bq ?(?:&|and) ?a\b|\bin conversation with\b", _FLAGS
)
_MIN_QUESTIONS = 3
_MIN_QUESTION_SHARE = 0.15
# .4 at least in 15 gum interviews; questions over the parts of a column or report mostly do not.
_MIN_TO_YOU = 0.33


def _is_interview(title: str, paragraphs: Sequence[str]) -> bool:
    """Question and answer by form; a report on an interview is news."""
    says_so = _INTERVIEW_TITLE.search(title) is not None
    least = _MIN_QUESTIONS - 1 if says_so else _MIN_QUESTIONS
    share = _MIN_QUESTION_SHARE / 2 if says_so else _MIN_QUESTION_SHARE
    n_questions = max(least, math.ceil(share * len(paragraphs)))
    return voices.is_talk(
        paragraphs, n_questions=n_questions, to_you=0.0 if says_so else _MIN_TO_YOU
    )


_OPINION_TITLE = re.compile(
    r"^\W*(?:opinions?|op-?ed|comment|commentary|editorials?|column|viewpoint|perspective|letters?"
    r"(?: to the editor)?|guest essay|leader)\W*(?:\s?[:|]|\s[–—-]\s|$)"
    r"|^\W*(?-i:The (?:[A-Z][\w’'-]*\s){1,3})view on\b(?:[^:]{1,100}:|\W*$)"
    r"|(?:[|–—]\s?|\s-\s)opinion\W*$",
    _FLAGS,
)
_OPINION_NOTICE = re.compile(
    r"\b(?:opinions?|views?) expressed (?:in|by|here|are)\b.{0,80}"
    r"\b(?:own|solely|not necessarily|author|those of)\b|\bviews are (?:personal|\w+ own)\b",
    _FLAGS,
)


def is_opinion_notice(words: str) -> bool:
    """Whether a notice says that a text's views are its author's own."""
    return _OPINION_NOTICE.search(words) is not None


_QUOTED = re.compile(r"[\"“][^\"“”\n]{1,1500}[\"”]|(?<!\w)[‘'][^‘’'\n]{10,600}[’'](?!\w)")
_REPORTING = re.compile(
    r"\b(?:said|says|told|tells|according to|reported|announced|added|tweeted|statement|spokes\w+"
    r"|confirmed|sources?)\b",
    _FLAGS,
)
_RHETORIC = re.compile(
    r"\b(?:hardly|surely|indeed|after all|simply|of course|clearly|perhaps|unfortunately|sadly"
    r"|frankly|obviously|in fact|in other words|no doubt|at best|at worst"
    r"|the (?:truth|fact|reality) is|it(?:['’]s| is) time|worse|wrong|moral|shame\w*|absurd"
    r"|dangerous|foolish|cynical"
    r"|hypocri\w+|why|instead|rather|even if|so-called|cannot|can['’]t|isn['’]t|doesn['’]t|don['’]t"
    r"|won['’]t|nor|too)\b",
    _FLAGS,
)
_PRESENT = re.compile(
    r"\b(?:is|are|isn['’]t|aren['’]t|has|have|does|do|can|will|would|should|must|may|might|could)\b"
)
_PAST = re.compile(r"\b(?:was|were|had|said|told|took|went|came|made|began|\w{2,20}ed)\b")
_DIGIT = re.compile(r"\d")


_MIN_OPINION_WORDS = 150  # rates per hundred words mean nothing in shorter texts
_MIN_OPINION_SCORE = 0.6
# With a note on an author who is no reporter: of such texts all six with more than this are opinion
# pieces (train-briefs, polnear).
_MIN_SIGNED_SCORE = 0.2


def _opinion_features(sample: str) -> tuple[float, ...]:
    """How a text is written: what ``_WEIGHTS`` weigh.

    Reporting words, rhetoric, present and past verbs per 100 words outside quotations; the share
    of the text that is quoted; the share of sentences with digits.
    """
    unquoted = _QUOTED.sub(" ", sample)
    per_word = 100 / max(1, len(text.words(unquoted)))
    found = text.sentences(text.clean(unquoted))
    return (
        min(per_word * len(_REPORTING.findall(unquoted)), 3.0),
        min(per_word * len(_RHETORIC.findall(unquoted)), 4.0),
        per_word * len(_PRESENT.findall(unquoted)),
        per_word * len(_PAST.findall(unquoted)),
        1 - len(unquoted) / max(1, len(sample)),
        sum(bool(_DIGIT.search(s.text)) for s in found) / max(1, len(found)),
    )


def _opinion_score(sample: str) -> float:
    """Probability that a text is an opinion piece, from its style alone; 0 for short texts."""
    if len(text.words(sample)) < _MIN_OPINION_WORDS:
        return 0.0
    terms = zip(_WEIGHTS, _opinion_features(sample), strict=True)
    return 1 / (1 + math.exp(-(_BIAS + sum(weight * value for weight, value in terms))))


# Logistic regression over _opinion_features, fitted on the 467 train articles of train-briefs (34
# opinion pieces). Ten-fold there: precision .96, recall .66 above .6; .89 and .71 above .5.
_WEIGHTS = (-1.04, 3.29, 0.44, -0.28, -7.03, -3.57)
_BIAS = -1.49
