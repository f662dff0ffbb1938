"""Bytes of unknown origin become text, or are refused because they are none.

Order: byte order mark, UTF-8 where it holds, the encoding the file declares, a detector last.
UTF-8 goes before the declaration because text of another encoding hardly ever happens to be
valid UTF-8, while declarations are wrong every day.
"""

from __future__ import annotations

import codecs
import re

from briefer.errors import UnreadableInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF, which is read from files and links, not here"),
    (b"PK\x03\x04", "a zip archive or office document; save it as text or HTML first"),
    (b"\xd0\xcf\x11\xe0", "an office document; save it as text or HTML first"),
    (b"\x1f\x8b", "gzip; unpack it first"),
    (b"BZh", "bzip2; unpack it first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"{\\rtf", "rich text; save it as text or HTML first"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})"""
    rb"""|<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEAD_BYTES = 4096  # the HTML standard looks for a declaration in the first 1,024
_SAMPLE_BYTES = 100_000
_MAX_CONTROL_SHARE = 0.1  # the contract: more control characters than that are no text


def decode(content: bytes, *, name: str) -> str:
    """The text of a file or body, without its byte order mark.

    Raises:
        UnreadableInput: the bytes are binary, empty, blank or mostly control characters.
    """
    _refuse_binary(content, name)
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return checked(content[len(mark) :].decode(encoding, "replace"), name=name)
    encoding = _wide_encoding(content) or ""
    if not encoding and b"\x00" in content:
        raise UnreadableInput(f"{name} is binary (it holds NUL bytes); briefer reads text.")
    return checked(_decode(content, encoding), name=name)


def checked(written: str, *, name: str) -> str:
    """The text itself, if it is text.

    Raises:
        UnreadableInput: it is empty or blank, holds NUL or lone surrogates, or more than a tenth
            of it are control characters.
    """
    if not written.strip():
        raise UnreadableInput(f"{name} is empty; there is nothing to brief.")
    if "\x00" in written:
        raise UnreadableInput(f"{name} holds NUL characters; briefer reads text.")
    if not written.isascii() and _LONE_SURROGATE.search(written):
        raise UnreadableInput(f"{name} holds lone surrogates, which no text may; encode it anew.")
    n_controls = len(_CONTROL.findall(written))
    if n_controls > _MAX_CONTROL_SHARE * len(written):
        raise UnreadableInput(
            f"{name} is no text: {n_controls} of its {len(written)} characters are control "
            "characters."
        )
    return written


_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def _refuse_binary(content: bytes, name: str) -> None:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise UnreadableInput(f"{name} is {kind}; briefer reads text, Markdown, HTML and JSON.")


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without a mark, told by where its zero bytes stand in mostly Latin text."""
    sample = content[: _SAMPLE_BYTES - _SAMPLE_BYTES % 2]
    if len(content) % 2 or len(sample) < 8:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.4 * half and not sample[::2].count(0):
        return "utf-16-le"
    if sample[::2].count(0) > 0.4 * half and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _decode(content: bytes, encoding: str) -> str:
    for candidate in (encoding, "utf-8", _declared_encoding(content), _detected(content)):
        try:
            if candidate:
                return content.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


# Encodings that texts of the web come in (WHATWG Encoding Standard); Python knows others that a
# hostile declaration could misuse (punycode, idna, unicode_escape).
_KNOWN_ENCODING = re.compile(
    r"^(?:utf-?(?:8|16|32)(?:-?[bl]e)?|iso-?8859-\d{1,2}|windows-\d{3,4}|cp\d{3,4}|ibm866|koi8-[ru]"
    r"|gb(?:k|2312|18030)|big5(?:-hkscs)?|shift[_-]jis|euc-(?:jp|kr)|iso-2022-(?:jp|kr)|tis-620"
    r"|macintosh|x-mac-cyrillic)$",
    re.IGNORECASE,
)


def _declared_encoding(content: bytes) -> str | None:
    """The encoding that an XML declaration or a meta element names, as a name Python knows."""
    match = _DECLARED.search(content[:_HEAD_BYTES])
    if match is None:
        return None
    named = (match[1] or match[2]).decode("ascii", "replace").lower()
    # Browsers read these as Windows-1252, its superset (WHATWG Encoding Standard, section 4.2).
    if named in {"iso-8859-1", "latin1", "us-ascii", "ascii"}:
        return "cp1252"
    return named if _KNOWN_ENCODING.match(named) else None


# A German line in Windows-1252 is taken for IBM865 with .26; an English text with one "ë" in it for
# Mac Central European with .75, so few bytes beyond ASCII are taken for Western European ones.
_MIN_CONFIDENCE = 0.5
_MIN_HIGH_SHARE = 0.02


def _detected(content: bytes) -> str | None:
    import cchardet  # a C library that only texts of other encodings need

    sample = content[:_SAMPLE_BYTES]
    if len(_HIGH.findall(sample)) < _MIN_HIGH_SHARE * len(sample):
        return "cp1252"
    found = cchardet.detect(sample)
    encoding, confidence = str(found["encoding"] or ""), found["confidence"] or 0
    if confidence < _MIN_CONFIDENCE:
        return None
    return "cp1252" if encoding == "ISO-8859-1" else encoding or None


_HIGH = re.compile(rb"[\x80-\xff]")
