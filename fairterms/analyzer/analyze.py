"""The whole path from a document to its analysis, in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from fairterms import __version__
from fairterms.analyzer.checks.absences import absences_of
from fairterms.analyzer.checks.judge import connect, findings_of
from fairterms.analyzer.definitions import find_definitions
from fairterms.analyzer.detect.find import detect, learned, only_defines, spoken, with_definitions
from fairterms.analyzer.detect.through import glossary_of
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.parties.find import find_parties
from fairterms.analyzer.passages import passages_of
from fairterms.analyzer.references import find_references
from fairterms.analyzer.score import score
from fairterms.analyzer.segment import segment
from fairterms.analyzer.values import (
    SEVERITIES,
    Analysis,
    Compound,
    Document,
    Finding,
    Parties,
    Provenance,
    Reference,
    Span,
)
from fairterms.clauses.load import ClauseLibrary

_MOST_CAVEATS = 8


def analyze(document: Document, analyzer: Analyzer, *, mended: Sequence[Span] = ()) -> Analysis:
    """Find what is risky, what protects and what is missing.

    ``mended`` are passages with new words that cure old ones: they stay near to the examples that the old words were near
    to, so there only signals speak.
    """
    clauses = segment(document)
    parties = find_parties(document)
    passages = passages_of(document.text, clauses)
    definitions = find_definitions(document, clauses)
    found = [item for item in detect(passages, parties, analyzer, mended) if not only_defines(item, definitions)]
    found += learned(document, clauses, passages, found, parties, analyzer)
    found.sort(key=lambda item: (item.passage.span, item.term.id))
    glossary = glossary_of(definitions, passages, spoken(found), parties, analyzer.library)
    found = with_definitions(found, passages, glossary, parties, analyzer)
    references = find_references(document, clauses)
    shields = spoken(item for item in found if not item.is_risk)
    connections = connect(document, clauses, references, shields, parties)
    findings = findings_of(found, document, clauses, parties, connections, analyzer.library)
    findings += absences_of(findings, passages, glossary, parties, analyzer)
    findings = _numbered(findings)
    compounds = _compounds(findings, analyzer.library)
    return Analysis(
        document=document,
        clauses=clauses,
        parties=parties,
        findings=tuple(findings),
        compounds=compounds,
        score=score(findings, compounds),
        provenance=Provenance(analyzer.library.version, __version__, analyzer.models),
        caveats=_caveats(document, parties, references),
        definitions=definitions,
        references=references,
    )


def _numbered(findings: Sequence[Finding]) -> list[Finding]:
    """The findings in text order, the missing protections last, each with an id that the same file always gives."""
    count: Counter[str] = Counter()
    numbered = []
    for finding in sorted(findings, key=lambda f: (f.span is None, f.span or Span(0, 0), f.term)):
        count[finding.term] += 1
        numbered.append(replace(finding, id=f"{finding.term}-{count[finding.term]}"))
    return numbered


def _compounds(findings: Sequence[Finding], library: ClauseLibrary) -> tuple[Compound, ...]:
    """The rules of which every term is found, judged for the contract as a whole."""
    compounds = []
    for rule in library.compounds:
        members = [
            next((f for f in findings if f.term == id and f.is_risk and f.severity != "low"), None) for id in rule.terms
        ]
        if all(members):
            ids = tuple(f.id for f in members if f)
            worst = max((f.severity for f in members if f), key=SEVERITIES.index)
            severity = max(worst, rule.minimum, key=SEVERITIES.index)
            compounds.append(Compound(rule.id, ids, severity, rule.reason))
    return tuple(compounds)


def _caveats(document: Document, parties: Parties, references: Sequence[Reference]) -> tuple[str, ...]:
    """What limits this analysis, said so that a reader cannot miss it."""
    caveats = list(document.warnings)
    roles = {party.role for party in parties.parties}
    if not {"creator", "company"} <= roles:
        caveats.append("It is unclear who gives and who receives in this contract; check each finding's direction.")
    dead: dict[str, Reference] = {}
    for reference in references:
        if reference.state == "dead":
            dead.setdefault(f"{reference.number} {reference.because}", reference)
    for reference in list(dead.values())[:_MOST_CAVEATS]:
        words = document.text[max(0, reference.span.start - 60) : reference.span.end + 40].split()
        caveats.append(
            f"“... {' '.join(words[1:-1])} ...” points to a place that is not there: {reference.because}."
            " Ask what is meant before you rely on it."
        )
    missing = [" ".join(document.quote(r.span).split()) for r in references if r.state == "detached"]
    papers = list(dict.fromkeys(name if name[:1].isalpha() and " " in name else f"part {name}" for name in missing))
    if papers:
        caveats.append(
            f"The contract relies on papers that are not in this file: {', '.join(papers[:_MOST_CAVEATS])}."
            " Ask for them; they bind you like the rest."
        )
    return tuple(caveats)
