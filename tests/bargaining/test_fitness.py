"""No draft is better than one that cannot be sent: which contracts and sentences get none, and that the reason is told."""

from __future__ import annotations

import pytest

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.parties.roles import tell_roles
from fairterms.analyzer.readers import read_text
from fairterms.analyzer.values import Analysis
from fairterms.bargaining.fitness import OTHER_BUSINESS, UNNAMED_SIDES, is_between_firms, no_drafts_for, unfit
from fairterms.bargaining.propose import propose

GRANT = "{giver} grants {taker} a perpetual, irrevocable and worldwide licence to use the {what} for every purpose."
FILLING = (
    "The parties meet each spring in a place of their choice and look back at what was done in the year before. " * 30
)


def contract(signals_only: Analyzer, giver: str, taker: str, what: str, filling: str = FILLING) -> Analysis:
    text = f"This agreement is made between {giver} and {taker}.\n\n{GRANT.format(giver=giver, taker=taker, what=what)}\n\n{filling}"
    return analyze(read_text(text, name="deal"), signals_only)


@pytest.mark.parametrize(
    "words",
    [
        "WHEREAS, the Artist is willing to grant the Company a perpetual licence;",
        "The Artist grants the Company the following perpetual rights:",
        "The Artist grants the Company a perpetual licence to the",
        "The Artist grants a perpetual licence. The Company pays the fee.",
        "The Artist grants a perpetual licence to [***] for the fee.",
        "If the Artist is prevented from performing by reason of a storm, the fee is not due.",
        "The licence is governed by the laws of Iowa. 9.5 Assignment.",
        "Irrevocable voice rights",
    ],
    ids=["recital", "lead-in", "torn", "two sentences", "blacked out", "storm", "heading behind", "heading"],
)
def test_words_that_are_no_whole_clause_get_no_change(words: str) -> None:
    assert "ask a person" in unfit(words)


@pytest.mark.parametrize(
    "words",
    [
        "The Artist grants the Company a perpetual licence.",
        "grants the Company a perpetual licence;",
        "The Artist grants Harrow Inc. Ltd a licence under No. 4 of the list.",
        "Create synthetic voices from the recordings",
    ],
)
def test_a_clause_is_fit(words: str) -> None:
    assert unfit(words) == ""


def test_firms_that_deal_in_other_things_get_no_drafts_and_are_told_why(signals_only: Analyzer) -> None:
    analysis = contract(signals_only, "Bolt Pumps Inc", "Harrow Machines Inc", "valves")
    assert is_between_firms(analysis)
    assert no_drafts_for(analysis) == OTHER_BUSINESS
    proposals = propose(analysis, signals_only)
    assert proposals
    assert not any(proposal.edits or proposal.verified for proposal in proposals)
    assert {proposal.unverified_because for proposal in proposals} == {OTHER_BUSINESS}


def test_a_person_gets_drafts_in_the_same_words(signals_only: Analyzer) -> None:
    analysis = contract(signals_only, "Ada Moor (the “Artist”)", "Harrow Machines Inc (the “Company”)", "drawings")
    assert not is_between_firms(analysis)
    assert no_drafts_for(analysis) == ""
    assert any(p.verified for p in propose(analysis, signals_only) if p.finding.startswith("perpetual_term"))


def test_a_contract_that_names_no_sides_gets_no_drafts_but_a_pasted_clause_does(signals_only: Analyzer) -> None:
    clause = "All rights in the drawings are granted in perpetuity and without any further payment."
    assert no_drafts_for(analyze(read_text(f"{clause}\n\n{FILLING}", name="deal"), signals_only)) == UNNAMED_SIDES
    assert no_drafts_for(analyze(read_text(clause, name="deal"), signals_only)) == ""


def test_every_name_of_a_side_is_told_by_its_role(signals_only: Analyzer) -> None:
    parties = contract(
        signals_only, "Ada Moor (the “Artist”)", "Harrow Press Ltd (the “Publisher”)", "drawings"
    ).parties
    assert tell_roles("the artist grants harrow press ltd the publisher's own licence", parties).startswith(
        "creator grants company company's own licence"
    )
