"""Who said what, by written-out sentences: one construction a test."""

from __future__ import annotations

import time

import pytest

from briefer import mentions, statements
from briefer.schema import Statement
from briefer.statements import dialogue, sources
from tests.parsing import article, parse, read, statements_in

pytestmark = pytest.mark.model


def content(words: str, statement: Statement) -> list[str]:
    return [span.of(article(words).text) for span in statement.content]


def speakers(words: str) -> list[str | None]:
    return [statement.speaker for statement in statements_in(words)]


def test_indirect_speech_has_source_cue_and_content() -> None:
    words = "Mayor Ruth Amari said on Monday that the city had no money left."

    (found,) = statements_in(words)

    assert found.source is not None
    assert found.cue is not None
    assert found.source.of(words) == "Mayor Ruth Amari"
    assert found.cue.of(words) == "said"
    assert content(words, found) == ["that the city had no money left"]
    assert (found.speaker, found.is_named, found.sentences) == ("Ruth Amari", True, (0,))


def test_direct_speech_keeps_its_marks() -> None:
    words = '"The bridge is not safe," engineer Paul Novak said.'

    (found,) = statements_in(words)

    assert content(words, found) == ['"The bridge is not safe,"']
    assert found.speaker == "Paul Novak"


def test_cue_in_the_middle_splits_the_content() -> None:
    words = '"The bridge," said engineer Paul Novak, "is not safe."'

    (found,) = statements_in(words)

    assert content(words, found) == ['"The bridge,"', '"is not safe."']
    assert found.speaker == "Paul Novak"


def test_mixed_quotation_belongs_to_its_clause() -> None:
    words = 'Paul Novak told reporters that the bridge was "a disgrace" and should be closed.'

    found = statements_in(words)[0]

    assert content(words, found) == ['that the bridge was "a disgrace" and should be closed']


def test_curly_marks_and_single_marks_are_quotations_too() -> None:
    curly = "“The bridge is not safe,” Paul Novak said."
    single = "‘The bridge is not safe, and it’s falling down,’ Paul Novak said."

    assert content(curly, statements_in(curly)[0]) == ["“The bridge is not safe,”"]
    assert content(single, statements_in(single)[0]) == [
        "‘The bridge is not safe, and it’s falling down,’"
    ]


def test_according_to_is_a_cue() -> None:
    words = "The fire started in the kitchen, according to the Fire Department of Selby."

    (found,) = statements_in(words)

    assert found.cue is not None
    assert found.cue.of(words) == "according to"
    assert content(words, found) == ["The fire started in the kitchen"]
    assert found.speaker == "Fire Department of Selby"


def test_several_verbs_of_one_speaker_are_several_statements() -> None:
    words = "Ruth Amari said the plan was fair and denied that anybody had been dismissed."

    found = statements_in(words)

    assert [one.cue.of(words) for one in found if one.cue] == ["said", "denied"]
    assert [one.speaker for one in found] == ["Ruth Amari", "Ruth Amari"]


def test_participle_belongs_to_the_subject_before_it() -> None:
    words = "Ruth Amari rejected the offer, saying that it came too late."

    found = statements_in(words)

    assert [one.speaker for one in found] == ["Ruth Amari", "Ruth Amari"]
    assert content(words, found[1]) == ["that it came too late"]


def test_letter_speaks_for_who_sent_it() -> None:
    words = "Ann Lee sent a letter on Friday to union leaders opposing the levy."

    assert speakers(words) == ["Ann Lee"]


def test_quotation_over_several_sentences_is_one_statement() -> None:
    words = 'Ruth Amari was blunt. "We had no money. We had no choice. We acted," she said.'

    found = [one for one in statements_in(words) if one.cue and one.cue.of(words) == "said"]

    assert [one.sentences for one in found] == [(1, 2, 3)]
    assert found[0].speaker == "Ruth Amari"


def test_quotation_after_the_cue_goes_on_in_the_paragraph() -> None:
    words = (
        '"We had no money," Ruth Amari said. "And nobody helped us when we asked for it." '
        "The meeting lasted two hours."
    )

    found = statements_in(words)

    assert [one.speaker for one in found] == ["Ruth Amari", "Ruth Amari"]
    assert [one.sentences for one in found] == [(0,), (1,)]


def test_quotation_goes_on_over_paragraphs() -> None:
    words = (
        'Ruth Amari told the council: "We had no money and nobody helped us.\n\n'
        '"That is why we closed the harbour for the winter."'
    )

    found = statements_in(words)

    assert {one.speaker for one in found} == {"Ruth Amari"}
    assert sorted({index for one in found for index in one.sentences}) == [0, 1]


def test_chain_gives_a_statement_for_each_link() -> None:
    words = "Police said Paul Novak had denied that he knew about the cracks."

    found = statements_in(words)

    assert [(one.speaker, one.cue and one.cue.of(words)) for one in found] == [
        ("Police", "said"),
        ("Paul Novak", "had denied"),
    ]


def test_pronoun_is_resolved_to_the_last_speaker() -> None:
    words = (
        "Ruth Amari met engineer Paul Novak on Monday. Amari said the bridge would be closed. "
        "She added that the repairs would take a year."
    )

    assert speakers(words) == ["Ruth Amari", "Ruth Amari"]


def test_pronoun_agrees_in_gender() -> None:
    words = (
        "Ruth Amari, the mayor, welcomed the decision of Judge Paul Novak. "
        "He said the city had kept to the law."
    )

    assert speakers(words)[-1] == "Paul Novak"


def test_whom_a_quotation_names_does_not_speak_it() -> None:
    words = 'Karim Lund met Paul Novak at the port. "Paul Novak robbed me," he said.'

    assert speakers(words)[-1] == "Karim Lund"


def test_who_gives_the_own_name_in_a_quotation_speaks_it() -> None:
    words = (
        "Karim Lund answered. Paul Novak rang the police on Monday. "
        'In the call he says: "My name is Paul Novak and I was robbed."'
    )

    assert speakers(words)[-1] == "Paul Novak"


def test_who_is_named_in_a_quotation_speaks_it_where_nobody_else_can() -> None:
    words = 'Paul Novak wrote a note on Monday. "Paul Novak is no more," he said.'

    assert speakers(words)[-1] == "Paul Novak"


def test_description_of_another_kind_is_not_who_is_called_so_otherwise() -> None:
    words = (
        "Red Sickle, a militant group, burned the mill at Selby on Sunday. "
        "Red Sickle had burned it before. "
        "The rights group said the police had come late."
    )

    assert speakers(words) == ["rights group"]
    assert speakers(words.replace("rights group", "militant group")) == ["Red Sickle"]
    assert speakers(words.replace("rights group", "group")) == ["Red Sickle"]


def test_description_is_resolved_by_the_apposition() -> None:
    words = (
        "Kamal Rashid, the foreign minister, arrived in Geneva on Sunday. "
        "Talks with the rebels begin today. "
        "The minister said he expected no quick result."
    )

    assert speakers(words)[0] == "Kamal Rashid"


def test_body_is_resolved_by_the_noun_in_its_name() -> None:
    words = (
        "The Supreme Court of Norland heard the case in May. The court said the law went too far."
    )

    assert speakers(words)[-1] == "Supreme Court of Norland"


def test_unnamed_source_is_kept_as_described() -> None:
    words = "Two officials said the talks had failed."

    (found,) = statements_in(words)

    assert (found.speaker, found.is_named) == ("Two officials", False)


def test_pronoun_without_anybody_before_it_stays_unresolved() -> None:
    words = "He said the talks had failed."

    (found,) = statements_in(words)

    assert (found.speaker, found.is_named) == (None, False)


def test_passive_without_agent_has_no_speaker() -> None:
    words = "It was reported that the talks had failed."

    assert set(speakers(words)) <= {None}


def test_passive_with_agent_has_its_speaker() -> None:
    words = "The plan was sharply criticised by Ruth Amari."

    (found,) = statements_in(words)

    assert found.speaker == "Ruth Amari"
    assert content(words, found) == ["The plan"]


def test_statement_of_somebody_is_his() -> None:
    words = "Ruth Amari issued a statement saying that the harbour would stay closed."

    assert "Ruth Amari" in speakers(words)


def test_quoted_official_is_not_the_agency_that_quotes() -> None:
    words = (
        "The state agency quoted General Omar Hadi as saying that the troops would leave on Friday."
    )

    assert "Omar Hadi" in speakers(words)


def test_first_person_outside_quotations_is_the_author() -> None:
    words = "I believe that the council has made a grave mistake."

    (found,) = statements_in(words)

    assert (found.speaker, found.is_named) == ("the author", False)


def test_government_of_a_named_country_is_the_country() -> None:
    words = (
        "Iran answered the United Nations on Monday. "
        "The Iranian government said it would not give up its rights."
    )

    assert speakers(words)[-1] == "Iran"


def test_government_of_another_country_is_not_the_one_named() -> None:
    words = (
        "The North Korean government asked for higher wages. "
        "The South Korean government said the demand broke a contract."
    )

    assert speakers(words)[-1] == "South Korean government"


def test_description_with_an_owner_of_its_own_is_nobody_named_before() -> None:
    words = (
        "Norland closed the border on Monday. "
        "The government of President Ann Lee also condemned the closures."
    )

    assert speakers(words)[-1] == "government of President Ann Lee"


def test_unnamed_source_is_described_without_the_reason_for_it() -> None:
    words = (
        "Kamal Rashid, the secretary of the League, opened the meeting on Saturday. "
        "A League official, who asked not to be identified, said the vote was close."
    )

    assert speakers(words)[-1] == "League official"


def test_office_before_a_name_after_a_comma_is_that_name() -> None:
    words = "His colleague, Norland's trade minister Rafael Undarro, said the deal was dead."

    assert speakers(words) == ["Rafael Undarro"]


def test_who_means_the_person_not_the_body_beside() -> None:
    words = 'Lee was criticised by an official from her own union, who said: "She was late."'

    assert speakers(words)[-1] == "official from her own union"


def test_title_in_marks_is_no_statement() -> None:
    words = 'Anna Lind directed "The Long Road Home to Norland" in 1999.'

    assert statements_in(words) == ()


def test_plain_narration_has_no_statement() -> None:
    words = "The ship left the harbour on Tuesday. It carried grain and forty passengers."

    assert statements_in(words) == ()


def test_turns_of_an_interview_belong_to_their_names() -> None:
    words = (
        "Host: What went wrong at the harbour?\n\n"
        "Ruth Amari: The pumps failed twice. Nobody had looked at them for years.\n\n"
        "Host: Who is to blame for that?\n\n"
        "Ruth Amari: The last council and its contractors."
    )

    found = [one for one in statements_in(words) if one.cue and one.cue.of(words) == ":"]

    assert [one.speaker for one in found] == ["Host", "Ruth Amari", "Host", "Ruth Amari"]
    assert found[1].sentences == (1, 2)


def test_quotation_marks_around_turns_are_nobodys_quotation() -> None:
    words = (
        "The harbour master, Ruth Amari, spoke about her pier on Sunday's show.\n\n"
        "“HOST: Why close it now?\n\n"
        "“AMARI: We have no money for it, and Paul Novak gave us none.\n\n"
        "“The storm of last year took our whole reserve, and nobody helped us.\n\n"
        "“HOST: Have you asked the shopkeepers?\n\n"
        "“AMARI: I asked all of them in the spring."
    )

    found, _ = read(words, "Amari defends her plan")

    assert [one for one in found if one.cue is None] == []
    assert {one.speaker for one in found if 2 in one.sentences} == {"Ruth Amari"}


def test_sentence_with_a_colon_is_no_dialogue() -> None:
    words = "The plan: wait and see. The price: two million. The winner: nobody."

    assert dialogue.find(article(words).sentences) == ()


def test_offsets_are_those_of_the_cleaned_text() -> None:
    words = "\r\n  Ruth Amari\u200b said:   “We had\tno money.”\r\n"
    cleaned = article(words)

    (found,) = statements_in(words)

    assert found.source is not None
    assert found.source.of(cleaned.text) == "Ruth Amari"
    assert found.content[0].of(cleaned.text) == "“We had no money.”"


def test_same_article_gives_the_same_statements() -> None:
    words = 'Ruth Amari said it was late. "Too late," she added. Two officials disagreed.'

    first, second = (
        statements.find(article(words), parse(words), mentions.assemble(parse(words)))
        for _ in range(2)
    )

    assert first == second


@pytest.mark.parametrize(
    "words",
    [
        "",
        ".",
        '"""""" said said said said',
        '"He said "she said "they said that I said it was "so" and "so',
        "said",
        "according to",
        "“ “ “ ‘ ‘ ‘ \" ' ` « «",
        "Name: a\n\nName: b\n\nName:",
        "X said " * 300,
    ],
)
def test_odd_text_does_no_harm(words: str) -> None:
    cleaned = article(words)

    for found in statements_in(words):
        assert all(0 <= span.start < span.end <= len(cleaned.text) for span in found.content)
        assert all(0 <= index < len(cleaned.sentences) for index in found.sentences)


def test_cost_grows_with_the_length_not_its_square() -> None:
    unit = '"It is late," he said. The minister of Norland told Ann Low that she was wrong. '
    short, long = unit * 60, unit * 480
    parse(short), parse(long)

    seconds = []
    for words in (short, long):
        start = time.process_time()
        statements_in(words)
        seconds.append(time.process_time() - start)

    # Eight times the text; thirty leaves room for a busy machine, a square would be sixty-four.
    assert seconds[1] < 30 * max(seconds[0], 0.01)


def test_quoted_words_are_no_speaker_of_themselves() -> None:
    words = '"Never the soft one. #GIF #hardg," wrote designer Dan Marsh on Monday.'

    assert speakers(words) == ["Dan Marsh"]


def test_speaker_stands_between_quotation_and_verb() -> None:
    words = '"Save the harbour?" his deputy Ann Low asked on Monday.'

    assert speakers(words) == ["Ann Low"]


def test_word_in_marks_at_a_sentences_start_is_not_quoted() -> None:
    words = 'On Monday, "GIF" became a word of the year in Selby.'

    assert statements_in(words) == ()


def test_person_apposed_to_a_place_is_the_speaker() -> None:
    words = (
        "Oak County, Michigan, Oak County prosecutor Dave Marsh, whose office had charged him "
        "before, said the race was a stunt."
    )

    assert speakers(words) == ["Dave Marsh"]


def test_person_after_a_hyphenated_office_is_the_speaker() -> None:
    words = 'Its co-ordinator, Mick Marsh, said: "We have fought for this since 1998."'

    (found,) = statements_in(words)

    assert found.source is not None
    assert (found.source.of(words)[:16], found.speaker) == ("Its co-ordinator", "Mick Marsh")


def test_two_who_speak_as_one_are_both_named() -> None:
    words = "Devon Marsh and Ruth Amari both said that the city had let them down."

    assert speakers(words) == ["Devon Marsh and Ruth Amari"]


def test_he_is_never_a_thing() -> None:
    words = (
        "A letter from abroad was read aloud. The letter said that the harbour was lost. "
        "He said that nobody would come."
    )

    found = {
        one.speaker for one in statements_in(words) if one.source and one.source.of(words) == "He"
    }

    assert found == {None}


def test_letter_speaks_for_who_wrote_it() -> None:
    words = "Senator Tom Marsh penned the letter, which asserted that the deal would need support."

    assert speakers(words) == ["Tom Marsh"]


def test_poll_belongs_to_who_made_it() -> None:
    words = "A poll published on Thursday by the firm Thermo found that most people were tired."

    assert speakers(words)[-1] == "Thermo"


def test_thing_that_is_described_does_not_go_on_speaking() -> None:
    words = "Ruth Amari said the bridge was safe and denied that anybody had been hurt."

    assert speakers(words) == ["Ruth Amari", "Ruth Amari"]


def test_many_of_whom_are_those_named_before() -> None:
    words = "The levy angered the growers of Selby, many of whom say it will ruin them."

    assert speakers(words) == ["growers of Selby"]


def test_accusation_has_its_target_not_for_its_source() -> None:
    (noun,) = [t for t in parse("Criticism of the mayor grew.") if t.text == "Criticism"]
    (plea,) = [t for t in parse("The plea of the dockers was heard.") if t.text == "plea"]

    behind = sources.owner(plea)

    assert sources.owner(noun) is None
    assert behind is not None
    assert behind.text == "dockers"


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("Lee criticised the deal for its cost.", "the deal"),
        ("Lee accused the mayor of misleading them.", "the mayor"),
        ("Lee blamed the delay on the ministry.", "the ministry"),
        ("The letter was condemned by the ministry.", "The letter"),
        ("Lee called the plan a sham.", "the plan"),
        ("Lee complained about the size of the fine.", "the size of the fine"),
        ("Lee said her clients were disappointed with the ruling.", "the ruling"),
        ("Lee said the settlement violates the charter.", "the settlement"),
        ("Lee said the settlement was wrong for the city.", "the settlement"),
        ("Lee said the settlement was needed.", None),
        ("Lee said the allegations against Cho were serious.", None),
        ("Lee said the settlement was a serious mistake.", "the settlement"),
        ("Lee said the settlement would not harm anybody.", None),
        ("Lee said the settlement let the city off the hook.", "the settlement"),
        ("Lee said it disputed the settlement.", "the settlement"),
        ("Lee left the room and denounced the settlement.", "the settlement"),
        ("Lee called the settlement a huge win.", None),
        ("Lee voiced concern about the settlement.", "the settlement"),
        ("Lee cited criticism of the settlement.", None),
        ("Lee said worries about the settlement would be met.", None),
        ("Lee said she opposed the settlement.", "the settlement"),
        ("Lee said the government would scrap the settlement.", None),
        ("Lee said her party would vote against the bill.", "the bill"),
        ("Republicans called the hearing because they felt ignored.", None),
        ("The family will sue, calling the driver Tom Cho a victim of slander.", None),
        ("Lee asked the court to suspend the treaty.", "the treaty"),
        (
            "Lee rejected the suggestion that the fee was unfair.",
            "the suggestion that the fee was unfair",
        ),
        ("Lee rejected the suggestion.", None),
        ('Lee denounced the "so-called deal" with Norland.', None),
        ("Lee denied any wrongdoing.", None),
        ("Lee denied it.", None),
        ("Lee did not criticise the deal.", None),
        ("Lee insisted the deal was fair.", None),
        ("Lee said the ship came in on Monday.", None),
    ],
)
def test_target_of_a_statement_by_the_syntax(words: str, target: str | None) -> None:
    found = [one.target.of(words) for one in statements_in(words) if one.target]

    assert found[:1] == ([target] if target else [])


def test_statement_is_not_aimed_at_what_another_speaker_of_its_sentence_attacks() -> None:
    said, attacked = statements_in("Lee said she was angry and Dole blasted the settlement.")

    assert said.target is None
    assert attacked.target is not None


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        (
            "The bank hid its losses, according to documents obtained by the Oru Herald.",
            "documents obtained by the Oru Herald",
        ),
        (
            "A memo reviewed by the Oru Herald said the bank was warned.",
            "memo reviewed by the Oru Herald",
        ),
        ("A complaint filed by Ann Lee says that the bank cheated her.", "Ann Lee"),
    ],
)
def test_whoever_only_read_a_document_does_not_speak_in_it(words: str, speaker: str) -> None:
    assert speakers(words) == [speaker]


def test_lawsuit_speaks_for_nobody_named_before() -> None:
    words = "The union said that the firm was sued. The firm cheated, the lawsuit says."

    assert speakers(words) == ["union", "lawsuit"]
