"""Articles as JSON: one object, a list, JSON Lines, and the news agencies' ninjs.

Keys that an article does not have are ignored, for files of others bring many; what it has must
be of the right kind. Knows nothing of files: ``name`` only says in messages what was read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NoReturn

from briefer import text
from briefer.articles import decoding, pages
from briefer.articles.dates import parse_iso
from briefer.errors import InputError, UnreadableInput
from briefer.schema import Article


def read_json(written: str, *, name: str) -> list[Article | InputError]:
    """The articles of a JSON text: one object or a list of objects.

    What is no article comes as the error that names it, a list's in its place.

    Raises:
        UnreadableInput: it is not JSON.
    """
    parsed = parse_json(written, name=name)
    if isinstance(parsed, list):
        return [
            _attempt(record, f"{name}, article {number}")
            for number, record in enumerate(parsed, start=1)
        ]
    return [_attempt(parsed, name)]


def _attempt(record: object, name: str) -> Article | InputError:
    try:
        return read_record(record, name=name)
    except InputError as error:
        return error


def scan_lines(written: str, *, name: str) -> Iterator[Article | InputError]:
    """The articles of JSON Lines; a line that is none comes as the error that names it.

    An article without a ``ref`` of its own gets ``name:line``.
    """
    for number, line in enumerate(written.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{name}:{number}"
        try:
            article = read_record(parse_json(line, name=place), name=place)
        except InputError as error:
            yield error
        else:
            yield article if article.ref else article.model_copy(update={"ref": place})


def parse_json(written: str, *, name: str) -> Any:
    """Strict JSON: NaN and Infinity, which JSON does not have, are refused.

    Raises:
        UnreadableInput: it is not JSON, or nested too deeply.
    """
    try:
        return json.loads(written, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UnreadableInput(f"{name} is not JSON: {error.msg} at {where}.") from error
    except RecursionError as error:
        raise UnreadableInput(f"{name} is JSON nested too deeply to be an article.") from error
    except ValueError as error:  # NaN, or a number of more digits than Python converts
        raise UnreadableInput(f"{name} is not JSON: {error}.") from error


def refuse_constant(constant: str) -> NoReturn:
    """For ``json.loads``, whose ``parse_constant`` is called for NaN and Infinity."""
    raise ValueError(f"{constant} is no JSON value")


def read_record(record: object, *, name: str) -> Article:
    """One article from a parsed JSON object, in briefer's own form or as ninjs.

    Raises:
        UnreadableInput: it is no object, has no text, two texts, or a value of the wrong kind.
    """
    if not isinstance(record, Mapping):
        kind = type(record).__name__
        raise UnreadableInput(f"{name} must be a JSON object with text or html, not a {kind}.")
    is_ours = record.get("text") is not None or record.get("html") is not None
    if not is_ours and _NINJS_KEYS & record.keys():
        return _read_ninjs(record, name)
    return _read_own(record, name)


def _read_own(record: Mapping[str, Any], name: str) -> Article:
    plain, html = _string(record, "text", name), _string(record, "html", name)
    if plain is not None and html is not None:
        raise UnreadableInput(f"{name} has both text and html; which one is the article?")
    if plain is None and html is None:
        raise UnreadableInput(f"{name} has no article: it lacks text and html.")
    if html is not None:
        article = pages.read_article(decoding.checked(html, name=f"{name}: html"))
    else:
        article = Article(text=decoding.checked(plain or "", name=f"{name}: text"))
    facts: dict[str, object] = {key: _line(record, key, name) for key in _FACTS}
    facts["published_at"] = _moment(record, "published_at", name)
    given = {key: value for key, value in facts.items() if value is not None}
    return article.model_copy(update=given)


_FACTS = ("title", "url", "publisher", "language", "ref")


def _string(record: Mapping[str, Any], key: str, name: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        kind = type(value).__name__
        raise UnreadableInput(f"{name}: {key} must be a string, not {kind}.")
    return value


def _line(record: Mapping[str, Any], key: str, name: str) -> str | None:
    """A short string without control characters or lone surrogates; ``None`` when blank."""
    value = _string(record, key, name)
    if value is None or not value.strip():
        return None
    return " ".join(decoding.checked(value, name=f"{name}: {key}").split())


def _moment(record: Mapping[str, Any], key: str, name: str) -> datetime | None:
    value = _line(record, key, name)
    if value is None:
        return None
    moment = parse_iso(value)
    if moment is None:
        raise UnreadableInput(
            f"{name}: {key} {value[:40]!r} is not ISO 8601 (2024-05-31T08:00:00Z)."
        )
    return moment


_NINJS_KEYS = frozenset({"body_text", "body_html", "body_xhtml", "bodies", "headline", "headlines"})
_NINJS_MOMENTS = ("versioncreated", "versionCreated", "contentcreated", "contentCreated",
                  "firstcreated", "firstCreated")  # fmt: skip


def _read_ninjs(record: Mapping[str, Any], name: str) -> Article:
    written = _ninjs_body(record)
    if written is None:
        raise UnreadableInput(
            f"{name} is ninjs without a body; briefer needs body_text or body_html."
        )
    moments = (_line(record, key, name) for key in _NINJS_MOMENTS)
    moment = next((moment for moment in moments if moment), None)
    return Article(
        text=decoding.checked(written, name=f"{name}: body"),
        title=_first_value(record, "headline", "headlines") or _first_value(record, "title"),
        url=_line(record, "url", name),
        publisher=_ninjs_publisher(record),
        published_at=parse_iso(moment) if moment else None,
        language=_line(record, "language", name),
        ref=_line(record, "uri", name),
    )


def _ninjs_body(record: Mapping[str, Any]) -> str | None:
    plain = record.get("body_text")
    if isinstance(plain, str) and plain.strip():
        return plain
    for key in ("body_html", "body_xhtml"):
        html = record.get(key)
        if isinstance(html, str) and html.strip():
            return pages.flatten(html)
    for body in _objects(record.get("bodies")):
        value = body.get("value")
        if isinstance(value, str) and value.strip():
            is_plain = "plain" in str(body.get("contenttype", body.get("contentType", "html")))
            return value if is_plain else pages.flatten(value)
    return None


def _ninjs_publisher(record: Mapping[str, Any]) -> str | None:
    for source in _objects(record.get("infosources") or record.get("infosource")):
        if isinstance(source.get("name"), str):
            return text.one_line(source["name"])
    return _first_value(record, "source", "copyrightholder", "copyrightHolder")


def _first_value(record: Mapping[str, Any], *keys: str) -> str | None:
    """The first string among the keys; of a list of objects the first one's ``value``."""
    for key in keys:
        value = record.get(key)
        values = [value] if isinstance(value, str) else [o.get("value") for o in _objects(value)]
        for found in values:
            if isinstance(found, str) and (line := text.one_line(found)):
                return line
    return None


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
