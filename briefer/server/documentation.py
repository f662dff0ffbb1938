"""What OpenAPI says of the routes: bodies, answers, problems, with an example of each.

The bodies are read by hand, so FastAPI does not see them by itself. Knows nothing of what the
routes do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from briefer import render
from briefer.schema import Brief
from briefer.server import examples, problem
from briefer.server.answers import EVENTS, JSON
from briefer.server.bodies import BatchRequest, BriefRequest, DigestRequest

_ASKED = {"text": examples.TEXT, "title": "Pier to be repaired", "options": {"length": "short"}}
_PROBLEM_STATUSES = (400, 401, 403, 406, 408, 413, 415, 421, 422, 429, 500, 503)
_READ_STATUSES = (401, 404, 406, 421, 422, 500, 503)
_TEXT_SCHEMA = {"type": "string"}
_PAGE = {"schema": _TEXT_SCHEMA, "example": "<!DOCTYPE html>…"}
# Of each event; a comment line that keeps the connection alive is none.
_EVENT: dict[str, Any] = {
    "schema": {
        "type": "object",
        "required": ["event", "data"],
        "properties": {
            "event": {"enum": ["queued", "section", "brief", "problem"]},
            "data": {"type": "string", "description": "JSON"},
        },
    },
    "example": {"event": "queued", "data": '{"id": "4f8f41b8f3c6f0a9", "place": 0}'},
}


EXAMPLE: Mapping[str, Any] = examples.BRIEF.model_dump(mode="json")
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
        "text/markdown": {"schema": _TEXT_SCHEMA, "example": render.markdown(examples.BRIEF)},
        "text/html": _PAGE,
    },
}
_BRIEF_NOW = {**_BRIEF_ANSWER, "content": {**_BRIEF_ANSWER["content"], EVENTS: _EVENT}}
_ANSWER_LATER = "Prefer: respond-async was heard; Location says where the brief will be"

BRIEF = _route(
    {200: _BRIEF_NOW, 202: _state(_ANSWER_LATER)},
    _PROBLEM_STATUSES,
    _body(BriefRequest, _ASKED),
) | {"response_model": Brief}
STREAM = _route(
    {200: {"description": "Sections, then the brief", "content": {EVENTS: _EVENT}}},
    _PROBLEM_STATUSES,
    _body(BriefRequest, _ASKED),
) | {"response_class": StreamingResponse}
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
                JSON: {
                    "schema": {"type": "object"},
                    "example": examples.DIGEST.model_dump(mode="json"),
                },
                "text/html": _PAGE,
                "text/markdown": {
                    "schema": _TEXT_SCHEMA,
                    "example": render.markdown(examples.DIGEST),
                },
                "application/pdf": {
                    "schema": {"type": "string", "format": "binary"},
                    "example": "%PDF-1.7…",
                },
            },
        },
        202: _state("The digest is being made"),
        304: {"description": "The copy with this ETag is still right"},
    },
    (*_READ_STATUSES, 400, 403, 413),
)
HEALTHY: dict[str, Any] = {
    "description": "It is well",
    "content": {JSON: {"schema": {"type": "object"}, "example": {"status": "ok"}}},
}
READY = {
    **HEALTHY,
    "content": {JSON: {"schema": {"type": "object"}, "example": {"status": "ready"}}},
}
FIGURES = {
    "description": "Prometheus' text form",
    "content": {"text/plain": {"schema": _TEXT_SCHEMA, "example": "briefer_model_ready 1.0\n"}},
}
MEANING = {
    "description": "What it means, in words",
    "content": {
        "text/plain": {
            "schema": _TEXT_SCHEMA,
            "example": f"429 {problem.KINDS['too-many'].title}\n",
        }
    },
}
DIGEST_REMOVED = _route({204: {"description": "The digest is gone"}}, _READ_STATUSES) | {
    "status_code": 204
}


def install(app: FastAPI) -> None:
    """Let the document say how keys are sent."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        components = document.setdefault("components", {})
        _drop_framework_answers(document)
        components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"key": []}, {}]
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _drop_framework_answers(document: dict[str, Any]) -> None:
    """Without the answers that FastAPI would give to what is invalid: ours are problems."""
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"].get("schemas", {}).pop(name, None)
    for operations in document["paths"].values():
        for operation in operations.values():
            if JSON in operation["responses"].get("422", {}).get("content", {}):
                del operation["responses"]["422"]
