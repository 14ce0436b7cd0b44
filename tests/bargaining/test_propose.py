"""Counter-proposals are read again before they are shown, whoever worded them."""

from __future__ import annotations

import pytest

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.readers import read_text
from fairterms.analyzer.reread import surroundings_of
from fairterms.analyzer.values import Analysis, Finding
from fairterms.bargaining.edits import apply_edits
from fairterms.bargaining.names import names_of
from fairterms.bargaining.propose import Task, check_draft, propose
from fairterms.bargaining.values import CounterProposal

CONTRACT = """\
1. The Artist delivers the Artwork by 1 May. The Publisher pays 900 dollars within 30 days.

2. The Artist grants the Publisher a perpetual, worldwide licence to print the Artwork in any medium.

3. The law of New York applies.
"""


@pytest.fixture(scope="module")
def analysis(signals_only: Analyzer) -> Analysis:
    return analyze(read_text(CONTRACT), signals_only)


def finding_of(analysis: Analysis, term: str) -> Finding:
    return next(finding for finding in analysis.risks if finding.term == term)


def task_for(term: str, strength: str, analysis: Analysis, analyzer: Analyzer) -> Task:
    return Task(
        finding_of(analysis, term),
        strength,  # type: ignore[arg-type]
        analyzer.library.term(term),
        surroundings_of(analysis, analyzer),
        analyzer,
        names_of(analysis),
    )


def answer_to(term: str, proposals: tuple[CounterProposal, ...], strength: str = "fair") -> CounterProposal:
    return next(p for p in proposals if p.finding.startswith(f"{term}-") and p.strength == strength)


def test_every_risk_gets_both_strengths_in_order(analysis: Analysis, signals_only: Analyzer) -> None:
    proposals = propose(analysis, signals_only)
    expected = [(risk.id, strength) for risk in analysis.risks for strength in ("fair", "fallback")]
    assert [(p.finding, p.strength) for p in proposals] == expected


def test_the_edits_give_the_text_that_is_shown(analysis: Analysis, signals_only: Analyzer) -> None:
    proposal = answer_to("perpetual_term", propose(analysis, signals_only))
    assert proposal.verified
    after = apply_edits(CONTRACT, proposal.edits)
    assert proposal.text in after
    assert "perpetual" not in after
    assert "worldwide" in after, "what is not at fault stays"


def test_a_missing_protection_is_added_behind_its_clause_with_the_next_number(
    analysis: Analysis, signals_only: Analyzer
) -> None:
    proposal = answer_to("missing_training_limit", propose(analysis, signals_only))
    assert proposal.verified
    (edit,) = proposal.edits
    assert edit.span.start == edit.span.end
    after = apply_edits(CONTRACT, proposal.edits)
    assert after.index("any medium.") < after.index("2A. ") < after.index("3. The law")
    assert "the Artist" in proposal.text, "the contract's own names are used"


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        pytest.param("The Publisher may print.", "takes the clause out", id="removal"),
        pytest.param(
            "The Artist grants the Publisher a perpetual, worldwide licence to print the Artwork in any medium, "
            "notwithstanding which the Artist may object.",
            "only overrides",
            id="notwithstanding",
        ),
        pytest.param(
            "The Artist grants the Publisher a never-ending, worldwide licence in perpetuity to print the Artwork.",
            "still shows",
            id="the same in other words",
        ),
        pytest.param(
            "The Artist grants the Publisher a two-year, worldwide licence to print the Artwork in any medium, and hereby "
            "assigns all right, title and interest in the copyright to the Publisher.",
            "something new",
            id="a new risk",
        ),
    ],
)
def test_a_draft_that_does_not_cure_is_told_why(
    draft: str, reason: str, analysis: Analysis, signals_only: Analyzer
) -> None:
    assert reason in check_draft(draft, task_for("perpetual_term", "fair", analysis, signals_only))
