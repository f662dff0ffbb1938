"""What stands around an article's text and is none of it: recognised and taken out, never guessed.

Works on a cleaned text, paragraph by paragraph and, inside long paragraphs, sentence by sentence.
Every rule names a known formula; a paragraph that matches none stays, however odd it looks.
Pure; knows nothing of formats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from briefer import text
from briefer.articles.credits import MAX_CHARS, NAMES, is_credit
from briefer.articles.dates import parse_date_line

_FLAGS = re.IGNORECASE

# All patterns are tried on short strings only, and none has two ways to match the same run.
_SHARE = (
    r"(?:share|tweet|e-?mail|print|save|copy link|whatsapp|facebook|twitter|linkedin|reddit|x|link"
    r"|pinterest|telegram|bluesky|threads|mastodon|flipboard|bookmark|comments?|gift)"
)
_MOMENT = (
    r"(?:\b(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|[ap]\.m|[ap]m|gmt|utc|[ecmp][sd]?t|bst|ist|hour|min|day|ago|at|on|today|yesterday)"
    r"[a-z]*\b|\d{1,4}(?:st|nd|rd|th|[ap]\.?m)?\b|[\s,.:|/()+-])"
)
# Whole short lines. Each alternative is anchored at both ends by _LINE.
_LINES = (
    # sharing, navigation, advertising
    rf"{_SHARE}(?:[\s,|/·•&+]+(?:{_SHARE}|this|on|to|via|article|story|page|a friend|and))*",
    r"share (?!.*\.$)(?:this )?(?:article|story|page|post)?\s?(?:on|via|with)\b.{0,60}",
    r"(?:story|article) continues (?:below|after).{0,40}",
    r"(?:continue reading|scroll down|keep reading)\b.{0,30}",
    r"(?:-+ ?)?advertise?ments?(?: ?-+)?|sponsored(?: content)?|promoted(?: content)?|ad feedback",
    r"(?:skip|jump) to (?:main )?(?:content|navigation).{0,20}",
    r"(?:read|see|watch|listen|hear) (?:more|also|next|now)\b(?:\s?[:>»|-].{0,150})?",
    r"(?:more|also) (?:on|from|in) (?:this story|[a-z][\w’' ]{0,30})\s?[:>»]?",
    r"(?:related|recommended|trending|most (?:read|popular|viewed)|read also|see also|don['’]t miss"
    r"|editors?['’]s? (?:picks?|choice)|up next|latest news|top stories|you (?:may|might) also"
    r" like|in this (?:story|article))(?: \w+)?(?:\s?[:>»|-].{0,150})?",
    r"(?:tags?|topics?|categor(?:y|ies)|filed under|keywords)\s?:.{0,150}",
    r"(?:sign|log) (?:up|in)\b.{0,80}\b(?:newsletter|account|alerts?|e-?mails?|subscribers?)\b"
    r".{0,40}",
    r"(?:subscribe(?: now| today)?(?: to)?|follow (?:us|me|@?[\w ]{2,30})(?: on)?"
    r"|(?:like|join|find) us(?: on)?)\b.{0,60}\b(?:newsletter|facebook"
    r"|twitter|instagram|youtube|telegram|whatsapp|podcast|channel|rss|app|linkedin|x)\b.{0,40}",
    r"get (?:the|our|all the) (?:latest|best|top|day).{0,80}\b(?:inbox|newsletter|e-?mail|app)\b"
    r".{0,20}",
    r"for (?:more|further|the latest)\b.{0,80}(?:, (?:please )?| please )"
    r"(?:pick up|visit|go to|click|check out|tune in(?:to)?|sign up)\b.{0,80}",
    r"(?:click|tap) here\b.{0,80}|download (?:the|our) (?:free )?\w* ?app\b.{0,60}",
    r"have an opinion on this story\?.{0,20}|(?:add|leave|post|view|show|load)"
    r" (?:a |your |all |more |\d{1,6} )?comments?|\d{1,6} comments?|comments \(\d{1,6}\)",
    r"(?:listen to|play) (?:this|the) (?:article|story|audio).{0,40}|\d{1,3} ?min(?:ute)?s? read",
    r"(?:open|view) (?:image|gallery|this post).{0,60}|getty images?|reuters|(?:ap|afp|epa)"
    r"(?: photo)?",
    r"from the section [\w &]{2,40}|\(?all (?:photos|images|pictures)(?: by|:) .{2,40}",
    r"(?:back to|return to) (?:top|the top|home(?:page)?).{0,20}|view original|menu|search",
    # pictures, and what their boxes say
    r"(?:[\w/ ]{0,40}\b)?image (?:copyright|caption)\b.{0,200}",
    r"(?:photo|media) (?:caption|credit)\b.{0,80}",
    r"(?:photos?|pictures?|videos?|gallery|\w+ live)\s?:",
    r"enlarge this image\b.{0,200}|(?:hide|show) (?:transcript|caption)\b.{0,40}",
    r"twitter\s?: ?@\w+|pic\.twitter\.com/.{0,100}|related headlines\b.{0,150}",
    r"[^.]{3,150}[^\W:]\s(?-i:Read more)|article(?: excerpt)?",
    # rights and times
    r"(?:©|copyright\s?(?:©|\(c\)|\d{4})|\(c\)\s?\d{4}).{0,200}",
    r"(?:.{0,100}\b)?all rights reserved\b.{0,120}",
    r"this material may not be (?:published|reproduced).{0,150}",
    rf"(?:(?:first )?(?:published|posted|updated)|modified)\s?{_MOMENT}+",
    rf"{_MOMENT}*last (?:updated|modified)\s?{_MOMENT}+",
)
_LINE = re.compile(rf"^\W{{0,5}}(?:{'|'.join(_LINES)})\W{{0,5}}$", _FLAGS)
_MAX_LINE_WORDS = 30

_COOKIE = re.compile(
    r"^(?=.*\b(?:you|experience|browser|traffic|agree|accept|consent)|(?:accept|reject|manage)\b)"
    r"(?:(?:we|this (?:web)?site|our (?:web)?site|our partners)\b.{0,60}"
    r"\b(?:uses?|using|store|set)\b.{0,30}\bcookies\b"
    r"|by (?:continuing|clicking|using)\b.{0,120}\b(?:cookies?|privacy|terms)\b"
    r"|(?:accept|reject|manage)(?: all)?(?: cookies| preferences| settings| consent)?$)",
    _FLAGS,
)

_CREDIT = re.compile(
    r"(?:^|[\s(.])(?:Image|IMAGE|Photo(?:graph)?s?|PHOTO|Picture|File photo|Illustration|Graphic"
    rf"|Video)(?: by| credit| courtesy(?: of)?)?(?: ?[:;/] ?|(?<=by) ){NAMES}[.)]{{0,2}}$"
    r"|[.!?] \((?:(?:AP|AFP|Reuters)(?=[ /])|EPA|Getty)(?: [Pp]hoto| Images)?(?:/[^)]{1,60})?\)$"
)
_MAX_CAPTION_WORDS = 45

_BYLINE = re.compile(
    rf"^(?:[Bb]y|BY|Written by|Posted by|Story by|Words by) (?:the )?{NAMES}"
    rf"(?:, [\w .-]{{2,40}}|(?: ?[|–—·] ?| - ){NAMES}| \([\w .&/-]{{2,40}}\)| for the {NAMES}"
    rf"|,? on (?i:{_MOMENT}+))?$"
)
_MAX_BYLINE_WORDS = 14
# What the paper says about the article or its author, set apart before or after it.
_NOTE = re.compile(
    r"^\W{0,3}(?:editor['’]?s?['’]? note\s?[:.–—-]"
    r"|(?:correction|clarification|for the record)\b.{0,50}:"
    r"|(?:an (?:earlier|original)|a previous) version of this (?:article|story|post|report)\b)",
    _FLAGS,
)

# Headings after which only lists of links or sources come.
_TAIL_HEADING = re.compile(
    r"^\W*(?:sources?|references?|external links?|see also|further reading|related"
    r"(?: (?:news|articles?|stories|links?|topics?|content))?|sister links?|notes?"
    r"|bibliography|footnotes?|more (?:stories|news|from .{2,30})|read more|most read"
    r"|recommended(?: stories| for you)?)\W*$",
    _FLAGS,
)
_MAX_TAIL_WORDS = 45


@dataclass(frozen=True, slots=True)
class Stripped:
    """A text without its boilerplate, and the paragraphs and sentences that were taken out."""

    text: str
    removed: tuple[str, ...]


def strip(cleaned: str) -> Stripped:
    """Take the boilerplate out of a cleaned text; what is left is clean again.

    The order of what stays is kept. Title and date line are not this module's business.
    """
    removed: list[str] = []
    kept: list[str] = []
    paragraphs = cleaned.split("\n\n") if cleaned else []
    tail = _tail_start(paragraphs)
    apart = {*_gallery(paragraphs), *_last_note(paragraphs)}
    for number, paragraph in enumerate(paragraphs):
        is_edge = number < _N_HEAD or number >= len(paragraphs) - _N_HEAD
        is_aside = is_edge and (is_byline(paragraph) or _NOTE.match(paragraph) is not None)
        if number >= tail or number in apart or is_line(paragraph) or is_aside:
            removed.append(paragraph)
            continue
        rest, sentences = _without_sentences(paragraph)
        removed += sentences
        kept += [rest] if rest else []
    return Stripped("\n\n".join(kept), tuple(removed))


_N_HEAD = 5  # bylines stand near the top or the end


def is_line(paragraph: str) -> bool:
    """Whether a whole paragraph is boilerplate: a button, a notice, a caption with its credit."""
    if not _WORD_CHARACTER.search(paragraph):
        return True
    n_words = paragraph.count(" ") + 1
    if len(paragraph) > MAX_CHARS or n_words > _MAX_CAPTION_WORDS:
        return False
    if n_words <= _MAX_LINE_WORDS and _LINE.match(paragraph):
        return True
    return bool(_CREDIT.search(paragraph) or _COOKIE.match(paragraph))


_WORD_CHARACTER = re.compile(r"\w")


def is_byline(paragraph: str) -> bool:
    """Whether a paragraph only says who wrote the article."""
    is_short = len(paragraph) <= MAX_CHARS and paragraph.count(" ") < _MAX_BYLINE_WORDS
    return is_short and _BYLINE.match(paragraph) is not None


def _tail_start(paragraphs: list[str]) -> int:
    """Where a closing list of sources or links begins; the number of paragraphs if nowhere."""
    start = len(paragraphs)
    for number in range(len(paragraphs) - 1, len(paragraphs) // 2, -1):
        if _TAIL_HEADING.match(paragraphs[number][:MAX_CHARS]):
            start = number
        elif not _is_entry(paragraphs[number]):
            break
    return start


# "3/50" over each picture of a gallery, whose captions tell of other things.
_COUNTER = re.compile(r"^(\d{1,3}) ?(?:/|of) ?(\d{1,3})$")
_MIN_PICTURES = 3


def _gallery(paragraphs: list[str]) -> range:
    """The paragraphs of a picture gallery, from its first counter to its last caption."""
    found = [(n, match) for n, one in enumerate(paragraphs) if (match := _COUNTER.match(one))]
    counters = [n for n, _ in found]
    shown = [int(match[1]) for _, match in found]
    is_one = len({match[2] for _, match in found}) == 1 and shown == sorted(set(shown))
    if len(counters) < _MIN_PICTURES or not is_one:
        return range(0)
    gap = round(median(after - before for before, after in pairwise(counters)))
    return range(counters[0], counters[-1] + gap)


_N_NOTE_LINES = 8


def _last_note(paragraphs: list[str]) -> range:
    """An editor's note among the last lines, to its first full stop: some break it into lines."""
    first = max(len(paragraphs) // 2, len(paragraphs) - _N_NOTE_LINES)
    start = next((n for n in range(first, len(paragraphs)) if _NOTE.match(paragraphs[n])), None)
    if start is None:
        return range(0)
    rest = range(start, len(paragraphs))
    end = next((n for n in rest if paragraphs[n].endswith((".", "!", "?"))), start)
    return range(start, end + 1)


def _is_entry(paragraph: str) -> bool:
    """Whether a paragraph can be an entry of a list of sources: short, one sentence or a date."""
    n_words = paragraph.count(" ") + 1
    return n_words <= _MAX_TAIL_WORDS and (
        not paragraph.endswith((".", "!", "?")) or parse_date_line(paragraph) is not None
    )


def _without_sentences(paragraph: str) -> tuple[str, list[str]]:
    sentences = [sentence.text for sentence in text.sentences(paragraph)]
    dropped = [sentence for sentence in sentences if is_credit(sentence)]
    if not dropped:
        return paragraph, []
    gone = frozenset(dropped)
    return " ".join(sentence for sentence in sentences if sentence not in gone), dropped
