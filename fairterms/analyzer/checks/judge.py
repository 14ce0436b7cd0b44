"""From a term seen in a passage to a finding: how bad, how sure, why, and on what it rests."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from fairterms.analyzer.checks import Scope
from fairterms.analyzer.checks.connections import Connections, places_of, set_aside, survival_of, taken_back
from fairterms.analyzer.checks.severity import judge_severity, rung_of
from fairterms.analyzer.detect.direction import settled
from fairterms.analyzer.detect.find import Found
from fairterms.analyzer.facts import StatedIn, facts_of
from fairterms.analyzer.fold import fold
from fairterms.analyzer.values import (
    SEVERITIES,
    Box,
    Clause,
    Direction,
    Document,
    Evidence,
    Finding,
    Level,
    Parties,
    Reference,
    Severity,
    SeverityStep,
    Span,
)
from fairterms.clauses.load import ClauseLibrary

CONFIDENCE: dict[Level, float] = {"certain": 0.9, "likely": 0.7, "ask_a_person": 0.4}
_WEAKER: dict[Level, int] = {"certain": 0, "likely": 1, "ask_a_person": 2}


def findings_of(
    found: Sequence[Found],
    document: Document,
    clauses: Sequence[Clause],
    parties: Parties,
    connections: Connections,
    library: ClauseLibrary,
) -> list[Finding]:
    contract = fold(document.text)
    in_sentence: dict[Span, set[str]] = defaultdict(set)
    in_clause: dict[str, set[str]] = defaultdict(set)
    for item in found:
        if item.is_risk:
            in_sentence[item.passage.span].add(item.term.id)
            in_clause[item.passage.clause].add(item.term.id)
    everywhere = {item.term.id for item in found if item.is_risk}
    findings = []
    stated = StatedIn(document.text)
    starts = [clause.span.start for clause in clauses]
    for item in found:
        clause = clauses[bisect_right(starts, item.passage.span.start) - 1] if starts else None
        scope = scope_of(item, contract, parties, connections)
        terms: dict[str, Set[str]] = {
            "sentence": in_sentence[item.passage.span],
            "clause": in_clause[item.passage.clause],
            "contract": everywhere,
        }
        finding = judge(item, document, clause, scope, terms, library)
        around = clause.sentences if clause else ()
        facts = facts_of(item.term.facts, stated, item.passage.span, lead_in=item.passage.lead_in, clause=around)
        findings.append(replace(finding, facts=facts))
    return findings


def connect(
    document: Document,
    clauses: Sequence[Clause],
    references: Sequence[Reference],
    shields: Mapping[str, Sequence[Span]],
    parties: Parties,
) -> Connections:
    """What ties the clauses of a contract; ``shields`` are the passages that forbid or keep back each term."""
    names = frozenset(fold(name) for party in parties.parties for name in party.names)
    kept = {term: tuple(spans) for term, spans in shields.items()}
    return Connections(document.text, tuple(clauses), tuple(references), kept, names)


def scope_of(
    item: Found, contract: str, parties: Parties, connections: Connections, *, at: Span | None = None
) -> Scope:
    """What the severity of a passage depends on; a draft's passage stands in the contract ``at`` another place."""
    sentence = item.through.reading if item.through is not None else item.passage.full
    place = at or item.passage.span
    return Scope(
        fold(sentence),
        item.passage.clause,
        contract,
        parties,
        places=places_of(place, connections),
        survival=survival_of(place, connections),
        taken_back=taken_back(place, item.term.id, connections),
        set_aside=set_aside(place, item.term.id, connections),
    )


def judge(
    item: Found,
    document: Document,
    clause: Clause | None,
    scope: Scope,
    terms: dict[str, Set[str]],
    library: ClauseLibrary,
) -> Finding:
    term, span = item.term, item.passage.span
    level = min((hit.level for hit in item.hits), key=_WEAKER.__getitem__) if item.hits else "ask_a_person"
    confidence = CONFIDENCE[level]
    if item.likeness is not None:
        level, confidence = item.likeness.level, round(CONFIDENCE[item.likeness.level] * item.likeness.score, 3)
    elif item.learned is not None:
        level, confidence = "ask_a_person", min(item.learned.probability, CONFIDENCE["ask_a_person"])
    severity: Severity = "low"
    steps: tuple[SeverityStep, ...] = ()
    rung = None
    if item.is_risk:
        start = max(
            (hit.signal.severity or term.severity for hit in item.hits), key=SEVERITIES.index, default=term.severity
        )
        severity, steps = judge_severity(term, start, scope, terms, library)
        stated = [hit.signal.rung for hit in item.hits if hit.signal.rung is not None]
        rung = max(stated) if stated else rung_of(term, scope.sentence, library)
    boxes = boxes_of(document, span)
    why = _why(item)
    direction = settled(item.direction, "risk" if item.is_risk else "protective", scope.parties)
    if doubt := doubt_about(direction):
        level, confidence, why = "ask_a_person", min(confidence, CONFIDENCE["ask_a_person"]), f"{doubt} {why}"
    return Finding(
        id="",
        term=term.id,
        title=term.title,
        polarity="risk" if item.is_risk else "protective",
        severity=severity,
        confidence=confidence,
        level=level,
        span=span,
        quote=document.quote(span),
        why=why,
        rung=rung,
        page=boxes[0].page if boxes else _page_of(document, span),
        section=(clause.section or None) if clause else None,
        boxes=boxes,
        evidence=_evidence(item),
        steps=steps,
        direction=direction,
    )


def doubt_about(direction: Direction) -> str:
    """What a reader must know where the direction is not plain, "" where it is."""
    if "other" in (direction.giver, direction.receiver) and "creator" not in (direction.giver, direction.receiver):
        return "Here somebody gives or gets who seems to be neither you nor the other side: ask a person whom it binds."
    if direction.is_unclear:
        return "It is unclear who gives and who gets here: ask a person which side you are."
    return ""


def _why(item: Found) -> str:
    why = item.term.why if item.is_risk else f"This wording protects you here: {item.term.positions.fair.text}"
    if item.learned is not None:
        likely = f"{item.learned.probability:.0%}"
        return f"The words are new to the rules; a model trained on labelled contracts takes them for this ({likely}). {why}"
    if item.through is None:
        return why
    first, *inner = item.through.names
    path = f"“{first}”" + "".join(f", and there through “{name}”" for name in inner)
    return f"The words here look harmless; it comes in through the meaning of {path}. {why}" if item.is_risk else why


def _evidence(item: Found) -> tuple[Evidence, ...]:
    passage = item.passage
    seen = [
        Evidence(
            kind=f"signal:{hit.signal.id}",
            text=passage.text[hit.start : hit.end],
            span=Span(passage.span.start + hit.start, passage.span.start + hit.end),
            score=CONFIDENCE[hit.level],
        )
        for hit in item.hits
    ]
    if item.likeness is not None:
        seen.append(Evidence("similar to example", item.likeness.example, passage.span, item.likeness.score))
    if item.learned is not None:
        seen.append(
            Evidence(f"learned:{item.learned.kind}", passage.text.strip(), passage.span, item.learned.probability)
        )
    return (*seen, *(item.through.path if item.through is not None else ()))


def boxes_of(document: Document, span: Span) -> tuple[Box, ...]:
    """One box per printed line that the span touches."""
    if not document.words:
        return ()
    starts = [word.span.start for word in document.words]  # words come in text order
    first = max(bisect_right(starts, span.start) - 1, 0)
    lines: list[Box] = []
    for word in document.words[first:]:
        if word.span.start >= span.end:
            break
        if word.span.end <= span.start:
            continue
        box = word.box
        last = lines[-1] if lines else None
        if last and last.page == box.page and abs(last.y0 - box.y0) < (box.y1 - box.y0) * 0.6 and box.x0 >= last.x0:
            lines[-1] = Box(last.page, last.x0, min(last.y0, box.y0), max(last.x1, box.x1), max(last.y1, box.y1))
        else:
            lines.append(box)
    return tuple(lines)


def _page_of(document: Document, span: Span) -> int | None:
    starts = [block.span.start for block in document.blocks]
    place = bisect_right(starts, span.start) - 1
    return document.blocks[place].page if place >= 0 else None
