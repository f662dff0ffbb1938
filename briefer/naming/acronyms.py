"""Bodies by their whole names where a brief would tell of them first by letters only.

"ABEO refused" -> "The Association of Bridge and Engine Officers refused". Of 33 such bodies the
experts' bullets spell out 23 (train). Headlines keep the letters. Knows nothing of checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefer import text
from briefer.mentions import acronyms
from briefer.naming import descriptions
from briefer.naming.putting import put
from briefer.schema import Character, CleanArticle, DraftLine

# What every reader knows by its letters.
_KNOWN = text.forms(
    "US UN EU UK NATO FBI CIA BBC CNN NBC ABC CBS GOP NASA FIFA UEFA NFL NBA ISIS IRA KGB IMF IRS"
)
_MIN_LETTERS, _MIN_WORDS = 2, 3
_REACH = 8  # characters
_ARTICLE = re.compile(r"\b(?P<word>an?|the) $", re.IGNORECASE)
_GENITIVE = re.compile(r"(['’])s\b")


@dataclass(frozen=True, slots=True)
class _Body:
    """A body with its letters; the sentence that has the whole name."""

    name: str
    letters: str
    sentence: int
    has_article: bool


def spell_out(
    lines: Sequence[DraftLine], article: CleanArticle, characters: Sequence[Character]
) -> tuple[DraftLine, ...]:
    """The lines in order; a body that no line before names gets its whole name.

    With the letters in brackets where they come again.
    """
    left = list(_bodies(article, characters))
    made: list[DraftLine] = []
    for number, line in enumerate(lines):
        told = [other.text for other in made if other.passage.kind != "headline"]
        others = " ".join((*told, *(other.text for other in lines[number + 1 :])))
        for body in tuple(left):
            if line.passage.kind != "headline" and body.name not in line.text:
                line = _spelled(line, body, others)
            if body.name in line.text:
                left.remove(body)
        made.append(line)
    return tuple(made)


def _bodies(article: CleanArticle, characters: Sequence[Character]) -> Iterator[_Body]:
    for one in characters:
        name = one.name.removeprefix("The ").removeprefix("the ")
        first = next((m for m in one.mentions if m.of(article.text).endswith(name)), None)
        if one.kind == "person" or first is None or len(name.split()) < _MIN_WORDS:
            continue
        for alias in one.aliases:
            letters = alias.replace(".", "")
            is_short = letters.isalpha() and letters.isupper() and len(letters) >= _MIN_LETTERS
            if is_short and letters not in _KNOWN and letters in acronyms.forms(name):
                sentence = article.sentence_at(first.start)
                yield _Body(
                    name, alias, sentence, f"the {name}".casefold() in article.text.casefold()
                )


def _spelled(line: DraftLine, body: _Body, others: str) -> DraftLine:
    """The line with the whole name for the first of its letters, if it has them alone.

    "An FDA official" stays: the article is that of the letters, or of the noun after them.
    """
    plain = descriptions.blanked(line.text)
    match = re.search(rf"(?<![\w.(-]){re.escape(body.letters)}(?![\w-])", plain)
    article = (
        _ARTICLE.search(plain, max(0, match.start() - _REACH), match.start()) if match else None
    )
    if match is None or (article and article["word"].casefold() != "the"):
        return line
    after, end = line.text[match.end() :], match.end()
    takes_article = not article and body.has_article and descriptions.ends(plain, match.end())
    name = f"the {body.name}" if takes_article else body.name
    if genitive := _GENITIVE.match(after):
        if name.endswith("s"):
            name, end = f"{name}{genitive[1]}", end + len(genitive[0])
    elif _has(f"{after} {others}", body.letters):
        name = f"{name} ({body.letters})"
    return put(line, match.start(), end, name, body.sentence)


def _has(words: str, letters: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(letters)}(?!\w)", words) is not None
