"""Which sentences become lines, by what kind of item, in whose mouth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer import passages
from briefer.passages import acts, facts, openers, spans, views
from briefer.schema import (
    ActorKind,
    Character,
    CleanArticle,
    Options,
    Passage,
    PassageKind,
    Sentence,
    Span,
    Statement,
    Tags,
)
from tests.fakes import character, cleaned, says, span

QUIET = Tags(fact=0.3, dissent=0.02, agreement=0.02, speech=0.1)
LOUD = replace(QUIET, dissent=0.9)


def chosen(
    article: CleanArticle,
    tags: list[Tags],
    *statements: Statement,
    options: Options | None = None,
) -> dict[PassageKind, list[Passage]]:
    found = passages.choose(article, tags, statements, (), options or Options())
    kinds: dict[PassageKind, list[Passage]] = {}
    for passage in found:
        if not passage.in_reserve:
            kinds.setdefault(passage.kind, []).append(passage)
    return kinds


def test_statements_of_one_speaker_with_a_small_gap_are_one_view() -> None:
    article = cleaned("Lee rejected it. Rain fell. Snow fell. Lee called it a lie. Okoro left.")
    tags = [LOUD, QUIET, QUIET, LOUD, QUIET]

    kinds = chosen(
        article, tags, says(article, "Lee", "rejected it"), says(article, "Lee", "it a lie")
    )

    assert [(one.speaker, one.sentences) for one in kinds["dissent"]] == [("Lee", (0, 3))]


def test_surname_and_full_name_are_one_holder() -> None:
    article = cleaned("Ana Diaz-Ruz rejected it. Ruz called it a lie.")

    kinds = chosen(
        article,
        [LOUD, LOUD],
        says(article, "Ana Diaz-Ruz", "rejected it"),
        says(article, "Ruz", "it a lie"),
    )

    assert [one.speaker for one in kinds["dissent"]] == ["Ana Diaz-Ruz"]


def test_one_of_two_who_speak_together_is_a_holder_alone() -> None:
    article = cleaned("Tom Cho and Ann Lee rejected it. Ann Lee called it a lie.")

    kinds = chosen(
        article,
        [LOUD, LOUD],
        says(article, "Tom Cho and Ann Lee", "rejected it"),
        says(article, "Ann Lee", "it a lie"),
    )

    assert {one.speaker for one in kinds["dissent"]} == {"Tom Cho and Ann Lee", "Ann Lee"}


def test_one_holder_has_three_views_at_most() -> None:
    words = " ".join(["Lee called it a lie."] + ["Gulls flew by."] * 5)
    article = cleaned(" ".join([words] * 5))
    loud = [LOUD if one.text.startswith("Lee") else QUIET for one in article.sentences]
    said = [
        replace(says(article, "Lee", "it a lie"), sentences=(number,))
        for number, tags in enumerate(loud)
        if tags is LOUD
    ]

    assert len(chosen(article, loud, *said)["dissent"]) == 3


def test_surname_of_two_people_is_nobodys() -> None:
    article = cleaned("Ann Lee rejected it. Tom Lee rejected it. Lee called it a lie.")

    kinds = chosen(
        article,
        [LOUD, LOUD, LOUD],
        says(article, "Ann Lee", "rejected it"),
        says(article, "Tom Lee", "rejected it."),
        says(article, "Lee", "it a lie"),
    )

    assert {one.speaker for one in kinds["dissent"]} == {"Ann Lee", "Tom Lee", "Lee"}


def test_statements_far_apart_are_two_views() -> None:
    article = cleaned(
        "Lee rejected it. One day. Two days. Three days. Four days. Lee called it a lie."
    )
    tags = [LOUD, QUIET, QUIET, QUIET, QUIET, LOUD]

    kinds = chosen(
        article, tags, says(article, "Lee", "rejected it"), says(article, "Lee", "it a lie")
    )

    assert [one.sentences for one in kinds["dissent"]] == [(0,), (5,)]


def test_views_of_two_speakers_stay_apart() -> None:
    article = cleaned("Lee rejected it. Okoro rejected it too.")

    kinds = chosen(
        article,
        [LOUD, LOUD],
        says(article, "Lee", "rejected it"),
        says(article, "Okoro", "rejected it too"),
    )

    assert {one.speaker for one in kinds["dissent"]} == {"Lee", "Okoro"}


def test_doubtful_sentences_of_one_speaker_count_together() -> None:
    article = cleaned("Lee saw little use in it. Lee found it too dear. Okoro found it too late.")
    doubtful = replace(QUIET, dissent=0.5)

    kinds = chosen(
        article,
        [doubtful, doubtful, doubtful],
        says(article, "Lee", "little use in it"),
        says(article, "Lee", "too dear"),
        says(article, "Okoro", "too late"),
    )

    assert [one.speaker for one in kinds["dissent"]] == ["Lee"]


def test_speech_without_dissent_is_no_view() -> None:
    article = cleaned("Lee said the harbour opens at six.")

    kinds = chosen(article, [QUIET], says(article, "Lee", "the harbour opens at six"))

    assert "dissent" not in kinds


def test_speaker_is_left_open_where_nobody_knows_who_he_is() -> None:
    article = cleaned("He called it a lie.")
    nobody = replace(says(article, "he", "it a lie"), speaker=None, is_named=False)

    assert [one.speaker for one in chosen(article, [LOUD], nobody)["dissent"]] == [None]


def test_what_somebody_says_within_anothers_quotation_is_no_view_of_his() -> None:
    article = cleaned("“The union says the levy is theft,” Lee said.")
    outer = says(article, "Lee", "“The union says the levy is theft,”")
    inner = replace(says(article, "union", "the levy is theft"), nested_in=0)

    kinds = chosen(article, [LOUD], outer, inner)

    assert [one.speaker for one in kinds["dissent"]] == ["Lee"]


@pytest.mark.parametrize(
    "holder", ["many of whom", "two of them", "Two of its members", "No grower", "Few growers"]
)
def test_who_is_left_open_holds_no_view(holder: str) -> None:
    article = cleaned("The growers say, many of whom left, that the levy is theft.")

    kinds = chosen(article, [LOUD], says(article, holder, "the levy is theft"))

    assert [one.speaker for one in kinds["dissent"]] == [None]


def test_what_a_question_takes_somebody_to_say_is_no_view_of_his() -> None:
    article = cleaned("Do you think, when the union tells us that the levy is theft, that it is?")
    told = replace(says(article, "union", "that the levy is theft"), cue=span(article, "tells"))

    kinds = chosen(article, [LOUD], told)

    assert [one.speaker for one in kinds["dissent"]] == [None]


def test_vote_without_speech_is_a_view_of_its_subject() -> None:
    article = cleaned("39 Democrats voted against the bill. The bill passed.")

    kinds = chosen(article, [LOUD, QUIET])

    assert [(one.speaker, one.sentences) for one in kinds["dissent"]] == [("39 Democrats", (0,))]


def named(article: CleanArticle, *names: str, kind: ActorKind = "organisation") -> list[Character]:
    return [Character(name, kind, (), (span(article, name),), None, 0.5) for name in names]


def opener(article: CleanArticle, number: int, characters: list[Character]) -> str | None:
    return openers.find(article.sentences[number], article, openers.index(article, characters))


def test_sure_sentence_without_speech_is_a_view_of_who_opens_it() -> None:
    article = cleaned("In 2012, the Dockers Union refused to load the ship. The ship left.")

    (view,) = views.find(article, [LOUD, QUIET], (), named(article, "Dockers Union"))

    assert (view.speaker, view.sentences) == ("Dockers Union", (0,))


@pytest.mark.parametrize(
    ("words", "names", "found"),
    [
        ("Ann Lee walked away.", ["Ann Lee"], "Ann Lee"),
        ("But Selby and Arden walked away.", ["Selby", "Arden"], "Selby and Arden"),
        ("Thousands of growers filled the square.", ["growers"], None),
        ("Selby's growers filled the square.", ["Selby"], None),
        ("The growers' decision caused a stir.", ["growers"], None),
        (
            "Leaders of the Selby union objected.",
            ["Leaders", "Selby union"],
            "Leaders of the Selby union",
        ),
        ("Leaders of a union objected.", ["Leaders"], None),
        ("Iranian clerks walked out.", ["Iranian"], None),
        ("Iranians walked out.", ["Iranians"], "Iranians"),
        ("Selby was accused of theft.", ["Selby"], None),
        ("Selby, which never won, has been accused of theft.", ["Selby"], None),
        ("Selby was opposed to the bill.", ["Selby"], "Selby"),
        ("Selby has sometimes been accused of theft.", ["Selby"], None),
        ("Selby and other small ports closed.", ["Selby"], "Selby and other small ports"),
        ("Selby-led growers filled the square.", ["Selby"], None),
        ("Sen. Ann Lee voted against it.", ["Ann Lee"], "Ann Lee"),
        ("But Lt. Gov. Ann Lee, R-Ohio, voted against it.", ["Ann Lee"], "Ann Lee"),
    ],
)
def test_name_that_opens_a_sentence(words: str, names: list[str], found: str | None) -> None:
    article = cleaned(words)

    assert opener(article, 0, named(article, *names)) == found


def test_description_that_opens_a_sentence_keeps_its_own_words() -> None:
    article = cleaned("Harbour groups met. Teachers' groups are worried.")
    mentions = (span(article, "Harbour groups"), span(article, "Teachers' groups"))
    folded = Character("harbour groups", "group", (), mentions, None, 0.5)

    assert opener(article, 1, [folded]) == "Teachers' groups"


def test_place_that_opens_a_sentence_holds_no_view() -> None:
    article = cleaned("Port Selby was blocked.")
    port = named(article, "Port Selby", kind="place")

    assert opener(article, 0, port) is None


def test_who_is_told_not_to_oppose_something_holds_no_view() -> None:
    article = cleaned("Ann Lee never voted against the plan. The plan passed.")

    (view,) = views.find(article, [LOUD, QUIET], (), named(article, "Ann Lee"))

    assert view.speaker is None


def test_medium_that_passes_on_a_view_does_not_hold_it() -> None:
    article = cleaned("The letter is an insult, Ann Lee said, the state news agency reported.")

    kinds = chosen(
        article,
        [LOUD],
        says(article, "Ann Lee", "The letter is an insult"),
        says(article, "state news agency", "The letter is an insult, Ann Lee said"),
    )

    assert [one.speaker for one in kinds["dissent"]] == ["Ann Lee"]


def test_ruling_is_a_fact_and_no_view_of_the_court() -> None:
    article = cleaned(
        "The ban is an outrage, the High Court ruled. Rain fell. Court hated the ban."
    )
    ruled = says(article, "High Court", "The ban is an outrage")
    hated = says(article, "Margaret Court", "hated the ban")
    player = replace(character(article, "Court"), name="Margaret Court")

    found = passages.choose(
        article, [LOUD, QUIET, LOUD], [ruled, hated], [player], Options(length="long")
    )

    assert [one.speaker for one in found if one.kind == "dissent"] == ["Margaret Court"]
    assert (0,) in [one.sentences for one in found if one.kind == "fact"]


def test_sure_view_without_a_speaker_is_left_to_the_condenser() -> None:
    article = cleaned("It is a disgrace. It will ruin the harbour. Ships came in. Lee may agree.")

    kinds = chosen(article, [LOUD, LOUD, QUIET, replace(QUIET, dissent=0.5)])

    assert [(one.speaker, one.sentences) for one in kinds["dissent"]] == [(None, (0, 1))]


def test_view_brings_the_odds_of_each_of_its_sentences() -> None:
    article = cleaned("Lee found it dear. Lee rejected it. Rain fell. It is a disgrace.")
    tags = [replace(QUIET, dissent=odds) for odds in (0.4, 0.9, 0.0, 0.85)]

    kinds = chosen(
        article, tags, says(article, "Lee", "found it dear"), says(article, "Lee", "rejected it")
    )

    assert [one.odds for one in kinds["dissent"]] == [(0.4, 0.9), (0.85,)]


def test_author_of_an_opinion_piece_is_a_holder_and_of_news_is_not() -> None:
    news = cleaned("This law is a disgrace. It will ruin the harbour. Ships came in.")
    opinion = replace(news, genre="opinion")
    tags = [LOUD, LOUD, QUIET]

    kinds = chosen(opinion, tags)

    assert [(one.speaker, one.sentences) for one in kinds["dissent"]] == [("the author", (0, 1))]
    assert [one.speaker for one in chosen(news, tags)["dissent"]] == [None]


def test_facts_of_an_opinion_piece_are_the_authors_words() -> None:
    article = replace(cleaned("The harbour lost 4,000 ships last year."), genre="opinion")

    kinds = chosen(article, [replace(QUIET, fact=0.9)])

    assert [one.speaker for one in kinds["fact"]] == ["the author"]


@pytest.mark.parametrize(
    ("words", "holder"),
    [
        ("39 Democrats voted against the bill.", "39 Democrats"),
        ("Thousands of growers protested in Varosk.", "Thousands of growers"),
        ("Many protest leaders were opposed.", "Many protest leaders"),
        ("But the Harbour Union has sued the city.", "Harbour Union"),
        ("The union is suing the city.", "union"),
        ("Dockers have been accused of theft.", None),
        ("The mayor was accused of theft.", None),
        ("On Monday, several villages blocked the road.", "several villages"),
        ("Iran strongly denied the report.", "Iran"),
        ("The harbour of Port Selby closed.", None),
        ("He denied the report.", None),
        ("The man who led them has been ill and denied it.", None),
        ("A vote was held.", None),
        ("The Justice Department on Monday sued Selby.", "Justice Department"),
        ("Selby last Friday sued the union.", "Selby"),
        ("No senator voted against the bill.", None),
        ("Neither party opposed the bill.", None),
        ("Few residents protested.", None),
        ("A few residents protested.", "A few residents"),
        ("Ann Low never voted against the plan.", None),
    ],
)
def test_subject_of_an_act_of_opposition(words: str, holder: str | None) -> None:
    assert acts.holder(Sentence(0, 0, len(words), words, 0)) == holder


def quoted(article: CleanArticle, *told: Statement) -> str | None:
    found = spans.quotations(article, told, told, article.text)
    return found[0].of(article.text) if found else None


def test_quotation_is_an_exact_span_without_marks_and_comma() -> None:
    article = cleaned("“This is a scandal,” Lee said.")

    assert quoted(article, says(article, "Lee", "“This is a scandal,”")) == "This is a scandal"


def test_scrap_in_quotation_marks_is_no_quotation() -> None:
    article = cleaned('Lee called it "unwelcome".')

    assert quoted(article, says(article, "Lee", 'it "unwelcome"')) is None


def test_long_quotation_is_cut_between_its_sentences() -> None:
    first = "We were told in May that nothing at all would be decided without the villages."
    second = (
        "Then we read in the papers that everything had been decided, sealed and signed in April."
    )
    article = cleaned(f"“{first} {second}” Lee said.")

    assert quoted(article, says(article, "Lee", f"“{first} {second}”")) == first


def test_quotation_of_another_speaker_within_the_sentence_is_not_taken() -> None:
    article = cleaned('McCain backed the shield, while Obama saw a "great threat" in it.')
    wide = says(article, "McCain", 'the shield, while Obama saw a "great threat" in it')
    narrow = says(article, "Obama", 'a "great threat" in it')

    def found(told: Statement) -> list[Span]:
        return spans.quotations(article, [told], [wide, narrow], article.text)

    assert found(wide) == []
    assert found(narrow) == [span(article, "great threat")]


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("Lee says the levy ruins the growers.", "The levy will ruin our growers"),
        ("Lee says 300 jobs at the port are at risk.", "Three hundred jobs at the port will go"),
        ("Lee says the mayor lies.", None),
    ],
)
def test_quotation_says_what_the_line_says(words: str, quote: str | None) -> None:
    article = cleaned(
        "“The levy will ruin our growers,” Lee told “The Growers’ Hour”. "
        "“Three hundred jobs at the port will go.”"
    )
    told = [
        says(article, "Lee", "“The levy will ruin our growers,”"),
        says(article, "Lee", "“The Growers’ Hour”"),
        says(article, "Lee", "“Three hundred jobs at the port will go.”"),
    ]

    found = spans.quotations(article, told, told, words)

    assert [one.of(article.text).rstrip(".") for one in found[:1]] == ([quote] if quote else [])


def test_title_of_a_work_is_no_quotation() -> None:
    article = cleaned("Lee told “The Growers’ Hour” so.")
    told = says(article, "Lee", "“The Growers’ Hour”")

    assert spans.quotations(article, [told], [told], "Lee told The Growers’ Hour so.") == []


def test_nobody_is_against_his_own_side() -> None:
    article = cleaned("Lee campaign manager Ann Dole said the Lee campaign may fail.")
    told = replace(
        says(article, "Ann Dole", "the Lee campaign may fail"),
        source=span(article, "Lee campaign manager Ann Dole"),
        target=span(article, "the Lee campaign"),
    )

    assert spans.against(article, "Ann Dole", [told]) is None


def test_view_is_against_the_target_of_its_most_telling_statement() -> None:
    article = cleaned("Lee said the ships come daily. Lee denounced the fee as theft.")
    plain = says(article, "Lee", "the ships come daily")
    sharp = replace(says(article, "Lee", "the fee as theft"), target=span(article, "the fee"))

    found = spans.against(article, "Lee", [plain, sharp])

    assert found is not None
    assert found.of(article.text) == "the fee"


def test_nobody_is_against_himself() -> None:
    article = cleaned("Ann Lee was accused.")
    slip = replace(says(article, "Ann Lee", "was accused"), target=Span(4, 7))

    assert spans.against(article, "Ann Lee", [slip]) is None


@pytest.mark.parametrize(
    ("words", "against"),
    [
        ("39 Democrats voted against the bill.", "the bill"),
        ("The church is extremely critical of the new rules, its head said.", "the new rules"),
        ("The union denounced the deal for its cost.", "the deal"),
        ("Selby voted against and Arden abstained.", None),
        ("Selby, a small port, opposed the levy.", "the levy"),
        ("Selby stayed away, while Arden opposed the levy.", None),
        ("The union refused to load the ship.", None),
        ("Hundreds protested against the closure of the school.", "the closure of the school"),
        ("Lee denied Putin has not been seen.", None),
    ],
)
def test_what_an_act_without_speech_is_against(words: str, against: str | None) -> None:
    article = cleaned(words)

    found = spans.against_in(article, article.sentences[0])

    assert (found.of(article.text) if found else None) == against


def test_most_telling_statement_comes_first() -> None:
    article = cleaned("Lee said ships come daily. Lee denounced the fee as theft.")
    plain = replace(says(article, "Lee", "ships come daily"), cue=span(article, "said"))
    sharp = replace(says(article, "Lee", "the fee as theft"), cue=span(article, "denounced"))

    (view,) = views.find(article, [LOUD, LOUD], [plain, sharp], ())

    assert view.statements == (1, 0)


FACTS = [replace(QUIET, fact=one) for one in (0.9, 0.8, 0.2, 0.7)]


def without_headline(max_bullets: int) -> Options:
    return Options(max_bullets=max_bullets, sections=("summary", "agreements", "dissent"))


FACT_TEXT = cleaned(
    "The harbour of Port Selby closed on Tuesday. "
    "Port Selby's harbour closed on Tuesday for good. "
    "Gulls were seen everywhere over the town. "
    "The union collected 4,000 signatures against it."
)


def test_second_sentence_with_the_same_news_gives_way() -> None:
    kinds = chosen(FACT_TEXT, FACTS, options=without_headline(2))

    assert [one.sentences for one in kinds["fact"]] == [(0,), (3,)]


def test_next_facts_are_kept_in_reserve() -> None:
    found = passages.choose(FACT_TEXT, FACTS, (), (), without_headline(2))

    assert [one.sentences for one in found if one.in_reserve] == [(1,), (2,)]


def test_facts_add_to_what_a_view_already_tells() -> None:
    tags = [*FACTS[:3], replace(FACTS[3], dissent=0.9)]
    view = says(FACT_TEXT, "union", "4,000 signatures against it")

    kinds = chosen(FACT_TEXT, tags, view, options=without_headline(1))

    assert kinds["dissent"][0].sentences == (3,)
    assert kinds["fact"][0].sentences == (0,)


def test_neighbours_that_tell_of_one_thing_are_a_bullet_each() -> None:
    article = cleaned("The council met on Monday. It cut the harbour's budget. Gulls flew by.")
    tags = [replace(QUIET, fact=0.9), replace(QUIET, fact=0.8, joined=0.7), QUIET]

    kinds = chosen(article, tags, options=without_headline(2))

    assert [one.sentences for one in kinds["fact"]] == [(0,), (1,)]


def test_facts_come_in_the_order_of_the_article() -> None:
    article = cleaned("Gulls cry at the old pier. Rain fell on Oru all day. Ann Lee won the vote.")
    tags = [replace(QUIET, fact=0.5), QUIET, replace(QUIET, fact=0.9)]

    kinds = chosen(article, tags, options=without_headline(2))

    assert [one.sentences for one in kinds["fact"]] == [(0,), (2,)]


def test_fragments_and_questions_are_no_facts() -> None:
    article = cleaned(
        "Photo: harbour at night, 2015\n\nWho closed the harbour of Port Selby?\n\n"
        "The harbour of Port Selby closed on Tuesday."
    )

    kinds = chosen(article, [replace(QUIET, fact=0.9)] * 3)

    assert [one.sentences for one in kinds["fact"]] == [(2,)]


def test_reported_fact_carries_its_speaker() -> None:
    article = cleaned("The port lost 4,000 jobs in a year, Lee said.")

    kinds = chosen(
        article,
        [replace(QUIET, fact=0.9)],
        says(article, "Lee", "The port lost 4,000 jobs in a year"),
    )

    assert kinds["fact"][0].speaker == "Lee"


@pytest.mark.parametrize(("length", "n"), [("short", 6), ("standard", 12), ("long", 19)])
def test_length_decides_how_many_bullets(length: str, n: int) -> None:
    sentence = "Ship number {} of the fleet carried cargo {} into harbour {} today."
    article = cleaned(" ".join(sentence.format(i, i * 7 + 1, i * 13 + 2) for i in range(60)))
    tags = [replace(QUIET, fact=0.9)] * len(article.sentences)

    kinds = chosen(article, tags, options=Options(length=length))  # type: ignore[arg-type]

    assert len(kinds["fact"]) == n


@pytest.mark.parametrize(
    ("n_words", "n_others", "n"),
    [(330, 0, 8), (330, 4, 7), (330, 9, 4), (900, 6, 12), (110, 0, 4), (60, 2, 3)],
)
def test_views_and_agreements_take_room_from_the_bullets(
    n_words: int, n_others: int, n: int
) -> None:
    article = cleaned(" ".join(["word"] * n_words))

    assert facts.limit(article, Options(), n_others=n_others) == n


def test_only_requested_sections_are_chosen() -> None:
    kinds = chosen(FACT_TEXT, FACTS, options=Options(sections=("headline",)))

    assert list(kinds) == ["headline"]
    assert kinds["headline"][0].sentences == (0,)


def test_bullets_go_first_to_what_the_headline_does_not_tell() -> None:
    tags = [replace(QUIET, fact=0.9), QUIET, QUIET, replace(QUIET, fact=0.6)]

    beside = chosen(FACT_TEXT, tags, options=Options(max_bullets=1))
    alone = chosen(FACT_TEXT, tags, options=without_headline(1))

    assert [passage.sentences for passage in beside["headline"]] == [(0,)]
    assert [passage.sentences for passage in beside["fact"]] == [(3,)]
    assert [passage.sentences for passage in alone["fact"]] == [(0,)]


def test_headline_is_made_of_the_likeliest_lead() -> None:
    tags = [replace(row, lead=lead) for row, lead in zip(FACTS, (0.2, 0.9, 0.1, 0.4), strict=True)]

    assert chosen(FACT_TEXT, tags)["headline"][0].sentences == (1,)


def test_article_without_sentences_gives_nothing() -> None:
    assert passages.choose(cleaned(""), [], (), (), Options()) == ()


def test_spans_are_of_the_article() -> None:
    article = cleaned("“This is a scandal,” Lee said.")

    statement = says(article, "Lee", "“This is a scandal,”")

    found = spans.quotations(article, [statement], [statement], article.text)

    assert found == [Span(1, 18)]


def test_aside_becomes_no_line() -> None:
    article = cleaned(
        "The council closed the old pier. Why did they close it so late? Nobody knows it.",
        asides=frozenset({1, 2}),
    )

    found = chosen(article, [QUIET, LOUD, replace(LOUD, fact=0.9)])

    assert {one.sentences for one in (*found["headline"], *found["fact"])} == {(0,)}
    assert "dissent" not in found
