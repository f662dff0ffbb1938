"""Where the sentences of a cleaned text begin and end.

Linear in the length of the text, as all of ``briefer.text``. Knows nothing of cleaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from nupunkt import PunktSentenceTokenizer
from nupunkt.models import load_default_model

from briefer.schema import Sentence, Span

MAX_SENTENCE_CHARS = 1000
"""Longer runs are cut. The longest of 11,727 sentences in train-briefs has 616 characters."""


def paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs of a cleaned text, in order."""
    start = 0
    while start < len(text):
        end = text.find("\n\n", start)
        end = len(text) if end < 0 else end
        yield Span(start, end)
        start = end + 2


def sentences(text: str) -> tuple[Sentence, ...]:
    """Cut a cleaned text into sentences; between them stands nothing but white space.

    nupunkt's Punkt model with news abbreviations of our own. Never crosses a paragraph; a run
    longer than ``MAX_SENTENCE_CHARS`` is cut at punctuation or white space where it has any.
    """
    found: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs(text)):
        for span in _sentence_spans(text, paragraph):
            found.append(Sentence(len(found), span.start, span.end, span.of(text), number))
    return tuple(found)


def _sentence_spans(text: str, paragraph: Span) -> Iterator[Span]:
    words = paragraph.of(text)
    start: int | None = None
    spans = _tokenizer().span_tokenize(words)
    for (first, last), (following, _) in pairwise([*spans, (len(words), len(words))]):
        start = first if start is None else start
        if following < len(words) and _is_false_end(words, last, following):
            continue
        yield from _bounded(text, Span(paragraph.start + start, paragraph.start + last))
        start = None


# "the world's No. 1", "Lt-Gen. Ntuliki": stops that never end a sentence in this company.
_NUMBER_SIGN = re.compile(r"\bNos?\.$")
_HYPHENATED_RANK = re.compile(r"\b(?:Lt|Maj|Brig|Det|Vice|Rear|Sgt)\.?-[A-Z][a-z]+\.$")
_LOOK_BACK = 24

# "by U.S. | Secretary of State John Kerr": words that open sentences for nupunkt's model.
_UNION = re.compile(r"\b(?:U\.[SNK]|E\.U)\.$")
_OFFICE = re.compile(
    r"(?:Secretary|Ambassador|Senator|Congress(?:wo)?man|Judge"
    r"|General(?! (?:Motors|Electric|Mills|Dynamics)))\b"
)

# '"Who knew?" | Mr. Low asked reporters on Monday.' But '| Low said he knew', '| Low said that'
# and '| Low said:' are new sentences: a stop, a listener or a circumstance must follow the verb.
_ASKED = re.compile(r"[?!][\"”’']{1,2}$")
_SPEAKER = re.compile(
    r"""
    (?!(?:He|She|It|They|We|I|You|Who|What|That|This|The|But|And|So|Then|When|As|If)\b)
    [A-ZÀ-Þ][\w.'’-]{0,29}
    (?:(?:\ (?:of|for|de|la|le|del|der|den|di|da|dos|du|van|von|bin|al)){0,2}
       \ [A-ZÀ-Þ][\w.'’-]{0,29}){0,3}
    \ (?:
      (?:said|says|added|adds|wrote|writes|joked|jokes|replied|replies|shouted|shouts|cried|cries
        |yelled|yells|screamed|screams|exclaimed|exclaims|demanded|demands|repeated|repeats
        |responded|responds|answered|answers|tweeted|tweets|quipped|remarked|recalled|recalls
        |continued|continues|wondered|wonders|insisted|insists|declared|declares|whispered
        |explained|explains|concluded|concludes)
      |(?:told|tells|asked|asks|(?:said|says|shouted|yelled)\ (?:to|at))
       (?:\ (?!(?:he|she|it|they|we|to|if|whether|for|about|not|why|how)\b)[\w'’-]{1,30}){0,3}
    )
    (?![^.,;?!\"“]{0,80}\bthat\b)
    (?:[.,;](?!\w)
      |\ (?:in|on|at|of|during|after|before|when|while|as|from|with|last|later|again|earlier|several
        |(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)
    """,
    re.VERBOSE,
)
_LOOK_AHEAD = 400


def _is_false_end(words: str, end: int, following: int) -> bool:
    """Whether a sentence that ends at ``end`` goes on with the next one at ``following``."""
    before = words[max(0, end - _LOOK_BACK) : end]
    first = words[following]
    if first.isdigit():
        return _NUMBER_SIGN.search(before) is not None
    if first.islower():
        # '"Is it?" he asked', "Yahoo! said"; after a plain stop it may be careless writing.
        return before[-1:] != "."
    rest = words[following : following + _LOOK_AHEAD]
    return (
        _HYPHENATED_RANK.search(before) is not None
        or (_UNION.search(before) is not None and _OFFICE.match(rest) is not None)
        or (_ASKED.search(before) is not None and _SPEAKER.match(rest) is not None)
    )


_CUTS = (re.compile(r"[;:…—–](?=\s)"), re.compile(r",(?=\s)"), re.compile(r"(?=\s)"))


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """Cut a span into pieces of at most ``MAX_SENTENCE_CHARS``, without white space around."""
    start, end = _stripped(text, span)
    while end - start > MAX_SENTENCE_CHARS:
        cut = _cut(text, start)
        yield Span(*_stripped(text, Span(start, cut)))
        start, _ = _stripped(text, Span(cut, end))
    if start < end:
        yield Span(start, end)


def _cut(text: str, start: int) -> int:
    """Where to end a piece that begins at ``start``: the last good place in its later half."""
    window = Span(start + MAX_SENTENCE_CHARS // 2, start + MAX_SENTENCE_CHARS)
    for pattern in _CUTS:
        places = [match.end() for match in pattern.finditer(text, window.start, window.end)]
        if places:
            return places[-1]
    return window.end


def _stripped(text: str, span: Span) -> tuple[int, int]:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return start, max(start, span.start + len(words.rstrip()))


@cache
def _tokenizer() -> PunktSentenceTokenizer:
    """The Punkt model of nupunkt with its abbreviations replaced.

    Its 5,865 were learned from scanned court opinions and hold "bank", "so", "month" and "west";
    of those only the dotted ones are kept ("u.n", "ph.d").
    """
    tokenizer = load_default_model()
    parameters = tokenizer.parameters
    dotted = {abbr for abbr in parameters.abbrev_types if _DOTTED.fullmatch(abbr)}
    parameters.abbrev_types = dotted | set(ABBREVIATIONS.split())
    tokenizer.clear_decision_cache()
    return tokenizer


_DOTTED = re.compile(r"[a-z]{1,2}(?:\.[a-z]{1,2})+")

# Left out because they are words that end sentences: no ("No. 5" is mended in _is_false_end), sat,
# sun, ill, mass, miss, wash, art, fig, min, pa, in.
ABBREVIATIONS = """
lt lt-gen lt-col lt-gov gen maj-gen brig-gen brig col maj capt cmdr comdr cdr sgt cpl pvt adm cpt
insp supt det pte spc lcpl ssgt pfc ens hon rt gov sen sens rep reps pres prof profs dr drs mr mrs
ms messrs mme mlle rev revd fr sr jr st ste ss msgr amb atty dep asst sec treas engr eng adv cllr
ald esq det-sgt supt const ambs govs gens cols hajj del dels
inc corp co cos ltd llc plc bros dept depts dist div univ assn assoc intl natl mfg govt parl est
jan feb febr mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri
nos vs v cf viz al ca approx vol vols ch pp pt figs ed eds trans etc
rs p.c a.m p.m u.s u.k u.n d.c e.u u.a.e u.s.a u.s.s.r p.o ph.d m.d b.a m.a m.p e.g i.e i.b.m
calif conn colo fla ga ind kan ky minn mont neb nebr nev okla ore penn tenn tex va vt wis wyo ariz
ark ala n.y n.j n.c s.c n.d s.d w.va n.h n.m r.i b.c
ft mt mts km kg lb lbs oz hr hrs mins secs sq ave blvd rd hwy tel ext
"""
"""Without their last stop, lower case, white space between."""
