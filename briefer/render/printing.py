"""A PDF from a page's HTML: tagged, nothing fetched, the same HTML gives the same bytes.

Knows nothing of digests.
"""

from __future__ import annotations

from typing import Any

from briefer import errors

_VARIANT = "pdf/ua-1"


def pdf(html: str) -> bytes:
    """Print a page. Only ``data:`` addresses are followed; dates come from the page's own meta.

    Raises:
        RenderError: a native library is missing, or the page cannot be printed.
    """
    try:
        import weasyprint  # type: ignore[import-untyped]
        from weasyprint.urls import URLFetcher  # type: ignore[import-untyped]
    except OSError as error:  # its native libraries are looked for when it is imported
        raise errors.RenderError(
            f"PDFs need native libraries that are not installed ({error}). On Debian: apt-get "
            "install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core "
            "fonts-noto-cjk"
        ) from error
    document = weasyprint.HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"}))
    printed: bytes = document.write_pdf(pdf_variant=_VARIANT, finisher=_describe_links)
    return printed


def _describe_links(_document: Any, pdf: Any) -> None:
    """A link within the page is described by its anchor as words, ``story 1 note 2``.

    WeasyPrint describes it by the anchor as it is written.
    """
    for one in pdf.objects:
        if isinstance(one, dict) and one.get("Subtype") == "/Link" and "Dest" in one:
            one["Contents"].string = one["Dest"].string.replace("-", " ")
