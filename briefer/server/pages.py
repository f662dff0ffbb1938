"""The pages for people: paste an article and read its brief, read the digests.

Server-rendered, without scripts. Knows nothing of how a brief is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from briefer import render
from briefer.articles.judging import MIN_WORDS
from briefer.errors import BrieferError
from briefer.render import pages, wording
from briefer.schema import Brief, Options
from briefer.server import bodies, digests, problem
from briefer.server.bodies import BriefRequest
from briefer.server.desk import Wish
from briefer.server.digests import Press
from briefer.server.problem import Problem
from briefer.server.service import Service, unless_gone

_MAX_TITLE, _MAX_URL = 1000, 2000
"""What the form's fields let in; other programs may send more."""
_FORM = "application/x-www-form-urlencoded"


def router(service: Service, press: Press) -> APIRouter:
    """The routes of the pages."""
    blank = render.Form(takes_links=service.fetch is not None)
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @routes.get("/")
    async def show(request: Request) -> HTMLResponse:
        await service.access.owner(request)
        return HTMLResponse(render.paste(blank))

    @routes.post("/")
    async def submit(request: Request) -> HTMLResponse:
        owner = await service.access.spender(request)
        form = blank
        try:
            _refuse_other_sites(request)
            fields = bodies.parse_form(await bodies.read(request, _FORM, service.limits))
            form = _filled(blank, fields)
            brief = await unless_gone(request, _brief(form, service, owner))
        except (Problem, BrieferError) as error:
            return await _refusal(form, error)
        return HTMLResponse(await to_thread.run_sync(_shown, brief, form, blank))

    @routes.get("/digests")
    async def list_digests(request: Request) -> HTMLResponse:
        owner = await service.access.owner(request)
        found = await digests.days(service, owner)
        rows = [{"iso": day.isoformat(), "words": wording.day_words(day)} for day in found]
        return HTMLResponse(pages.page("digests.html", days=rows))

    @routes.get("/digests/{day}")
    async def show_digest(request: Request, day: str) -> Response:
        owner = await service.access.owner(request)
        stored = await digests.find(service, bodies.parse_day(day), owner)
        return await digests.answer(press, request.headers, stored, "text/html")

    return routes


def _shown(brief: Brief, form: render.Form, blank: render.Form) -> str:
    """The brief above an empty form; above what was sent where that could not be briefed."""
    wanted = f"A brief needs at least {MIN_WORDS} words." if brief.status == "too_short" else None
    return render.paste(blank if brief.status == "ok" else form, brief, wanted)


async def _refusal(form: render.Form, error: Problem | BrieferError) -> HTMLResponse:
    """The form again, with what was wrong."""
    told = error if isinstance(error, Problem) else problem.of_error(error)
    page = await to_thread.run_sync(render.paste, form, None, told.detail)
    return HTMLResponse(page, told.kind.status, dict(told.headers))


def _filled(blank: render.Form, fields: Mapping[str, str]) -> render.Form:
    """The form as it was sent; a link counts only where links are read and there is no text."""
    text, link = fields.get("text", ""), fields.get("url", "").strip()[:_MAX_URL]
    is_link = blank.takes_links and bool(link) and not text.strip()
    return replace(blank, text=text, title=fields.get("title", ""), url=link if is_link else "")


async def _brief(form: render.Form, service: Service, owner: str) -> Brief:
    """The brief of a pasted article, of which nothing is kept: the page says so."""
    sent = BriefRequest(
        text=None if form.url else form.text,
        url=form.url or None,
        title=form.title[:_MAX_TITLE] or None,
    )
    wish = Wish(await service.article(sent), Options(), owner, keeps=False)
    id_ = await service.desk.identify(wish)
    return await service.shown(await service.desk.make(wish, id_), wish)


def _refuse_other_sites(request: Request) -> None:
    """Browsers say where a form stands; others cannot be used against a visitor."""
    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        raise Problem("cross-site", "This form takes articles from its own page only.")
