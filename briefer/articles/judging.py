"""Whether a readable text can be briefed at all, and if not, why, in words.

The rules, in order; the first that holds decides:

1. no words, placeholder text, program code, a listing (menus, prices, tables): ``not_an_article``
2. a language that the pipeline cannot read: ``unsupported_language``
3. a notice or instructions to the reader (cookies, terms, errors, recipes), what a programme will
   bring, letters by several authors: ``not_an_article``
4. fewer than ``MIN_WORDS`` words: ``too_short``
5. a paywall's notice at the end of a short text, or a short text that breaks off: ``incomplete``

Rules 3 and 5 read English. Everything else is an article: the rules name what they know.
Measured on 519 + 46 + 84 news texts (train-briefs, gum, polnear): none refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefer import text
from briefer.articles import languages, letters, paywalls
from briefer.articles.blocks import CELL_SEPARATOR
from briefer.schema import Sentence, Status

MIN_WORDS = 40
"""The shortest of 649 real news texts has 53 words; twenty words cannot be shortened."""

_FLAGS = re.IGNORECASE


@dataclass(frozen=True, slots=True)
class Judgement:
    """``ok``, or the reason why a text cannot be briefed with a note that says it in words."""

    status: Status
    note: str | None = None


def judge(
    cleaned: str, sentences: Sequence[Sentence], *, language: str | None, removed: Sequence[str]
) -> Judgement:
    """Judge a text without its boilerplate; ``removed`` is the boilerplate taken out of it."""
    shape = _measure(cleaned, sentences)
    return (
        _judge_form(cleaned, shape, language)
        or _judge_language(language)
        or _judge_notice(cleaned, sentences, shape, removed)
        or _judge_programme(sentences, removed)
        or _judge_letters(cleaned)
        or _judge_length(shape)
        or _judge_end(cleaned, sentences, shape, removed)
        or Judgement("ok")
    )


# English function words: prose has two different ones in nearly every sentence, lists have none.
_FUNCTION_WORDS = text.forms(
    "the a an of to in on at by for with from and or but that which who as is are was were be been "
    "has have had will would it its he she they his her their this these not said after before "
    "than i you we my your our if when there what do did can could should must so no all more one "
    "about into over out up new also just them him us me"
)
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_MIN_PROSE_WORDS = 6


@dataclass(frozen=True, slots=True)
class _Shape:
    """``prose`` is the share of words in sentences that read like English prose."""

    n_words: int
    n_sentences: int
    prose: float


def _measure(cleaned: str, sentences: Sequence[Sentence]) -> _Shape:
    n_words, n_prose = 0, 0
    for sentence in sentences:
        words = text.words(sentence.text)
        n_words += len(words)
        if _is_prose(sentence.text, words):
            n_prose += len(words)
    n_words = max(n_words, _count_wide(cleaned) // 2)
    return _Shape(n_words, len(sentences), n_prose / max(1, n_words))


def _is_prose(sentence: str, words: Sequence[str]) -> bool:
    """Whether a sentence is English prose: long enough, ended, and held by function words."""
    if len(words) < _MIN_PROSE_WORDS or not _SENTENCE_END.search(sentence[-4:]):
        return False
    return len({word.lower() for word in words} & _FUNCTION_WORDS) >= 2


_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")  # Han and kana: no spaces


def _count_wide(cleaned: str) -> int:
    return len(_WIDE.findall(cleaned))


_LOREM = re.compile(r"\b(?:lorem ipsum|dolor sit amet|consectetur adipisc?ing)\b", _FLAGS)
_CODE = re.compile(
    r"[{};]\s*$|^\s*(?:def|class|import|from \w+ import|function|const|let|var|return|public"
    r"|#include|<\?php|package|using|if \(|for \(|while \()\b|[=!]==?|=>|->|\(\)|&&|\|\||</?\w+>"
    r"|\w+\(.*\);?$",
)
_MIN_CODE_SHARE = 0.4
_MIN_PROSE = 0.35  # the lowest of 649 news texts is .55, an interview with one-word answers


def _judge_form(cleaned: str, shape: _Shape, language: str | None) -> Judgement | None:
    if shape.n_words == 0:
        return Judgement("not_an_article", "there is no text in it but buttons and notices")
    n_lorem = len(_LOREM.findall(cleaned))
    if n_lorem and (shape.prose < _MIN_PROSE or n_lorem * 40 >= shape.n_words):
        return Judgement("not_an_article", "it is placeholder text (lorem ipsum)")
    paragraphs = cleaned.split("\n\n")
    n_code = sum(_CODE.search(paragraph[:500]) is not None for paragraph in paragraphs)
    if n_code >= max(3, _MIN_CODE_SHARE * len(paragraphs)) and shape.prose < 2 * _MIN_PROSE:
        return Judgement("not_an_article", "it looks like program code or markup")
    if languages.is_english(language) and shape.prose < _MIN_PROSE:
        return _judge_listing(paragraphs, shape)
    return None


_PRICE = re.compile(r"[$€£¥₹]\s?\d|\d\s?[$€£¥₹%]|\b\d+[.,]\d\d\b|\b(?:Rs|USD|EUR|GBP)\b\.? ?\d")
_MIN_LISTING_WORDS = 12  # a headline or two lines of text are too short, not a list


def _judge_listing(paragraphs: Sequence[str], shape: _Shape) -> Judgement | None:
    if shape.n_words < _MIN_LISTING_WORDS:
        return None
    n_rows = sum(CELL_SEPARATOR in paragraph or "\t" in paragraph for paragraph in paragraphs)
    n_prices = sum(_PRICE.search(paragraph) is not None for paragraph in paragraphs)
    if n_prices * 3 >= len(paragraphs) and n_prices >= 3:
        return Judgement("not_an_article", "it looks like a list of prices or figures")
    if n_rows * 2 >= len(paragraphs):
        return Judgement("not_an_article", "it looks like a table")
    share = f"{shape.prose:.0%}"
    return Judgement(
        "not_an_article", f"only {share} of its words are in sentences: a menu, list or form?"
    )


def _judge_language(language: str | None) -> Judgement | None:
    if language is None or languages.primary(language) in languages.SUPPORTED:
        return None
    known = ", ".join(sorted(languages.SUPPORTED))
    return Judgement(
        "unsupported_language", f"it is written in {language!r}; this version reads: {known}"
    )


_ADDRESS = re.compile(r"\b(?:you|your|yours|we|our|us|please)\b", _FLAGS)
_NOTICE = re.compile(
    r"\b(?:cookies?|consent|privacy|preferences|personal (?:data|information)|accept all|browser"
    r"|third[- ]part(?:y|ies)|terms (?:of|and)|conditions|agree(?:ment)?|javascript|log ?in"
    r"|sign ?(?:in|up)|password|account|subscri\w+|refunds?|deliver(?:y|ies)|shipping|checkout"
    r"|basket|cart|warranty|website|this site|our (?:site|services?|partners)|error \d{3}|404"
    r"|page (?:not found|you)|captcha|robot|access denied|enable|opt[- ]out|settings|licen[cs]e"
    r"|liabilit\w+|newsletter)\b",
    _FLAGS,
)
_VISITOR = re.compile(rf"\b(?:you|your|please|thank you)\b|{_NOTICE.pattern}", _FLAGS)
_RECIPE = re.compile(
    r"\b(?:preheat|tbsp|tsp|tablespoons?|teaspoons?|cups?|whisk|stir|simmer|saut[eé]|chopped|diced"
    r"|minced|oven|bake|garnish|marinate|drain|knead|\d+ ?(?:g|ml|oz)|ingredients|serves \d+)\b",
    _FLAGS,
)
# What reports have and notices lack: somebody said, did or was something.
_REPORT = re.compile(
    r"\b(?:said|says|told|announc(?:e[ds]|ing)|reported|according to|added|confirmed|was|were|had"
    r"|did|will launch|launch(?:es|ed)"
    r"|on (?:jan|feb|mar|apr|may|june|july|aug|sept?|oct|nov|dec)(?:\.|[a-z]*) \d{1,2}"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    _FLAGS,
)
_MIN_NOTICE_SHARE = 0.5
_MAX_REPORT_SHARE = 0.25
_NO_REPORT_SHARE = 0.1


def _judge_notice(
    cleaned: str, sentences: Sequence[Sentence], shape: _Shape, removed: Sequence[str]
) -> Judgement | None:
    n_removed = sum(len(text.words(paragraph)) for paragraph in removed)
    if n_removed > shape.n_words and shape.n_words < 2 * MIN_WORDS:
        return Judgement("not_an_article", "it is mostly buttons, links and notices of a page")
    report_share = _share(_REPORT, sentences)
    if report_share > _MAX_REPORT_SHARE:
        return None
    is_notice = _share(_NOTICE, sentences) >= _MIN_NOTICE_SHARE
    if is_notice and (_ADDRESS.search(cleaned) or shape.n_words < MIN_WORDS):
        return Judgement("not_an_article", "it is a notice to the page's visitors, not a report")
    if _share(_RECIPE, sentences) >= _MIN_NOTICE_SHARE and len(sentences) >= 4:
        return Judgement("not_an_article", "it looks like a recipe")
    if report_share < _NO_REPORT_SHARE and _share(_VISITOR, sentences) >= _MIN_NOTICE_SHARE:
        return Judgement("not_an_article", "it addresses its reader and reports nothing")
    return None


# What the page of a programme says; what it will bring is told in half sentences around it.
_PROGRAMME = re.compile(
    r"\b(?:today|tonight|tomorrow|this (?:week|month|morning|evening))['’]s (?:show|program(?:me)?"
    r"|episode|edition|broadcast)\b|\bon this page\b|\b(?:bottom|top|foot) of (?:this|the) page\b"
    r"|\bthank(?:s| you) for (?:using|watching|listening|tuning|joining)\b|\btun(?:e|ing) in\b"
    r"|\b(?:click|tap) here\b|\btranscripts? (?:of|is|are|will)\b",
    _FLAGS,
)
_MIN_PROGRAMME, _MIN_PROGRAMME_SHARE = 3, 0.25


def _judge_programme(sentences: Sequence[Sentence], removed: Sequence[str]) -> Judgement | None:
    told = [*(one.text for one in sentences), *removed]
    n_hits = sum(_PROGRAMME.search(one) is not None for one in told)
    if n_hits < max(_MIN_PROGRAMME, _MIN_PROGRAMME_SHARE * len(told)):
        return None
    return Judgement("not_an_article", "it tells what a programme brings and how to use its page")


def _judge_letters(cleaned: str) -> Judgement | None:
    n_letters = len({*letters.signatures(cleaned.split("\n\n"))})
    if n_letters < 2:
        return None
    note = f"it holds {n_letters} letters by different authors; give each by itself"
    return Judgement("not_an_article", note)


def _share(pattern: re.Pattern[str], sentences: Sequence[Sentence]) -> float:
    hits = sum(pattern.search(sentence.text) is not None for sentence in sentences)
    return hits / max(1, len(sentences))


def _judge_length(shape: _Shape) -> Judgement | None:
    if shape.n_words >= MIN_WORDS:
        return None
    return Judgement(
        "too_short", f"it has {shape.n_words} words; a brief needs at least {MIN_WORDS}"
    )


_N_LAST = 4
_ELLIPSIS_END = re.compile(r"(?:\.\.\.|…|\[(?:…|\.\.\.)\])$")


def _judge_end(
    cleaned: str, sentences: Sequence[Sentence], shape: _Shape, removed: Sequence[str]
) -> Judgement | None:
    if shape.n_words > paywalls.MAX_STUB_WORDS:
        return None
    last = [*cleaned.split("\n\n")[-_N_LAST:], *removed]
    if any(paywalls.is_notice(paragraph) for paragraph in last):
        return Judgement(
            "incomplete", "it stops at a notice for subscribers; only the beginning is here"
        )
    if _breaks_off(sentences[-1].text):
        return Judgement("incomplete", "its text breaks off in the middle of a sentence")
    return None


# "press@herald.example", "herald.example/live", "#pier": no word that prose stops at.
_ADDRESS_WORD = re.compile(r"[@#]\w|://|[^\W\d_]\.[^\W\d_]")


def _breaks_off(last: str) -> bool:
    """Whether prose stops without an end; a credit, a name, a heading or an address does not."""
    if _ELLIPSIS_END.search(last[-4:]):
        return True
    word = last.split()[-1]
    if _ADDRESS_WORD.search(word):
        return False
    is_open = last[-1] in ",;–—-" or word.islower()
    return (
        is_open and not _SENTENCE_END.search(last[-4:]) and _is_prose(f"{last}.", text.words(last))
    )
