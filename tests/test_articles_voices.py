"""Who speaks as "I" in a text, by name, and which of its sentences tell nothing."""

from __future__ import annotations

import pytest

from briefer import articles
from briefer.articles import voices
from briefer.schema import Article, CleanArticle
from tests.test_articles_prepare import STORY

REPORT = "Ann Low runs the harbour of Tellmouth and wants its old pier closed before the winter."
TALK = (
    REPORT,
    "Why close it now?",
    "We have no money for it, and I would not let my children walk on it.",
    "Have you asked the shopkeepers?",
    "I asked all of them in the spring. Nobody answered my letter.",
    "You have said that before.",
    "I say it every year, and every year a storm takes a piece of our pier.",
    "What will take its place?",
    "I hope for a smaller one, in ten years.",
)


def prepare(written: str, title: str | None = None) -> CleanArticle:
    return articles.prepare(Article(text=written, title=title))


def told(article: CleanArticle, numbers: object) -> list[str]:
    return [one.text for one in article.sentences if one.index in numbers]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("title", "opening", "name"),
    [
        ("Interview with harbour master Ann Low", "", "Ann Low"),
        ("Post interviews Oru harbour master Ann Low about the pier", "", "Ann Low"),
        ("Ann Low tells the Post about her pier", "", "Ann Low"),
        ("Ann Low: An interview", "", "Ann Low"),
        ("The pier", "The Post spoke with Ann Low, who runs the harbour, in May.", "Ann Low"),
        ("The pier", "Ann Low, the harbour master, was interviewed by the Post.", "Ann Low"),
        ("Interview with the head of the Harbour League", "", None),
        ("Post interviews Port Zaman bar owner on its cocktail", "", None),
        ("The pier", "The Post spoke with one of the owners of a New Oru City bar.", None),
    ],
)
def test_interviewee_is_who_the_title_or_opening_says(
    title: str, opening: str, name: str | None
) -> None:
    first, *rest = TALK
    article = prepare("\n\n".join((f"{first} {opening}".strip(), *rest)), title)

    assert article.genre == "interview"
    assert article.voice is not None
    assert article.voice.name == name


def test_questions_are_asides_and_answers_the_voice_of_an_interview() -> None:
    article = prepare("\n\n".join(TALK), "Interview with Ann Low")

    assert told(article, article.asides) == [TALK[1], TALK[3], TALK[5], TALK[7]]
    assert article.voice is not None
    assert told(article, article.voice.named_in) == [REPORT]
    assert REPORT not in told(article, article.voice.sentences)
    assert TALK[8] in told(article, article.voice.sentences)


def test_labels_tell_who_asks_and_who_answers() -> None:
    lines = (
        "The harbour master, Ann Low, spoke about her pier on Sunday's show.",
        "“HOST: Why close it now?",
        "“LOW: We have no money for it, and I would not let my children walk on it.",
        "“The storm took our last reserve.",
        "“HOST: Have you asked the shopkeepers?",
        "“LOW: I asked all of them in the spring.",
    )

    article = prepare("\n\n".join(lines), "Low defends her plan")

    assert article.genre == "interview"
    assert article.voice is not None
    assert article.voice.name == "Ann Low"
    assert told(article, article.voice.sentences) == [lines[2], lines[3], lines[5]]


def test_questions_over_a_reports_parts_make_no_interview() -> None:
    parts = (
        "Why was it closed?",
        'The board had no money. "We have none," Ms Vass said. "I am sorry for it."',
        "What happens now?",
        'The shopkeepers went to court on Monday. "We will win," their lawyer said.',
        "Who will decide?",
        'A judge in Oru will hear them in May. "I have read it," he told the Post.',
        "When will it be built anew?",
        "Nobody knows, and the board did not say when it would tell.",
    )

    assert prepare("\n\n".join((STORY, *parts))).genre == "news"


def test_report_that_asks_in_passing_is_no_interview() -> None:
    asked = "Who will pay for it?\n\nWhen will it be built?\n\nNobody knows."

    assert prepare(f"{STORY}\n\n{asked}").genre == "news"


OPINION = (
    "Surely our council cannot be so foolish. The pier is hardly in anybody's way, and it is "
    "simply wrong to tear it down instead of mending it. Why not ask the people who walk on it? "
    "Of course that would be too much to ask of them.\n\n"
    "The truth is that they do not care. They should be ashamed, and indeed they must know it. It "
    "is time to say so. A town which cannot keep its own pier is hardly a town, and no doubt "
    "worse will follow if nobody speaks.\n\n"
    "Perhaps they can still be stopped. I do not think so, but I would rather be wrong. Clearly "
    "the money is there, even if it is well hidden, and it should be spent on what we have "
    "instead of on what we can only dream of. After all, a pier is not a toy. It is where my "
    "father fished, and it is where our children can fish too."
)


@pytest.mark.parametrize(
    ("ending", "name"),
    [
        ("Ann Low is the former mayor of Tellmouth.", "Ann Low"),
        (
            "The writer, Ann Low, was mayor of Tellmouth until 2019. Her views are personal.",
            "Ann Low",
        ),
        ("Ann Low is a columnist for the Post. Follow her on Twitter @annlow.", "Ann Low"),
        ("ANN LOW IS THE HARBOUR'S CHIEF CRITIC", "Ann Low"),
        ("The views expressed here are solely those of the author.", None),
    ],
)
def test_author_of_an_opinion_piece_is_who_its_note_says(ending: str, name: str | None) -> None:
    article = prepare(f"{OPINION}\n\n{ending}")

    assert article.genre == "opinion"
    assert article.voice is not None
    assert article.voice.name == name
    assert [one.split()[0] for one in told(article, article.asides)] == (
        [ending.split()[0]] if name else []
    )


def test_author_of_a_letter_is_who_signed_it() -> None:
    letter = prepare(f"Letters.\n\n{OPINION}\n\nAnn Low.\n\nOru, Norland.", "Keep the pier")

    assert letter.voice is not None
    assert letter.voice.name == "Ann Low"
    assert told(letter, letter.asides) == ["Ann Low.", "Oru, Norland."]


def test_author_whom_no_sentence_names_has_no_name() -> None:
    by = prepare(f"By Ann Low, Harbour Correspondent\n\n{OPINION}", "Opinion: Keep the pier")

    assert by.voice is not None
    assert by.voice.name is None


def test_who_is_spoken_of_before_is_no_author() -> None:
    article = prepare(f"{OPINION} Low disagrees.\n\nAnn Low is the former mayor of Tellmouth.")

    assert article.voice is not None
    assert article.voice.name is None


def test_news_has_no_voice() -> None:
    article = prepare(STORY)

    assert (article.voice, article.asides) == (None, frozenset())


def test_labels_of_questions_and_answers_name_nobody() -> None:
    turns = ("Q: Why a house?", "A: I like it.", "Q: Where is it?", "A: I will not say where.")
    talk = voices.talk(turns)

    assert voices.interviewee("Buying a house: a talk", ("The answer is clear.",), talk) is None


def test_a_long_run_without_blanks_is_read_once() -> None:
    assert voices.find_bio("Ann Low is a writer.", ["A" * 100_000]) is not None
