"""Where ``prompts/``, ``templates/`` and the small trained parts are: in a checkout or in a wheel.

The only module that knows the two homes. Knows nothing of what the files say.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Folder = Literal["prompts", "templates"]

_PACKAGE = Path(__file__).resolve().parent
_WHEEL = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent


def root(name: Folder) -> Path:
    """The folder ``prompts`` or ``templates``.

    A wheel carries them under ``briefer/_data/``; in a checkout (an editable install too) they
    stand beside the package.

    Raises:
        FileNotFoundError: the installation is broken; neither place has the folder.
    """
    for home in (_WHEEL, _CHECKOUT):
        if (home / name).is_dir():
            return home / name
    raise FileNotFoundError(
        f"{name}/ is neither in {_WHEEL} nor in {_CHECKOUT}; reinstall briefer."
    )


def shipped(name: str) -> Path:
    """The path of a small trained part under ``briefer/_data/``; it need not exist."""
    return _WHEEL / name
