"""The library tests itself: its files fit, its examples are found, its counterexamples are silent, its cures cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.readers import read_text
from fairterms.analyzer.selftest import term_faults
from fairterms.bargaining.propose import propose
from fairterms.clauses.load import HERE, LibraryFaults, load_library
from fairterms.knowledge_base.ingest import load_facts

LIBRARY = load_library()
FIRST_TERMS = (
    "broad_grant", "derivative_works", "perpetual_term", "irrevocable_grant", "ai_training_explicit", "ai_training_implied",
    "missing_training_limit", "model_retention", "personal_model_lockin", "deductions_recoupment", "no_payment",
    "one_time_buyout", "copyright_assignment", "moral_rights_waiver", "digital_replica", "bundled_consent",
    "sublicensing_unlimited", "no_deletion_duty", "anti_protection_clause", "unilateral_change",
)  # fmt: skip


def test_the_twenty_first_terms_are_there() -> None:
    assert set(FIRST_TERMS) <= {term.id for term in LIBRARY.terms}


@pytest.mark.parametrize("term", LIBRARY.terms, ids=lambda term: term.id)
def test_a_term_finds_its_examples_and_nothing_else(term, signals_only: Analyzer) -> None:  # type: ignore[no-untyped-def]
    assert list(term_faults(term, signals_only)) == []


@pytest.mark.parametrize("term", LIBRARY.terms, ids=lambda term: term.id)
def test_a_term_cites_facts_that_are_there(term) -> None:  # type: ignore[no-untyped-def]
    known = {fact.id for fact in load_facts()}
    assert [source for source in term.sources if source not in known] == []


@pytest.mark.parametrize("term", LIBRARY.terms, ids=lambda term: term.id)
def test_the_cures_of_a_term_mend_its_own_examples(term, signals_only: Analyzer) -> None:  # type: ignore[no-untyped-def]
    unmended = []
    for example in term.examples:
        analysis = analyze(read_text(example.removeprefix("CONTRACT:").strip()), signals_only)
        proposals = [p for p in propose(analysis, signals_only) if p.finding.startswith(f"{term.id}-")]
        assert proposals, f"not found as a document of its own: {example}"
        unmended += [(p.strength, p.text, p.unverified_because) for p in proposals if not p.verified]
    assert unmended == []


def copy_of_library(folder: Path) -> Path:
    for path in [*HERE.rglob("*.yaml")]:
        target = folder / path.relative_to(HERE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return folder


def test_every_fault_is_told_at_once_in_plain_words(tmp_path: Path) -> None:
    folder = copy_of_library(tmp_path)
    first = folder / "library" / "duration" / "perpetual_term.yaml"
    first.write_text(
        first.read_text(encoding="utf-8").replace("severity: critical", "severity: terrible", 1), encoding="utf-8"
    )
    second = folder / "library" / "duration" / "irrevocable_grant.yaml"
    second.write_text(second.read_text(encoding="utf-8") + "\ncolour: red\n", encoding="utf-8")
    with pytest.raises(LibraryFaults) as caught:
        load_library(folder)
    told = "\n".join(caught.value.faults)
    assert "perpetual_term.yaml" in told
    assert "severity" in told
    assert "irrevocable_grant.yaml" in told
    assert "colour" in told


def test_a_changed_file_changes_the_version(tmp_path: Path) -> None:
    folder = copy_of_library(tmp_path)
    file = folder / "words.yaml"
    before = load_library(folder).version
    file.write_text(file.read_text(encoding="utf-8") + "# a word of explanation\n", encoding="utf-8")
    assert load_library(folder).version != before
