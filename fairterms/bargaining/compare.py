"""Terms of several contracts side by side: for each term what every contract says, better or worse than the middle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import get_args

from fairterms.analyzer.readers import is_partly_read
from fairterms.analyzer.values import SEVERITIES, Analysis, Finding, Severity, StatedFact
from fairterms.bargaining.values import Cell, CellWords, Column, Comparison, Row, Standing, UnreadFile
from fairterms.clauses.load import ClauseLibrary
from fairterms.clauses.schema import Group, Term

_GROUPS: tuple[Group, ...] = get_args(Group)


def compare(analyses: Sequence[Analysis], library: ClauseLibrary, *, unread: Sequence[UnreadFile] = ()) -> Comparison:
    """The grid of terms by contracts, rows in the library's groups; the contracts keep their order.

    ``unread`` are files that could not be read; they are named in the comparison and have no column.
    """
    rows = [_row(term, analyses) for term in sorted(library.terms, key=_place)]
    return Comparison(
        columns=_columns(analyses),
        rows=tuple(row for row in rows if not _is_empty(row)),
        nowhere=tuple((row.term, row.title) for row in rows if _is_empty(row)),
        unread=tuple(unread),
        provenance=analyses[0].provenance,
    )


def _place(term: Term) -> tuple[int, str]:
    return _GROUPS.index(term.group), term.title


def _is_empty(row: Row) -> bool:
    return all(cell.state == "not_found" for cell in row.cells)


def _columns(analyses: Sequence[Analysis]) -> tuple[Column, ...]:
    count: Counter[str] = Counter()
    columns = []
    for analysis in analyses:
        document = analysis.document
        count[document.name] += 1
        again = count[document.name]
        name = document.name if again == 1 else f"{document.name} ({again})"
        columns.append(Column(name, document, None if is_partly_read(document) else analysis.score, analysis.caveats))
    return tuple(columns)


def _row(term: Term, analyses: Sequence[Analysis]) -> Row:
    cells = [_cell(term, [f for f in analysis.findings if f.term == term.id]) for analysis in analyses]
    rungs = [cell.rung for cell in cells if cell.rung is not None]
    if not rungs:
        return Row(term.id, term.title, term.group, tuple(cells))
    middle = float(median(rungs))
    worst = max(_badness(cell) for cell in cells)
    differ = len(rungs) == 1 or min(_badness(cell) for cell in cells if cell.rung is not None) < worst
    marked = [
        replace(
            cell,
            standing=_standing(cell.rung, middle) if len(rungs) > 1 else None,
            is_worst=differ and cell.state != "protected" and cell.rung is not None and _badness(cell) == worst,
        )
        for cell in cells
    ]
    return Row(term.id, term.title, term.group, tuple(marked), min(rungs), middle, max(rungs))


def _badness(cell: Cell) -> tuple[int, int]:
    """The rung decides, and of the same rung the severity."""
    return cell.rung or 0, SEVERITIES.index(cell.severity) if cell.severity else -1


def _standing(rung: int | None, middle: float) -> Standing | None:
    if rung is None:
        return None
    return "better" if rung < middle else "worse" if rung > middle else "same"


def _cell(term: Term, findings: Sequence[Finding]) -> Cell:
    """What one contract says. A risk that only a person can judge gives no rung; a protection gives that of the fair
    position."""
    absent = [finding for finding in findings if finding.polarity == "absent"]
    risks = [finding for finding in findings if finding.polarity == "risk"]
    shields = [finding for finding in findings if finding.polarity == "protective"]
    sure = [finding for finding in risks if finding.level != "ask_a_person"]
    told = Cell(
        state="not_found",
        severity=_worst_severity([*absent, *(sure or risks)]),
        facts=_facts(risks or shields),
        words=_words([*sorted(risks, key=_worst_first), *absent, *shields]),
        findings=tuple(finding.id for finding in findings),
        also_protects=bool(shields) and bool(risks or absent),
    )
    if sure:
        return replace(told, state="found", rung=max(finding.rung or term.default_rung for finding in sure))
    if absent:
        return replace(told, state="missing", rung=max(finding.rung or 5 for finding in absent))
    if risks:
        return replace(told, state="unclear")
    if shields:
        return replace(told, state="protected", rung=term.positions.fair.rung)
    return told


def _worst_severity(findings: Sequence[Finding]) -> Severity | None:
    return max((finding.severity for finding in findings), key=SEVERITIES.index, default=None)


def _worst_first(finding: Finding) -> tuple[bool, int, int]:
    return finding.level == "ask_a_person", -(finding.rung or 0), -SEVERITIES.index(finding.severity)


def _facts(findings: Sequence[Finding]) -> tuple[StatedFact, ...]:
    """Every value once; that a kind is not stated counts only where no finding states it."""
    facts = [fact for finding in findings for fact in finding.facts]
    stated = {fact.kind for fact in facts if not fact.is_none_found}
    first: dict[tuple[object, ...], StatedFact] = {}
    for fact in facts:
        if not (fact.is_none_found and fact.kind in stated):
            first.setdefault((fact.kind, fact.value), fact)
    return tuple(first.values())


def _words(findings: Sequence[Finding]) -> tuple[CellWords, ...]:
    """The words of the findings, each passage once."""
    words: dict[tuple[str, bool], CellWords] = {}
    for finding in findings:
        protects = finding.polarity == "protective"
        if finding.quote is not None:
            said = CellWords(
                finding.quote, protects, finding.level, finding.rung, finding.span, finding.page, finding.section
            )
        elif finding.evidence:
            gate = finding.evidence[0]
            said = CellWords(gate.text, protects, finding.level, finding.rung, gate.span)
        else:
            continue
        words.setdefault((" ".join(said.text.split()), protects), said)
    return tuple(words.values())
