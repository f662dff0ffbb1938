"""What may be shown of hostile text: cleaned characters, marked scripts, web links, no Markdown.

HTML is escaped by the template engine, never here. Knows nothing of digests or templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from briefer import text as texts

MAX_CHARS = 1200
"""Longest text shown in one piece; sentences are cut at 1,000 characters by ``text.sentences``."""
MAX_NAME_CHARS = 240
_MAX_URL_CHARS = 2000

# Which fonts and which reading order a stretch of text needs. Latin is not marked; letters that
# several languages share get the script's subtag with an undetermined language (RFC 5646, 4.1).
_SCRIPTS = {
    "cjk": "\u2e80-\u2fdf\u3003-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff",
    "hangul": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "hebrew": "\u0590-\u05ff\ufb1d-\ufb4f",
    "cyrillic": "\u0400-\u052f\u2de0-\u2dff\ua640-\ua69f",
}
# A run of a script with the spaces and marks inside it; nothing follows, so it cannot backtrack.
_RUNS = re.compile("|".join(rf"(?P<{key}>[{x}](?:\W*[{x}])*)" for key, x in _SCRIPTS.items()))
_KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_URDU = re.compile("[\u0679\u0688\u0691\u06ba\u06be\u06c1\u06d2]")
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]")
# Marks stacked higher than any language does (three) run into the lines above and below.
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_STACKED = re.compile(rf"(?<={_MARK}{{3}}){_MARK}+")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "he"})


def shown(text: str, limit: int = MAX_CHARS) -> str:
    """``text`` on one line, without control, invisible or direction-changing characters.

    Of marks stacked on a letter three are kept. Longer text ends in an ellipsis at a word boundary
    where there is one.
    """
    line = _STACKED.sub("", " ".join(texts.clean(text[: 4 * limit]).split()))
    if len(line) <= limit:
        return line
    kept = line[:limit]
    return (kept.rsplit(" ", 1)[0] if " " in kept[limit // 2 :] else kept).rstrip(" ,;:") + " …"


def name(text: str) -> str:
    """A name, title or reference: as ``shown``, but shorter."""
    return shown(text, MAX_NAME_CHARS)


def link(url: str | None) -> str | None:
    """An address that may be linked: http or https, a host, no credentials; else ``None``.

    Characters that could end an attribute, a Markdown link or a line are percent-encoded.
    """
    if not url or len(url) > _MAX_URL_CHARS or not url.isprintable():
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    return quote(parts.geturl(), safe="%/:?#@!$&+,;=-._~[]" if "[" in host else "%/:?#@!$&+,;=-._~")


def runs(text: str) -> Iterator[tuple[str, str | None]]:
    """``text`` cut where its script changes, each part with a language tag or ``None`` (Latin).

    Spaces and marks between two words of one script belong to it, all others to Latin.
    """
    end = 0
    for match in _RUNS.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], None
        yield match[0], _language_of(match.lastgroup or "", match[0])
        end = match.end()
    if end < len(text):
        yield text[end:], None


def _language_of(script: str, part: str) -> str:
    if script == "cjk":
        return "ja" if _KANA.search(part) else "zh-Hans"
    if script == "arabic":
        return "ur" if _URDU.search(part) else "fa" if _PERSIAN.search(part) else "ar"
    return {"hangul": "ko", "hebrew": "he", "cyrillic": "und-Cyrl"}[script]


_MARKDOWN = re.compile(r"[\\`*_{}\[\]|~$]")
# Where GFM begins a link by itself; written as an entity it begins none and is shown the same.
_AUTOLINK = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_LINE_START = re.compile(r"^(\s*)([#+\-=:]|\d{1,9}(?=[.)]))")


def markdown(text: str) -> str:
    """``text`` so that Markdown (CommonMark, GFM, Liquid in front of it) shows it as it is.

    Web addresses in it are not linked. GFM still links e-mail addresses, and hosts such as GitHub
    "@name", both after entities are read. What means something only at the start of a line is left
    to ``markdown_start``.
    """
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    marked = _MARKDOWN.sub(r"\\\g<0>", plain)
    return _AUTOLINK.sub(lambda found: f"&#{ord(found[0])};", marked)


def markdown_start(line: str) -> str:
    """A line of escaped Markdown that cannot start a heading, list, rule or definition."""
    return _LINE_START.sub(_escaped_start, line)


def _escaped_start(match: re.Match[str]) -> str:
    space, mark = match.groups()
    return f"{space}{mark}\\" if mark[0].isdigit() else f"{space}\\{mark}"
