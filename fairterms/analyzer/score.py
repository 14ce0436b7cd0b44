"""Severity steps, and the published formula of the score.

The score starts at 100. Each risk or missing protection takes points: critical 20, high 10, medium 4, low 1, times
1 where the finding is certain, 0.8 where it is likely and 0.4 where a person should look. Of one term the worst
finding counts in full and each further one a quarter. A compound takes 5 more. A protective passage gives 2 back, at
most 10 in all. The result is kept between 0 and 100; A from 90, B from 75, C from 55, D from 35, E from 15, F below.
The weights are ours, set so that one critical finding alone can not be better than B; they are no measurement.
"""

from __future__ import annotations

from collections.abc import Sequence

from fairterms.analyzer.values import SEVERITIES, Compound, Finding, Score, ScorePart, Severity

POINTS: dict[Severity, float] = {"critical": 20, "high": 10, "medium": 4, "low": 1}
WEIGHT = {"certain": 1.0, "likely": 0.8, "ask_a_person": 0.4}
REPEATED = 0.25
COMPOUND = 5.0
CREDIT = 2.0
CREDIT_LIMIT = 10.0
GRADES = ((90, "A"), (75, "B"), (55, "C"), (35, "D"), (15, "E"), (0, "F"))


def move(severity: Severity, steps: int) -> Severity:
    """The severity so many steps up (or down), within the scale."""
    place = SEVERITIES.index(severity) + steps
    return SEVERITIES[min(max(place, 0), len(SEVERITIES) - 1)]


def score(findings: Sequence[Finding], compounds: Sequence[Compound]) -> Score:
    """The score of a whole contract, with the points each finding took (positive) or gave back (negative)."""
    parts: list[ScorePart] = []
    seen: set[str] = set()
    risks = sorted((f for f in findings if f.is_risk), key=lambda f: -POINTS[f.severity] * WEIGHT[f.level])
    for finding in risks:
        points = POINTS[finding.severity] * WEIGHT[finding.level]
        if finding.term in seen:
            points *= REPEATED
        seen.add(finding.term)
        parts.append(ScorePart(finding.id, round(points, 2)))
    parts.extend(ScorePart(compound.id, COMPOUND) for compound in compounds)
    credit = 0.0
    credited: set[str] = set()
    for finding in findings:
        if not finding.is_risk and finding.term not in credited and credit < CREDIT_LIMIT:
            credited.add(finding.term)
            credit += CREDIT
            parts.append(ScorePart(finding.id, -CREDIT))
    value = round(min(max(100 - sum(part.points for part in parts), 0), 100))
    grade = next(grade for least, grade in GRADES if value >= least)
    return Score(value=value, grade=grade, parts=tuple(parts))
