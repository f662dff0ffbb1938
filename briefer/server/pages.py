"""The pages for people: paste an article, read its brief with the evidence beside it.

Server-rendered, without scripts. Knows nothing of how a brief is made.
"""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from briefer import render
from briefer.errors import BrieferError
from briefer.schema import Brief, Options
from briefer.server import bodies, problem
from briefer.server.bodies import BriefRequest, Limits
from briefer.server.desk import Desk
from briefer.server.problem import Problem

_FORM = "application/x-www-form-urlencoded"


def router(desk: Desk, limits: Limits) -> APIRouter:
    """The routes of the pages."""
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @routes.get("/")
    async def show() -> HTMLResponse:
        return HTMLResponse(render.paste(render.Form()))

    @routes.post("/")
    async def submit(request: Request) -> HTMLResponse:
        form = render.Form()
        try:
            _refuse_other_sites(request)
            fields = bodies.parse_form(await bodies.read(request, _FORM, limits))
            form = render.Form(text=fields.get("text", ""), title=fields.get("title", ""))
            brief = await _brief(form, desk, limits)
        except (Problem, BrieferError) as error:
            told = error if isinstance(error, Problem) else problem.of_error(error)
            page = await to_thread.run_sync(render.paste, form, None, told.detail)
            return HTMLResponse(page, told.kind.status, dict(told.headers))
        return HTMLResponse(await to_thread.run_sync(render.paste, render.Form(), brief))

    return routes


async def _brief(form: render.Form, desk: Desk, limits: Limits) -> Brief:
    sent = BriefRequest(text=form.text, title=form.title or None)
    article = await to_thread.run_sync(bodies.article_of, sent, limits)
    return await desk.brief(article, Options())


def _refuse_other_sites(request: Request) -> None:
    """Browsers say where a form stands; others cannot be used against a visitor."""
    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        raise Problem("cross-site", "This form takes articles from its own page only.")
