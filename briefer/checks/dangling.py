"""Does a line say by itself whom and what it means, to a reader who has not seen the article?

By its words alone, outside quotations. Knows nothing of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer import terms, text
from briefer.checks import names, quoting
from briefer.mentions import subjects

# A participle that says who is meant: "those convicted face", "those refusing treatment", but not
# "those planned cuts" and "those leading lawmakers".
_AFTER = (
    r"in|by|on|at|for|from|of|to|with|within|without|near|after|before|during|since|under|over|"
    r"through|into|against|outside|inside|along|across|around|as|about|are|were|is|was|have|had|"
    r"will|would|can|could|may|might|must|should|do|did|face|faced|include|included|say|said|live|lived"
)
_PARTICIPLE = (
    rf"(?:\w{{3,}}(?:ed|ing) (?:{_AFTER})|"
    r"\w{3,}ing (?!(?:\w+s|people|men|women|children)\b)\w+)"
)
# .5 % of the experts' lines open so, after a line that explains it; "it is clear that", "IT
# workers", "Her Majesty's Treasury", "this year's festival" and "those convicted" are none.
_OPENING = re.compile(
    r"(?:(?-i:[Ii]t)(?! (?:is|was|has been|remains) [\w ]{1,30} (?:that|to|whether|how|who|if)\b)|"
    r"they|he|she|its|that|these|"
    r"(?:his|her|their)(?! (?-i:Royal|Majest|Holiness|Highness|Excellenc|Eminence))|"
    r"this(?! (?:year|month|week|weekend|morning|afternoon|evening|spring|summer|autumn|fall|"
    r"winter|season|decade|century)\b)|"
    rf"those(?! (?:who|whose|with|without|being|killed|hurt|held|{_PARTICIPLE})\b))\b",
    re.IGNORECASE,
)
# "Not even Lee goes there", '"Four years," he said': none of 5,188 of the experts' lines.
_GOING_ON = re.compile(
    r"^\W*(he|she|it|they|Not (?:even|only|that)|Only then|Much has|"
    r"The (?:only |real )?(?:problem|trouble|catch|difference|result|answer|question) (?:is|was))\b"
)
# The rest together: .2 % of the experts' lines (5,188 of train-briefs).
_POINTING = re.compile(r"\b(?:this|these|those) (?P<noun>[a-z][\w-]*)")
# "This week" is known, "those eligible" and "this is" point at nothing else.
_TIMES = (
    "week month year years morning afternoon evening night day weekend time century decade season "
    "summer autumn winter spring fall quarter term stage point way kind sort"
)
_NO_NOUNS = frozenset(_TIMES.split())
_PEOPLE = frozenset(("people", "men", "women", "children"))
_NO_NOUN = re.compile(r".*(?:[^e]ed|ing|ly|less|ous|able|ible)$")
# "Lee scolded him": nobody else is there to be meant.
_PART = r"(?:[A-Z][\w.'-]*|of|the|and|for|an?)"
_OBJECT = re.compile(
    rf"{_PART}(?: {_PART}){{0,6}} (?:(?:also|then|has|have|had|\w+ly) ){{0,2}}"
    r"(?:\w+ed|told|tells|gave|sent|held|made|let|beat|asks|calls|wants|\w+i[sz]es) "
    r"(him|them|her(?= (?:of|for|to|as|with|in|on|at|by|that)\b|\W*$|[.,;]))\b"
)
_OF_WHOM = re.compile(
    r"\b(?:call|demand|push|press)\w*(?: for)? ((?:his|her|their) (?:\w+ )?"
    r"(?:dismissal|resignation|removal|ouster|ousting|arrest|impeachment|firing|sacking|"
    r"prosecution|extradition|expulsion|suspension))\b"
)
# "The author says the claim is false."
_MATTER = re.compile(
    r"\b(?:said|says|argues|argued|explained|insists|insisted) (?:that )?(the "
    r"(?:claim|issue|question|comment|remark|allegation|accusation|charge|suggestion|idea|answer|"
    r"story|exception|narrative|material)s?) (?:is|are|was|were|has|have|had)\b"
)
# "Officials made such a link": one line in 1,000 of the experts'.
_SUCH = re.compile(r"\bsuch an? (?P<noun>[a-z]\w+)")
_PRONOUN = re.compile(r"\b(?:s?he|his|hers?|him(?:self)?|herself)\b", re.IGNORECASE)
_NAMED = re.compile(r"(?:[A-Z][\w.'-]*|the \w+)")
_DEED = re.compile(r"\b(?:do|does|did|done|doing) (it|so|that|this)\.?$")
_SAYS = (
    r"(?:said|says|vow(?:s|ed)|insist(?:s|ed)|argue[sd]|believe[sd]|thinks?|thought|claim(?:s|ed)|"
    r"warn(?:s|ed)|add(?:s|ed)|admit(?:s|ted)|hope[sd]|denie[sd]|suggest(?:s|ed))"
)
# "Bo Vass vowed that won't stop him", "Ann Low said Selby does it yearly": none of 5,707 of the
# experts' lines.
_SAID_OF = re.compile(
    rf"\b{_SAYS}(?: that)? (?:[\w'’ ]{{1,30}} (?=do(?:es)? |did ))?"
    r"(that (?:is|was|won't|will|would|can't|cannot|could|can|has|had|did|doesn't|didn't|means)|"
    r"(?:do(?:es)?|did) (?:it|so))\b"
)
# "People in other cities", where no city is told of before.
_OTHERS = re.compile(
    r"(?:.[^;:A-Z]{0,80}?\b)?((?:[Ii]n|of|to|from) (?:all |many |several |some )?other "
    r"(?:cities|countries|states|towns|places|nations|areas|schools))\b"
)
# "Bo Vass said he would.": what he would do is told elsewhere.
_ELLIPSIS = re.compile(
    r"\b(?:said|says|agreed|replied|answered|added|thought) (?:that )?((?:s?he|they|it) "
    r"(?:would|will|did|does|do|could|can|had|has|was|is)(?: not|n't)?)\.?$"
)
# "A shooting here": at another desk it is nowhere. None of the experts' lines, and six that readers
# judged, none right.
_HERE = re.compile(r"\b(here|Here(?! (?:is|are)\b))\b(?!'| to stay\b)")
# "Roads there are closed", before any name of a place. "There is" and "out there" are no places.
_IS = (
    r"(?:(?:is|are|was|were|has|have|had|wo|would|ca|could|must|should|did|does|do)n't|"
    r"is|are|was|were|has|have|had|will|would|may|might|can|could|must|should|be|been|being|"
    r"remain\w*|to be|used to be|ought to|seem\w*|appear\w*|did|does|do|came|comes?|follow\w*|"
    r"exist\w*|need\w*|arose|emerged|lies)"
)
_THERE = re.compile(
    r".*?(?<!out )(?<!over )\b([Tt]here)\b"
    rf"(?!'| (?:(?:also|still|now|once|never|no longer|just|\w+ly) )?{_IS}\b)"
)
_DATES = re.compile(rf"\b(?:{'|'.join(text.DAYS_AND_MONTHS)})\b")


def find(line: str) -> Iterator[str]:
    """The words of a line that need another line to be understood."""
    plain = quoting.blanked(line)
    opening = _OPENING.match(plain)
    if opening:
        yield opening[0]
    yield from _pointing(plain)
    yield from _nobodys(plain)
    yield from _said(plain)
    yield from _places(plain)
    for pattern in (_OBJECT, _GOING_ON, _OF_WHOM, _MATTER, _ELLIPSIS, _DEED):
        found = pattern.match(plain) if pattern is _OBJECT else pattern.search(plain)
        if found:
            yield from found.groups()


def _said(line: str) -> Iterator[str]:
    """What somebody says of "that", or what is elsewhere, where nothing before tells of it."""
    yield from (match[1] for match in _SAID_OF.finditer(line))
    others = _OTHERS.match(line)
    if others:
        yield others[1]


def _places(line: str) -> Iterator[str]:
    """A "here", and a "there" without a name before it: one of the experts' 3,527 facts.

    Of the facts that readers judged eleven have such a "there", none of them right.
    """
    yield from _HERE.findall(line)
    there = _THERE.match(line)
    if there and not names.capitalised(_DATES.sub(" ", line[: there.start(1)])):
        yield there[1]


def _pointing(line: str) -> Iterator[str]:
    """Such as "those governments", where no government is spoken of before."""
    for match in _SUCH.finditer(line):
        if terms.content(match["noun"]).isdisjoint(terms.content(line[: match.start()])):
            yield match[0]
    for match in _POINTING.finditer(line):
        noun, before = match["noun"], line[: match.start()]
        is_many = noun.endswith("s") or noun in _PEOPLE
        is_noun = is_many != match[0].startswith("this") and not _NO_NOUN.match(noun)
        is_small = noun in _NO_NOUNS or terms.is_stop_word(noun)
        if is_noun and not is_small and terms.content(noun).isdisjoint(terms.content(before)):
            yield match[0]


def _nobodys(line: str) -> Iterator[str]:
    """A "his" or "she" without a name or a person in the line before it.

    It may come after it ("in his speech, Lee"), unless the pronoun is the subject of the sentence.
    """
    pronoun = _PRONOUN.search(line)
    is_first = pronoun and not subjects.speaks_of_somebody(line[: pronoun.start()])
    if pronoun and is_first and not _NAMED.search(line, pronoun.end()):
        yield pronoun[0]
    subject = subjects.unnamed(line)
    if subject and subject["before"]:
        yield subject["pronoun"]
