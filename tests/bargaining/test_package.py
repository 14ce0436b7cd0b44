"""Accepted changes stand together: one clean sentence each, clauses numbered in turn, and the whole read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.readers import read, read_text
from fairterms.analyzer.values import Analysis
from fairterms.bargaining.edits import apply_edits
from fairterms.bargaining.package import edited, pack
from fairterms.bargaining.propose import propose
from fairterms.bargaining.values import Change, CounterProposal, Package, Strength

SAMPLES = Path(__file__).parents[2] / "fairterms" / "data" / "samples"
CONTRACT = """\
1. The Artist delivers the Artwork by 1 May. The Publisher pays 900 dollars within 30 days.

2. The Artist grants the Publisher a perpetual, irrevocable, worldwide and sublicensable licence to use the Artwork for any purpose.

3. The Publisher may change these terms at any time.

4. The law of New York applies.
"""


@pytest.fixture(scope="module")
def analysis(signals_only: Analyzer) -> Analysis:
    return analyze(read_text(CONTRACT), signals_only)


@pytest.fixture(scope="module")
def proposals(analysis: Analysis, signals_only: Analyzer) -> tuple[CounterProposal, ...]:
    return propose(analysis, signals_only)


@pytest.fixture(scope="module")
def package(analysis: Analysis, proposals: tuple[CounterProposal, ...], signals_only: Analyzer) -> Package:
    return pack(analysis, proposals, signals_only)


def terms_of(change: Change) -> set[str]:
    return {answer.finding.rpartition("-")[0] for answer in change.answers}


def test_the_findings_of_one_sentence_become_one_clean_sentence(package: Package) -> None:
    (grant,) = [change for change in package.changes if "perpetual_term" in terms_of(change)]
    assert {"perpetual_term", "irrevocable_grant", "sublicensing_unlimited", "broad_grant"} <= terms_of(grant)
    assert not any(word in grant.text for word in ("perpetual", "irrevocable", "sublicensable", "any purpose"))
    assert grant.text.count(".") == 1
    assert apply_edits(CONTRACT, grant.edits).count(grant.text) == 1


def test_the_contract_with_all_changes_shows_nothing_grave(analysis: Analysis, package: Package) -> None:
    assert {risk.severity for risk in analysis.risks} >= {"critical", "high"}
    assert [risk.id for risk in package.after.risks if risk.severity in ("critical", "high")] == []
    assert package.after.score.value > analysis.score.value
    assert package.after.document.text == apply_edits(CONTRACT, package.edits)
    assert not package.conflicts


def test_only_what_was_chosen_changes(
    analysis: Analysis, proposals: tuple[CounterProposal, ...], signals_only: Analyzer
) -> None:
    (chosen,) = [risk for risk in analysis.risks if risk.term == "unilateral_change"]
    strengths: dict[str, Strength] = {chosen.id: "fallback"}
    package = pack(analysis, proposals, signals_only, strengths=strengths)
    (change,) = package.changes
    assert change.span == chosen.span
    assert [(answer.finding, answer.strength) for answer in change.answers] == [(chosen.id, "fallback")]
    assert "perpetual, irrevocable" in package.after.document.text


def test_a_draft_that_is_not_verified_is_named_and_not_made(analysis: Analysis, signals_only: Analyzer) -> None:
    (finding,) = [risk for risk in analysis.risks if risk.term == "unilateral_change"]
    draft = CounterProposal(
        finding.id, "fair", (), finding.quote or "", "", (), verified=False, unverified_because="no plan fits"
    )
    package = pack(analysis, [draft], signals_only)
    assert package.changes == ()
    assert [(conflict.finding, conflict.because) for conflict in package.conflicts] == [(finding.id, "no plan fits")]
    assert package.after is analysis


def test_new_clauses_at_one_place_count_on(package: Package) -> None:
    added = [change.text for change in package.changes if change.span is None]
    numbers = [paragraph.split(" ")[0] for text in added for paragraph in text.split("\n\n")]
    assert len(numbers) > 1
    assert len(set(numbers)) == len(numbers)
    assert all(number[:-2].isdigit() and number.endswith(".") for number in numbers)


def test_blocks_still_hold_their_words_after_edits(package: Package) -> None:
    document = read_text(CONTRACT)
    after = edited(document, package.edits)
    new = {paragraph for change in package.changes if change.span is None for paragraph in change.text.split("\n\n")}
    shown = [after.quote(block.span) for block in after.blocks]
    assert new <= set(shown)
    assert [words for words in shown if words != words.strip()] == []
    assert len(shown) == len(document.blocks) + len(new)
    assert "".join("\n\n".join(shown).split()) == "".join(after.text.split())


def test_pay_that_a_change_brings_in_is_reported_and_checked(signals_only: Analyzer) -> None:
    analysis = analyze(read(SAMPLES / "photo_host.html"), signals_only)
    assert "no_usage_reporting" not in {risk.term for risk in analysis.risks}
    package = pack(analysis, propose(analysis, signals_only), signals_only)
    added = {term for change in package.changes for term in terms_of(change)}
    assert {"no_usage_reporting", "no_audit_right"} <= added
    assert {"no_usage_reporting", "no_audit_right"}.isdisjoint(risk.term for risk in package.after.risks)


def test_the_persons_own_words_stand_and_the_other_points_are_mended_around_them(
    analysis: Analysis, proposals: tuple[CounterProposal, ...], signals_only: Analyzer
) -> None:
    (finding,) = [risk for risk in analysis.risks if risk.term == "perpetual_term"]
    mine = (
        "The Artist grants the Publisher a licence for ten months, irrevocable and sublicensable, to use the Artwork."
    )
    package = pack(analysis, proposals, signals_only, own={finding.id: mine})
    (grant,) = [change for change in package.changes if "perpetual_term" in terms_of(change)]
    assert "ten months" in grant.text
    assert "irrevocable" not in grant.text
    alone = pack(analysis, proposals, signals_only, strengths={finding.id: "fair"}, own={finding.id: mine})
    assert [change.text for change in alone.changes] == [mine]
