"""Are briefs what the contract says? Valid by the schema, and evidence that is where it says.

Knows nothing of how good they are.
"""

from __future__ import annotations

import json
from importlib.resources import files as package_files
from typing import Any

import jsonschema

from eval.gold import GoldBrief
from eval.systems.foreign import pieces

_SCHEMA_FILE = "brief.schema.json"


def faults(brief: dict[str, Any], gold: GoldBrief) -> list[str]:
    """Everything that is wrong with a brief's form; empty for a good one."""
    found = [
        f"schema: {'/'.join(map(str, error.absolute_path)) or 'brief'}: {error.message[:120]}"
        for error in _validator().iter_errors(brief)
    ]
    if brief.get("source", {}).get("sha256") != gold.clean.sha256:
        found.append("source.sha256 is not that of the prepared text")
    found += [
        f"evidence at {piece['start']} is not the text there: {piece['text'][:60]!r}"
        for piece in pieces(brief)
        if gold.text[piece["start"] : piece["end"]] != piece["text"]
    ]
    quotes = [item.get("quote") for item in brief.get("dissent", {}).get("items", ())]
    found += [f"quote not in the text: {q[:60]!r}" for q in quotes if q and q not in gold.text]
    return found


def _validator() -> jsonschema.Draft202012Validator:
    schema = package_files("briefer").joinpath("_data", _SCHEMA_FILE).read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(schema))
