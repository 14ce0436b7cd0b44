"""Protections that a contract ought to have, by the gates of the library, and has not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from fairterms.analyzer.checks import Scope
from fairterms.analyzer.checks.judge import CONFIDENCE
from fairterms.analyzer.checks.severity import judge_severity
from fairterms.analyzer.detect.signals import Reading, fire, wording_matches
from fairterms.analyzer.detect.through import Glossary, read_through
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.fold import fold
from fairterms.analyzer.parties.roles import by_role
from fairterms.analyzer.passages import Passage
from fairterms.analyzer.values import Evidence, Finding, Parties
from fairterms.clauses.load import ClauseLibrary
from fairterms.clauses.schema import Absence, Term


def absences_of(
    findings: Sequence[Finding],
    passages: Sequence[Passage],
    glossary: Glossary,
    parties: Parties,
    analyzer: Analyzer,
) -> list[Finding]:
    """Protections that this contract ought to have, by the gates of the library, and has not."""
    present = {finding.term for finding in findings if finding.polarity == "risk"}
    folded = [fold(passage.text) for passage in passages]
    contract = " ".join(folded)
    readings = [reading for passage in passages if (reading := read_through(passage, glossary)) is not None]
    spoken = [*folded, *readings]
    by_roles: list[str] | None = None  # asked for few contracts, and long to make
    missing = []
    for term in analyzer.library.terms:
        absence = term.absence
        if absence is None or term.id in present or is_protected(absence, spoken, analyzer.library):
            continue
        gate = gate_of(absence, passages, folded, parties, analyzer)
        if gate is None:
            continue
        if by_roles is None:
            by_roles = [other for text in folded if (other := by_role(text, parties)) != text]
        if not is_protected(absence, by_roles, analyzer.library):
            missing.append(_absent(term, absence, gate, contract, parties, present, analyzer.library))
    return missing


def is_protected(absence: Absence, folded: Iterable[str], library: ClauseLibrary) -> bool:
    """Whether some sentence holds the protection, in one of the wordings that the library knows."""
    patterns = [library.compile(pattern) for pattern in absence.protection]
    return any(pattern.search(sentence) for sentence in folded for pattern in patterns)


def gate_of(
    absence: Absence, passages: Sequence[Passage], folded: Sequence[str], parties: Parties, analyzer: Analyzer
) -> Passage | None:
    """The first passage that makes the protection necessary, None where none does."""
    library = analyzer.library
    contract = " ".join(folded)
    if any(library.compile(pattern).search(contract) for pattern in absence.gate_unless):
        return None
    for passage, text in zip(passages, folded, strict=True):
        full = f"{fold(passage.lead_in)} {text}" if passage.lead_in else text
        worded = [signal for signal in absence.gate if wording_matches(signal, full, passage.clause, library)]
        if worded:
            doc = analyzer.parser.parse([passage.full])[0]
            if any(hit.polarity == "risk" for hit in fire(worded, Reading(passage, text, doc), parties, library)):
                return passage
    return None


def _absent(
    term: Term,
    absence: Absence,
    gate: Passage,
    contract: str,
    parties: Parties,
    present: Set[str],
    library: ClauseLibrary,
) -> Finding:
    scope = Scope(fold(gate.full), gate.clause, contract, parties)
    severity, steps = judge_severity(
        term, absence.severity, scope, dict.fromkeys(("sentence", "clause", "contract"), present), library
    )
    return Finding(
        id="",
        term=term.id,
        title=term.title,
        polarity="absent",
        severity=severity,
        confidence=CONFIDENCE["likely"],
        level="likely",
        span=None,
        quote=None,
        why=f"{absence.say} {term.why}",
        rung=absence.rung,
        evidence=(Evidence("gate", gate.text, gate.span),),
        steps=steps,
    )
