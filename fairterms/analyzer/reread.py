"""Read new words as if they stood in the contract: what a draft would change for the better, and for the worse."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from fairterms.analyzer.checks.absences import gate_of, is_protected
from fairterms.analyzer.checks.connections import Connections
from fairterms.analyzer.checks.judge import connect, judge, scope_of
from fairterms.analyzer.detect.find import Found, detect, with_definitions
from fairterms.analyzer.detect.through import Glossary, glossary_of
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.fold import fold
from fairterms.analyzer.passages import Passage, passages_of
from fairterms.analyzer.readers import read_text
from fairterms.analyzer.segment import segment
from fairterms.analyzer.values import SEVERITIES, Analysis, Clause, Document, Finding, Severity, Span


@dataclass(frozen=True, slots=True)
class Surroundings:
    """An analysis with what every reading of a draft in it needs, made once."""

    analysis: Analysis
    passages: tuple[Passage, ...]
    folded: tuple[str, ...]  # of the passages
    contract: str  # the folded text of the whole
    places: Mapping[Span, int]  # of the passages
    risks: Mapping[Span, tuple[Finding, ...]]  # by the passage that they quote
    spread: Mapping[str, int]  # how many passages show each term
    glossary: Glossary
    connections: Connections

    def clause_around(self, span: Span) -> Clause | None:
        clauses = self.analysis.clauses
        place = bisect_right([clause.span.start for clause in clauses], span.start) - 1
        return clauses[place] if place >= 0 and clauses[place].span.contains(span) else None


@dataclass(frozen=True, slots=True)
class Rereading:
    """What the analyzer finds in new words put in the place of a passage, or added to the contract.

    ``findings`` are the risks in the new words, ``worsened`` those in the sentences beside them that the change makes
    worse, and ``exposed`` the terms whose protection the new words took away.
    """

    findings: tuple[Finding, ...]
    worsened: tuple[Finding, ...] = ()
    exposed: tuple[str, ...] = ()


def surroundings_of(analysis: Analysis, analyzer: Analyzer) -> Surroundings:
    passages = passages_of(analysis.document.text, analysis.clauses)
    risks: dict[Span, list[Finding]] = defaultdict(list)
    for finding in analysis.findings:
        if finding.polarity == "risk" and finding.span is not None:
            risks[finding.span].append(finding)
    spread: dict[str, int] = defaultdict(int)
    for found in risks.values():
        for term in {finding.term for finding in found}:
            spread[term] += 1
    spoken: dict[str, list[Span]] = defaultdict(list)
    shields: dict[str, list[Span]] = defaultdict(list)
    for finding in analysis.findings:
        if finding.span is not None:
            if all(evidence.kind != "definition" for evidence in finding.evidence):
                spoken[finding.term].append(finding.span)
            if finding.polarity == "protective":
                shields[finding.term].append(finding.span)
    document, clauses, parties = analysis.document, analysis.clauses, analysis.parties
    return Surroundings(
        glossary=glossary_of(analysis.definitions, passages, spoken, parties, analyzer.library),
        connections=connect(document, clauses, analysis.references, shields, parties),
        analysis=analysis,
        passages=passages,
        folded=tuple(fold(passage.text) for passage in passages),
        contract=fold(analysis.document.text),
        places={passage.span: place for place, passage in enumerate(passages)},
        risks={span: tuple(found) for span, found in risks.items()},
        spread=spread,
    )


def reread(words: str, surroundings: Surroundings, analyzer: Analyzer, *, instead_of: Span | None) -> Rereading:
    """Read a draft with the contract's parties, its other clauses and the clause around it."""
    draft = read_text(words, name="draft")
    if instead_of is None:
        found = _detect(_passages(draft, "", fold(words)), surroundings, analyzer)
        return Rereading(
            _judged(found, found, draft, set(surroundings.spread), surroundings.contract, surroundings, analyzer)
        )
    old = surroundings.passages[surroundings.places[instead_of]]
    around = surroundings.clause_around(instead_of)
    context = _context(words, instead_of, around, surroundings)
    here = surroundings.risks.get(instead_of, ())
    # A mended sentence stays near to the example that the old one was near to: where signals spoke, they decide.
    worded = {finding.term for finding in here if finding.evidence[0].kind.startswith("signal")}
    seen = _detect(_passages(draft, old.lead_in, context), surroundings, analyzer)
    found = [item for item in seen if item.likeness is None or item.term.id not in worded]
    beside = _beside(instead_of, around, context, surroundings, analyzer)
    gone = {finding.term for finding in here}
    elsewhere = {term for term, passages in surroundings.spread.items() if passages > (term in gone)}
    contract = surroundings.contract[: instead_of.start] + fold(words) + surroundings.contract[instead_of.end :]
    both = [*found, *beside]
    return Rereading(
        findings=_judged(found, both, draft, elsewhere, contract, surroundings, analyzer, at=instead_of),
        worsened=_worse(
            _judged(beside, both, surroundings.analysis.document, elsewhere, contract, surroundings, analyzer),
            surroundings,
        ),
        exposed=_exposed(words, instead_of, surroundings, analyzer),
    )


def _passages(draft: Document, lead_in: str, context: str) -> tuple[Passage, ...]:
    """The sentences of a draft; what cannot be cut into sentences is read as one."""
    whole = Passage(Span(0, len(draft.text)), draft.text, "", context)
    pieces = passages_of(draft.text, segment(draft)) or (whole,)
    return tuple(Passage(piece.span, piece.text, piece.lead_in or lead_in, context) for piece in pieces)


def _context(words: str, instead_of: Span, around: Clause | None, surroundings: Surroundings) -> str:
    """The clause with its headings, the new words in the place of the old ones."""
    if around is None:
        return fold(words)
    whole = surroundings.analysis.document.quote(around.span)
    start, end = instead_of.start - around.span.start, instead_of.end - around.span.start
    return fold(" \n ".join([*around.path, around.heading, whole[:start] + words + whole[end:]]))


def _beside(
    instead_of: Span, around: Clause | None, context: str, surroundings: Surroundings, analyzer: Analyzer
) -> list[Found]:
    """What the other sentences of the clause say now; only those that said something before are read again."""
    if around is None:
        return []
    passages = [
        Passage(passage.span, passage.text, passage.lead_in, context)
        for sentence in around.sentences
        if sentence != instead_of and sentence in surroundings.risks
        for passage in [surroundings.passages[surroundings.places[sentence]]]
    ]
    return _detect(passages, surroundings, analyzer) if passages else []


def _detect(passages: Sequence[Passage], surroundings: Surroundings, analyzer: Analyzer) -> list[Found]:
    """What passages say, also by way of the contract's definitions."""
    parties = surroundings.analysis.parties
    return with_definitions(detect(passages, parties, analyzer), passages, surroundings.glossary, parties, analyzer)


def _judged(
    found: Sequence[Found],
    clause: Sequence[Found],
    document: Document,
    elsewhere: Set[str],
    contract: str,
    surroundings: Surroundings,
    analyzer: Analyzer,
    *,
    at: Span | None = None,
) -> tuple[Finding, ...]:
    """The risks among what was found in a document, judged beside the rest of their clause and contract."""
    here = {item.term.id for item in clause if item.is_risk}
    findings = []
    for item in found:
        if item.is_risk:
            same = {o.term.id for o in clause if o.is_risk and o.passage.text == item.passage.text}
            terms: dict[str, Set[str]] = {"sentence": same, "clause": here, "contract": here | elsewhere}
            parties = surroundings.analysis.parties
            scope = scope_of(item, contract, parties, surroundings.connections, at=at)
            findings.append(judge(item, document, None, scope, terms, analyzer.library))
    return tuple(findings)


def _worse(after: Sequence[Finding], surroundings: Surroundings) -> tuple[Finding, ...]:
    """The findings that are more severe than the same ones were before."""
    worse = []
    for finding in after:
        assert finding.span is not None
        before: list[Severity] = [old.severity for old in surroundings.risks[finding.span] if old.term == finding.term]
        if SEVERITIES.index(finding.severity) > max((SEVERITIES.index(severity) for severity in before), default=-1):
            worse.append(finding)
    return tuple(worse)


def _exposed(words: str, instead_of: Span, surroundings: Surroundings, analyzer: Analyzer) -> tuple[str, ...]:
    """The terms that this contract needs a protection for, which the old words alone gave, and the new ones do not."""
    library, place = analyzer.library, surroundings.places[instead_of]
    parties = surroundings.analysis.parties
    old, rest = surroundings.folded[place], surroundings.folded[:place] + surroundings.folded[place + 1 :]
    return tuple(
        term.id
        for term in library.terms
        if term.absence is not None
        and is_protected(term.absence, [old], library)
        and not is_protected(term.absence, [fold(words)], library)
        and not is_protected(term.absence, rest, library)
        and gate_of(term.absence, surroundings.passages, surroundings.folded, parties, analyzer) is not None
    )
