"""What OpenAPI says of the routes: bodies, answers, problems, with an example of each.

The bodies are read by hand, so FastAPI does not see them by itself. Knows nothing of what the
routes do.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from briefer.schema import (
    Agreements,
    Brief,
    Dissent,
    Dissents,
    Evidence,
    Line,
    Provenance,
    Source,
)
from briefer.server import problem
from briefer.server.answers import EVENTS, JSON
from briefer.server.bodies import BatchRequest, BriefRequest, DigestRequest

_TEXT = (
    "The council of Tellmouth voted on Monday to repair the old pier before the summer. "
    "The shopkeepers' league rejected the plan."
)
_ASKED = {"text": _TEXT, "title": "Pier to be repaired", "options": {"length": "short"}}
_PROBLEM_STATUSES = (400, 401, 403, 406, 408, 413, 415, 421, 422, 429, 500, 503)
_READ_STATUSES = (401, 404, 406, 421, 422, 500, 503)
_OTHER = {"schema": {"type": "string"}}
# Of each event; a comment line that keeps the connection alive is none.
_EVENT = {
    "schema": {
        "type": "object",
        "required": ["event", "data"],
        "properties": {
            "event": {"enum": ["queued", "section", "brief", "problem"]},
            "data": {"type": "string", "description": "JSON"},
        },
    }
}


def _example() -> Brief:
    first = Evidence(start=0, end=82, text=_TEXT[:82])
    second = Evidence(start=83, end=len(_TEXT), text=_TEXT[83:])
    view = Dissent(
        holder="the shopkeepers' league",
        text="The shopkeepers' league rejected the plan.",
        against=None,
        quote=None,
        kind="extractive",
        evidence=(second,),
    )
    return Brief(
        id="4f8f41b8f3c6f0a9d2f6a3f2c0a1b7de",
        status="ok",
        headline=Line(text="Tellmouth to repair its pier", kind="abstractive", evidence=(first,)),
        summary=(Line(text=first.text, kind="extractive", evidence=(first,)),),
        actors=(),
        agreements=Agreements(status="none_found"),
        dissent=Dissents(status="found", items=(view,)),
        withheld=(),
        source=Source(
            ref=None,
            title="Pier to be repaired",
            url=None,
            publisher=None,
            published_at=None,
            language="en",
            genre="news",
            sha256="0" * 64,
            n_chars=len(_TEXT),
            n_sentences=2,
            share_read=1.0,
        ),
        provenance=Provenance(
            model="example",
            revision=None,
            weights_sha256=None,
            engine="fake",
            prompts={},
            briefer_version="0.1.0",
            created_at=datetime(2026, 11, 26, 4, 0, tzinfo=UTC),
            seconds=7.5,
        ),
    )


EXAMPLE: Mapping[str, Any] = _example().model_dump(mode="json")
_STATE = {"id": EXAMPLE["id"], "state": "waiting", "place": 3, "n_tries": 0}
_STATE_SCHEMA = {
    "type": "object",
    "required": ["id", "state", "place"],
    "properties": {
        "id": {"type": "string"},
        "state": {"enum": ["waiting", "running", "done"]},
        "place": {"type": "integer", "minimum": 0},
        "n_tries": {"type": "integer", "minimum": 0},
    },
}
_PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}


def problems(statuses: tuple[int, ...]) -> dict[int | str, dict[str, Any]]:
    """The answers that are problems, every type of each status as an example."""
    return {status: _problem(status) for status in statuses}


def _problem(status: int) -> dict[str, Any]:
    kinds = [kind for kind in problem.KINDS.values() if kind.status == status]
    examples = {
        kind.name: {"value": problem.told(problem.Problem(kind.name, kind.meaning))}
        for kind in kinds
    }
    content = {problem.MEDIA_TYPE: {"schema": _PROBLEM_SCHEMA, "examples": examples}}
    return {"description": " or ".join(kind.title for kind in kinds), "content": content}


def _body(model: type[BaseModel], example: Mapping[str, Any]) -> dict[str, Any]:
    schema = _inlined(model.model_json_schema())
    return {
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": schema, "example": example}},
        }
    }


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with its own definitions in place of references to them."""
    known = schema.pop("$defs", {})

    def inline(part: Any) -> Any:
        if isinstance(part, list):
            return [inline(one) for one in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return inline(known[part["$ref"].rpartition("/")[2]])
        return {key: inline(value) for key, value in part.items()}

    inlined: dict[str, Any] = inline(schema)
    return inlined


def _state(description: str) -> dict[str, Any]:
    header = {"description": "Where the outcome will be", "schema": {"type": "string"}}
    content = {JSON: {"schema": _STATE_SCHEMA, "example": _STATE}}
    return {"description": description, "content": content, "headers": {"Location": header}}


def _route(
    answers: dict[int | str, dict[str, Any]],
    statuses: tuple[int, ...],
    extra: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {"responses": {**answers, **problems(statuses)}, "openapi_extra": extra or {}}


_BRIEF_ANSWER: dict[str, Any] = {
    "description": "The brief",
    "content": {
        JSON: {"example": EXAMPLE},
        "text/markdown": _OTHER,
        "text/html": _OTHER,
        EVENTS: _EVENT,
    },
}
_ANSWER_LATER = "Prefer: respond-async was heard; Location says where the brief will be"

BRIEF = _route(
    {200: _BRIEF_ANSWER, 202: _state(_ANSWER_LATER)},
    _PROBLEM_STATUSES,
    _body(BriefRequest, _ASKED),
) | {"response_model": Brief}
STREAM = _route(
    {200: {"description": "Sections, then the brief", "content": {EVENTS: _EVENT}}},
    _PROBLEM_STATUSES,
    _body(BriefRequest, _ASKED),
)
BATCH = _route(
    {
        200: {
            "description": "A brief or a problem an article, in order",
            "content": {
                JSON: {
                    "schema": {
                        "type": "object",
                        "required": ["results"],
                        "properties": {"results": {"type": "array", "items": {"type": "object"}}},
                    },
                    "example": {"results": [EXAMPLE]},
                }
            },
        }
    },
    _PROBLEM_STATUSES,
    _body(BatchRequest, {"articles": [_ASKED]}),
)
STORED = _route(
    {200: _BRIEF_ANSWER, 202: _state("The brief is being made")},
    (*_READ_STATUSES, 400, 403, 413),
) | {"response_model": Brief}
REMOVED = _route({204: {"description": "Brief and article are gone"}}, _READ_STATUSES) | {
    "status_code": 204
}
DIGEST_MADE = _route(
    {202: _state("The digest is being made; Location says where it will be")},
    (*_PROBLEM_STATUSES, 404, 409),
    _body(DigestRequest, {"day": "2026-11-24", "articles": [_ASKED], "formats": ["pdf"]}),
) | {"status_code": 202}
DIGEST = _route(
    {
        200: {
            "description": "The digest",
            "content": {
                JSON: {"schema": {"type": "object"}},
                "text/html": _OTHER,
                "text/markdown": _OTHER,
                "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            },
        },
        202: _state("The digest is being made"),
        304: {"description": "The copy with this ETag is still right"},
    },
    (*_READ_STATUSES, 400, 403, 413),
)
DIGEST_REMOVED = _route({204: {"description": "The digest is gone"}}, _READ_STATUSES) | {
    "status_code": 204
}


def install(app: FastAPI) -> None:
    """Let the document say how keys are sent."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        components = document.setdefault("components", {})
        components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"key": []}, {}]
        return document

    app.openapi = openapi  # type: ignore[method-assign]
