"""The environment: ``BRIEFER_*`` variables become one frozen object.

Only entry points (command line, server, nightly run) read it; everything below is given what it
needs as arguments. Apart from it stand the folder of the weights (``BRIEFER_CACHE``, read by
``models.weights``) and two secrets, read where they are used: the key of a model server
(``models.remote``) and the password of the mail account (``nightly.delivery``).
"""

from __future__ import annotations

from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from briefer.errors import ConfigError
from briefer.models import EngineName
from briefer.timezones import TimeZone


class Settings(BaseSettings):
    """What the user set; every field is the variable ``BRIEFER_<FIELD>``.

    ``timezone`` decides what "today" and an edition's night are; ``None`` is the machine's.
    ``retention_days`` bounds how long articles and briefs are kept, ``keep_texts`` what of them;
    ``cors_origins`` are those, comma between, whose pages may use the API.
    ``model`` is a pinned name, a GGUF file, a folder or a hub id; ``None`` is the default model.
    ``concurrency`` bounds the requests that a remote model server has at once.
    """

    model_config = SettingsConfigDict(
        env_prefix="BRIEFER_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    store: str = Field(default_factory=lambda: str(user_data_path("briefer")))
    model: str | None = None
    engine: EngineName = "auto"
    concurrency: Annotated[int | None, Field(ge=1, le=1024)] = None
    timezone: TimeZone | None = None
    fetch_urls: bool = False
    retention_days: Annotated[int | None, Field(ge=1)] = None
    keep_texts: Literal["whole", "cited"] = "whole"
    rate_per_minute: Annotated[int, Field(ge=1)] = 120
    cors_origins: str = ""


def load() -> Settings:
    """Read the environment.

    Raises:
        ConfigError: a variable has a value that it cannot have.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "BRIEFER_" + "_".join(str(part) for part in first["loc"]).upper()
        why = first["msg"].removeprefix("Value error, ")
        raise ConfigError(f"{name}={first['input']!r} does not work: {why}.") from error
