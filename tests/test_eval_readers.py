"""Readers of gold: what they read from a good file, what they say of a broken one."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from eval.alignment import Alignment
from eval.data import DEFAULT, Data, samples
from eval.errors import DataError
from eval.readers import annotated, dev, documents, fields
from eval.readers.given import text_hash

TEXT = (
    "Harbour workers in Port Selby walked out on Monday.  The city cut 120 jobs last week.\n\n\n"
    'Mayor Ruth Amari rejected the criticism. "We had no money left," Amari told reporters there.'
)
SENTENCES = [[0, 51], [53, 85], [88, 128], [129, 180]]


def write(path: Path, *entries: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    return path


def train_article(**changed: Any) -> dict[str, Any]:
    known = {
        "id": "a",
        "split": "val",
        "title": "Walkout",
        "date": "2026-11-25",
        "publisher": None,
        "url": None,
        "licence": "original",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "sentences": SENTENCES,
        "text": TEXT,
    }
    return known | changed


def annotation(**changed: Any) -> dict[str, Any]:
    known = {
        "id": "a",
        "split": "val",
        "kind": "news",
        "headline": "Harbour workers walk out",
        "facts": [{"text": "Workers walked out over 120 lost jobs.", "sentences": [0, 1]}],
        "actors": [
            {"name": "Ruth Amari", "aliases": ["Amari"], "kind": "person", "key": True}
            | {"role": "mayor", "sentences": [2]}
        ],
        "agreements": [],
        "dissent": [
            {"holder": "Ruth Amari", "text": "Amari rejects the criticism.", "against": None}
            | {"quote": None, "must": True, "sentences": [2, 3]}
        ],
        "speech": [{"speaker": "Ruth Amari", "sentences": [3]}],
    }
    return known | changed


def train_folder(folder: Path, *, article: object = None, gold: object = None) -> Path:
    write(folder / "articles.jsonl", article or train_article())
    write(folder / "gold.jsonl", gold or annotation())
    return folder


def test_train_briefs_come_with_spans_on_the_prepared_text(tmp_path: Path) -> None:
    (brief,) = annotated.train_briefs(train_folder(tmp_path), "val")

    assert [span.of(brief.text) for span in brief.facts[0].spans] == [
        "Harbour workers in Port Selby walked out on Monday.",
        "The city cut 120 jobs last week.",
    ]
    assert brief.dissent[0].spans[1].of(brief.text).startswith('"We had no money left,"')
    assert brief.actors[0].names == ("Ruth Amari", "Amari")
    assert brief.has_speech
    assert str(brief.article.published_at) == "2026-11-25 00:00:00+00:00"


def test_other_split_is_left_out(tmp_path: Path) -> None:
    assert list(annotated.train_briefs(train_folder(tmp_path), "train")) == []


def test_train_hash_survives_white_space_and_punctuation(tmp_path: Path) -> None:
    hashes = annotated.train_hashes(train_folder(tmp_path), "val")

    assert text_hash(TEXT.replace("  ", " ").replace(".", "!").upper()) in hashes
    assert text_hash(TEXT + "More.") not in hashes


@pytest.mark.parametrize(
    ("article", "gold", "complaint"),
    [
        (train_article(sha256="0" * 64), None, "a: the text does not have its sha256"),
        (train_article(date="last week"), None, "a: 'last week' is not a date"),
        (None, annotation(id="b"), "b has no article"),
        (None, annotation(facts=[{"text": "x", "sentences": [9]}]), "beyond the article's 4"),
        (None, annotation(facts=[{"text": "x"}]), "line 1: facts.0.sentences: Field required"),
    ],
)
def test_broken_train_briefs_are_named(
    tmp_path: Path, article: object, gold: object, complaint: str
) -> None:
    folder = train_folder(tmp_path, article=article, gold=gold)

    with pytest.raises(DataError, match=complaint):
        list(annotated.train_briefs(folder, "val"))


def dev_folder(folder: Path, **changed: Any) -> Path:
    gold = {
        "id": "d",
        "headline": "Walkout",
        "actors": [],
        "agreements": [],
        "dissent": [
            {"holder": "Ruth Amari", "view": "She rejects it.", "against": "the criticism"}
            | {"must": True, "evidence": ["Ruth Amari rejected the criticism"]}
        ],
        "facts": ["Workers walked out."],
        "facts_evidence": [["walked out on Monday"]],
    }
    write(folder / "articles" / "d.json", {"id": "d", "title": "Walkout", "text": TEXT})
    write(folder / "gold" / "d.json", gold | changed)
    (folder / "INDEX.tsv").write_text("id\tpublished\nd\tMay 30, 2008\n", encoding="utf-8")
    return folder


def test_dev_briefs_find_their_evidence_in_the_text(tmp_path: Path) -> None:
    (brief,) = dev.dev_briefs(dev_folder(tmp_path))

    assert [span.of(brief.text) for span in brief.facts[0].spans] == ["walked out on Monday"]
    assert brief.dissent[0].text == "She rejects it."
    assert not brief.has_speech
    assert brief.article.published_at is not None
    assert brief.article.published_at.year == 2008


def test_dev_evidence_that_is_not_in_the_text_is_named(tmp_path: Path) -> None:
    folder = dev_folder(tmp_path, facts_evidence=[["walked in"]])

    with pytest.raises(DataError, match=r"gold/d\.json: evidence 'walked in' is not in the text"):
        list(dev.dev_briefs(folder))


def test_dev_facts_need_evidence_each(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="differ in length"):
        list(dev.dev_briefs(dev_folder(tmp_path, facts_evidence=[])))


def test_missing_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"INDEX\.tsv not found"):
        list(dev.dev_briefs(tmp_path))


GOOD: dict[str, tuple[Callable[[Path], Iterable[object]], str, dict[str, Any], str]] = {
    "polnear": (
        fields.polnear,
        "polnear/dev.jsonl",
        {"id": "p", "title": "", "text": "He said no.", "attributions": []},
        "attributions",
    ),
    "plover": (
        fields.plover,
        "plover/train.jsonl",
        {"id": "v", "sentence": "A met B.", "source": "A", "target": "B", "event": "CONSULT"},
        "event",
    ),
    "wikinews_salience": (
        lambda data: fields.wikinews_salience(data, frozenset()),
        "wikinews_salience/dev.jsonl",
        {"id": "w", "title": "", "text": "Iran.", "entities": []},
        "entities",
    ),
    "multinews": (
        fields.multinews,
        "multinews_attributed/dev.jsonl",
        {"id": "m", "articles": [], "alignments": []},
        "alignments",
    ),
    "wice": (
        fields.wice,
        "wice/claim_dev.jsonl",
        {"id": "c", "claim": "", "sentences": [], "supporting_sentences": [[]]}
        | {"label": "supported"},
        "label",
    ),
    "qags": (
        lambda data: fields.qags(data, "cnndm"),
        "qags/qags_cnndm.jsonl",
        {"id": "q", "text": "", "summary": "", "human_factual": 1.0},
        "human_factual",
    ),
    "neus": (documents.neus, "neus/val.jsonl", {"id": "n", "articles": []}, "articles"),
    "cnndm": (
        lambda data: documents.cnndm(data, frozenset()),
        "cnndm/dev_300.jsonl",
        {"id": "h", "text": "x", "reference": ["y"]},
        "reference",
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_record_is_read_and_a_broken_one_named(tmp_path: Path, name: str) -> None:
    read, file, good, field = GOOD[name]

    write(tmp_path / file, good)
    assert len(list(read(tmp_path))) == 1

    write(tmp_path / file, good, {key: value for key, value in good.items() if key != field})
    with pytest.raises(DataError, match=f"line 2: {field}: Field required"):
        list(read(tmp_path))

    (tmp_path / file).write_text('{"id": \n', encoding="utf-8")
    with pytest.raises(DataError, match="line 1 is not JSON"):
        list(read(tmp_path))

    (tmp_path / file).write_bytes(b"\xff\xfe")
    with pytest.raises(DataError, match="is not UTF-8"):
        list(read(tmp_path))

    (tmp_path / file).write_text("\n", encoding="utf-8")
    with pytest.raises(DataError, match="holds no record"):
        list(read(tmp_path))

    (tmp_path / file).unlink()
    with pytest.raises(DataError, match="not found"):
        list(read(tmp_path))


def test_salience_leaves_out_what_was_trained_on(tmp_path: Path) -> None:
    seen = {"id": "1", "title": "", "text": "Iran spoke.", "entities": []}
    write(tmp_path / "wikinews_salience" / "dev.jsonl", seen, seen | {"id": "2", "text": "Chad."})

    found = fields.wikinews_salience(tmp_path, frozenset([text_hash("IRAN spoke")]))

    assert [article.id for article in found] == ["2"]


def test_highlights_are_a_fixed_sample_by_id(tmp_path: Path) -> None:
    entries = [{"id": f"{n:02}", "text": f"t{n}", "reference": []} for n in range(40, 0, -1)]
    write(tmp_path / "cnndm" / "dev_300.jsonl", *entries)

    found = documents.cnndm(tmp_path, frozenset([text_hash("t1")]))

    assert [one.id for one in found] == [f"{n:02}" for n in range(2, 32)]


def test_a_page_that_cannot_be_unpacked_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "html_readability"
    write(folder / "expected.jsonl", {"id": "x", "html": "x.html.gz", "expected_text": "Hi."})
    (folder / "x.html.gz").write_bytes(gzip.compress(b"<p>Hi.</p>"))
    assert [page.html for page in documents.pages(tmp_path)] == [b"<p>Hi.</p>"]

    (folder / "x.html.gz").write_bytes(b"no gzip")
    with pytest.raises(DataError, match=r"x\.html\.gz cannot be unpacked"):
        list(documents.pages(tmp_path))


def test_feeds_say_what_they_expect(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no feed"):
        list(documents.feeds(tmp_path))
    folder = tmp_path / "feeds_feedparser" / "illformed"
    folder.mkdir(parents=True)
    (folder / "a.xml").write_text("<!--\nExpect:   bozo and entries\n-->", encoding="utf-8")

    (feed,) = documents.feeds(tmp_path)

    assert (feed.id, feed.expected, feed.expects_bozo) == (
        "illformed/a.xml",
        "bozo and entries",
        True,
    )


def test_alignment_carries_spans_over_what_was_left_out() -> None:
    published = "Walkout\n\nBy A. Writer\n\nWorkers  left\u200b on Monday."
    prepared = "Workers left on Monday."
    alignment = Alignment(published, prepared)

    start = published.index("Workers")
    whole = alignment.span(start, len(published))
    inside = alignment.span(published.index("onday"), len(published) - 1)

    assert whole is not None
    assert whole.of(prepared) == "Workers left on Monday."
    assert inside is not None
    assert inside.of(prepared) == "onday"
    assert alignment.span(0, 7) is None


def test_alignment_refuses_another_article() -> None:
    with pytest.raises(DataError, match="is this the article the gold belongs to"):
        Alignment("One text about harbours and ships.", "Something else entirely, on bees.")


def test_missing_folders_are_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()

    with pytest.raises(DataError, match="no dev-briefs, train-briefs under"):
        Data.at(tmp_path)


def test_the_data_folder_itself_will_do(tmp_path: Path) -> None:
    for name in ("data", "dev-briefs", "train-briefs"):
        (tmp_path / name).mkdir()

    assert Data.at(tmp_path / "data") == Data.at(tmp_path)


def test_shipped_samples_are_read_with_their_gold() -> None:
    found = samples()

    assert len(found) >= 8
    assert all(span.end <= len(brief.text) for brief in found for span in brief.sentences)
    assert {brief.kind for brief in found} >= {"news", "opinion"}


@pytest.mark.skipif(not DEFAULT.is_dir(), reason="the gold outside the repository is not here")
def test_every_set_outside_is_read_whole() -> None:
    data = Data.at(DEFAULT)

    assert (len(data.dev), len(data.val), len(data.second)) == (24, 52, 43)
    assert all(fact.spans for brief in data.dev for fact in brief.facts)
    assert len(list(fields.polnear(data.sets))) == 84
    assert len(list(fields.plover(data.sets))) == 1050
    assert len(list(fields.wikinews_salience(data.sets, data.trained_on))) == 43
    assert len(list(fields.multinews(data.sets))) == 28
    assert len(list(fields.wice(data.sets))) == 349
    assert len(list(fields.qags(data.sets, "cnndm"))) == 235
    assert len(list(documents.neus(data.sets))) == 307
    assert len(documents.cnndm(data.sets, data.in_train_briefs)) == 30
    assert len(list(documents.pages(data.sets))) == 130
    assert len(list(documents.feeds(data.sets))) == 1292
