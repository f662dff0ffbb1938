"""Which articles are one: by address, by text, by nearly the same text."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from briefer.nightly.identity import Register, canonical, likeness, signature
from briefer.schema import Article

WORDS = " ".join(f"word{number}" for number in range(300))
OTHER = " ".join(f"other{number}" for number in range(300))


class Nothing:
    """A store that has seen nothing."""

    def articles_known_by(self, keys: Collection[str]) -> dict[str, str]:
        return {}

    def signatures_near(self, bands: Collection[str]) -> dict[str, str]:
        return {}

    def sighting_of(self, article: str) -> tuple[str, str | None] | None:
        return None


def seen(*articles: Article) -> list[tuple[int, bool, bool]]:
    """For each article which of them it is, whether it is news, whether a copy."""
    found = Register(Nothing()).sightings(articles)
    order = list(dict.fromkeys(one.article for one in found))
    return [(order.index(one.article), one.is_news, one.is_copy) for one in found]


def article(words: str, url: str | None = None, publisher: str | None = None) -> Article:
    return Article(text=words, url=url, publisher=publisher)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTPS://News.Example:443/a/?utm_source=x&fbclid=1", "https://news.example/a"),
        ("https://news.example/a?b=2&a=1#part", "https://news.example/a?a=1&b=2"),
        ("https://news.example", "https://news.example/"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example/a?id=7&at_medium=rss", "https://news.example/a?id=7"),
        ("https://news.example/story?id=7", "https://news.example/story?id=7"),
        (" http://[2001:db8/story ", "http://[2001:db8/story"),
        ("http://news.example:many/a", "http://news.example/a"),
        ("story 7", "story 7"),
    ],
)
def test_addresses_lose_what_does_not_name_the_article(url: str, same: str) -> None:
    assert canonical(url) == same


def test_likeness_estimates_the_shared_triples() -> None:
    half = " ".join(WORDS.split()[:150]) + " " + " ".join(OTHER.split()[:150])

    assert likeness(signature(WORDS), signature(WORDS)) == 1.0
    assert likeness(signature(WORDS), signature(OTHER)) < 0.1
    assert likeness(signature(WORDS), signature(half)) == pytest.approx(0.33, abs=0.2)


def test_short_and_empty_texts_have_signatures() -> None:
    assert likeness(signature("Rain."), signature("Rain.")) == 1.0
    assert likeness(signature(""), signature("Rain.")) < 0.1


def test_one_address_with_tracking_is_one_article() -> None:
    first, second = "https://a.example/1", "https://a.example/1?utm_medium=rss"

    assert seen(article(WORDS, first), article(WORDS, second)) == [
        (0, True, False),
        (0, False, False),
    ]


def test_one_text_at_two_publishers_is_a_copy() -> None:
    pile = [article(WORDS, "https://a.example/1", "A"), article(WORDS, "https://b.example/9", "B")]

    assert seen(*pile) == [(0, True, False), (0, False, True)]


def test_one_address_in_two_feeds_of_a_paper_is_no_copy_and_may_change_in_either() -> None:
    url, changed = "https://a.example/1", WORDS.replace("word150 ", "not word150 ")
    pile = [
        article(WORDS, url, "Paper: World"),
        article(WORDS, url, "Paper: Front page"),
        article(changed, url, "Paper: Front page"),
        article(changed, url, "Paper: World"),
    ]

    assert seen(*pile) == [(0, True, False), (0, False, False), (0, True, False), (0, False, False)]


def test_a_copy_listed_again_is_nothing_new_and_the_first_outlet_stays_the_first() -> None:
    pile = [
        article(WORDS, "https://a.example/1", "A"),
        article(WORDS, "https://b.example/9", "B"),
        article(WORDS, "https://b.example/9", "B"),
        article(WORDS, "https://a.example/2", "A"),
    ]

    assert seen(*pile) == [(0, True, False), (0, False, True), (0, False, False), (0, False, False)]


def test_a_text_with_a_few_words_changed_elsewhere_is_the_same_article() -> None:
    changed = WORDS.replace("word150 ", "another ")

    assert seen(article(WORDS, "https://a.example/1"), article(changed, "https://a.example/2")) == [
        (0, True, False),
        (0, False, False),
    ]


@pytest.mark.parametrize(
    ("before", "after", "is_news"),
    [
        ("word150 ", "word150, ", False),
        ("word150 ", "Word150 ", False),
        ("word150 ", "word150\n\n", False),
        ("word150 ", "13 ", True),
        ("word150 ", "not word150 ", True),
    ],
)
def test_changed_marks_at_a_known_address_are_no_news_and_a_changed_word_is(
    before: str,
    after: str,
    is_news: bool,  # noqa: FBT001 - what is expected
) -> None:
    url = "https://a.example/1"
    corrected = WORDS.replace(before, after)

    assert seen(article(WORDS, url), article(corrected, url)) == [
        (0, True, False),
        (0, is_news, False),
    ]


def test_a_text_that_returns_to_an_earlier_version_is_no_news() -> None:
    url = "https://a.example/1"
    rewritten = " ".join(WORDS.split()[:150]) + " " + OTHER

    assert seen(article(WORDS, url), article(rewritten, url), article(WORDS, url)) == [
        (0, True, False),
        (0, True, False),
        (0, False, False),
    ]


def test_texts_without_words_are_told_apart() -> None:
    assert seen(article("?!"), article("..."), article("?!")) == [
        (0, True, False),
        (1, True, False),
        (0, False, False),
    ]


def test_different_texts_at_different_addresses_are_two_articles() -> None:
    pile = [article(WORDS, "https://a.example/1"), article(OTHER, "https://a.example/2")]

    assert seen(*pile) == [(0, True, False), (1, True, False)]
