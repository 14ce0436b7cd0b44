"""References to other places: resolved against the contract's own numbers, and what they do to a finding."""

from __future__ import annotations

import pytest

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.readers import read_text
from fairterms.analyzer.references import find_references
from fairterms.analyzer.segment import segment
from fairterms.analyzer.values import Analysis, Finding, Reference

FRAME = """\
1. Grant
The Artist licenses the Drawings to the Studio.

2. Fee
2.1 The Studio pays 500 dollars.
2.2 It pays within 30 days.

3. Secrecy
Both sides keep the plans secret.

4. Ending
(a) The Artist may end it:
(i) for late pay;
(ii) for misuse.
(b) The Studio may end it.

5. Other
{words}

6. Law
The law of Norway applies.
"""


def references_in(text: str) -> list[tuple[Reference, str]]:
    """The references, each with the beginning of the place it means."""
    document = read_text(text, name="contract")
    found = find_references(document, segment(document))
    return [(r, document.quote(r.target)[:12] if r.target else "") for r in found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("Subject to Section 2, nothing is due.", [("subject_to", "2", "2. Fee")], id="subject to"),
        pytest.param("Notwithstanding clause 2.2, it may wait.", [("notwithstanding", "2.2", "2.2 It")], id="notwithstanding"),
        pytest.param("Except as provided in Section 3, all is open.", [("except", "3", "3. Secrecy")], id="except"),
        pytest.param("The plans are kept as set out in § 3.", [("set_out", "3", "3. Secrecy")], id="a sign"),
        pytest.param('"Fee" has the meaning given in Section 2.1.', [("defined", "2.1", "2.1 The")], id="defined elsewhere"),
        pytest.param("See Section 4(a)(ii) for misuse.", [("set_out", "4(a)(ii)", "(ii) for")], id="an item of an item"),
        pytest.param("Section 4(b) binds the Studio.", [("mentions", "4(b)", "(b) The")], id="an item"),
        pytest.param(
            "Sections 1, 2 to 4 and 6 survive the end.",
            [("survives", n, t) for n, t in zip("12346", ("1. Grant", "2. Fee", "3. Secrecy", "4. Ending", "6. Law"), strict=True)],
            id="a survival list with a range",
        ),
        pytest.param("Sections 2.1 and 2.2 apply.", [("mentions", "2.1", "2.1 The"), ("mentions", "2.2", "2.2 It")], id="and"),
        pytest.param("Sections 4(a) and (b) apply.", [("mentions", "4(a)", "(a) The"), ("mentions", "4(b)", "(b) The")], id="and (b)"),
        pytest.param("This Section 5 is short.", [("mentions", "5", "5. Other")], id="this section with its number"),
        pytest.param("Nothing in this Section binds.", [("mentions", "5", "5. Other")], id="this section"),
        pytest.param("The rule of Section 3 (Secrecy) stays.", [("mentions", "3", "3. Secrecy")], id="with its own name"),
        pytest.param("As stated in Section 2 hereof, it pays.", [("set_out", "2", "2. Fee")], id="hereof"),
        pytest.param("In section 6 of this Agreement the law is named.", [("mentions", "6", "6. Law")], id="of this agreement"),
    ],
)  # fmt: skip
def test_a_reference_is_resolved(words: str, expected: list[tuple[str, str, str]]) -> None:
    found = references_in(FRAME.format(words=words))
    assert [(r.relation, r.number, place.split("\n")[0][: len(want[2])]) for (r, place), want in zip(found, expected, strict=True)] == expected  # fmt: skip
    assert all(reference.state == "found" for reference, _ in found)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        pytest.param("Subject to Section 9, nothing is due.", "dead", id="no such number"),
        pytest.param("As set out in Section 2.7, it pays.", "dead", id="no such part"),
        pytest.param("As said in Section 4(d), it may end.", "dead", id="no such item"),
        pytest.param("The duties of Section 2 (Secrecy) survive.", "dead", id="another clause's name"),
        pytest.param("Section 107 of the Copyright Act applies.", "outside", id="a law"),
        pytest.param("Section 9 of the Studio's House Rules applies.", "outside", id="another paper"),
        pytest.param("Article 6 of the GDPR applies.", "outside", id="a regulation"),
        pytest.param("The Drawings are listed in Schedule B.", "detached", id="a schedule that is not here"),
        pytest.param("The form is attached as Exhibit 2.", "detached", id="an exhibit that is not here"),
        pytest.param("Paragraph (c) applies.", "unclear", id="a letter of some list"),
    ],
)
def test_what_is_not_here_is_said_and_not_guessed(words: str, state: str) -> None:
    (reference, place), *rest = references_in(FRAME.format(words=words))
    assert not rest
    assert reference.state == state
    assert reference.target is None
    assert (reference.because != "") == (state == "dead")
    assert place == ""


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Within section 30 days of quiet follow.", id="days"),
        pytest.param("The exhibits were shown in Oslo.", id="an exhibition"),
        pytest.param("A clause as such binds nobody.", id="no number"),
    ],
)
def test_what_only_looks_like_a_reference_has_no_place(words: str) -> None:
    assert all(reference.state != "dead" for reference, _ in references_in(FRAME.format(words=words)))


def test_an_attached_schedule_is_found_and_its_own_numbers_stay_inside() -> None:
    text = (
        FRAME.format(words="The Drawings are listed in Schedule A.")
        + "\nSCHEDULE A\n\n1. Three birds.\n\n2. A whale.\n"
    )
    (reference, place), *_ = references_in(text)
    assert reference.state == "found"
    assert place.startswith("SCHEDULE A")


def test_roman_articles_are_found_by_either_numeral() -> None:
    text = "ARTICLE I\nGRANT\n\nThe Artist licenses it.\n\nARTICLE II\nFEE\n\nThe fee of Article I is due. Section 1 says how.\n"
    assert [place[:9] for _, place in references_in(text)] == ["ARTICLE I", "ARTICLE I"]


# ---------------------------------------------------------------- what they do to a finding

DEAL = """\
1. Grant
{grant}

2. Fee
The Studio pays the Artist 500 dollars within 30 days.

3. Limits
{limits}

4. Other
{other}
"""
TRAINS = "The Studio may use the Drawings to train machine-learning models."


def analysis_of(analyzer: Analyzer, grant: str, limits: str, other: str = "The law of Norway applies.") -> Analysis:
    return analyze(read_text(DEAL.format(grant=grant, limits=limits, other=other), name="deal"), analyzer)


def risk(analysis: Analysis, term: str) -> Finding:
    return next(f for f in analysis.findings if f.term == term and f.polarity == "risk")


@pytest.mark.parametrize(
    ("grant", "limits"),
    [
        pytest.param(TRAINS, "Notwithstanding Section 1, the Studio shall not use the Drawings to train machine-learning models.", id="notwithstanding the grant"),
        pytest.param("Except as provided in Section 3, the Studio may use the Drawings to train machine-learning models.",
                     "The Studio shall not use the Drawings to train machine-learning models of faces.", id="except as provided"),
        pytest.param(TRAINS, "Notwithstanding anything to the contrary, the Studio shall not use the Drawings to train machine-learning models.", id="over all"),
    ],
)  # fmt: skip
def test_what_is_taken_back_elsewhere_is_a_step_less_severe(grant: str, limits: str, signals_only: Analyzer) -> None:
    finding = risk(analysis_of(signals_only, grant, limits), "ai_training_explicit")
    down = [step.because for step in finding.steps if step.because.startswith("Section 3 takes this back: “")]
    assert len(down) == 1
    assert finding.severity == "high"


@pytest.mark.parametrize(
    "limits",
    [
        pytest.param("The Studio shall not use the Recordings to train machine-learning models.", id="not tied by words"),
        pytest.param("Notwithstanding Section 1, the Studio shall not sell the Drawings.", id="another right"),
        pytest.param("Notwithstanding Section 2, the Studio shall not use the Drawings to train machine-learning models.", id="another clause"),
        pytest.param("Notwithstanding Section 1, the Studio shall not use the Recordings to train machine-learning models.", id="another material"),
    ],
)  # fmt: skip
def test_what_speaks_of_something_else_takes_nothing_back(limits: str, signals_only: Analyzer) -> None:
    finding = risk(analysis_of(signals_only, TRAINS, limits), "ai_training_explicit")
    assert not any("takes this back" in step.because for step in finding.steps)


def test_a_grant_over_a_protection_is_a_step_more_severe(signals_only: Analyzer) -> None:
    grant = (
        "Notwithstanding anything to the contrary, the Studio may adapt the Drawings and make derivative works of them."
    )
    plain, over = (
        risk(analysis_of(signals_only, words, "The plans stay secret."), "derivative_works")
        for words in (grant.removeprefix("Notwithstanding anything to the contrary, ").capitalize(), grant)
    )
    assert any("goes before whatever" in step.because for step in over.steps) or over.severity == "critical"
    assert ("low", "medium", "high", "critical").index(over.severity) >= ("low", "medium", "high", "critical").index(plain.severity)  # fmt: skip


def test_a_lowering_condition_counts_in_the_clause_that_is_referred_to(signals_only: Analyzer) -> None:
    grant = "Subject to Section 3, the Artist grants the Studio a perpetual licence to print the Drawings."
    limits = "The Artist may terminate the licence at any time on thirty days' notice."
    finding = risk(analysis_of(signals_only, grant, limits), "perpetual_term")
    assert any("Section 3, to which this refers" in step.because for step in finding.steps)
    alone = risk(analysis_of(signals_only, grant.replace("Subject to Section 3, the", "The"), limits), "perpetual_term")
    assert not any("to which this refers" in step.because for step in alone.steps)


@pytest.mark.parametrize(
    ("other", "survives"),
    [
        pytest.param("Sections 1 and 3 survive termination.", True, id="by number"),
        pytest.param("Sections 2 to 3 survive termination.", False, id="other numbers"),
        pytest.param("Section 1 shall not survive termination.", False, id="denied"),
    ],
)
def test_a_survival_list_that_names_the_grant_is_known(other: str, survives: bool, signals_only: Analyzer) -> None:
    grant = "The Artist grants the Studio a licence of unlimited duration to print the Drawings. The Artist may end it on notice at any time with thirty days' notice."
    finding = risk(analysis_of(signals_only, grant, "The plans stay secret.", other), "perpetual_term")
    assert any("goes on after the end" in step.because for step in finding.steps) is False or survives
    from fairterms.analyzer.checks.connections import survival_of
    from fairterms.analyzer.checks.judge import connect

    analysis = analysis_of(signals_only, grant, "The plans stay secret.", other)
    connections = connect(analysis.document, analysis.clauses, analysis.references, {}, analysis.parties)
    assert finding.span is not None
    assert bool(survival_of(finding.span, connections)) is survives


def test_dead_references_and_missing_papers_are_caveats_with_their_words(signals_only: Analyzer) -> None:
    analysis = analysis_of(
        signals_only, TRAINS, "Subject to Section 12, see Schedule B.", "What Section 2 (Limits) says survives."
    )
    told = "\n".join(analysis.caveats)
    assert "Section 12" in told
    assert "end with 4" in told
    assert "Section 2 is “Fee”; “Limits” is Section 3" in told
    assert "not in this file: Schedule B" in told


def test_a_hundred_thousand_characters_are_resolved_in_time() -> None:
    from time import process_time

    from fairterms.analyzer.definitions import find_definitions

    clause = '{n}. Part\nSubject to Section {m}, the Studio pays the fee (the "Fee {n}") and keeps to clause {m}. "Item {n}" means a drawing of a bird that the Artist delivers on time and in good order to the Studio.\n\n'
    text = "".join(clause.format(n=n, m=max(1, n - 1)) for n in range(1, 190))
    text += "The Artist sleeps well and eats his bread while the Studio prints. " * ((100_000 - len(text)) // 68)
    document = read_text(text, name="long")
    clauses = segment(document)
    start = process_time()
    find_references(document, clauses)
    find_definitions(document, clauses)
    assert process_time() - start < 1.0, "a tenth of that on a quiet machine"
