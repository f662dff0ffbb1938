"""The night's configuration: one TOML file becomes a frozen record; a typo is an error.

Secrets are never in it: the mail password comes from the environment. Knows nothing of what is
done with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from briefer import addresses, timezones
from briefer.digest import TITLE, Layout, Section
from briefer.errors import ConfigError
from briefer.schema import Digest

Format = Literal["pdf", "html", "md", "json"]
Kind = Literal["feed", "opml", "folder", "url", "store"]


_ON_THE_WEB = ("http://", "https://")


def _known_address(url: str) -> str:
    if fault := addresses.fault_of(url):  # which is not told: it may be a secret
        raise ValueError(
            f"this is no address: {fault}; write it like https://hooks.example/briefer"
        )
    return url


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Part):
    """Where articles come from; ``at`` is an address or a path, as ``kind`` says."""

    kind: Kind
    at: str = ""
    publisher: str | None = None

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        # One that nobody can call costs only itself, when it is called.
        if self.kind in ("feed", "url") and not self.at.startswith(_ON_THE_WEB):
            raise ValueError(f"at = {self.at!r} is no address; write it like https://news.example/")
        if self.kind in ("opml", "folder") and not self.at:
            raise ValueError(f'a source of the kind {self.kind} needs its place: at = "…"')
        return self

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"{self.kind} {self.at}".strip()


class Fetching(_Part):
    """How politely pages are fetched. ``max_per_host`` bounds a night's requests to one host."""

    respect_robots: bool = True
    respect_opt_outs: bool = True
    max_per_host: Annotated[int, Field(ge=1)] = 200
    delay_s: Annotated[float, Field(ge=0)] = 1.0
    timeout_s: Annotated[float, Field(gt=0)] = 15.0
    allow_private: bool = False


class SectionTerms(_Part):
    """A section of the document and the words that lead a story to it."""

    name: str
    terms: tuple[str, ...]


class Mail(_Part):
    """A mail with the document in it and attached; the password is in ``BRIEFER_SMTP_PASSWORD``."""

    host: str
    port: int = 587
    sender: str
    recipients: Annotated[tuple[str, ...], Field(min_length=1)]
    user: str | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"


class Delivery(_Part):
    """Where a finished edition goes; ``feed`` is the file of an Atom feed of digests."""

    folder: Path | None = None
    mail: Mail | None = None
    webhook: Annotated[str, AfterValidator(_known_address)] | None = None
    feed: Path | None = None
    base_url: str = ""


class Config(_Part):
    """All of the file. A run that begins at or after ``evening`` makes the next day's edition."""

    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    title: str = TITLE
    timezone: timezones.TimeZone | None = None
    evening: time | None = None
    out: Path = Path("out")
    formats: tuple[Format, ...] = ("pdf", "html", "md", "json")
    interests: tuple[str, ...] = ()
    sections: tuple[SectionTerms, ...] = ()
    max_chapters: Annotated[int, Field(ge=1)] | None = None
    max_quoted_words: Annotated[int, Field(ge=0)] | None = None
    fetching: Fetching = Fetching()
    delivery: Delivery = Delivery()
    metrics: Path | None = None

    def layout(self, previous: Digest | None) -> Layout:
        """How an edition is laid out after the one before."""
        return Layout(
            sections=tuple(Section(one.name, one.terms) for one in self.sections),
            interests=self.interests,
            max_chapters=self.max_chapters,
            max_quoted_words=self.max_quoted_words,
            previous=previous,
            title=self.title,
            n_sources=self.n_sources,
        )

    @property
    def n_sources(self) -> int | None:
        """How many sources there are; a list of feeds names more than it is."""
        is_known = all(source.kind != "opml" for source in self.sources)
        return len(self.sources) if is_known else None

    def day_at(self, moment: datetime, timezone: str | None) -> date:
        """The edition that a run beginning at an aware moment makes.

        ``timezone`` is the environment's, for a file that names none; ``None`` is the machine's.
        """
        local = timezones.local(moment, self.timezone or timezone)
        is_late = self.evening is not None and local.time() >= self.evening
        return local.date() + timedelta(days=1) if is_late else local.date()


def load(path: Path) -> Config:
    """Read a configuration file; relative paths in it are relative to the current folder.

    Raises:
        ConfigError: it is missing, no TOML, or says something that does not exist.
    """
    try:
        return Config.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no TOML: {error}.") from error
    except ValidationError as error:
        faults = error.errors()
        # What stands in the wrong table is also missing in the right one.
        fault = next((one for one in faults if one["type"] == "extra_forbidden"), faults[0])
        raise ConfigError(f"{path}: {_told(fault)}.") from error


_HOMES = {
    name: home
    for part, home in (
        (Mail, "under [delivery.mail]"),
        (SectionTerms, "under [[sections]]"),
        (Source, "in one of the sources"),
        (Fetching, "under [fetching]"),
        (Delivery, "under [delivery]"),
        (Config, "above the first [table]"),
    )
    for name in part.model_fields
}


def _told(fault: Mapping[str, Any]) -> str:
    """What is wrong and where, in the words of who writes the file."""
    place = ".".join(str(part) for part in fault["loc"])
    if fault["loc"] == ("sources",) and fault["type"] in ("missing", "too_short"):
        return 'sources: at least one is needed, like {kind = "folder", at = "articles"}'
    if fault["type"] == "model_type" and fault["loc"][0] == "sources":
        return f'{place}: write it like {{kind = "feed", at = "https://news.example/rss"}}'
    if fault["type"] == "extra_forbidden":
        return f"{place} is no setting{_hint(str(fault['loc'][-1]))}"
    if fault["type"] == "tuple_type":
        return f"{place}: write it as a list, in [ ]"
    if fault["type"].startswith("time_"):
        return f"{place}: {fault['input']!r} is no time; write it like 18:00:00, without quotes"
    return f"{place}: {fault['msg'].removeprefix('Value error, ')}"


def _hint(name: str) -> str:
    if name in _HOMES:
        return f"; {name} belongs {_HOMES[name]}"
    near = get_close_matches(name, _HOMES, n=1)
    return f"; did you mean {near[0]}" if near else ""
