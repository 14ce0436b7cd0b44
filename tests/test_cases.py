"""The negotiation cases as acceptance tests: what has to be found in the samples, and what has to stay silent."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import yaml

from fairterms.analyzer.values import SEVERITIES, Finding
from fairterms.assistant.service import Assistant
from fairterms.bargaining.edits import changed_share
from fairterms.clauses.load import load_library
from fairterms.reports.values import Report

SAMPLES = Path(__file__).parent.parent / "fairterms" / "data" / "samples"
INDEX: list[dict[str, Any]] = yaml.safe_load((SAMPLES / "samples.yaml").read_text(encoding="utf-8"))
KNOWN = {term.id for term in load_library().terms}
FILES = [pytest.param(sample, name, id=name) for sample in INDEX for name in (sample["file"], *sample.get("also", ()))]


def words_of(text: str) -> str:
    """The words alone, so that quotation marks, line ends and list signs of the formats do not matter."""
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.fixture(scope="module")
def review_of(assistant: Assistant) -> Any:
    @cache
    def review(name: str) -> Report:
        sample = next(s for s in INDEX if name in (s["file"], *s.get("also", ())))
        return assistant.review(
            assistant.read(SAMPLES / name), jurisdiction=sample["jurisdiction"], medium=sample["medium"]
        )

    return review


def risks_of(report: Report, term: str) -> list[Finding]:
    return [finding for finding in report.analysis.risks if finding.term == term]


@pytest.mark.parametrize(("sample", "name"), FILES)
def test_what_the_case_says_must_be_found_is_found(sample: dict[str, Any], name: str, review_of: Any) -> None:
    report = review_of(name)
    found = {finding.term for finding in report.analysis.risks}
    assert [term for term in sample["must_find"] if term in KNOWN and term not in found] == []
    for term, least in sample.get("at_least", {}).items():
        if term in KNOWN:
            worst = max(SEVERITIES.index(finding.severity) for finding in risks_of(report, term))
            assert SEVERITIES[worst] in SEVERITIES[SEVERITIES.index(least) :], term


@pytest.mark.parametrize(("sample", "name"), FILES)
def test_what_the_case_says_must_not_be_flagged_stays_silent(sample: dict[str, Any], name: str, review_of: Any) -> None:
    report = review_of(name)
    wrong = []
    for trap in sample["must_not_flag"]:
        term, words = (trap, None) if isinstance(trap, str) else (trap["term"], words_of(trap["quote"]))
        for finding in risks_of(report, term):
            if words is None or (finding.quote is not None and words in words_of(finding.quote)):
                wrong.append((term, finding.quote))
    assert wrong == []


@pytest.mark.parametrize(("sample", "name"), FILES)
def test_severities_stay_within_what_the_case_allows(sample: dict[str, Any], name: str, review_of: Any) -> None:
    report = review_of(name)
    for term, most in sample.get("at_most", {}).items():
        for finding in risks_of(report, term):
            assert SEVERITIES.index(finding.severity) <= SEVERITIES.index(most), finding.quote
    if "highest" in sample:
        limit = SEVERITIES.index(sample["highest"])
        too_high = [
            (f.term, f.severity, f.quote) for f in report.analysis.risks if SEVERITIES.index(f.severity) > limit
        ]
        assert too_high == []
    if sample.get("nothing_missing"):
        assert [finding.term for finding in report.analysis.risks if finding.polarity == "absent"] == []


@pytest.mark.parametrize(("sample", "name"), FILES)
def test_the_combinations_of_the_case_are_named(sample: dict[str, Any], name: str, review_of: Any) -> None:
    rules = {rule.id for rule in load_library().compounds}
    found = {compound.id for compound in review_of(name).analysis.compounds}
    assert [id for id in sample.get("compounds", ()) if id in rules and id not in found] == []


def test_the_nearly_fair_addendum_says_what_lowers_its_training_licence(review_of: Any) -> None:
    findings = risks_of(review_of("author_addendum.docx"), "ai_training_explicit")
    reasons = " ".join(step.because for finding in findings for step in finding.steps).lower()
    assert len([finding for finding in findings if finding.steps]) >= 1
    assert any(word in reasons for word in ("opt", "consent"))


def test_the_nearly_fair_addendum_grades_better_than_the_cover_and_the_data_app(review_of: Any) -> None:
    near = review_of("author_addendum.docx").analysis.score.value
    assert near > review_of("book_cover.pdf").analysis.score.value
    assert near > review_of("data_app.html").analysis.score.value


@pytest.mark.parametrize("pair", [(s["file"], other) for s in INDEX for other in s.get("also", ())])
def test_the_same_contract_in_two_formats_shows_the_same_risks(pair: tuple[str, str], review_of: Any) -> None:
    first, second = (sorted({f.term for f in review_of(name).analysis.risks}) for name in pair)
    assert first == second


SILENT = [
    pytest.param("The hall is hired for the evening; the hirer leaves it clean.", id="hall hire"),
    pytest.param("Confidential medical details shall be kept secret indefinitely.", id="perpetual secrecy"),
    pytest.param(
        "Company shall not use the Recordings to train or test any artificial intelligence system.", id="a promise"
    ),
    pytest.param(
        "Company indemnifies the Artist against claims from its edits, without limit.", id="company indemnity"
    ),
    pytest.param("Publisher will not be obliged to train staff in the use of layered files.", id="staff training"),
]


@pytest.mark.parametrize("text", SILENT)
def test_the_control_pack_stays_silent(text: str, assistant: Assistant) -> None:
    report = assistant.review(assistant.read_text(text))
    assert [(finding.term, finding.quote) for finding in report.analysis.risks] == []


def test_a_promise_not_to_train_is_credited(assistant: Assistant) -> None:
    text = "Company shall not use the Recordings to train or test any artificial intelligence system."
    report = assistant.review(assistant.read_text(text))
    assert "protective" in {f.polarity for f in report.analysis.findings if f.term == "ai_training_explicit"}


FIRES = [
    pytest.param(
        "This permission does not expire and closing your account leaves it untouched.",
        {"perpetual_term", "irrevocable_grant"},
        id="no end, no exit",
    ),
    pytest.param("Artist's only remedy is money; use may not be stopped.", {"irrevocable_grant"}, id="money only"),
    pytest.param(
        "We study submissions to advance our technology and that of our partners.", {"ai_training_implied"}, id="study"
    ),
    pytest.param(
        "The performance may be finished by electronic means with matched voice.",
        {"digital_replica"},
        id="matched voice",
    ),
]


@pytest.mark.parametrize(("text", "terms"), FIRES)
def test_the_control_pack_fires_without_the_keyword(text: str, terms: set[str], assistant: Assistant) -> None:
    report = assistant.review(assistant.read_text(text))
    assert terms <= {finding.term for finding in report.analysis.risks}


def test_nine_in_ten_risks_of_the_samples_carry_a_cure_that_changes_little(review_of: Any) -> None:
    fair = [
        (proposal, next(f for f in report.analysis.risks if f.id == proposal.finding))
        for sample in INDEX
        for report in [review_of(sample["file"])]
        for proposal in report.proposals
        if proposal.strength == "fair"
    ]
    assert sum(proposal.verified for proposal, _ in fair) >= 0.9 * len(fair)
    assert all(proposal.unverified_because for proposal, _ in fair if not proposal.verified)
    assert median(changed_share(f.quote, p.text) for p, f in fair if f.quote is not None) <= 0.5


@pytest.mark.parametrize(
    ("name", "clauses"),
    [
        ("book_cover.docx", {"2", "5", "7"}),
        ("book_cover.pdf", {"2", "5", "7"}),
        (
            "data_app.md",
            {"What you allow us to do", "What you tell us about other people", "Rewards", "Your Account", "Disputes"},
        ),
        ("author_addendum.docx", {"Section 2.1", "Section 3.1"}),
    ],
)
def test_what_must_change_changes_and_nothing_else(
    name: str, clauses: set[str], review_of: Any, assistant: Assistant
) -> None:
    report = review_of(name)
    analysis = report.analysis
    package = assistant.package(report)
    changed = [change.span for change in package.changes if change.span is not None]
    places = [clause for span in changed for clause in analysis.clauses if clause.span.contains(span)]
    assert {clause.number.rstrip(".") or clause.section.replace("*", "") for clause in places} <= clauses
    assert package.conflicts == ()
    assert [risk.id for risk in package.after.risks if risk.severity in ("critical", "high")] == []
    # Outside of the changed sentences and the new clauses the words are the same.
    kept, done = "", 0
    for edit in sorted(package.edits, key=lambda edit: edit.span):
        kept += analysis.document.text[done : edit.span.start] + edit.replacement
        done = edit.span.end
    assert kept + analysis.document.text[done:] == package.after.document.text
