"""What a source did and said, in the article's own clause: "denounced the strike as theft".

Leaves out what does not tell by itself what is meant. Knows nothing of who the source is.
"""

from __future__ import annotations

import re
from functools import cache

from briefer import terms
from briefer.drafting.trimming import n_words
from briefer.mentions import lexicon
from briefer.schema import CleanArticle, Statement

_MIN_PART_WORDS = 6  # of what was said, where only its first half is told
# What may stand between source and verb and belongs to the verb.
_AUXILIARIES = re.compile(
    r"\s*(?:(?:has|have|had|did|does|do|is|are|was|were|will|would|could|may|might|not|never|also|"
    r"strongly|sharply|later|again|repeatedly|publicly|then|still)\s+){0,4}$|\s*\w+n't\s+$",
    re.IGNORECASE,
)
_PLAIN = frozenset({"said", "says", "say", "added", "adds", "told", "tells", "according to"})
_QUOTE_MARKS = '"“”'
_FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|me|us|I'm|I've)\b", re.IGNORECASE)
# What follows the verb must say by itself what is meant, and be what was said.
_DANGLING = re.compile(
    r"\s+(?:(?:this|these|those|that|it|them|such|so|the same)\b(?! \w+ed?\b)|(?:him|them)\b)", re.I
)
# "Voted against it", "people there": nothing before it in the clause that could be meant.
_OPEN = re.compile(
    r"[^\"]*?\b(?:(?:against|of|to|for|with|on|about|at|by|from|in|without) "
    r"(?:it|him|them|her|this|that|these|those)|(?:it|him|them|there)(?=[.,;]|$| because\b))\b"
)
_MEANT = re.compile(r"\b(?:the|an?|its|our|his|her|their|\d+|[A-Z]\w+|\w+['’]s?) \w")
# "Some say was a failure", "headlines of his own, like": a piece of what was said is missing.
_HEADLESS = re.compile(r"\s+(?:was|were|is|are|has|have|had|would|will|could|can)\b")
_CUT = re.compile(
    r"\b(?:like|as|of|to|for|with|in|on|at|by|from|that|than|the|an?)[\s.,;]*$", re.IGNORECASE
)
_JOINER = re.compile(r",? (?:and|but|or)[\s.,;]*$")
# "Has written to the minister", "published an editorial": nothing is said of what is in it.
_SENDING = re.compile(r"\b(?:writt?en|wrote|writes?|publish\w*|read|reads|releas\w+)$")
_SAYS_WHAT = re.compile(
    r"[\"“:]|\b(?:that|saying|urging|asking|accusing|against|whether|calling)\b"
)
_SIDESTEP = re.compile(r"\W*(?:according to|in an? (?:interview|statement)\W*$)", re.IGNORECASE)
_PAST = 2  # base, third person, past: the order of the list's forms
_AMOUNTS = frozenset({"All", "Few", "Many", "Most", "No", "Several", "Similar", "Some", "Such"})
# "Losing the port": no name before an article.
_DOING = re.compile(r"[A-Z]\w+ing (?:an?|the|his|her|its|our|their|this|that|these|those)\b")
# A line alone goes on from nothing: "also said".
_ALSO = re.compile(r"\b(?:also|then) ", re.IGNORECASE)
_THEN = re.compile(r"^ (?:also|then|too)(?= )", re.IGNORECASE)
# "The plan, which Lee called a fraud", "a charge that Lee dismissed": before the source stands what
# the verb is about. "A letter in which Lee denounced the fee" goes on with a whole clause.
_TAKEN_UP = re.compile(
    r"(?:(?:\b(?P<of>about|against|at|by|during|for|from|in|of|on|to|under|with) )?"
    r"\b(?:which|whom|who|what)|, an? (?:[\w-]+ ){1,2}that) (?P<between>(?:[\w.'’-]+ ){0,4})$",
    re.IGNORECASE,
)
_MAX_BEFORE = 80  # characters
# What follows on what was said and changes it.
_CONDITION = re.compile(r",? (?:if|unless|until)\b")
# Verbs whose object is whom or what they judge cannot take up what stands before them.
_JUDGING_CLASS, _ACCUSING = "stance", "accuse"


def find(article: CleanArticle, statement: Statement) -> str | None:
    """The verb and what was said; ``None`` where they do not make a whole clause of their own."""
    if _is_in_order(statement):
        return _predicate(article, statement)
    return _turned(article, statement)


def _is_in_order(statement: Statement) -> bool:
    """Whether source, cue and content follow each other: "Kerry denounced the letter".

    A cue of two words may have its second in the content: "pointed [out that …]".
    """
    source, cue, content = statement.source, statement.cue, statement.content
    return bool(source and cue and content and source.end <= cue.start < content[0].start)


def _predicate(article: CleanArticle, statement: Statement) -> str | None:
    """The verb with all that belongs to it, and what it says, as they stand in the article."""
    source, cue = statement.source, statement.cue
    if source is None or cue is None:
        return None
    between = article.text[source.end : cue.start]
    start = cue.start
    if _AUXILIARIES.fullmatch(between):
        start = source.end
    elif "," not in between or _has_weight(between):
        return None
    verb = _ALSO.sub("", article.text[start : cue.end].strip())
    said = _THEN.sub("", article.text[cue.end : _end(article, statement)])
    said = _JOINER.sub("", said)
    words = f"{_finite(verb)}{said}"
    if _DANGLING.match(said) or _SIDESTEP.match(said) or _is_a_scrap(statement, said):
        return None
    if _leaves_open(said) or _lacks_a_part(verb, said) or _lacks_its_object(article, statement):
        return None
    outside = re.sub(r'["“][^"”]*["”]', "", words)
    return None if _FIRST_PERSON.search(outside) else _balanced(words)


def _lacks_a_part(verb: str, said: str) -> bool:
    """Whether the words tell no whole clause, or only that somebody wrote."""
    is_headless = verb.split()[-1] in _PLAIN and _HEADLESS.match(said) is not None
    is_empty = _SENDING.search(verb) is not None and not _SAYS_WHAT.search(said)
    return is_headless or is_empty or verb.startswith("to ") or _CUT.search(said) is not None


def _lacks_its_object(article: CleanArticle, statement: Statement) -> bool:
    """Whether what the verb is about stands before its source: "which Lee dismissed as a fraud"."""
    source, cue, content = statement.source, statement.cue, statement.content
    if source is None or cue is None:
        return False
    _, kind = _verb(cue.of(article.text))
    if kind == _JUDGING_CLASS and content[0].of(article.text).startswith("as "):
        return True
    before = article.text[max(0, source.start - _MAX_BEFORE) : source.start]
    taken_up = _TAKEN_UP.search(before)
    if taken_up is None or taken_up["of"]:
        return False
    return lexicon.cue_verbs().keys().isdisjoint(taken_up["between"].split())


def _leaves_open(said: str) -> bool:
    """Whether words need what stands before them in the article: "said she would fight for it"."""
    before = _OPEN.match(said)
    return before is not None and not _MEANT.search(before[0])


def _is_a_scrap(statement: Statement, said: str) -> bool:
    """Whether a few words before the verb's other half are all that would be told."""
    return len(statement.content) > 1 and n_words(said) < _MIN_PART_WORDS


def _finite(verb: str) -> str:
    """A participle cannot carry a sentence: "telling" becomes "told"."""
    return _past_forms().get(verb.casefold(), verb)


@cache
def _past_forms() -> dict[str, str]:
    """The past of every cue verb by its participle: "denying" -> "denied"."""
    rows = (line.split() for line in lexicon.lines("cue_verbs"))
    return {
        form: variants[_PAST]
        for _, _, *variants in rows
        for form in variants
        if form.endswith("ing") and len(variants) > _PAST
    }


def _end(article: CleanArticle, statement: Statement) -> int:
    """Where the content ends: its first stretch, or its last if they are one clause.

    A condition that follows belongs to it, to the sentence's end.
    """
    first, last = statement.content[0], statement.content[-1]
    between = article.text[first.end : last.start]
    end = last.end if len(between.split()) <= 1 else first.end
    if not _CONDITION.match(article.text, end):
        return end
    return next((one.end for one in article.sentences if one.end > end), end)


def _has_weight(between: str) -> bool:
    return bool(re.search(r"\b(?:not|never|no)\b|n't", between))


def _balanced(words: str) -> str | None:
    """The words with every quotation closed; a point inside the last quotation mark goes."""
    plain = words.translate(str.maketrans("“”", '""'))
    return plain if plain.count('"') % 2 == 0 else None


def _turned(article: CleanArticle, statement: Statement) -> str | None:
    """What was said before the verb, put behind it: "The bill is dead, Lee said"."""
    if statement.cue is None or not statement.content:
        return None
    said = statement.content[0].of(article.text).strip(" ,;")
    is_quotation = said[:1] in _QUOTE_MARKS
    is_scrap = is_quotation or _is_a_scrap(statement, said)
    cue = statement.cue.of(article.text)
    if is_scrap or _takes_none(cue) or _FIRST_PERSON.search(said) or not _balanced(said):
        return None
    verb = "said" if cue.casefold() in _PLAIN else _finite(cue)
    return f"{verb} {_lower_first(article, said)}"


def _takes_none(cue: str) -> bool:
    """Whether the verb of a cue has no room for what stands before it: "accused", "Asked about"."""
    lemma, kind = _verb(cue)
    return kind == _JUDGING_CLASS or lemma == _ACCUSING or cue[:1].isupper()


def _verb(cue: str) -> tuple[str, str]:
    """The lemma and the class of a cue's last word; empty where it is no cue verb."""
    return lexicon.cue_verbs().get(cue.casefold().split()[-1], ("", ""))


def _lower_first(article: CleanArticle, said: str) -> str:
    first = said.split()[0]
    is_small = f" {first.lower()} " in article.text or _DOING.match(said) is not None
    is_common = is_small or terms.is_stop_word(first) or first in _AMOUNTS
    return said[:1].lower() + said[1:] if is_common else said
