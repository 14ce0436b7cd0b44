"""Who gets what by a sentence, what denies it, and what its words hang on."""

from __future__ import annotations

import pytest

from fairterms.analyzer.detect.polarity import beneficiary, hangs_on, is_negated
from fairterms.analyzer.language import Parser
from fairterms.analyzer.parties import find_parties, role_of
from fairterms.analyzer.readers import read_text
from fairterms.analyzer.values import Parties, Party, Role

NAMED = Parties((Party("creator", ("Artist",)), Party("company", ("Publisher",))))
PLATFORM = Parties((Party("creator", ()), Party("company", ())), we="company", you="creator")
FREELANCER = Parties((Party("creator", ()), Party("company", ())), we="creator", you="company")
FIRST_PERSON = Parties((Party("creator", ()), Party("company", ("Studio",))), i="creator", you="company")


@pytest.mark.parametrize(
    ("sentence", "word", "parties", "who"),
    [
        pytest.param(
            "The Artist grants the Publisher a perpetual licence.", "perpetual", NAMED, "company", id="named parties"
        ),
        pytest.param(
            "The Publisher grants the Artist a perpetual licence.",
            "perpetual",
            NAMED,
            "creator",
            id="the other way round",
        ),
        pytest.param(
            "You grant us a perpetual licence to your content.", "perpetual", PLATFORM, "company", id="you grant us"
        ),
        pytest.param(
            "We grant you a perpetual licence to use the app.", "perpetual", PLATFORM, "creator", id="we grant you"
        ),
        pytest.param(
            "You are granted a limited licence.", "limited", PLATFORM, "creator", id="passive, receiver first"
        ),
        pytest.param("We may modify your content.", "modify", PLATFORM, "company", id="the company acts"),
        pytest.param("You may modify the template.", "modify", PLATFORM, "creator", id="the creator acts"),
        pytest.param(
            "We grant you a licence to use the design.", "licence", FREELANCER, "company", id="we are the freelancer"
        ),
        pytest.param("I grant you the right to use my voice.", "right", FIRST_PERSON, "company", id="first person"),
        pytest.param(
            "I allow Studio to modify my recordings.", "modify", FIRST_PERSON, "company", id="permitted person"
        ),
        pytest.param(
            "Artist permits the Publisher to analyse the images.", "analyse", NAMED, "company", id="object control"
        ),
        pytest.param("All other rights are reserved to the Artist.", "rights", NAMED, "creator", id="reserved to"),
        pytest.param("Your samples are used to build tools.", "build", PLATFORM, None, id="things do not act"),
        pytest.param("This licence is perpetual.", "perpetual", NAMED, None, id="nobody is named"),
    ],
)
def test_the_one_who_gets_the_right_is_told_from_the_one_who_gives_it(
    sentence: str, word: str, parties: Parties, who: Role | None, parser: Parser
) -> None:
    start = sentence.index(word)
    assert beneficiary(parser.parse([sentence])[0], start, start + len(word), parties) == who


@pytest.mark.parametrize(
    ("sentence", "word", "denied"),
    [
        pytest.param("Company shall not use the Work to train any AI system.", "train", True, id="shall not"),
        pytest.param(
            "Nothing in this Agreement grants a perpetual licence.", "perpetual", True, id="nothing in this agreement"
        ),
        pytest.param("The Publisher has no right to sublicense the Work.", "sublicense", True, id="no right to"),
        pytest.param("All uses except the right to make adaptations are granted.", "adaptations", True, id="except"),
        pytest.param("Neither party may assign this Agreement.", "assign", True, id="neither"),
        pytest.param("The licence is non-transferable and may not be sublicensed.", "sublicensed", True, id="passive"),
        pytest.param("We may use, modify and sell your content.", "modify", False, id="plain permission"),
        pytest.param(
            "You may not withdraw, and we may sell your content.", "sell", False, id="a new main clause begins"
        ),
        pytest.param("We may use it without limitation and modify it.", "modify", False, id="without limitation"),
        pytest.param("We may modify your content without notice.", "modify", False, id="without notice"),
        pytest.param("We may not only store but also modify your content.", "modify", False, id="not only"),
        pytest.param(
            "Uses include, but are not limited to, training of models.", "training", False, id="not limited to"
        ),
        pytest.param(
            "If the Work is not a work made for hire, the Artist hereby transfers the copyright.",
            "copyright",
            False,
            id="a denied condition ends with its comma",
        ),
    ],
)
def test_denied_words_are_told_from_words_that_stand(sentence: str, word: str, denied: bool, parser: Parser) -> None:
    start = sentence.index(word)
    assert is_negated(parser.parse([sentence])[0], start, start + len(word)) is denied


@pytest.mark.parametrize(
    ("sentence", "word", "noun"),
    [
        pytest.param("The Artist grants a perpetual licence.", "perpetual", "licence", id="adjective"),
        pytest.param("The duty of confidentiality shall be perpetual.", "perpetual", "confidentiality", id="predicate"),
        pytest.param(
            "The Artist keeps all medical details secret in perpetuity.", "in perpetuity", "details", id="adverbial"
        ),
    ],
)
def test_what_a_word_hangs_on_is_named(sentence: str, word: str, noun: str, parser: Parser) -> None:
    start = sentence.index(word)
    assert noun in hangs_on(parser.parse([sentence])[0], start, start + len(word))


@pytest.mark.parametrize(
    ("contract", "word", "role"),
    [
        pytest.param(
            'Acorn Ltd (the "Client") engages Lea Park (the "Service Provider"). The Service Provider shall record the '
            "lines. The Client shall pay.",
            "the service provider",
            "creator",
            id="a provider beside a client",
        ),
        pytest.param(
            'Acorn Sound, Inc., a Delaware corporation ("Acorn"), engages Lea Park ("Artist"). Artist shall record.',
            "acorn",
            "company",
            id="a firm called by its own name",
        ),
    ],
)
def test_a_party_is_known_by_the_one_who_stands_opposite(contract: str, word: str, role: Role) -> None:
    assert role_of(word, find_parties(read_text(contract))) == role
