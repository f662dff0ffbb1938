"""HTML from the templates: every text escaped, undefined variables an error, styles inlined.

Knows nothing of paper or of where a page is sent.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup, escape

from briefer import errors, resources
from briefer.render import safety, wording

_MAX_BOUND = 20
"""Letters of two words that are kept together: with more the line before would be left short."""


def page(name: str, **variables: Any) -> str:
    """The template ``name`` filled in.

    Raises:
        RenderError: the template is missing or broken, or a variable is.
    """
    try:
        return _environment().get_template(name).render(css=Markup(styles()), **variables)  # noqa: S704
    except jinja2.TemplateError as error:
        raise errors.RenderError(f"templates/{name} could not be rendered: {error}") from error


@cache
def styles() -> str:
    """The one style sheet of all pages: for both media, for screens, for paper."""
    folder = resources.root("templates")
    shared, screen, paper = (
        (folder / name).read_text("utf-8") for name in ("shared.css", "screen.css", "print.css")
    )
    return f"{shared}\n@media screen {{\n{screen}}}\n@media print {{\n{paper}}}\n"


@cache
def styles_hash() -> str:
    """The style sheet's hash as a Content-Security-Policy names it."""
    digest = hashlib.sha256(styles().encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def prose(text: str) -> Markup:
    """``text`` escaped, stretches of other scripts marked with language and direction."""
    return Markup("").join(_marked(part, language) for part, language in safety.runs(text))


def headline(text: str) -> Markup:
    """As ``prose``, cut where it is very long; the last two words, if short, stay on one line."""
    text = safety.name(text)  # a heading of seven lines leaves paper no room for what follows
    head, space, last = text.rpartition(" ")
    is_short = space and len(head.rpartition(" ")[2]) + len(last) <= _MAX_BOUND
    return prose(f"{head}\N{NO-BREAK SPACE}{last}" if is_short else text)


def _marked(part: str, language: str | None) -> Markup:
    if language is None:
        return escape(part)
    direction = "rtl" if language in safety.RIGHT_TO_LEFT else "ltr"
    return Markup('<span lang="{}" dir="{}">{}</span>').format(language, direction, part)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.root("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["prose"] = prose
    environment.filters["headline"] = headline
    environment.globals["wording"] = wording
    return environment
