"""What the outside types have in common.

Knows nothing of what they hold.
"""

from __future__ import annotations

from typing import Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from briefer.schema.vocabulary import Finding


class Frozen(BaseModel):
    """A type that cannot be changed and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Findings(Frozen):
    """A section that has items exactly when its ``status`` is ``found``."""

    @model_validator(mode="after")
    def _items_only_when_found(self) -> Self:
        items: tuple[object, ...] = getattr(self, "items", ())
        status: Finding = getattr(self, "status", "not_checked")
        if (status == "found") != bool(items):
            raise ValueError(f"status {status!r} with {len(items)} items")
        return self


class WithoutAbsent(Frozen):
    """Leaves optional fields out of the JSON when they hold nothing."""

    @model_serializer(mode="wrap")
    def _without_absent(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        dumped: dict[str, Any] = handler(self)
        absent = [name for name in ("text", "detail", "adapters") if dumped.get(name, 0) is None]
        return {key: value for key, value in dumped.items() if key not in absent}
