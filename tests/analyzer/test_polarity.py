"""Who gets what by a sentence, what denies it, and what its words hang on."""

from __future__ import annotations

import pytest

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.checks import CHECKS
from fairterms.analyzer.detect.direction import direction_of
from fairterms.analyzer.detect.polarity import beneficiary, hangs_on, is_negated
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.fold import fold
from fairterms.analyzer.language import Parser
from fairterms.analyzer.parties.find import find_parties
from fairterms.analyzer.parties.roles import role_of
from fairterms.analyzer.readers import read_text
from fairterms.analyzer.values import Direction, Finding, Parties, Party, Role, Side

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
        pytest.param(
            "The Publisher shall not use the Work except to train its models.", "train", False, id="excepted from a ban"
        ),
        pytest.param(
            "The Studio may use the takes for no purpose other than promotion.",
            "promotion",
            False,
            id="no other purpose",
        ),
        pytest.param(
            "The Studio shall show the takes to nobody but its editors.", "editors", False, id="to nobody but"
        ),
        pytest.param(
            "The Studio will not share the takes, save that it may send them to its editors.",
            "editors",
            False,
            id="save that",
        ),
        pytest.param(
            "The Publisher may not sell the Work to anyone other than its licensees.", "sell", True, id="the ban itself"
        ),
        pytest.param(
            "The Artist may not withdraw, and the Publisher may use the Work except for training.",
            "training",
            True,
            id="a ban in another clause",
        ),
        pytest.param(
            "The Studio may not show the takes, provided the law allows the delay.", "allows", False, id="provided"
        ),
        pytest.param(
            "The Studio shall not cut the takes and, at its own cost, may store them.",
            "store",
            False,
            id="and, so, may",
        ),
        pytest.param(
            "The Studio returns the takes without the Producer keeping any.", "keeping", True, id="without keeping"
        ),
        pytest.param(
            "The Studio must return all takes, except that it may keep one.", "keep", False, id="except that it may"
        ),
        pytest.param(
            "The Studio must return all takes except one copy, which it may keep.",
            "keep",
            False,
            id="except one, which",
        ),
        pytest.param(
            "The licence covers all uses, except that the Studio may not train models.", "train", True, id="except not"
        ),
        pytest.param(
            "Except as the law demands, the Publishing House may alter the Work.",
            "alter",
            False,
            id="except at the head",
        ),
        pytest.param(
            "Except with my consent, the Studio shall not alter the Work.", "alter", True, id="a ban behind such a head"
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


# Each half as it was labelled before it was run; the second was written after the rules.
WHO_FIRST = (
    pytest.param(
        "It is understood that the Publisher shall be entitled to adapt the Artwork.",
        "adapt",
        NAMED,
        "company",
        id="it is understood",
    ),
    pytest.param(
        "The Artwork may be adapted by the Publisher as it sees fit.", "adapted", NAMED, "company", id="passive with by"
    ),
    pytest.param(
        "All rights in the Artwork shall vest in the Publisher.", "rights", NAMED, "company", id="right vests"
    ),
    pytest.param("The Artist reserves the right to sell prints.", "right", NAMED, "creator", id="reserved"),
    pytest.param(
        "Except for this licence, you retain all rights in your recordings.",
        "rights",
        PLATFORM,
        "creator",
        id="retains",
    ),
    pytest.param(
        "By uploading, we obtain a perpetual licence from you.", "perpetual", PLATFORM, "company", id="obtains"
    ),
    pytest.param(
        "You hereby irrevocably and unconditionally grant to us and our affiliates the right to translate your texts.",
        "translate",
        PLATFORM,
        "company",
        id="hereby granted",
    ),
    pytest.param(
        "Upon assignment the Publisher licenses back to the Artist the right to show the Artwork in a portfolio.",
        "show",
        NAMED,
        "creator",
        id="licence back",
    ),
    pytest.param(
        "You are entitled to a perpetual licence to every filter that you buy.",
        "perpetual",
        PLATFORM,
        "creator",
        id="entitled",
    ),
    pytest.param(
        "The Artist waives all moral rights in favour of the Publisher.", "moral rights", NAMED, "company", id="waiver"
    ),
    pytest.param(
        "The Publisher waives any right to reject the Artwork once it is printed.",
        "right",
        NAMED,
        "creator",
        id="company waives",
    ),
    pytest.param(
        "The Publisher receives from the Artist a worldwide licence.", "worldwide", NAMED, "company", id="receives from"
    ),
    pytest.param(
        "The Artist authorises the Publisher to sign, on the Artist's behalf, any further assignment.",
        "sign",
        NAMED,
        "company",
        id="on behalf",
    ),
    pytest.param(
        "You are granted an exclusive licence once our invoice is paid.",
        "exclusive",
        FREELANCER,
        "company",
        id="freelancer passive",
    ),
    pytest.param("I let Studio keep copies of my voice.", "copies", FIRST_PERSON, "company", id="i let"),
    pytest.param("Our partners may remix your tracks.", "remix", PLATFORM, "company", id="third party"),
)
DENIED_FIRST = (
    pytest.param("In no event shall the Publisher use the Artwork to train a model.", "train", True, id="in no event"),
    pytest.param(
        "Nothing herein shall be construed as granting a licence to create derivative works.",
        "derivative works",
        True,
        id="nothing herein shall",
    ),
    pytest.param(
        "Neither the Publisher nor its licensees may sublicense the Artwork.", "sublicense", True, id="neither nor"
    ),
    pytest.param(
        "The Publisher may make any use other than the training of models.", "training", True, id="other than"
    ),
    pytest.param(
        "Except as set out in Section 4, the Publisher may modify the Artwork.", "modify", False, id="except as"
    ),
    pytest.param(
        "Except as set out in Section 4, the Publisher shall not modify the Artwork.",
        "modify",
        True,
        id="except as, denied",
    ),
    pytest.param(
        "Unless and until the Artist objects, the Publisher may modify the Artwork.",
        "modify",
        False,
        id="unless and until",
    ),
    pytest.param("We will not train models on your voice unless you opt in.", "train", True, id="not unless"),
    pytest.param(
        "The Publisher may crop the Artwork, provided that it does not modify the colours.",
        "modify",
        True,
        id="provided that",
    ),
    pytest.param(
        "The Publisher shall not sell prints, provided that it may modify the files for the web.",
        "modify",
        False,
        id="provided that after denial",
    ),
    pytest.param("You agree not to object if we modify your recordings.", "modify", False, id="promise not to object"),
    pytest.param("The Company undertakes not to sublicense the Scans.", "sublicense", True, id="undertakes not"),
    pytest.param(
        "After termination the Company may no longer use the voice to train its models.", "train", True, id="no longer"
    ),
    pytest.param(
        "We may modify your clips and you have no right to object.", "modify", False, id="without right to object"
    ),
    pytest.param(
        "The Studio may store the scans and cannot be stopped from using them to train models.",
        "train",
        False,
        id="cannot be revoked",
    ),
    pytest.param(
        "The Client may print the drawing but not change it, nor sublicense it.", "sublicense", True, id="nor"
    ),
    pytest.param(
        "The Publisher shall not be restricted from making derivative works.",
        "derivative works",
        False,
        id="shall not be limited",
    ),
    pytest.param(
        "Nothing in these terms prevents us from using your content to train our models.",
        "train",
        False,
        id="does not prevent",
    ),
    pytest.param(
        "Save where the Artist agrees in writing, no adaptation may be made.", "adaptation", True, id="save where"
    ),
    pytest.param("The fee pays for a licence rather than an assignment.", "assignment", True, id="rather than"),
    pytest.param(
        "You may not withdraw your consent; regardless, we will delete nothing and may train models.",
        "train",
        False,
        id="regardless",
    ),
    pytest.param(
        "Not later than 1 May the Artist shall assign the copyright to the Publisher.",
        "assign",
        False,
        id="not later than",
    ),
    pytest.param("We would never sell your data.", "sell", True, id="never mind"),
)
MUTUAL_FIRST = (
    pytest.param(
        "Each party shall indemnify the other against claims arising from its own breach.",
        True,
        id="each party indemnifies",
    ),
    pytest.param("Either party may terminate this Agreement on thirty days' notice.", True, id="either party may end"),
    pytest.param("Neither party shall be liable to the other for indirect damages.", True, id="neither party liable"),
    pytest.param("Both of us will keep what we learn about the other secret.", True, id="both of us"),
    pytest.param("You or we may end this agreement at any time.", True, id="you or we"),
    pytest.param("The Artist shall indemnify the Publisher against all claims.", False, id="only the artist"),
    pytest.param(
        "Either party may terminate, but the Publisher may do so without notice.", False, id="either party but one"
    ),
    pytest.param("Each Contributor shall indemnify the Company.", False, id="each contributor"),
    pytest.param("The parties agree that the Artist shall keep the terms secret.", False, id="parties agree"),
)
WHO_SECOND = (
    pytest.param(
        "The Publisher shall be free to translate the Artwork into any language.",
        "translate",
        NAMED,
        "company",
        id="shall be free",
    ),
    pytest.param(
        "You grant to us, our successors and our assigns the right and licence, in all media, to: copy, adapt and perform your songs",
        "perform",
        PLATFORM,
        "company",
        id="list under a lead-in",
    ),
    pytest.param(
        "The recordings are licensed by you to us for good.", "licensed", PLATFORM, "company", id="licensed by"
    ),
    pytest.param(
        "Everything that you make during the jam belongs to us.", "belongs", PLATFORM, "company", id="belongs to"
    ),
    pytest.param("The copyright stays with the Artist at all times.", "copyright", NAMED, "creator", id="stays with"),
    pytest.param("On expiry all rights shall revert to the Artist.", "rights", NAMED, "creator", id="revert"),
    pytest.param(
        "The Publisher permits the Artist to modify the layout files.", "modify", NAMED, "creator", id="studio allows"
    ),
    pytest.param(
        "The Artist consents to the Publisher's adaptation of the Artwork.",
        "adaptation",
        NAMED,
        "company",
        id="consent given",
    ),
    pytest.param(
        "In consideration of the fee paid by the Publisher, the Artist assigns the copyright to the Publisher.",
        "copyright",
        NAMED,
        "company",
        id="in consideration",
    ),
    pytest.param(
        "I agree that Studio may change my voice.", "change", FIRST_PERSON, "company", id="i agree that the studio"
    ),
    pytest.param(
        "To the extent the law allows, you waive any moral rights.", "moral rights", PLATFORM, "company", id="you waive"
    ),
    pytest.param(
        "We keep the copyright in our sketches.", "copyright", FREELANCER, "creator", id="we keep as freelancer"
    ),
    pytest.param("You may share the playlists that we make for you.", "share", PLATFORM, "creator", id="users may"),
    pytest.param(
        "Upon payment the Publisher acquires an exclusive licence.", "exclusive", NAMED, "company", id="acquires"
    ),
)
DENIED_SECOND = (
    pytest.param("At no time may the Client sublicense the photographs.", "sublicense", True, id="at no time"),
    pytest.param("On no account will your voice be used to train a model.", "train", True, id="on no account"),
    pytest.param(
        "Nothing here gives the Client a right to make adaptations.", "adaptations", True, id="nothing here gives"
    ),
    pytest.param(
        "The Client gets all rights with the exception of translation.", "translation", True, id="with the exception of"
    ),
    pytest.param(
        "The Client shall not, without the Artist's written consent, modify the images.",
        "modify",
        True,
        id="without written consent",
    ),
    pytest.param(
        "The Client may modify the images only with the Artist's consent.", "modify", False, id="only with consent"
    ),
    pytest.param(
        "The Publisher is not obliged to publish, and may sublicense the book.",
        "sublicense",
        False,
        id="is not obliged",
    ),
    pytest.param(
        "Neither side may transfer this contract without the other's consent.",
        "transfer",
        True,
        id="neither party without",
    ),
    pytest.param(
        "The Studio will refrain from training any system on the scans.", "training", True, id="promise to refrain"
    ),
    pytest.param("The licence does not include the right to sublicense.", "sublicense", True, id="does not include"),
    pytest.param("After the campaign the Brand shall cease to use the likeness.", "use", True, id="shall cease to"),
    pytest.param(
        "Nothing in this clause shall restrict our right to sublicense your clips.",
        "sublicense",
        False,
        id="nothing shall restrict",
    ),
    pytest.param(
        "Notwithstanding anything to the contrary, the Label may remix the masters.",
        "remix",
        False,
        id="notwithstanding",
    ),
    pytest.param(
        "Unless otherwise agreed, the copyright passes to the Client.", "copyright", False, id="unless agreed"
    ),
    pytest.param("The Client may modify the work even if it has not paid.", "modify", False, id="even if not paid"),
    pytest.param("The Company may not merely host but also sell your tracks.", "sell", False, id="not merely"),
    pytest.param(
        "If the form is not returned, the Publisher may adapt the story.", "adapt", False, id="if not returned"
    ),
    pytest.param(
        "You will not revoke this licence and we may sublicense it.", "sublicense", False, id="you will not withdraw"
    ),
    pytest.param("If we fail to ask you, we may not sublicense the song.", "sublicense", True, id="fails to"),
    pytest.param("No further consent is needed before we modify the song.", "modify", False, id="no need for consent"),
    pytest.param(
        "The Author shall not oppose any adaptation that the Publisher makes.",
        "adaptation",
        False,
        id="waiver of objection",
    ),
    pytest.param("We may (but need not) modify your text.", "modify", False, id="brackets"),
)
MUTUAL_SECOND = (
    pytest.param("The parties shall keep each other's secrets.", True, id="parties shall"),
    pytest.param("The Label and the Artist each waive trial by jury.", True, id="named pair each"),
    pytest.param("The receiving party shall not disclose the other party's information.", True, id="receiving party"),
    pytest.param("Neither of us may assign this contract.", True, id="neither of us"),
    pytest.param(
        "You and we agree that each may bring claims only in a personal capacity.", True, id="you and we agree"
    ),
    pytest.param("This section is a mutual waiver of consequential damages.", True, id="mutual waiver"),
    pytest.param("You waive trial by jury.", False, id="one side"),
    pytest.param("Each work becomes ours on delivery.", False, id="each work"),
    pytest.param("The Company is not a party to disputes between users.", False, id="party that is one"),
    pytest.param(
        "Neither party may assign this contract, except that we may assign it to a buyer of our business.",
        False,
        id="neither but one",
    ),
)


@pytest.mark.parametrize(("sentence", "word", "parties", "who"), [*WHO_FIRST, *WHO_SECOND])
def test_drafters_say_in_many_ways_who_gains(
    sentence: str, word: str, parties: Parties, who: Role | None, parser: Parser
) -> None:
    start = sentence.index(word)
    assert beneficiary(parser.parse([sentence])[0], start, start + len(word), parties) == who


@pytest.mark.parametrize(("sentence", "word", "denied"), [*DENIED_FIRST, *DENIED_SECOND])
def test_drafters_deny_in_many_ways(sentence: str, word: str, denied: bool, parser: Parser) -> None:
    start = sentence.index(word)
    assert is_negated(parser.parse([sentence])[0], start, start + len(word)) is denied


@pytest.mark.parametrize(("sentence", "mutual"), [*MUTUAL_FIRST, *MUTUAL_SECOND])
def test_a_clause_for_both_sides_is_told_from_one_that_only_begins_so(sentence: str, mutual: bool) -> None:
    assert CHECKS["is_mutual"](fold(sentence)) is mutual


THREE = Parties((Party("creator", ("Artist",)), Party("company", ("Label",)), Party("other", ("Producer",))))


@pytest.mark.parametrize(
    ("sentence", "word", "parties", "giver", "receiver", "gains"),
    [
        pytest.param(
            "The Artist grants the Publisher a perpetual licence.", "perpetual", NAMED, "creator", "company", "company",
            id="a grant",
        ),
        pytest.param(
            "The Artist shall indemnify the Publisher.", "indemnify", NAMED, "creator", "company", "company", id="a duty"
        ),
        pytest.param(
            "You waive all moral rights.", "moral rights", PLATFORM, "creator", "company", "company", id="a waiver"
        ),
        pytest.param("We may change the fees.", "change", PLATFORM, "creator", "company", "company", id="a power"),
        pytest.param(
            "We will not train models on your voice.", "train", PLATFORM, "company", "creator", "creator",
            id="a promise not to",
        ),
        pytest.param(
            "Each party shall indemnify the other party.", "indemnify", NAMED, "both", "both", "both", id="mutual"
        ),
        pytest.param(
            "The Producer assigns the masters to the Label.", "masters", THREE, "other", "company", "company",
            id="somebody else gives",
        ),
        pytest.param("The licence is perpetual.", "perpetual", NAMED, None, None, None, id="nobody is named"),
    ],
)  # fmt: skip
def test_a_sentence_tells_giver_receiver_and_who_gains(
    sentence: str, word: str, parties: Parties, giver: Side, receiver: Side, gains: Side, parser: Parser
) -> None:
    start = sentence.index(word)
    read = direction_of(parser.parse([sentence])[0], start, start + len(word), parties)
    assert (read.giver, read.receiver, read.beneficiary) == (giver, receiver, gains)


def findings_of(contract: str, analyzer: Analyzer, term: str) -> list[Finding]:
    return [finding for finding in analyze(read_text(contract), analyzer).findings if finding.term == term]


def test_a_finding_is_left_to_a_person_where_nobody_can_tell_the_sides(signals_only: Analyzer) -> None:
    contract = "Party A licenses its texts to Party B for ever, and Party B licenses its texts to Party A for ever."
    found = findings_of(contract, signals_only, "perpetual_term")
    assert [finding.level for finding in found] == ["ask_a_person"]
    assert found[0].why.startswith("It is unclear who gives and who gets here")
    assert found[0].direction is not None
    assert found[0].direction.is_unclear


def test_what_a_third_party_gives_is_not_laid_at_the_creators_door(signals_only: Analyzer) -> None:
    contract = (
        'Between Gloss Cosmetics SA ("Company"), Starling Talent Management ("Agency"), acting on behalf of Nora Beck, and '
        'Nora Beck ("Creator"). Creator shall post six videos. Creator grants Company a perpetual licence to the videos. '
        "Company shall pay Creator. Agency grants Company a perpetual licence to its logo."
    )
    found = findings_of(contract, signals_only, "perpetual_term")
    assert [(finding.direction.giver, finding.level) for finding in found if finding.direction] == [
        ("creator", "certain"),
        ("other", "ask_a_person"),
    ]


def test_a_sentence_that_names_nobody_takes_the_contracts_sides(signals_only: Analyzer) -> None:
    contract = "The Artist grants the Studio a licence to use the Drawings. The licence to use them is perpetual."
    found = findings_of(contract, signals_only, "perpetual_term")
    assert [finding.direction for finding in found] == [Direction("creator", "company", "company", "contract")]


def test_a_heading_that_says_the_opposite_changes_nothing(signals_only: Analyzer) -> None:
    contract = (
        "1. No Perpetual Licence\n\nYou grant us a perpetual licence to your content.\n\n"
        "2. Our Right To Use Your Songs Forever\n\nWe will never ask for a perpetual licence to your songs.\n"
    )
    found = findings_of(contract, signals_only, "perpetual_term")
    assert [(finding.polarity, finding.quote) for finding in found] == [
        ("risk", "You grant us a perpetual licence to your content."),
        ("protective", "We will never ask for a perpetual licence to your songs."),
    ]


def test_a_summary_in_plain_words_is_read_beside_the_legal_text(signals_only: Analyzer) -> None:
    contract = (
        "You grant us a perpetual licence to your content.\n\nIn plain words: we keep your content forever.\n\n"
        "We grant you a perpetual licence to the app.\n\nIn plain words: you keep the app forever.\n"
    )
    found = findings_of(contract, signals_only, "perpetual_term")
    assert "We grant you a perpetual licence to the app." not in [finding.quote for finding in found]
    assert "You grant us a perpetual licence to your content." in [finding.quote for finding in found]


@pytest.mark.parametrize(
    ("sentence", "is_risk"),
    [
        ("WHEREAS the Company desires to obtain a perpetual licence to the Songs.", False),
        ("WHEREAS the Artist wishes to grant the Company a perpetual licence to the Songs.", True),
        ("WHEREAS the Artist hereby grants the Company a perpetual licence to the Songs.", True),
    ],
)
def test_a_recital_counts_only_where_somebody_gives(sentence: str, is_risk: bool, signals_only: Analyzer) -> None:
    assert bool([f for f in findings_of(sentence, signals_only, "perpetual_term") if f.polarity == "risk"]) == is_risk


def test_to_deny_a_condition_is_to_allow_without_it(signals_only: Analyzer) -> None:
    contract = "The use of the Artist's digital replica by the Company shall not be subject to the Artist's approval."
    assert [f.polarity for f in findings_of(contract, signals_only, "digital_replica")] == ["risk"]
