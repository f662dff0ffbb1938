"""What a client sends becomes articles and options, or a problem that names the field.

Strict where the command line is lenient: an unknown field is an error, for a typo must not pass
in silence. Knows nothing of models or answers.
"""

from __future__ import annotations

import asyncio
import json
import re
from datetime import date
from email.message import Message
from itertools import islice
from typing import Annotated, Any, Literal, Self, TypeVar
from urllib.parse import parse_qsl

from anyio import to_thread
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.requests import ClientDisconnect, Request

from briefer import articles, errors, language_tags
from briefer.articles.records import refuse_constant
from briefer.schema import Article, Options
from briefer.server.limits import Limits
from briefer.server.problem import Problem

_NAME = "The article"
_JSON = "application/json"
MAX_POINTERS = 20
"""So many errors of a request are told."""
_MAX_PARTS = 20_000
"""Strings and commas of a body: 200 articles with all their fields have 9,000.

pydantic builds an error for each part that is wrong: gigabytes for 5 MiB of them, 0.3 s at worst
for so many.
"""
_PART = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|,', re.DOTALL)
_STORY = "The council of Tellmouth voted on Monday to repair the old pier before the summer."

Short = Annotated[str, Field(max_length=1000)]
Moment = Annotated[str, Field(max_length=64, json_schema_extra={"format": "date-time"})]


def _known_tag(given: str) -> str:
    if language_tags.normalise(given) is None:
        raise ValueError("this is no language tag (BCP 47); write it like en-GB")
    return given


Tag = Annotated[
    str,
    Field(
        max_length=language_tags.MAX_CHARS,
        json_schema_extra={"pattern": language_tags.PATTERN},
    ),
    AfterValidator(_known_tag),
]
Id = Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,64}$")]


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Sent = TypeVar("Sent", bound=_Sent)


class BriefRequest(_Sent):
    """An article to brief: exactly one of ``text``, ``html`` and ``url``."""

    text: str | None = Field(default=None, examples=[_STORY])
    html: str | None = None
    url: str | None = Field(default=None, max_length=2000)
    title: Short | None = Field(default=None, examples=["Pier to be repaired"])
    published_at: Moment | None = None
    publisher: Short | None = None
    language: Tag | None = None
    ref: Short | None = None
    options: Options = Options()

    @model_validator(mode="after")
    def _one_article(self) -> Self:
        given = [key for key in ("text", "html", "url") if getattr(self, key) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "none of them"
            raise ValueError(f"give exactly one of text, html and url; there is {found}")
        return self


class BatchRequest(_Sent):
    """Several articles, each as in ``BriefRequest``; a wrong one costs only itself."""

    articles: Annotated[list[Any], Field(min_length=1)]


class DigestRequest(_Sent):
    """A day's document of stored briefs (``article_ids``), of new articles, or of both."""

    day: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2026-11-24"])]
    article_ids: list[Id] = []
    articles: list[BriefRequest] = []
    formats: list[Literal["pdf", "html", "md", "json"]] = Field(
        default=[], description="Those you will ask for; all four are always to be had"
    )

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if not self.article_ids and not self.articles:
            raise ValueError("give articles or article_ids")
        return self


async def receive(request: Request, kind: type[Sent], limits: Limits) -> Sent:
    """The request in a JSON body, parsed off the event loop.

    Raises:
        Problem: as of ``read`` and ``parse``.
    """
    return await to_thread.run_sync(parse, await read(request, _JSON, limits), kind)


async def read(request: Request, media_type: str, limits: Limits) -> bytes:
    """The body, if it is of the type, small enough and quick enough.

    Raises:
        Problem: 408, 413 or 415.
    """
    _check_type(request, media_type)
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > limits.max_body_bytes:
        raise _too_large(limits)
    try:
        async with asyncio.timeout(limits.body_timeout_s):
            return await _collect(request, limits)
    except TimeoutError as error:
        raise Problem("too-slow", f"No body after {limits.body_timeout_s:g} seconds.") from error
    except ClientDisconnect as error:
        raise Problem("bad-request", "The body broke off.") from error


async def _collect(request: Request, limits: Limits) -> bytes:
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > limits.max_body_bytes:
            raise _too_large(limits)
    return bytes(parts)


def _too_large(limits: Limits) -> Problem:
    return Problem("too-large", f"The body has more than {limits.max_body_bytes:,} bytes.")


def _check_type(request: Request, media_type: str) -> None:
    header = Message()
    header["content-type"] = request.headers.get("content-type", "application/octet-stream")
    charset = header.get_content_charset("utf-8")
    encoding = request.headers.get("content-encoding", "identity").lower()
    if header.get_content_type() != media_type or charset not in ("utf-8", "utf8"):
        raise Problem("wrong-type", f"Send {media_type}, in UTF-8.")
    if encoding != "identity":
        raise Problem("wrong-type", "Send the body without a content encoding.")


def parse(body: bytes, kind: type[Sent]) -> Sent:
    """The request in a JSON body.

    Raises:
        Problem: 400 when it is not JSON, 413 when it has too many parts, 422 when it is JSON of
            another form.
    """
    _check_extent(body)
    _check_json(body)
    try:
        return kind.model_validate_json(body, strict=True)
    except ValidationError as error:
        raise _invalid(error) from error


def parse_item(item: object) -> BriefRequest:
    """One article of a batch, already parsed as JSON.

    Raises:
        Problem: 422 when it is of another form.
    """
    try:
        # Through JSON once more, for pydantic is strict about tuples in Python's values only.
        return BriefRequest.model_validate_json(json.dumps(item), strict=True)
    except ValidationError as error:
        raise _invalid(error) from error


def parse_day(written: str) -> date:
    """A day of an address or body.

    Raises:
        Problem: 422 when there is no such day.
    """
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise _no_day() from error
    if day.isoformat() != written:  # ISO 8601 has three ways to write a day, we have one
        raise _no_day()
    return day


def _no_day() -> Problem:
    return Problem("invalid", "There is no such day; write it like 2026-11-24.")


def _invalid(error: ValidationError) -> Problem:
    return Problem("invalid", "The request has errors.", pointers=_pointers(error))


def _check_extent(body: bytes) -> None:
    """That there is little to be wrong, before anything is built of it."""
    if any(islice(_PART.finditer(body), _MAX_PARTS, None)):
        told = f"The body has more than {_MAX_PARTS:,} strings and values. Send less at once."
        raise Problem("too-large", told)


def _check_json(body: bytes) -> None:
    """JSON as RFC 8259 has it; pydantic's parser would let NaN pass in places."""
    try:
        json.loads(body.decode("utf-8"), parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        raise Problem("not-json", f"The body is not JSON in UTF-8: {_reason(error)}.") from error


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at line {error.lineno}, column {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} is not UTF-8"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _pointers(error: ValidationError) -> list[dict[str, str]]:
    """Which fields are wrong and why, without what was sent."""
    details = error.errors(include_url=False, include_input=False, include_context=False)
    return [
        {
            "pointer": "".join(f"/{_escaped(part)}" for part in detail["loc"]),
            "detail": detail["msg"].removeprefix("Value error, "),
        }
        for detail in details[:MAX_POINTERS]
    ]


def _escaped(part: int | str) -> str:
    """A reference token of RFC 6901, section 3, of bounded length."""
    return str(part).replace("~", "~0").replace("/", "~1")[:100]


def article_of(sent: BriefRequest, limits: Limits) -> Article:
    """The article that was sent as text or HTML; reads HTML, so it is not for the event loop.

    Raises:
        InputTooLarge: the text or HTML is longer than the limit.
        UnreadableInput: NUL, lone surrogates, too many control characters, nothing but blanks, or
            a date that is none.
    """
    given = sent.text if sent.text is not None else sent.html
    if given is not None and len(given) > limits.max_text_chars:
        raise errors.InputTooLarge(
            f"The text has {len(given):,} characters; this server takes {limits.max_text_chars:,}. "
            "Send the parts one by one."
        )
    record = sent.model_dump(exclude={"options"}, exclude_none=True)
    return articles.read_record(record, name=_NAME)


def page_of(sent: BriefRequest, content: bytes, url: str, limits: Limits) -> Article:
    """The article of a page that was fetched; what the client said of it counts more.

    Raises:
        InputTooLarge: the page is longer than the limit.
        UnreadableInput: the page is no text.
    """
    html = articles.decode(content, name=_NAME)
    return article_of(sent.model_copy(update={"html": html, "url": url}), limits)


def parse_form(body: bytes) -> dict[str, str]:
    """The fields of an ``application/x-www-form-urlencoded`` body, the last of each name.

    Raises:
        Problem: 400 when it is no form.
    """
    try:
        pairs: list[tuple[str, Any]] = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=10
        )
    except ValueError as error:
        raise Problem("bad-request", "The body is not a form in UTF-8.") from error
    return dict(pairs)
