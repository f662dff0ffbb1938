"""Count in how many sentences of news each stem stands: ``python -m training.stems SHARED``.

Writes what ``briefer.terms.rarity_in_news`` reads. Counted over the articles of train-briefs, split
train. Knows nothing of gold.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from briefer import resources, terms
from training import corpus


def head(n_sentences: int, least: int) -> str:
    """The comment that opens the list."""
    return (
        f"# In how many of {n_sentences} sentences of news a stem stands: the number, the stems.\n"
        f"# Those in fewer than {least} are left out. Counted by training/stems.py over\n"
        "# train-briefs, split train.\n"
    )


def count(sentences: Sequence[str], least: int) -> str:
    """The list as it is shipped, rarest first; stems as in ``terms.content``."""
    counts = Counter(stem for sentence in sentences for stem in terms.content(sentence))
    by_count: defaultdict[int, list[str]] = defaultdict(list)
    for stem, n in counts.items():
        if n >= least:
            by_count[n].append(stem)
    return head(len(sentences), least) + "".join(_lines(sorted(by_count.items())))


def _lines(by_count: Iterable[tuple[int, list[str]]]) -> Iterable[str]:
    for n, stems in by_count:
        yield f"{n} {' '.join(sorted(stems))}\n"


def main(shared: Path) -> None:
    """Count the training part and write the list into the package."""
    read = corpus.read_train(shared / "train-briefs")
    sentences = [words for one in read if one.split == "train" for words in one.sentences]
    listed = count(sentences, terms.LEAST_IN_NEWS)
    resources.shipped(terms.NEWS_STEMS).write_text(listed, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
