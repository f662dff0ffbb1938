"""What a paper says where it stops and asks for a subscription, told from news about such things.

Reads English. Knows nothing of pages or of what else stands in a text.
"""

from __future__ import annotations

import re

from briefer import text

_FLAGS = re.IGNORECASE

MAX_STUB_WORDS = 250
"""A longer text with a notice for subscribers is taken for whole."""

_NOTICE = re.compile(
    r"\b(?:subscribe|subscription|register|sign (?:in|up)|log ?in|become a (?:member|subscriber)"
    r"|start your (?:free )?trial|create (?:a|your) free account|pay)\b.{0,60}"
    r"\b(?:to (?:continue|keep|read|unlock|access|view)|for (?:full|unlimited) access)\b"
    r"|\b(?:continue|keep) reading\b.{0,40}\b(?:subscri\w+|trial|account|member\w*|free)\b"
    r"|\bto (?:continue reading|read (?:the )?(?:full|rest|more|this)|unlock|access the full)\b"
    r".{0,80}\b(?:subscri\w+|register|sign|log|account|member\w*|pay)\b"
    r"|\bthis (?:article|story|content|post) is (?:only |exclusively )?"
    r"(?:for|available to|reserved for|free for|locked)\b"
    r"|\b(?:subscriber|member|premium)s?[- ](?:only|exclusive)\b"
    r"|\balready a (?:subscriber|member)\b|\byou(?:['’]ve| have) (?:reached|used)\b.{0,40}\bfree\b"
    r".{0,20}\b(?:articles?|stor(?:y|ies))\b"
    r"|\b\d{1,2} ?(?:%|per ?cent) of (?:this|the) (?:article|story)\b.{0,30}\b(?:left|remain\w*)"
    r"|^\W*continue reading\W*$|\bpaywall(?:ed)?\W*$",
    _FLAGS,
)
# A notice speaks to its reader: "residents can register to view the plans" is news, and so is what
# somebody says about subscribing.
_ADDRESSED = re.compile(
    r"^\W*(?:please |or |to |log|sign|regist|subscri|become|start|create|pay|continue|keep|already"
    r"|click|tap|this (?:article|story|content|post)|\d|unlock|purchase)"
    r"|\b(?:you|your)\b|paywall\W*$"
    r"|(?:subscriber|member|premium)s?[- ](?:only|exclusive) (?:events|content|article|story)",
    _FLAGS,
)
_REPORTED = re.compile(r"\b(?:said|says|told|will have to|must|voted)\b|[\"“]", _FLAGS)
_YOU = re.compile(r"\byou", _FLAGS)
_MAX_CHARS = 500


def is_notice(paragraph: str) -> bool:
    """Whether a paragraph says that the rest of the article is for subscribers."""
    start = paragraph[:_MAX_CHARS]
    return any(_is_addressed(start, match) for match in _NOTICE.finditer(start))


def _is_addressed(paragraph: str, notice: re.Match[str]) -> bool:
    """Whether the sentences that hold a notice's words speak to the reader."""
    held = (
        sentence.text
        for sentence in text.sentences(paragraph)
        if sentence.start < notice.end() and notice.start() < sentence.end
    )
    words = " ".join(held)
    is_reported = _REPORTED.search(words) is not None and not _YOU.search(words)
    return not is_reported and _ADDRESSED.search(words) is not None
