"""The tree of errors is the one drawn in the module's docstring."""

from __future__ import annotations

import inspect
import re

import pytest

from briefer import errors


def drawn() -> dict[str, str]:
    """Each error of the drawing with its parent's name, told by the depth of its line."""
    parents: dict[str, str] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if match := re.match(r"([│├└─ ]*)([A-Z]\w+) {2,}\S", line):
            depth = len(match[1]) // 4
            above[depth:] = [match[2]]
            parents[match[2]] = above[depth - 1] if depth else "Exception"
    return parents


CLASSES: list[type[errors.BrieferError]] = [
    item
    for _, item in inspect.getmembers(errors, inspect.isclass)
    if issubclass(item, errors.BrieferError)
]


def test_drawing_and_classes_agree() -> None:
    assert drawn() == {item.__name__: item.__bases__[0].__name__ for item in CLASSES}


@pytest.mark.parametrize("error", CLASSES, ids=lambda error: error.__name__)
def test_every_error_has_one_sentence_and_a_flag(error: type[errors.BrieferError]) -> None:
    assert re.fullmatch(r"[A-Z][^.]*\.", (error.__doc__ or "").strip())
    assert isinstance(error.retryable, bool)


def test_only_what_may_pass_is_retryable() -> None:
    retryable = {error.__name__ for error in CLASSES if error.retryable}

    assert retryable == {
        "WeightsError",
        "GenerationFailed",
        "StoreError",
        "ServiceError",
        "ClusterError",
    }
