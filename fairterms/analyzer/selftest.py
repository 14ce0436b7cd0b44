"""The library tests itself: its examples must be found, its counterexamples must stay silent."""

from __future__ import annotations

from collections.abc import Iterator

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.checks import CHECKS, SCOPE_CHECKS
from fairterms.analyzer.detect.find import Found, detect
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.fold import fold
from fairterms.analyzer.passages import Passage
from fairterms.analyzer.readers import read_text
from fairterms.analyzer.values import Parties, Span
from fairterms.clauses.schema import Term


def library_faults(analyzer: Analyzer) -> Iterator[str]:
    """Every way in which the library does not do what its own files say, one line each."""
    for term in analyzer.library.terms:
        yield from term_faults(term, analyzer)


def term_faults(term: Term, analyzer: Analyzer) -> Iterator[str]:
    """The faults of one term: examples missed, counterexamples found, signals that no example needs, unknown checks."""
    for modifier in (*term.raises, *term.lowers):
        checks = sorted((*CHECKS, *SCOPE_CHECKS))
        if modifier.check is not None and modifier.check not in checks:
            yield f"{term.id}: there is no check called {modifier.check}; there are {', '.join(checks)}"
    if term.kind == "absence":
        yield from _contract_faults(term, analyzer)
        return
    fired: set[str] = set()
    for example in term.examples:
        if _is_contract(example):
            if not _risk_in_contract(term, example, analyzer):
                yield f"{term.id}: this example is not found: {example}"
            continue
        found = found_in(example, term, analyzer)
        fired.update(hit.signal.id for item in found for hit in item.hits if hit.polarity == "risk")
        if not any(item.is_risk for item in found):
            yield f"{term.id}: this example is not found: {example}"
    for text in term.counterexamples:
        if _is_contract(text):
            if _risk_in_contract(term, text, analyzer):
                yield f"{term.id}: something is found or missed in this counterexample: {text}"
            continue
        risky = [item for item in found_in(text, term, analyzer) if item.is_risk]
        if risky:
            ids = ", ".join(hit.signal.id for item in risky for hit in item.hits)
            yield f"{term.id}: this counterexample is found (by {ids}): {text}"
    for signal in term.signals:
        if signal.id not in fired:
            yield f"{term.id}: no example is found by the signal {signal.id}"


def found_in(text: str, term: Term, analyzer: Analyzer) -> list[Found]:
    """What one sentence, standing alone, says about a term."""
    passage = Passage(Span(0, len(text)), text, "", fold(text))
    return [item for item in detect([passage], Parties(), analyzer) if item.term.id == term.id]


def _is_contract(example: str) -> bool:
    """An example of a missing protection is a short contract: it says so by its first word."""
    return example.startswith("CONTRACT:")


def _contract_faults(term: Term, analyzer: Analyzer) -> Iterator[str]:
    for example in term.examples:
        if not _risk_in_contract(term, example, analyzer):
            yield f"{term.id}: nothing is missed in this example: {example}"
    for text in term.counterexamples:
        if _risk_in_contract(term, text, analyzer):
            yield f"{term.id}: something is missed in this counterexample: {text}"


def _risk_in_contract(term: Term, text: str, analyzer: Analyzer) -> bool:
    document = read_text(text.removeprefix("CONTRACT:").strip(), name="example")
    return any(finding.term == term.id and finding.is_risk for finding in analyze(document, analyzer).findings)
