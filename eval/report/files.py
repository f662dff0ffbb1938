"""A run's rows and examples as one JSON and one HTML file.

The files hold article text: they belong into an ignored folder. Knows nothing of measures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import jinja2

from eval.report import blocks
from eval.report.examples import Example
from eval.rows import Row


@dataclass(frozen=True, slots=True)
class Run:
    """What a table must say about how it came about."""

    day: str
    model: str
    engine: str
    pipeline: str
    processor: str
    seconds: float
    missing: tuple[str, ...] = ()


def write_json(path: Path, run: Run, rows: Sequence[Row]) -> None:
    """All figures, machine-readable."""
    content = {"run": asdict(run), "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write_html(
    path: Path, run: Run, rows: Sequence[Row], examples: Mapping[str, Sequence[Example]]
) -> None:
    """The table and the articles to look at, as one page without scripts."""
    template = _environment().get_template("report.html")
    page = template.render(run=run, blocks=blocks.arrange(rows), examples=examples)
    path.write_text(page, encoding="utf-8")


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
