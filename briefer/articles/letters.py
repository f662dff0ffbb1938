"""Letters to the editor: who signed them, when a text says that it is such.

Several of them in one text are several articles. Knows nothing of judgements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADING = re.compile(r"^\W*(?:your |readers['’] )?letters(?: to the editor)?\W*$", re.IGNORECASE)
_N_HEAD = 3
_SIGNATURE = re.compile(
    r"^(@\w+|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}?)(?:, [A-Z][\w .,'’-]{1,40})?\.?$"
)


def signatures(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The names under the letters, without their towns; none where a text is no such.

    Example: a line ``Letters.``, a letter, ``Ann Low.`` and ``Oru, Norland.`` -> ``("Ann Low",)``.
    """
    if not any(map(_HEADING.match, paragraphs[:_N_HEAD])):
        return ()
    found: list[str] = []
    is_after_text = False
    for paragraph in paragraphs:
        signature = _SIGNATURE.match(paragraph)
        if signature is not None and is_after_text:
            found.append(signature[1].rstrip("."))
        is_after_text = signature is None and not _HEADING.match(paragraph)
    return tuple(found)
