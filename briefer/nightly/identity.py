"""Which articles are one and the same: by address, by text, by nearly the same text.

MinHash over word triples (Broder 1997), looked up by bands of the signature (Leskovec, Rajaraman
and Ullman, Mining of Massive Datasets, 3.4). Knows nothing of where articles come from.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import numpy as np
from numpy.typing import NDArray

from briefer import text
from briefer.schema import Article
from briefer.store import Sighting

_TRACKING = frozenset(
    {"fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "cmpid", "cmp"}
    | {"ocid", "ref", "ref_src", "referrer", "source", "src", "smid", "partner", "spm", "_ga"}
)
_TRACKING_PREFIXES = ("utm_", "at_", "ns_", "mtm_", "pk_", "wt_", "xtor")
_PORTS = {"http": 80, "https": 443}

_N_HASHES, _N_BANDS = 64, 16
_N_ROWS = _N_HASHES // _N_BANDS
"""Half of the pairs with Jaccard (1/16)^(1/4) = 0.5 share a band; of those with 0.8 all but 1 %."""
_PRIME = (1 << 31) - 1
_N_WORDS = 3
_NEARLY_SAME = 0.8
"""Jaccard of an agency's text with a new title line or a cut end; set by hand, see docs."""
_GENERATOR = np.random.default_rng(20261126)
_FACTORS = _GENERATOR.integers(1, _PRIME, _N_HASHES, dtype=np.uint64)
_OFFSETS = _GENERATOR.integers(0, _PRIME, _N_HASHES, dtype=np.uint64)

Signature = NDArray[np.uint64]


def canonical(url: str) -> str:
    """The address without tracking, fragment, default port and case of its host.

    What is no address stays as it is: it may still be what its source knows an article by.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # "http://[bad/"
        return url.strip()
    host = (parts.hostname or "").rstrip(".")
    try:
        port = parts.port
    except ValueError:
        port = None
    if port is not None and port != _PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key.lower() not in _TRACKING and not key.lower().startswith(_TRACKING_PREFIXES)
    ]
    path = parts.path.rstrip("/") or "/"
    return urlunsplit((parts.scheme.lower(), host, path, urlencode(sorted(kept)), ""))


def signature(words: str) -> Signature:
    """The MinHash of a text, ``(64,)``; texts too short for a triple have one of their own."""
    tokens = [token.casefold() for token in text.words(words)] or [words]
    size = min(_N_WORDS, len(tokens))
    triples = {" ".join(tokens[i : i + size]) for i in range(len(tokens) - size + 1)}
    hashed = np.array([_short_hash(one) for one in triples], dtype=np.uint64)  # (S,)
    lowest = np.full(_N_HASHES, _PRIME, dtype=np.uint64)
    for part in np.array_split(hashed, len(hashed) // 10_000 + 1):
        table = (part[:, None] * _FACTORS + _OFFSETS) % np.uint64(_PRIME)  # (S, 64)
        lowest = np.minimum(lowest, table.min(0))
    return lowest


def _short_hash(words: str) -> int:
    digest = hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=4).digest()
    return int.from_bytes(digest, "big") % _PRIME


def likeness(one: Signature, other: Signature) -> float:
    """The estimated Jaccard of two texts' triples."""
    return float((one == other).mean())


def bands(signed: Signature) -> tuple[str, ...]:
    """The keys under which near-duplicates meet."""
    rows = signed.reshape(_N_BANDS, _N_ROWS)
    hashed = (hashlib.blake2b(row.tobytes(), digest_size=8).hexdigest() for row in rows)
    return tuple(f"{number:02d}{one}" for number, one in enumerate(hashed))


def _written(signed: Signature) -> str:
    return signed.astype(np.uint32).tobytes().hex()


def _read(written: str) -> Signature:
    return np.frombuffer(bytes.fromhex(written), dtype=np.uint32).astype(np.uint64)


class Known(Protocol):
    """What is known of earlier articles; the store is."""

    def articles_known_by(self, keys: Collection[str]) -> dict[str, str]:
        """Key -> article."""
        ...

    def signatures_near(self, bands: Collection[str]) -> dict[str, str]:
        """Article -> signature, of those that share a band."""
        ...

    def sighting_of(self, article: str) -> tuple[str, str | None] | None:
        """Signature and publisher."""
        ...


class Register:
    """Tells known articles from new ones, those of the same batch included."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._keys: dict[str, str] = {}
        self._bands: dict[str, set[str]] = defaultdict(set)
        self._seen: dict[str, tuple[str, str | None]] = {}

    def sightings(self, articles: Iterable[Article]) -> list[Sighting]:
        """What each article is: new, a new version, a copy, or nothing new."""
        return [self._sight(article) for article in articles]

    def _sight(self, article: Article) -> Sighting:
        words = text.clean(article.text)
        signed = signature(words)
        keys = _keys_of(article, words)
        known = self._known_by(keys)
        found = next((known[key] for key in keys if key in known), None) or self._near(signed)
        first = self._sighting(found)[1] if found else article.publisher
        sighting = Sighting(
            article=found or keys[0][2:34],
            document=article,
            keys=keys,
            bands=bands(signed),
            signature=_written(signed),
            is_news=found is None or _is_changed(found, keys, known),
            is_copy=_is_elsewhere(article, keys, known) and _are_two(first, article.publisher),
        )
        self._remember(sighting, first)
        return sighting

    def _known_by(self, keys: tuple[str, ...]) -> dict[str, str]:
        """Key -> article, of earlier batches and of this one."""
        here = {key: self._keys[key] for key in keys if key in self._keys}
        return self._known.articles_known_by(keys) | here

    def _near(self, signed: Signature) -> str | None:
        near = self._known.signatures_near(bands(signed))
        for band in bands(signed):
            near |= {one: self._seen[one][0] for one in self._bands.get(band, ())}
        scored = [(likeness(_read(written), signed), one) for one, written in sorted(near.items())]
        best = max(scored, default=(0.0, ""))
        return best[1] if best[0] >= _NEARLY_SAME else None

    def _sighting(self, found: str) -> tuple[str, str | None]:
        seen = self._seen.get(found) or self._known.sighting_of(found)
        return seen or ("00" * 4 * _N_HASHES, None)

    def _remember(self, one: Sighting, publisher: str | None) -> None:
        self._keys |= dict.fromkeys(one.keys, one.article)
        for band in one.bands:
            self._bands[band].add(one.article)
        if not one.is_copy:
            self._seen[one.article] = (one.signature, publisher)
        else:
            self._seen.setdefault(one.article, self._sighting(one.article))


def _is_changed(found: str, keys: tuple[str, ...], known: Mapping[str, str]) -> bool:
    """Whether a known address has words that it never had; a copy elsewhere is none.

    One word is enough ("not", a count of the dead): a brief too many is cheaper than one that
    quotes what the outlet has taken back.
    """
    return known.get(keys[0]) == found and known.get(keys[-1]) != found


def _is_elsewhere(article: Article, keys: tuple[str, ...], known: Mapping[str, str]) -> bool:
    """Whether an article stands at no address that was seen before.

    What stands at one comes from the outlet that had it first, whatever the source is called: the
    feeds of one paper have titles of their own.
    """
    return not article.url or keys[0] not in known


def _are_two(publisher: str | None, other: str | None) -> bool:
    return bool(publisher and other and publisher != other)


def _keys_of(article: Article, words: str) -> tuple[str, ...]:
    """The address first, where there is one; the text last, its case and marks left out."""
    spoken = " ".join(text.folded_words(words))
    own = f"t:{text.fingerprint(spoken or words)}"
    if not article.url:
        return (own,)
    return f"u:{hashlib.sha256(canonical(article.url).encode()).hexdigest()}", own
