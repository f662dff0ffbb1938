"""A view put together by code: the holder, the article's own verb, and what was said.

The holder is the resolved name and the rest are the article's words, so that nothing gets into a
mouth that the statement did not put it in. Knows nothing of models.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from briefer import terms, text
from briefer.drafting.trimming import MAX_WORDS, n_words, trim
from briefer.mentions import lexicon
from briefer.schema import AUTHOR, CleanArticle, Passage, Sentence, Statement

_MIN_WORDS = 4
_MIN_PART_WORDS = 6  # of what was said, where only its first half is told
# Longer descriptions of an unnamed source are cut at their first comma or relative clause.
_MAX_HOLDER_WORDS = 8
# What may stand between source and verb and belongs to the verb.
_AUXILIARIES = re.compile(
    r"\s*(?:(?:has|have|had|did|does|do|is|are|was|were|will|would|could|may|might|not|never|also|"
    r"strongly|sharply|later|again|repeatedly|publicly|then|still)\s+){0,4}$|\s*\w+n't\s+$",
    re.IGNORECASE,
)
_PLAIN = frozenset({"said", "says", "say", "added", "adds", "told", "tells", "according to"})
_QUOTE_MARKS = '"“”'
_COMMA_INSIDE = re.compile(r',(["”])$')
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
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[MD]r\.)(?<!\bMrs\.)(?<!\bMs\.)\s+(?=[A-Z])")
# What a quotation that stands alone must not open with: nobody knows what "it" is, what "but" of.
_LEANING = re.compile(
    r"(?:(?:and|but|so|or|then|because|also|plus|yet)\b|"
    r"(?:he|she|it|they|this|that|these|those|them|his|her|its|their|such|there)\b)",
    re.IGNORECASE,
)
# "British government", "Ministry of Defence", but not "officials" or "Ann de Wit".
_IS_DESCRIPTION = re.compile(
    r"^(?!(?:the|an?|some|many|two|three|one|his|her|its|their)\b)(?=.*\b(?:government|ministry|"
    r"department|council|union|court|army|church|company|agency|committee|party|commission|police|"
    r"administration|office|board|federation|association|group|author|spokesm[ae]n|official|"
    r"parliament|senate|house|university|bank|team|family|opposition|alliance)$)",
    re.IGNORECASE,
)
_PAST = 2  # base, third person, past: the order of the list's forms
_AMOUNTS = frozenset({"All", "Few", "Many", "Most", "No", "Several", "Similar", "Some", "Such"})
# "Losing the port": no name before an article.
_DOING = re.compile(r"[A-Z]\w+ing (?:an?|the|his|her|its|our|their|this|that|these|those)\b")
_PRONOUNS = frozenset({"he", "she", "they", "it"})
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


def compose(article: CleanArticle, passage: Passage, statements: Sequence[Statement]) -> str | None:
    """A view in the article's own clause.

    Example: "Lee denounced the strike as theft." At most 25 words, or ``None`` where the parts
    do not fit together. The passage's statements are tried in order, the most telling first.
    """
    return _first(article, passage, statements, _clause)


def quote(article: CleanArticle, passage: Passage, statements: Sequence[Statement]) -> str | None:
    """A view in the holder's own words and no others, as in ``Lee said: "We were asleep."``."""
    return _first(article, passage, statements, _quotation)


def _first(
    article: CleanArticle,
    passage: Passage,
    statements: Sequence[Statement],
    predicate: Callable[[CleanArticle, Statement], str | None],
) -> str | None:
    if passage.speaker is None or passage.speaker == AUTHOR:
        return None
    for index in passage.statements:
        statement = statements[index]
        if set(statement.sentences) <= set(passage.sentences):
            line = _line(
                _holder(article, passage.speaker, statement), predicate(article, statement)
            )
            if line:
                return line
    return None


def _line(holder: str, predicate: str | None) -> str | None:
    if not predicate:
        return None
    line = " ".join(f"{holder} {predicate}".split()).rstrip(" ,;:")
    line = _COMMA_INSIDE.sub(r"\1", line)
    line = line if line.endswith((".", '."', '!"', '?"')) else f"{line}."
    line = trim(line) if n_words(line) > MAX_WORDS else line
    return line if _MIN_WORDS <= n_words(line) <= MAX_WORDS else None


def _clause(article: CleanArticle, statement: Statement) -> str | None:
    if _is_in_order(statement):
        return _predicate(article, statement)
    return _turned(article, statement)


def _holder(article: CleanArticle, speaker: str, statement: Statement) -> str:
    """The name; for an unnamed source the article's own words for it, with their determiner."""
    words = speaker
    source = statement.source.of(article.text) if statement.source else ""
    if not statement.is_named and speaker in source:
        words = source
    elif _IS_DESCRIPTION.search(words):
        words = f"the {words}"
    if n_words(words) > _MAX_HOLDER_WORDS:
        words = re.split(r",| who | which | that ", words, maxsplit=1)[0]
    return text.capitalised(words)


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


def _quotation(article: CleanArticle, statement: Statement) -> str | None:
    """The first quotation of a statement, whole sentences of it up to a line's length.

    One that begins small is part of a sentence: 'said: "unlawfully claimed a right"'.
    """
    for span in statement.content:
        words = span.of(article.text).strip()
        inner = words.strip(_QUOTE_MARKS).strip()
        is_whole = words[:1] in _QUOTE_MARKS and words[-1:] in _QUOTE_MARKS
        if is_whole and not inner[:1].islower() and not any(mark in inner for mark in _QUOTE_MARKS):
            kept = _fitting_sentences(inner)
            return f'said: "{kept}"' if kept else None
    return None


def _fitting_sentences(quotation: str) -> str:
    """The first sentences that fit beside a holder of three words, beginning where one does."""
    kept = ""
    for sentence in _SENTENCE_END.split(quotation):
        longer = f"{kept} {sentence}".strip()
        if n_words(longer) > MAX_WORDS - 4:
            if kept:
                break
            continue
        if not kept and _LEANING.match(sentence):
            return ""
        kept = longer
    return kept.rstrip(",") if n_words(kept) >= _MIN_WORDS else ""


def resolved(article: CleanArticle, sentence: Sentence, statements: Sequence[Statement]) -> str:
    """A sentence whose "He said" opens with the name that is meant."""
    for statement in statements:
        source = statement.source
        if source is None or source.start != sentence.start or not statement.is_named:
            continue
        if source.of(article.text).casefold() in _PRONOUNS and statement.speaker:
            return statement.speaker + article.text[source.end : sentence.end]
    return sentence.text
