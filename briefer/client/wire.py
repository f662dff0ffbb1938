"""What both clients send and how they read what comes back.

A ``Call`` is a request with the reader of its answer; who sends it, and whether that blocks, is
the client's affair. Knows nothing of connections.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Literal, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from briefer import addresses, errors, language_tags
from briefer.schema import Article, Brief, Digest, Options

T = TypeVar("T")
Schema = TypeVar("Schema", bound=BaseModel)
Form = Literal["pdf", "html", "md", "json"]

_KEY = re.compile(r"[!-~]*")
_JSON = "application/json"
_BRIEFS = "/v1/briefs"
_ERRORS: Mapping[str, type[errors.BrieferError]] = {
    "/problems/unreadable": errors.UnreadableInput,
    "/problems/invalid": errors.UnreadableInput,
    "/problems/too-large": errors.InputTooLarge,
    "/problems/fetch-refused": errors.FetchRefused,
}


@dataclass(frozen=True, slots=True)
class Pending:
    """A brief or digest that is being made; ``place`` jobs were accepted before it."""

    id: str
    state: str
    place: int


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """A request, and what its answer means."""

    method: str
    path: str
    read: Callable[[httpx.Response], T]
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=lambda: {"Accept": _JSON})


def address(base_url: str) -> str:
    """Where the service is.

    Raises:
        ConfigError: that is no address.
    """
    if fault := addresses.fault_of(base_url):
        raise errors.ConfigError(
            f"{base_url!r} is no address: {fault}; write it like http://127.0.0.1:8000."
        )
    return base_url


def key_headers(api_key: str | None) -> dict[str, str]:
    """The key, if there is one; it travels nowhere else. Blanks around it, as files have, are none.

    Raises:
        ConfigError: no key has such characters. It does not repeat them.
    """
    key = (api_key or "").strip()
    if not _KEY.fullmatch(key):
        raise errors.ConfigError(
            "The API key has characters that no key has; write it as `briefer keys create` did."
        )
    return {"Authorization": f"Bearer {key}"} if key else {}


def brief(article: Article, options: Options | None, **headers: str) -> Call[Brief]:
    """The brief of an article; its ``url`` is not sent, for the service would fetch it."""
    return _post_brief(article_body(article) | _options(options), **headers)


def brief_html(html: str, options: Options | None) -> Call[Brief]:
    """The brief of a page's HTML."""
    return _post_brief({"html": _writable(html)} | _options(options))


def brief_url(url: str, options: Options | None) -> Call[Brief]:
    """The brief of a page that the service fetches."""
    return _post_brief({"url": _writable(url)} | _options(options))


def fresh(article: Article, options: Options | None) -> Call[Brief]:
    """As ``brief``, made anew even where the service has one."""
    return brief(article, options, **{"Cache-Control": "no-cache"})


def markdown(article: Article, options: Options | None) -> Call[str]:
    """The brief as Markdown."""
    body = article_body(article) | _options(options)
    return Call("POST", _BRIEFS, lambda answer: answer.text, body, {"Accept": "text/markdown"})


def submit(article: Article, options: Options | None) -> Call[str]:
    """The id under which the brief will be."""
    body = article_body(article) | _options(options)
    headers = {"Accept": _JSON, "Prefer": "respond-async"}
    return Call("POST", _BRIEFS, lambda answer: str(_object(answer)["id"]), body, headers)


def look(id: str) -> Call[Brief | Pending]:  # noqa: A002 - the schema's name
    """A stored brief, or how its job stands."""
    return Call("GET", f"{_BRIEFS}/{id}", lambda answer: _pending(answer) or _brief(answer))


def delete(id: str) -> Call[None]:  # noqa: A002
    """Remove a brief and its article."""
    return Call("DELETE", f"{_BRIEFS}/{id}", lambda _: None)


def brief_many(
    articles: Sequence[Article], options: Options | None
) -> Call[list[Brief | errors.BrieferError]]:
    """A brief or an error an article, in order."""
    each = [article_body(article) | _options(options) for article in articles]
    return Call("POST", f"{_BRIEFS}:batch", _results, {"articles": each})


def order_digest(day: date, articles: Sequence[Article], ids: Sequence[str]) -> Call[Pending]:
    """A digest of new articles and stored briefs."""
    each = [article_body(article) for article in articles]
    body = {"day": day.isoformat(), "articles": each, "article_ids": list(ids)}
    return Call("POST", "/v1/digests", lambda answer: _pending(answer) or _not_ours(answer), body)


def digest(day: date) -> Call[Digest | Pending]:
    """A day's digest, or how its job stands."""
    path = f"/v1/digests/{day.isoformat()}"
    return Call("GET", path, lambda answer: _pending(answer) or _parsed(answer, Digest))


def document(day: date, form: Form) -> Call[bytes]:
    """A day's digest as a document."""
    path = f"/v1/digests/{day.isoformat()}.{form}"
    return Call("GET", path, lambda answer: answer.content, headers={"Accept": "*/*"})


def stream(article: Article, options: Options | None) -> Call[None]:
    """The brief as events; their lines are read with ``events.Events``."""
    body = article_body(article) | _options(options)
    headers = {"Accept": "text/event-stream"}
    return Call("POST", f"{_BRIEFS}/stream", lambda _: None, body, headers)


def article_body(article: Article) -> dict[str, Any]:
    """An article as the service takes it; a language that is no tag is left out."""
    known = article.model_copy(update={"language": language_tags.normalise(article.language)})
    return known.model_dump(mode="json", exclude_none=True, exclude={"url", "genre"})


def checked(answer: httpx.Response) -> httpx.Response:
    """The answer, if it is a good one.

    Raises:
        InputError: the service cannot use what was sent.
        ServiceError: it is busy or broke, or is no briefer service.
    """
    if answer.is_success:
        return answer
    error = _error(_problem(answer), answer.reason_phrase)
    if isinstance(error, errors.ServiceError):
        raise errors.ServiceError(f"{answer.url} answered {answer.status_code}: {error}")
    raise error


def outcome(call: Call[T], answer: httpx.Response) -> T:
    """What an answer means.

    Raises:
        InputError, ServiceError: as of ``checked``.
    """
    good = checked(answer)
    try:
        return call.read(good)
    except (AttributeError, KeyError, TypeError, ValueError) as error:  # JSON of another form
        raise _unknown(answer) from error


def unreachable(url: httpx.URL, error: httpx.RequestError) -> errors.ServiceError:
    """Says where nobody answered, or not in a way that can be read."""
    why = str(error).rstrip(".")
    return errors.ServiceError(f"{url} cannot be reached: {why}. Does `briefer serve` run there?")


def _post_brief(body: dict[str, Any], **headers: str) -> Call[Brief]:
    return Call("POST", _BRIEFS, _brief, body, {"Accept": _JSON, **headers})


def _writable(text: str) -> str:
    """The text, if it can be sent; what is in an ``Article`` always can.

    Raises:
        UnreadableInput: it has lone surrogates.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise errors.UnreadableInput(
            f"Character {error.start + 1} is half of one (a lone surrogate). Decode the page anew."
        ) from error
    return text


def _options(options: Options | None) -> dict[str, Any]:
    return {"options": options.model_dump(mode="json", exclude_none=True)} if options else {}


def _brief(answer: httpx.Response) -> Brief:
    return _parsed(answer, Brief)


def _parsed(answer: httpx.Response, kind: type[Schema]) -> Schema:
    try:
        return kind.model_validate_json(answer.content)
    except ValidationError as error:
        raise errors.ServiceError(
            f"{answer.url} answered with something that is no {kind.__name__.lower()}; "
            "is it a briefer service?"
        ) from error


def _pending(answer: httpx.Response) -> Pending | None:
    if answer.status_code != 202:
        return None
    told = _object(answer)
    return Pending(str(told.get("id")), str(told.get("state")), int(told.get("place") or 0))


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        told = None
    return told if isinstance(told, dict) else _not_ours(answer)


def _not_ours(answer: httpx.Response) -> Any:
    raise _unknown(answer)


def _unknown(answer: httpx.Response) -> errors.ServiceError:
    return errors.ServiceError(
        f"{answer.url} answered with something unknown; is it a briefer service?"
    )


def _results(answer: httpx.Response) -> list[Brief | errors.BrieferError]:
    results = _object(answer).get("results")
    if not isinstance(results, list):
        _not_ours(answer)
    return [
        Brief.model_validate(one, strict=False) if "schema_version" in one else _error(one, "")
        for one in results or []
    ]


def _error(problem: Mapping[str, Any], otherwise: str) -> errors.BrieferError:
    detail = str(problem.get("detail") or otherwise)
    wrong = problem.get("errors")
    each = [one for one in wrong if isinstance(one, dict)] if isinstance(wrong, list) else []
    fields = "; ".join(f"{one.get('pointer')}: {one.get('detail')}" for one in each)
    kind = _ERRORS.get(str(problem.get("type")), errors.ServiceError)
    return kind(f"{detail} ({fields})" if fields else detail)


def _problem(answer: httpx.Response) -> dict[str, Any]:
    """The problem of an answer, empty when it is none."""
    if not answer.headers.get("content-type", "").startswith("application/problem+json"):
        return {}
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
