"""The report as JSON for other programs, in the shape `fairterms.report/1`: same file and versions, same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from fairterms.analyzer.values import Box, Direction, Evidence, Finding, Reference, StatedFact
from fairterms.bargaining.model.values import ModelWork
from fairterms.bargaining.values import CounterProposal
from fairterms.reports.measured import measured
from fairterms.reports.values import Report

SCHEMA = "fairterms.report/1"


def render_json(report: Report, *, with_text: bool = False) -> str:
    """The whole report; the contract's own text only ``with_text``."""
    return json.dumps(as_data(report, with_text=with_text), ensure_ascii=False, indent=2) + "\n"


def as_data(report: Report, *, with_text: bool = False) -> dict[str, object]:
    """The report as plain dictionaries and lists, every key in its fixed order."""
    analysis = report.analysis
    return {
        "schema": SCHEMA,
        "document": _document(report, with_text=with_text),
        "parties": [{"role": party.role, "names": list(party.names)} for party in analysis.parties.parties],
        "findings": [_finding(finding) for finding in analysis.findings],
        "compounds": [
            {
                "id": compound.id,
                "findings": list(compound.findings),
                "severity": compound.severity,
                "why": compound.why,
            }
            for compound in analysis.compounds
        ],
        "definitions": [
            {"name": d.name, "kind": d.kind, "start": d.span.start, "end": d.span.end, "text": d.quote}
            for d in analysis.definitions
        ],
        "references": [_reference(reference) for reference in analysis.references],
        "score": {
            "value": analysis.score.value,
            "grade": analysis.score.grade,
            "parts": [{"finding": part.finding, "points": part.points} for part in analysis.score.parts],
        },
        "proposals": [_proposal(proposal) for proposal in report.proposals],
        **({"model": _model(report.model)} if report.model is not None else {}),
        "provenance": {
            "library": analysis.provenance.library,
            "code": analysis.provenance.code,
            "models": list(analysis.provenance.models),
        },
    }


def _model(work: ModelWork) -> dict[str, object]:
    return {
        "name": work.name,
        "asked": work.asked,
        "used": work.used,
        "refused": [{"use": r.use, "finding": r.finding or None, "because": r.because} for r in work.refusals],
        "explanations": dict(work.explanations),
        "summary": work.summary,
        "stopped": work.stopped,
    }


def _document(report: Report, *, with_text: bool) -> dict[str, object]:
    document = report.analysis.document
    data: dict[str, object] = {
        "name": document.name,
        "sha256": document.sha256,
        "format": document.format,
        "pages": document.pages,
        "characters": len(document.text),
        "language": document.language,
        "warnings": list(document.warnings),
        "unread_pages": list(document.unread_pages),
    }
    return {**data, "text": document.text} if with_text else data


def _finding(finding: Finding) -> dict[str, object]:
    span = finding.span
    return {
        "id": finding.id,
        "term": finding.term,
        "title": finding.title,
        "polarity": finding.polarity,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "level": finding.level,
        "rung": finding.rung,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "quote": finding.quote,
        "page": finding.page,
        "section": finding.section,
        "boxes": [_box(box) for box in finding.boxes],
        "why": finding.why,
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "steps": [{"from": step.before, "to": step.after, "because": step.because} for step in finding.steps],
        "facts": facts_data(finding.facts),
        "direction": _direction(finding.direction),
        "measured": _measured(finding),
    }


def _measured(finding: Finding) -> dict[str, object] | None:
    measure = measured().of(finding)
    return asdict(measure) if measure is not None else None


def _direction(direction: Direction | None) -> dict[str, object] | None:
    if direction is None:
        return None
    return {
        "giver": direction.giver,
        "receiver": direction.receiver,
        "beneficiary": direction.beneficiary,
        "read_from": direction.read_from,
    }


def facts_data(facts: Sequence[StatedFact]) -> dict[str, object]:
    """What the words state, by kind: a list of values, each with its words and their place; or ``none_found``."""
    data: dict[str, list[dict[str, object]] | str] = {}
    for fact in facts:
        told = data.setdefault(fact.kind, "none_found" if fact.is_none_found else [])
        if fact.span is not None and isinstance(told, list):
            value = {name: list(part) if isinstance(part, tuple) else part for name, part in fact.value}
            told.append({
                **value, "words": fact.text, "start": fact.span.start, "end": fact.span.end, "place": fact.place
            })  # fmt: skip
    return dict(data)


def _box(box: Box) -> dict[str, object]:
    # A hundredth of a point is finer than any printer; more digits would only differ between machines.
    return {
        "page": box.page,
        "x0": round(box.x0, 2),
        "y0": round(box.y0, 2),
        "x1": round(box.x1, 2),
        "y1": round(box.y1, 2),
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    span = evidence.span
    return {
        "kind": evidence.kind,
        "text": evidence.text,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "score": evidence.score,
    }


def _reference(reference: Reference) -> dict[str, object]:
    target = reference.target
    return {
        "start": reference.span.start,
        "end": reference.span.end,
        "relation": reference.relation,
        "number": reference.number,
        "state": reference.state,
        "target": {"start": target.start, "end": target.end} if target else None,
        "because": reference.because,
    }


def _proposal(proposal: CounterProposal) -> dict[str, object]:
    data: dict[str, object] = {
        "finding": proposal.finding,
        "strength": proposal.strength,
        "edits": [
            {"start": edit.span.start, "end": edit.span.end, "replacement": edit.replacement} for edit in proposal.edits
        ],
        "text": proposal.text,
        "rationale": proposal.rationale,
        "citations": [
            {
                "id": citation.id,
                "title": citation.title,
                "date": citation.date,
                "jurisdiction": citation.jurisdiction,
                "status": citation.status,
                "checked": citation.checked,
                "url": citation.url,
            }
            for citation in proposal.citations
        ],
        "verified": proposal.verified,
    }
    if not proposal.verified:
        data["unverified_because"] = proposal.unverified_because
    return {**data, "author": proposal.author}
