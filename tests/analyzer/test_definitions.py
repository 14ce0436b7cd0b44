"""Names with a meaning: found in the forms that drafters use, and followed to the grant that uses them."""

from __future__ import annotations

import re

import pytest

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.definitions import by_name, expand, find_definitions, pattern_of
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.readers import read_text
from fairterms.analyzer.segment import segment
from fairterms.analyzer.values import Definition, Finding
from fairterms.bargaining.propose import propose


def definitions_in(text: str) -> tuple[Definition, ...]:
    document = read_text(text, name="contract")
    found = find_definitions(document, segment(document))
    for definition in found:
        assert document.quote(definition.span) == definition.quote
        assert document.quote(definition.meaning) == definition.words
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('1. "Content" means all drawings and notes.', [("Content", "means", "all drawings and notes")], id="means"),
        pytest.param("1. “Content” shall mean the songs.", [("Content", "means", "the songs")], id="curly quotes"),
        pytest.param('**"Content"** means the songs.', [("Content", "means", "the songs")], id="bold"),
        pytest.param('1. "Affiliates" includes any friend of the Studio.', [("Affiliates", "includes", "any friend of the Studio")], id="includes"),
        pytest.param('1. The term "Session" refers to one day of recording.', [("Session", "means", "one day of recording")], id="the term"),
        pytest.param(
            '1. As used in this Agreement, "Session" means one day.', [("Session", "means", "one day")], id="as used in"
        ),
        pytest.param(
            "1. For purposes of this Agreement, training shall include fine-tuning.",
            [("training", "includes", "fine-tuning")],
            id="for purposes of, without quotation marks",
        ),
        pytest.param(
            '1. "Fee" has the meaning given in Section 3.', [("Fee", "elsewhere", "given in Section 3")], id="elsewhere"
        ),
        pytest.param(
            'The Artist delivers twelve drawings of birds (the "Work").',
            [("Work", "named", "twelve drawings of birds")],
            id="named in brackets",
        ),
        pytest.param(
            'You may upload songs and lyrics (collectively, "User Content").',
            [("User Content", "named", "songs and lyrics")],
            id="collectively",
        ),
        pytest.param(
            'A painter sends sketches and notes, hereinafter called the "Drafts".',
            [("Drafts", "named", "A painter sends sketches and notes")],
            id="hereinafter",
        ),
        pytest.param(
            "1. The Photographer includes the Photographer's heirs and assigns.",
            [("Photographer", "includes", "the Photographer's heirs and assigns")],
            id="a party that takes in its heirs",
        ),
        pytest.param("1. Territory means Norway.", [("Territory", "means", "Norway")], id="a capital and means"),
        pytest.param(
            '1. "Media" means:\n(a) print; and\n(b) radio.\n2. The fee is due.',
            [("Media", "means", "(a) print; and\n(b) radio")],
            id="a list below its lead-in",
        ),
        pytest.param(
            '1. Definitions\nIn this deal: "Book" means the novel; "Fee" means 500 euros.',
            [("Book", "means", "the novel"), ("Fee", "means", "500 euros")],
            id="several in a sentence",
        ),
        pytest.param(
            "## Definitions\n\nTerm | Meaning\n\nWork | the twelve drawings\n",
            [("Work", "means", "the twelve drawings")],
            id="a table",
        ),
        pytest.param(
            "1. Definitions\nProduction: the short film about whales.",
            [("Production", "means", "the short film about whales")],
            id="a label under a heading",
        ),
        pytest.param("1. The fee means a lot to the Artist.", [], id="an ordinary verb"),
        pytest.param("1. This means that the Artist is paid late.", [], id="this means"),
        pytest.param('1. He said "yes" and left.', [], id="a quotation"),
        pytest.param('1. See the page (the one "under repair" today).', [], id="a quotation in brackets"),
    ],
)  # fmt: skip
def test_definitions_are_found_in_their_usual_forms(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(d.name, d.kind, d.words) for d in definitions_in(text)] == expected


def test_a_reading_puts_nested_meanings_in_and_knows_their_path() -> None:
    names = by_name(definitions_in('"Content" means songs and Derived Data.\n\n"Derived Data" means voice prints.'))
    uses = pattern_of(names)
    assert uses is not None
    reading = expand("You license all Content to us.", names, uses)
    assert reading is not None
    assert reading.text == "You license all songs and voice prints to us."
    start = reading.text.index("voice prints")
    meaning = reading.meaning_at(start, start + 5)
    assert meaning is not None
    assert [d.name for d in meaning.path] == ["Content", "Derived Data"]


def test_names_that_go_in_a_circle_end() -> None:
    names = by_name(definitions_in('"Data" means Records.\n\n"Records" means Data and files.'))
    uses = pattern_of(names)
    assert uses is not None
    assert expand("Use the Data.", names, uses) is not None


CONTRACT = """\
1. Definitions
{definition}

2. Grant
{grant}

3. Fee
The Studio pays 500 dollars within 30 days.
"""
MEDIA = '"Media" means print and all media now known or later devised.'
TERM = '"Term" means the period that begins on signature and continues in perpetuity.'
SERVICES = '"Services" means the Studio\'s games and the development of artificial intelligence models.'
DATA = '"Content" means the Drawings and includes Derived Data.\n"Derived Data" means data sets used to train machine-learning models.'


def finding_through(analyzer: Analyzer, definition: str, grant: str, term: str) -> Finding | None:
    analysis = analyze(read_text(CONTRACT.format(definition=definition, grant=grant), name="deal"), analyzer)
    for finding in analysis.findings:
        if finding.term == term and any(evidence.kind == "definition" for evidence in finding.evidence):
            for evidence in finding.evidence:
                assert evidence.span is not None
                assert analysis.document.quote(evidence.span) == evidence.text
            return finding
    return None


@pytest.mark.parametrize(
    ("definition", "grant", "term"),
    [
        pytest.param(TERM, "The Artist grants the Studio the right to print the Drawings during the Term.", "perpetual_term", id="a term for ever"),
        pytest.param(TERM, "During the Term, the Studio may print the Drawings.", "perpetual_term", id="the name before the verb"),
        pytest.param(SERVICES, "The Studio may use the Drawings for the Services.", "ai_training_explicit", id="services that build models"),
        pytest.param(DATA, "The Artist licenses the Content to the Studio.", "ai_training_explicit", id="content with derived data"),
        pytest.param(
            'For purposes of this Agreement, Exploitation shall include training artificial intelligence models.',
            "The Artist grants the Studio the right of Exploitation in the Drawings.", "ai_training_explicit", id="shall include",
        ),
        pytest.param(
            '"Affiliates" means any person, including third parties chosen by the Studio.',
            "The Artist grants the Studio and its Affiliates a licence to print the Drawings.", "sublicensing_unlimited", id="affiliates that are anyone",
        ),
    ],
)  # fmt: skip
def test_a_wide_meaning_is_found_at_the_grant_that_uses_the_name(
    definition: str, grant: str, term: str, signals_only: Analyzer
) -> None:
    analysis = analyze(read_text(CONTRACT.format(definition=definition, grant=grant), name="deal"), signals_only)
    if term == "sublicensing_unlimited":
        # The grant to affiliates is a risk by its own words already; the meaning must not hide it.
        assert any(finding.term == term and finding.is_risk for finding in analysis.findings)
        return
    finding = finding_through(signals_only, definition, grant, term)
    assert finding is not None
    assert finding.polarity == "risk"
    assert finding.level == "likely"
    assert finding.quote is not None
    assert finding.quote.endswith(grant)
    assert "meaning of" in finding.why


@pytest.mark.parametrize(
    ("definition", "grant", "term"),
    [
        pytest.param(TERM, "The Artist keeps secret, during the Term, what the Studio shows.", "perpetual_term", id="nothing is granted"),
        pytest.param(TERM, "The Artist grants the Studio the right to print the Drawings for two years.", "perpetual_term", id="the name is not used"),
        pytest.param(TERM, "The Studio pays the fee on the first day of the Term.", "perpetual_term", id="a duty to pay"),
        pytest.param(SERVICES, "The Studio grants the Artist the right to use the Services.", "ai_training_explicit", id="given to the creator"),
        pytest.param(SERVICES, "The Artist may not compete with the Services.", "ai_training_explicit", id="a ban on the creator"),
        pytest.param('"Term" means two years from signature.', "During the Term, the Studio may print the Drawings.", "perpetual_term", id="a fair meaning"),
    ],
)  # fmt: skip
def test_a_wide_meaning_alone_gives_nothing(definition: str, grant: str, term: str, signals_only: Analyzer) -> None:
    assert finding_through(signals_only, definition, grant, term) is None


def test_the_path_goes_over_every_name(signals_only: Analyzer) -> None:
    finding = finding_through(
        signals_only, DATA, "The Artist licenses the Content to the Studio.", "ai_training_explicit"
    )
    assert finding is not None
    told = [evidence.text for evidence in finding.evidence if evidence.kind == "definition"]
    assert [text.split('"')[1] for text in told] == ["Content", "Derived Data"]


def test_a_promise_by_way_of_a_name_is_credited(signals_only: Analyzer) -> None:
    finding = finding_through(
        signals_only,
        '"Machine Use" means training artificial intelligence models.',
        "The Studio shall not use the Drawings for Machine Use.",
        "ai_training_explicit",
    )
    assert finding is None or finding.polarity == "protective"


@pytest.mark.parametrize(
    ("definition", "grant", "term", "narrowed"),
    [
        pytest.param(TERM, "The Artist grants the Studio the right to print the Drawings during the Term.", "perpetual_term", r"the right to print the Drawings for \w+ years from delivery\.$", id="term"),
        pytest.param(SERVICES, "The Studio may use the Drawings for the Services.", "ai_training_explicit", "read here without|separate|means", id="services"),
        pytest.param(DATA, "The Artist licenses the Content to the Studio.", "ai_training_explicit", "read here without|separate|means", id="nested"),
    ],
)  # fmt: skip
def test_the_cure_narrows_the_name_at_the_grant_and_reads_as_cured(
    definition: str, grant: str, term: str, narrowed: str, signals_only: Analyzer
) -> None:
    text = CONTRACT.format(definition=definition, grant=grant)
    analysis = analyze(read_text(text, name="deal"), signals_only)
    answers = [p for p in propose(analysis, signals_only) if p.finding == f"{term}-1"]
    assert [p.verified for p in answers] == [True, True]
    for answer in answers:
        assert all(edit.span.start >= text.index(grant) - len("Grant\n") for edit in answer.edits)
        assert re.search(narrowed, answer.text)
