"""Several contracts side by side: which cell is best and worst, what counts as found, and what is kept apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories import CONTRACT, document, finding, report

from fairterms.analyzer.values import Analysis, Finding, StatedFact
from fairterms.bargaining.compare import compare
from fairterms.bargaining.values import Cell, Comparison, UnreadFile
from fairterms.clauses.load import ClauseLibrary

GRANT = "The Artist grants the Studio a perpetual and irrevocable licence to use the Drawings."
FEE = "The Studio pays the Artist 400 euros within 60 days."


def contract(name: str, *findings: Finding) -> Analysis:
    return report(findings, document=document(name=name)).analysis


def grant(rung: int, **given: object) -> Finding:
    return replace(finding("perpetual_term-1", GRANT), rung=rung, **given)  # type: ignore[arg-type]


MISSING = replace(finding("perpetual_term-1", None, polarity="absent", level="likely"), rung=5)
SHIELD = finding("perpetual_term-2", FEE, polarity="protective")


def cells(library: ClauseLibrary, *analyses: Analysis) -> tuple[Cell, ...]:
    (row,) = compare(analyses, library).rows
    return row.cells


def test_better_and_worse_are_told_from_the_middle_of_the_row(library: ClauseLibrary) -> None:
    comparison = compare([contract(name, grant(rung)) for name, rung in (("a", 2), ("b", 3), ("c", 5))], library)
    (row,) = comparison.rows
    assert (row.best, row.median, row.worst) == (2, 3, 5)
    assert [cell.standing for cell in row.cells] == ["better", "same", "worse"]
    assert [cell.is_worst for cell in row.cells] == [False, False, True]


def test_of_the_same_step_the_more_severe_cell_is_the_worst(library: ClauseLibrary) -> None:
    mild, grave = grant(5, severity="medium"), grant(5, severity="critical")
    assert [cell.is_worst for cell in cells(library, contract("a", mild), contract("b", grave))] == [False, True]


def test_no_cell_is_the_worst_where_all_are_the_same(library: ClauseLibrary) -> None:
    assert not any(cell.is_worst for cell in cells(library, contract("a", grant(4)), contract("b", grant(4))))


def test_what_is_not_found_is_ranked_neither_good_nor_bad(library: ClauseLibrary) -> None:
    has, lacks = cells(library, contract("a", grant(4)), contract("b"))
    assert (lacks.state, lacks.rung, lacks.standing, lacks.is_worst) == ("not_found", None, None, False)
    assert has.standing is None  # there is nothing to compare it with


def test_a_missing_protection_is_told_apart_from_nothing_found(library: ClauseLibrary) -> None:
    missing, other = cells(library, contract("a", MISSING), contract("b", grant(3)))
    assert (missing.state, missing.rung, missing.standing) == ("missing", 5, "worse")
    assert other.standing == "better"


def test_a_risk_that_only_a_person_can_judge_has_no_step(library: ClauseLibrary) -> None:
    unsure, sure = cells(library, contract("a", grant(5, level="ask_a_person")), contract("b", grant(3)))
    assert (unsure.state, unsure.rung, unsure.standing) == ("unclear", None, None)
    assert unsure.words[0].text == GRANT
    assert sure.state == "found"


def test_protective_words_are_credited(library: ClauseLibrary) -> None:
    fair = library.term("perpetual_term").positions.fair.rung
    shield, both = cells(library, contract("a", SHIELD), contract("b", grant(5), SHIELD))
    assert (shield.state, shield.rung, shield.standing, shield.severity) == ("protected", fair, "better", None)
    assert both.also_protects
    assert [words.protects for words in both.words] == [False, True]


def test_a_cell_shows_its_worst_words_first_with_their_place(library: ClauseLibrary) -> None:
    mild = replace(finding("perpetual_term-1", FEE, page=2, section="3 Fee"), rung=2)
    cell, _ = cells(library, contract("a", mild, replace(grant(5), id="perpetual_term-2", page=1)), contract("b"))
    assert cell.rung == 5
    assert [(words.text, words.page, words.section) for words in cell.words] == [(GRANT, 1, None), (FEE, 2, "3 Fee")]
    assert all(CONTRACT[words.span.start : words.span.end] == words.text for words in cell.words if words.span)


def test_a_value_stated_by_one_passage_outweighs_the_silence_of_another(library: ClauseLibrary) -> None:
    none = StatedFact("duration", (("none_found", True),))
    years = StatedFact("duration", (("months", 36),), "three years")
    cell, _ = cells(library, contract("a", grant(5, facts=(none,)), grant(4, facts=(years,))), contract("b"))
    assert cell.facts == (years,)


def test_rows_stand_in_the_librarys_groups_and_silent_terms_are_named_apart(library: ClauseLibrary) -> None:
    late = replace(finding("no_payment-1", FEE), rung=4)
    comparison = compare([contract("a", late, grant(5)), contract("b")], library)
    assert [row.term for row in comparison.rows] == ["perpetual_term", "no_payment"]  # duration comes before money
    named = {row.term for row in comparison.rows} | {term for term, _ in comparison.nowhere}
    assert named == {term.id for term in library.terms}


def test_two_files_of_one_name_can_be_told_apart(library: ClauseLibrary) -> None:
    comparison = compare([contract("deal.pdf", grant(5)), contract("deal.pdf")], library)
    assert [column.name for column in comparison.columns] == ["deal.pdf", "deal.pdf (2)"]


def test_a_contract_with_unread_pages_has_no_score(library: ClauseLibrary) -> None:
    partly = report((grant(5),), document=document(name="scan.pdf", pages=2, unread=(2,))).analysis
    comparison = compare([partly, contract("b")], library, unread=[UnreadFile("x.txt", "x.txt: is empty")])
    assert [column.score is None for column in comparison.columns] == [True, False]
    assert comparison.unread == (UnreadFile("x.txt", "x.txt: is empty"),)


def test_a_comparison_cannot_be_changed(library: ClauseLibrary) -> None:
    comparison: Comparison = compare([contract("a", grant(5)), contract("b")], library)
    with pytest.raises(AttributeError):
        comparison.rows = ()  # type: ignore[misc]
