"""The OpenAPI document against a real server, by schemathesis: bounded, on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS, load_all_checks

from briefer.server import Limits, Surroundings
from briefer.server.problem import KINDS
from tests.serving import FakeBriefer, app_of, listening

load_all_checks()
# All of schemathesis' checks but those that ask for what we do not promise: a body with an unknown
# or wrong field is refused, but some bodies it thinks wrong (a text of blanks) are wrong only by
# meaning, and vice versa.
LEFT_OUT = {"positive_data_acceptance", "missing_required_header", "ignored_auth"}
CHECKED: list[Any] = [check for check in CHECKS.get_all() if check.__name__ not in LEFT_OUT]


@pytest.fixture(scope="module")
def document() -> Iterator[schemathesis.BaseSchema]:
    limits = Limits(max_text_chars=20_000, body_timeout_s=5, request_timeout_s=5)
    with listening(app_of(FakeBriefer(), Surroundings(limits=limits))) as address:
        yield schemathesis.openapi.from_url(f"{address}/openapi.json")


ROUTES = [
    ("post", "/v1/briefs"),
    ("post", "/v1/briefs/stream"),
    ("post", "/v1/briefs:batch"),
    ("get", "/v1/briefs/{id}"),
    ("delete", "/v1/briefs/{id}"),
    ("post", "/v1/digests"),
    ("get", "/v1/digests/{day}"),
    ("get", "/v1/digests/{day}.{form}"),
    ("delete", "/v1/digests/{day}"),
    ("get", "/healthz"),
    ("get", "/readyz"),
    ("get", "/metrics"),
    ("get", "/problems/{name}"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_route_does_what_its_description_says(
    document: schemathesis.BaseSchema, method: str, path: str
) -> None:
    @given(case=document[path][method].as_strategy())
    @settings(
        max_examples=25,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(checks=CHECKED, timeout=120)  # a PDF on a busy machine

    ask()


def test_list_of_routes_is_the_description_s(document: schemathesis.BaseSchema) -> None:
    described = {
        (method, path)
        for path, operations in document.raw_schema["paths"].items()
        for method in operations
    }

    assert described == set(ROUTES)


def test_every_type_of_problem_is_in_the_description(document: schemathesis.BaseSchema) -> None:
    written = str(document.raw_schema)

    unheard_of = {name for name in KINDS if f"/problems/{name}" not in written}
    # Answers to addresses or methods that the description does not have, and to other pages' forms.
    assert unheard_of <= {"method-not-allowed"}


def test_every_answer_has_an_example(document: schemathesis.BaseSchema) -> None:
    bare = [
        (method, path, status, form)
        for path, operations in document.raw_schema["paths"].items()
        for method, operation in operations.items()
        for status, answer in operation["responses"].items()
        for form, content in answer.get("content", {}).items()
        if "example" not in content and "examples" not in content
    ]

    assert bare == []


def test_only_problems_tell_of_failures(document: schemathesis.BaseSchema) -> None:
    forms = {
        form
        for operations in document.raw_schema["paths"].values()
        for operation in operations.values()
        for status, answer in operation["responses"].items()
        for form in answer.get("content", {})
        if int(status) >= 400
    }

    assert forms == {"application/problem+json"}


def test_every_route_has_an_example_or_takes_nothing(document: schemathesis.BaseSchema) -> None:
    for path, operations in document.raw_schema["paths"].items():
        for method, operation in operations.items():
            body = operation.get("requestBody", {}).get("content", {})
            assert all("example" in one for one in body.values()), (method, path)
            assert operation["summary"], (method, path)
