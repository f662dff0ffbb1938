"""What a source gives tonight: articles, what could not be read, what to ask next time.

A source that is down, slow, huge or broken costs only itself. Knows nothing of what is known
already.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from briefer import articles, feeds, text
from briefer.digest import failure
from briefer.errors import FetchRefused, InputError, UnreadableInput
from briefer.fetching import Fetched
from briefer.nightly.config import Source
from briefer.nightly.courier import Courier
from briefer.nightly.identity import canonical
from briefer.schema import Article, Failure, FailureKind
from briefer.store import Store, Validators

_N_LOOKS = 2
"""So often a page is asked for again though its entry is the same: most corrections come in the
days after, and few feeds tell of them. By hand: what outlets do was not measured."""


@dataclass
class Batch:
    """All that a source gave."""

    articles: list[Article] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    fetched: list[Validators] = field(default_factory=list)

    def fail(self, ref: str, error: InputError, kind: FailureKind = "article") -> None:
        """Note what could not be read."""
        self.failures.append(failure(ref, error, kind))


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads sources.

    ``since`` is the last edition; what the API got after it is read on the first night that reads
    the API's store, and from then on what it got since that was read.
    """

    courier: Courier
    store: Store
    since: datetime | None
    claims: dict[str, object] = field(default_factory=dict)
    """The pages that were asked for: one that several feeds list is fetched once a night."""

    def read(self, source: Source) -> Batch:
        """What a source gives; never raises for what is the source's fault."""
        batch = Batch()
        readers = {
            "feed": self._read_feed,
            "opml": self._read_opml,
            "folder": self._read_folder,
            "url": self._read_url,
            "store": self._read_store,
        }
        try:
            readers[source.kind](source.at, batch)
        except InputError as error:
            batch.fail(source.name, error, "source")
        named = [_published_by(one, source.publisher) for one in batch.articles]
        batch.articles = named
        return batch

    def _read_feed(self, url: str, batch: Batch) -> None:
        answer, validators = self.courier.get_if_changed(url)
        if answer is None:
            return
        entries = feeds.read(answer.content, name=url).entries
        fresh = self._unknown([entry.article for entry in entries])
        known, is_whole = [], True
        for entry in entries:
            if not entry.is_summary or not entry.article.url:
                batch.articles.append(entry.article)
            elif canonical(entry.article.url) in fresh:
                is_whole &= self._add_page(entry.article, batch, _N_LOOKS)
            else:
                known.append(entry.article)
        for teaser in known:
            is_whole &= self._look_again(teaser, batch)
        if is_whole:  # else the feed is asked for whole again, and for the pages that failed
            batch.fetched.append(validators)

    def _unknown(self, listed: list[Article]) -> set[str]:
        """The addresses of pages that were neither read nor refused before."""
        urls = {canonical(one.url) for one in listed if one.url}
        return {url for url in urls if self.store.validators_of(f"page {url}").etag is None}

    def _look_again(self, teaser: Article, batch: Batch) -> bool:
        """A page that was read before: when its entry has changed, or on condition, soon after.

        Whether nothing is left to be tried again.
        """
        url = str(teaser.url)
        page = self.store.validators_of(f"page {canonical(url)}")
        if page.etag == "refused":
            return True
        n_looks = int(page.last_modified or 0)
        if self.store.validators_of(_entry_key(teaser)).etag is None:
            return self._add_page(teaser, batch, max(n_looks - 1, 0))
        known = self.store.validators_of(url)
        is_conditional = bool(known.etag or known.last_modified)
        if n_looks and is_conditional and self.courier.has_time_for(url):
            with suppress(InputError):  # the article is there; the next night may see it corrected
                self._read_page(teaser, batch, n_looks - 1)
        return True

    def _add_page(self, teaser: Article, batch: Batch, n_looks: int) -> bool:
        """As ``_read_page``, or what failed.

        Whether nothing is left to be tried again: a page that its publisher keeps to itself is
        named once and left alone from then on.
        """
        try:
            self._read_page(teaser, batch, n_looks)
        except InputError as error:
            batch.fail(str(teaser.url), error)
            return isinstance(error, FetchRefused)
        return True

    def _read_page(self, teaser: Article, batch: Batch, n_looks: int) -> None:
        """The article that an entry only announces, if it is not as it was when it was read last.

        Kept with the page: how often it is to be looked at again.
        """
        url = str(teaser.url)
        key = canonical(url)
        mine = object()
        if self.claims.setdefault(key, mine) is not mine:  # one step, for feeds are read at once
            return
        try:
            answer, validators = self.courier.get_if_changed(url)
        except FetchRefused:
            batch.fetched.append(Validators(f"page {key}", etag="refused"))
            raise
        if answer is not None:
            batch.articles.append(_announced(answer, teaser))
        read = Validators(f"page {key}", etag="read", last_modified=str(n_looks))
        batch.fetched += [validators, read, Validators(_entry_key(teaser), etag="read")]

    def _read_opml(self, at: str, batch: Batch) -> None:
        is_web = at.startswith(("http://", "https://"))
        content = self.courier.get(at).content if is_web else _bytes(at)
        for subscription in feeds.read_opml(content, name=at):
            try:
                self._read_feed(subscription.url, batch)
            except InputError as error:
                batch.fail(f"feed {subscription.url}", error, "source")

    def _read_folder(self, at: str, batch: Batch) -> None:
        suffixes = feeds.SUFFIXES | articles.SUFFIXES.keys()
        for content, name in articles.scan_files(at, suffixes=suffixes):
            if isinstance(content, InputError):
                batch.fail(name, content, "source" if name == at else "article")
                continue
            for item in _in_file(content, name):
                if isinstance(item, Article):
                    batch.articles.append(item)
                else:
                    batch.fail(name, item)

    def _read_url(self, url: str, batch: Batch) -> None:
        answer, validators = self.courier.get_if_changed(url)
        if answer is None:
            return
        page = _on_page(answer.content, url)
        batch.articles.append(page.model_copy(update={"url": page.url or url, "ref": url}))
        batch.fetched.append(validators)

    def _read_store(self, at: str, batch: Batch) -> None:
        del at
        came, mark = self.store.arrivals(self.since)
        batch.articles += came
        batch.fetched.append(mark)


def _entry_key(teaser: Article) -> str:
    """What an entry is known by as long as it says the same of its page."""
    said = (canonical(str(teaser.url)), teaser.title, teaser.text, teaser.published_at)
    return f"entry {text.fingerprint(' '.join(map(str, said)))}"


def _announced(answer: Fetched, teaser: Article) -> Article:
    """The article of a page; the teaser's facts where the page has none."""
    url = str(teaser.url)
    page = _on_page(answer.content, url)
    if not page.text.strip():
        raise UnreadableInput(f"{url} holds no article.")
    known = {
        "title": teaser.title or page.title,
        "publisher": page.publisher or teaser.publisher,
        "published_at": teaser.published_at or page.published_at,
        "url": page.url or answer.url,
        "ref": url,
    }
    return page.model_copy(update=known)


def _on_page(content: bytes, url: str) -> Article:
    """The article of a web page or of a PDF on the web."""
    if articles.is_pdf(content):
        return articles.read_pdf(content, name=url)
    return articles.from_html(content, name=url)


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read: {error.strerror or error}.") from error


def _in_file(content: bytes, name: str) -> Iterator[Article | InputError]:
    is_feed = Path(name).suffix.lower() in feeds.SUFFIXES
    return feeds.scan(content, name=name) if is_feed else articles.scan(content, name=name)


def _published_by(article: Article, publisher: str | None) -> Article:
    return article.model_copy(update={"publisher": publisher}) if publisher else article
