"""The figures beside each kind of point."""

from __future__ import annotations

from dataclasses import replace

from fairterms.clauses.load import load_library
from fairterms.reports.measured import measured
from tests.factories import drawings_report


def test_figures_are_of_terms_in_the_library_and_no_part_is_larger_than_its_whole() -> None:
    counts = measured().terms
    assert counts.keys() <= {term.id for term in load_library().terms}
    assert all(count.right <= count.shown and count.found <= count.labelled for count in counts.values())


def test_protections_and_absences_carry_no_figures_of_risks() -> None:
    risk = next(finding for finding in drawings_report().analysis.risks if finding.term == "perpetual_term")
    assert measured().of(risk) is not None
    assert measured().of(replace(risk, polarity="protective")) is None
    assert measured().of(replace(risk, polarity="absent")) is None
